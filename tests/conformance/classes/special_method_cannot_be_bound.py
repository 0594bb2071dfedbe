# A special method that is a property which raises: comparison, hash and repr do without, others raise.
def refuse(self):
    raise AttributeError("refused")


class Odd:
    __eq__ = __lt__ = __hash__ = __repr__ = __len__ = __add__ = __init__ = property(refuse)


odd = object.__new__(Odd)
for operation in (lambda: odd == odd, lambda: odd == 1, lambda: odd < odd, lambda: hash(odd),
                  lambda: repr(odd).startswith("<Odd object at 0x"), lambda: len(odd),
                  lambda: odd + 1, lambda: 1 + odd, Odd):
    for _ in range(6):
        try:
            result = operation()
        except (AttributeError, TypeError) as error:
            result = f"{type(error).__name__}: {error}"
    print(result)


class Power(int):
    def __pow__(self, other, modulus=None):
        return ("pow", int(self), int(other), modulus)


print(pow(Power(2), 3, 5), pow(2, Power(3), Power(5)), pow(Power(2), Power(3)))
for owner in (type, Odd):
    try:
        print(owner.__abstractmethods__)
    except AttributeError as error:
        print(error)
try:
    del Odd.__abstractmethods__
except AttributeError as error:
    print(error)
print([].__add__.__objclass__, "".__len__.__objclass__)
for count in (0, 1, 3):
    try:
        property().__set_name__(*[0] * count)
    except TypeError as error:
        print(error)
