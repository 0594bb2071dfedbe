# core: + and * of sequences called by their names raise where CPython's slots know no NotImplemented.
def attempt(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


class Mine(list):
    def __add__(self, other):
        return Mine(super().__add__(other))

    def __iadd__(self, other):
        return super().__iadd__(other)


for function in (
        lambda: [].__add__(1), lambda: "a".__add__(1), lambda: ().__mul__(None),
        lambda: b"".__add__(1), lambda: [].__imul__(1.5), lambda: [].__iadd__(1),
        lambda: "a".__mul__("b"), lambda: "a".__rmul__(1.5), lambda: ().__add__([]),
        lambda: [].__mul__(2**70), lambda: [].__rmul__("a"), lambda: "a".__mod__(1),
        lambda: b"a".__mul__(1.0), lambda: "a".__rmod__(1), lambda: (1).__add__("a"),
        lambda: {}.__or__(1), lambda: {1}.__or__(1), lambda: [].__lt__(1),
        lambda: "a".__contains__(1), lambda: {}.__ior__(1), lambda: Mine([1]) + [2],
        lambda: Mine([1]) + 2, lambda: [1] + Mine([2]), lambda: Mine() + (1,),
        lambda: [1].__mul__(2), lambda: "ab".__rmul__(2), lambda: (1,).__add__((2,))):
    attempt(function)

# NotImplemented as an item, got by methods without and with arguments.
items = [NotImplemented]
print(iter(items).__next__(), items.__getitem__(0), (NotImplemented,).__getitem__(0))
print({1: NotImplemented}.__getitem__(1), iter((NotImplemented, 2)).__next__())
