# property: getter, setter, deleter, inheritance, errors.
class Temperature:
    def __init__(self, celsius):
        self._celsius = celsius

    @property
    def celsius(self):
        "In degrees."
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._celsius = value

    @celsius.deleter
    def celsius(self):
        self._celsius = None

    fahrenheit = property(lambda self: self._celsius * 9 / 5 + 32)


t = Temperature(20)
for i in range(7):
    t.celsius = t.celsius + (0.5 if i > 3 else 1)
    print(t.celsius, t.fahrenheit)
for act in (lambda: setattr(t, "celsius", -300), lambda: setattr(t, "fahrenheit", 1),
            lambda: delattr(t, "fahrenheit")):
    try:
        act()
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, error)
del t.celsius
print(t.celsius, Temperature.celsius.__doc__, type(Temperature.celsius).__name__)
t.__dict__["celsius"] = "hidden"
print(t.celsius, t.__dict__)
