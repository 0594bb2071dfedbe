# A key's __eq__ clears, fills or replaces the dict while a key is looked for: the place found before
# is no place any more. CPython crashed (python/cpython issues 140551, 142718, 148274).
class Point:
    pass


class Evil:
    def __init__(self, action):
        self.action = action

    def __hash__(self):
        return hash("x")

    def __eq__(self, other):
        action, self.action = self.action, None
        if action is not None:
            action()
        return False


def fill(names):
    for k in range(40):
        names["n%d" % k] = k


for make_action in (lambda p: p.__dict__.clear, lambda p: lambda: p.__dict__.pop("x", None),
                    lambda p: lambda: fill(p.__dict__), lambda p: lambda: setattr(p, "__dict__", {}),
                    lambda p: lambda: p.__dict__.update(x="again")):
    for i in range(4):
        p = Point()
        p.a = i
        p.x = "x"
        names = p.__dict__
        key = Evil(make_action(p))
        if i % 2:
            names[key] = i
        else:
            print(names.get(key), names.pop(key, "absent"), end=" ")
        print(len(names), len(p.__dict__), names.get("x"), getattr(p, "x", "-"))
