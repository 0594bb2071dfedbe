# Lists shrink while they are iterated; deletion by index and slice in hot loops.
def drain(items):
    seen = []
    for item in items:
        seen.append(item)
        if item % 2 == 0:
            items.remove(item)
    return seen, items


def pop_all(items):
    out = []
    while items:
        out.append(items.pop(len(items) // 2))
    return out


for n in range(8):
    print(drain(list(range(n))), pop_all(list(range(n))))
items = list(range(10))
for i in range(9, -1, -1):
    if i % 3:
        del items[i]
print(items)
try:
    for i in range(10):
        del items[i]
except IndexError as error:
    print(error, items)
