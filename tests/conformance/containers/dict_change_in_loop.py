# Dicts that change while they are iterated over, until their tables are made anew.
def drop_and_put(numbers, key):
    for name in numbers:
        del numbers[key]
        numbers[key] = 0


def renew(numbers, limit):
    seen = []
    for name in numbers:
        seen.append(name)
        del numbers[name]
        numbers[name] = len(seen)
        if len(seen) == limit:
            break
    return seen


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except RuntimeError as error:
        return f'RuntimeError: {error}'


for size in range(1, 12):
    numbers = {k: k for k in range(size)}
    names = {str(k): k for k in range(size)}
    for round in range(12):
        print(size, attempt(drop_and_put, numbers, 0), attempt(drop_and_put, names, '0'),
              list(numbers), attempt(renew, numbers, 3 * size), list(numbers))
