# isinstance and issubclass with tuples, builtins and user classes.
class A: pass
class B(A): pass
class C(B, dict): pass


for value in (A(), B(), C(), 1, True, "s", [], None, A):
    print([isinstance(value, t) for t in (A, B, C, int, dict, object, type, (int, str),
                                          (A, (list,)))])
print(issubclass(C, (int, dict)), issubclass(bool, int), issubclass(A, A), issubclass(object, A))
for call in (lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: isinstance(1, (int, 5)),
             lambda: isinstance("x", (int, 5))):
    try:
        print(call())
    except TypeError as error:
        print(error)


class Fake:
    @property
    def __class__(self):
        return int


print(isinstance(Fake(), int), isinstance(Fake(), Fake), type(Fake()).__name__)
