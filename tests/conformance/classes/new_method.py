# __new__: other results, singletons, immutable bases, arguments.
class Singleton:
    instance = None

    def __new__(cls, *args):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self, value):
        self.value = value


class Other:
    def __new__(cls):
        return 42

    def __init__(self):
        print("never called")


class Celsius(float):
    def __new__(cls, value, unit="C"):
        self = float.__new__(cls, value)
        self.unit = unit
        return self


for i in range(6):
    print(Singleton(i).value, Singleton(i + 1) is Singleton(0), Other(), Celsius(i / 4),
          Celsius(1).unit)
print(Celsius(2.5) + 1, type(Celsius(1) + 1).__name__, Celsius(3, "F").__dict__)
for call in (lambda: object(1), lambda: object.__new__(int), lambda: object.__new__(5),
             lambda: Other(1)):
    try:
        call()
    except TypeError as error:
        print(error)
