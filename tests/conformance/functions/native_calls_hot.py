# Native functions and methods called hot: wrong counts, other owners, names that hide them
import builtins


def measure(items, name):
    return len(items), hasattr(items, name), getattr(items, name, None) is not None


def collect(items, x):
    items.append(x)
    return items.count(x), items.index(x, 0)


def unbound(items, x):
    list.append(items, x)
    return list.count(items, x)


def many(items):
    return max(1, 2, 3, 4, 5), min(items), sorted(items, reverse=True), divmod(7, 2)


def text(s):
    return s.upper(), s.replace("a", "b"), s.find("n", 1, 5), s.startswith("b")


def failing(items, k):
    try:
        if k == 1:
            return items.append()
        if k == 2:
            return items.append(1, 2)
        if k == 3:
            return len()
        if k == 4:
            return len(1)
        if k == 5:
            return items.index("absent")
        if k == 6:
            return list.append(1, 2)
        return isinstance(items, list), items.pop()
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        return type(error).__name__ + ": " + str(error)


class Items(list):
    def __len__(self):
        return 77

    def count(self, x):
        return "counted"


items = []
for k in range(60):
    if k == 20:
        items = Items()
    if k == 30:
        len = lambda items: "global"
    if k == 35:
        del len
        builtins.hasattr, saved = (lambda *args: "replaced"), hasattr
    if k == 40:
        builtins.hasattr = saved
        items = []
    row = measure(items, "append"), collect(items, k), unbound(items, k), many(items), text("banana")
    tried = [failing(items, j) for j in range(7)]
    if k % 10 == 3 or k == 37:
        print(k, row)
        print(tried)


class Deep:
    def __hash__(self):
        return isinstance(self, int) + 5

    def __eq__(self, other):
        return [other].count(5) == 1


def nested(depth):
    return len([depth]) + (nested(depth - 1) if depth else 0)


print(nested(100), {Deep(): 1}.get(5), {Deep(): 1}.get(6))
table = {}
for k in range(50):
    table.setdefault(k % 7, []).append(k)
print(table.get(3), table.get("x", "default"), table.pop(1), len(table))
