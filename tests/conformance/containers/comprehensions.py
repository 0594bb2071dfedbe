# List, dict, set comprehensions: conditions, nesting, scope of their variables.
print([x * x for x in range(6) if x % 2], {x: x * x for x in range(4)}, {x % 3 for x in range(9)})
print([(x, y) for x in range(3) for y in range(x)], [[y for y in range(x)] for x in range(4)])
print([x if x else "zero" for x in range(3)], [x for x in "abc" if x != "b" if x != "c"])
x = "outer"
print([x for x in range(3)], x, [x for _ in range(2)])
print({k: v for k, v in zip("ab", [1, 2])}, {v: k for k, v in {"a": 1}.items()})


def closures(n):
    return [lambda: i for i in range(n)], [i + n for i in range(n)]


for n in range(1, 6):
    functions, values = closures(n)
    print([f() for f in functions], values)


class Body:
    items = [1, 2, 3]
    doubled = [i * 2 for i in items]
    try:
        broken = [i for i in range(2) if items]
    except NameError as error:
        message = str(error)


print(Body.doubled, Body.message)
print([a + b for a, b in [(1, 2), (3, 4)]], [*[y for y in range(2)], *(z for z in "q")])
