# while with break, continue and else.
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


print([collatz(n) for n in range(1, 20)])


def search(limit, target):
    i = 0
    while i < limit:
        i += 1
        if i % 3 == 0:
            continue
        if i * i == target:
            result = "found"
            break
    else:
        result = "exhausted"
    return result, i


for target in (16, 36, 49, 0):
    print(target, search(10, target))
while False:
    print("never")
else:
    print("else of an empty loop")
