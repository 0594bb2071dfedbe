# Keywords given to subclasses of containers: refused unless the class has its own __init__ or __new__.
for base in (list, tuple, set, frozenset):
    class Plain(base):
        pass

    class WithInit(base):
        def __init__(self, items, extra=0):
            self.extra = extra

    class WithNew(base):
        def __new__(cls, items, extra=0):
            self = super().__new__(cls, items)
            self.extra = extra
            return self

    for make in (lambda: base(sequence=()), lambda: Plain(sequence=()),
                 lambda: WithInit((1, 2), extra=3), lambda: WithNew((1, 2), extra=4)):
        try:
            made = make()
            print(type(made).__name__, len(made), made.extra)
        except TypeError as error:
            print(error)
