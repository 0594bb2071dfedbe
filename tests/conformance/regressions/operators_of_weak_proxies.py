# divmod() and pow() of weak proxies are those of the referents, with three operands, too. Messages
# name a method of a built-in type by the __qualname__ of the class it is called on.
import weakref


class Number:
    def __divmod__(self, other):
        return "divmod", other

    def __rdivmod__(self, other):
        return "reflected divmod", other

    def __pow__(self, other, modulus=None):
        return "pow", other, modulus

    def __rpow__(self, other, modulus=None):
        return "reflected pow", other, modulus


class Nothing:
    class List(list):
        pass


def attempt(call):
    try:
        print(call())
    except (TypeError, ReferenceError) as error:
        print(type(error).__name__, error)


number, nothing = Number(), Nothing()
p, q = weakref.proxy(number), weakref.proxy(nothing)
for _ in range(2):
    for x, y, z in (p, 5, 7), (5, p, 7), (5, 7, p), (q, 5, 7), (5, q, 7), (5, 7, q), (p, q, 5):
        attempt(lambda: len(divmod(x, y)))
        attempt(lambda: len(pow(x, y)))
        attempt(lambda: len(pow(x, y, z)))
    del number, nothing
    number = nothing = None
items = Nothing.List()
attempt(lambda: items.append(1, 2))
attempt(lambda: items.append(x=1))
attempt(lambda: list.append(items))
attempt(lambda: getattr(items, "clear")(1))
attempt(lambda: getattr(items, "clear").__qualname__)
attempt(lambda: Nothing.List.__init_subclass__(x=1))
attempt(lambda: Nothing.__subclasshook__(1, 2))
