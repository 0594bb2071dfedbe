# Default arguments are evaluated once, at definition.
def append(item, items=[]):
    items.append(item)
    return items


print(append(1), append(2), append(3, []), append(4))
base = 10


def add(x, y=base, *, z=base * 2):
    return x + y + z


base = 99
for i in range(6):
    print(add(i), add(i, 1), add(i, z=0), add(i, 0.5, z=1))
print(add.__defaults__, add.__kwdefaults__)
add.__defaults__ = (1000,)
print(add(1))
add.__kwdefaults__ = {"z": 5}
print(add(1))
add.__defaults__ = None
try:
    add(1)
except TypeError as error:
    print(error)
