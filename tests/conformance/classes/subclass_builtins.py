# Subclasses of int, str, list, dict, tuple with attributes and methods.
class Id(int):
    def label(self): return "#%d" % self


class Text(str):
    def shout(self): return self.upper() + "!"


class Stack(list):
    def push(self, x):
        self.append(x)
        return self


class Default(dict):
    def __missing__(self, key): return "missing %r" % (key,)


class Pair(tuple):
    @property
    def first(self): return self[0]


for i in range(6):
    number = Id(i)
    number.tag = i
    print(number.label(), number + 1, number.tag, Text("a%d" % i).shout(), Stack([i]).push(i + 1))
d = Default(a=1)
print(d["a"], d["b"], d.get("b"), d, len(d), Pair((1, 2)).first, Pair([3]),
      Stack("ab") == ["a", "b"])
print(type(Id(1) + Id(2)).__name__, type(Text("a") + "b").__name__,
      type(Stack() + Stack()).__name__)
print(repr(Id(3)), str(Id(3)), isinstance(Id(3), int), {Id(1): "x"}[1], Text("k") in {"k": 1},
      -Id(4))
