# Bound methods: identity, equality, attributes, calls through the class.
class Thing:
    def __init__(self, name):
        self.name = name

    def hello(self, greeting="hi"):
        return greeting + " " + self.name


a = Thing("a")
b = Thing("b")
bound = a.hello
print(bound(), bound("yo"), Thing.hello(b), Thing.hello(b, "hey"))
print(bound == a.hello, bound is a.hello, bound == b.hello, a.hello.__self__ is a)
print(bound.__name__, bound.__func__ is Thing.hello, Thing.hello.__qualname__)
a.name = "changed"
for i in range(6):
    print(bound("%d" % i))
b.hello = lambda: "instance function"
print(b.hello(), Thing.hello(b))
try:
    Thing.hello()
except TypeError as error:
    print(error)
try:
    a.hello(1, 2)
except TypeError as error:
    print(error)
print(len({a.hello, a.hello, b.hello}))
