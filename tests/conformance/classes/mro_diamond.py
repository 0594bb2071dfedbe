# Diamond inheritance: C3 order, super() follows the order of the instance's class.
class A:
    def go(self):
        return ["A"]


class B(A):
    def go(self):
        return ["B"] + super().go()


class C(A):
    def go(self):
        return ["C"] + super().go()


class D(B, C):
    def go(self):
        return ["D"] + super().go()


class E(C, B):
    pass


for _ in range(6):
    results = [D().go(), B().go(), C().go(), E().go()]
print(results)
print([cls.__name__ for cls in D.__mro__], [cls.__name__ for cls in E.mro()], D.__bases__ == (B, C))
try:
    class Broken(D, E):
        pass
except TypeError as error:
    print(error)
try:
    class Worse(A, B):
        pass
except TypeError as error:
    print(error)
