# Names with two leading underscores are mangled within a class.
class Base:
    __secret = 1

    def __init__(self):
        self.__value = "base"
        self.__dunder__ = "not mangled"

    def base_value(self): return self.__value, self.__secret

    def __hidden(self): return "hidden"

    def reveal(self): return self.__hidden()


class Child(Base):
    def __init__(self):
        super().__init__()
        self.__value = "child"

    def child_value(self): return self.__value


c = Child()
for i in range(6):
    print(c.base_value(), c.child_value(), c.reveal())
print(sorted(c.__dict__), Base._Base__secret)
try:
    c.__value
except AttributeError as error:
    print(error)
