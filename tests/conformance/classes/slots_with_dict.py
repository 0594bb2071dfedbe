# __slots__ together with __dict__: slots stay out of the dict.
class Mixed:
    __slots__ = ("a", "__dict__")

    def __init__(self):
        self.a = 1
        self.b = 2


m = Mixed()
for i in range(6):
    m.a += 1
    m.b += 0.5
    m.c = i
print(m.a, m.b, m.c, m.__dict__, vars(m))
m.__dict__["a"] = "hidden"
print(m.a, m.__dict__)
del m.a
try:
    m.a
except AttributeError as error:
    print(error)
for body in ('x = 1; __slots__ = ("x",)', '__slots__ = ("1bad",)', '__slots__ = (5,)'):
    try:
        exec("class C:\n    " + body)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
