# dict.update() with keywords merges a dict of them: an empty split dict becomes a plain one, which
# the order in which the values die shows. From a mapping, all keys come before the first value.
class Leaf:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("leaf", self.name)


class C:
    def __init__(self):
        self.a = self.b = None


class Mapping:
    def keys(self):
        for key in "ab":
            print("key", key)
            yield key

    def __getitem__(self, key):
        print("value", key)
        return key


class NoKeys:
    def keys(self):
        return 5


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


for empty in True, False:
    c = C()
    if empty:
        del c.a, c.b
    else:
        del c.a
    c.__dict__.update(b=Leaf("b"))
    c.a = Leaf("a")
    print(list(c.__dict__))
    del c
for source in Mapping(), NoKeys(), 5, None, [1], C():
    attempt(lambda: dict(source))
    attempt(lambda: {**source})
    attempt(lambda: dict(**source))
    attempt(lambda: {}.update(source))
    attempt(lambda: {} | source)
