# RecursionError in methods, properties, __getattr__ and __repr__ is an ordinary exception.
class Loop:
    def method(self):
        return self.method()

    @property
    def prop(self):
        return self.prop

    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return repr(self)

    def __eq__(self, other):
        return self == other

    def __call__(self):
        return self()

    def __len__(self):
        return len(self)


loop = Loop()
calls = [lambda: loop.method(), lambda: repr(loop), lambda: loop == loop,
         lambda: loop(), lambda: len(loop), lambda: loop.missing]
for _ in range(2):
    for call in calls:
        try:
            call()
        except RecursionError as error:
            print("RecursionError", str(error)[:32])
