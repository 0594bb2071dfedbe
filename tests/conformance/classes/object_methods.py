# Methods every object has, and its default repr.
class Plain:
    def __init__(self): self.b = self.a = 1


p, q = Plain(), Plain()
print(p == q, p == p, p != q, p.__eq__(q), p.__ne__(p), hash(p) == hash(p))
text = repr(p)
print(text.startswith("<__main__.Plain object at 0x"), text.endswith(">"))
print([name for name in dir(p) if not name.startswith("__")], "__init__" in dir(p))
print(p.__str__() == text, object.__repr__(p) == text, repr(Plain), repr(Plain.__init__)[:24])
print(p.__class__.__name__, p.__doc__, p.__module__, Plain.__dict__["__module__"])
print(repr(int), repr(type), repr(len), repr([].append)[:35], type(p.__init__).__name__)
print(object() == object(), object.__eq__(1, 2), (1).__add__(2), (1).__add__("x"), "a".__lt__("b"))
