# super with and without arguments, in methods, classmethods, closures and properties.
class Base:
    value = "base value"

    def __init__(self, x):
        self.x = x

    @classmethod
    def create(cls, x):
        return cls(x)

    @property
    def doubled(self):
        return self.x * 2


class Child(Base):
    value = "child value"

    def __init__(self, x):
        super().__init__(x + 1)

    @classmethod
    def create(cls, x):
        return super().create(x * 10)

    @property
    def doubled(self):
        return super().doubled + 1

    def read(self):
        return super().value, super(Child, self).value, (lambda: super(Child, self).value)()


for i in range(6):
    child = Child.create(i)
    print(child.x, child.doubled, child.read(), type(child).__name__)
try:
    super(Base, child).missing
except AttributeError as error:
    print(error)
