# What a class gives as its __dict__ can be merged with |, but not in place.
class C:
    a = 1

    @classmethod
    def merge(cls, other):
        cls.__dict__ |= other


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except (TypeError, AttributeError) as error:
        return type(error).__name__ + ": " + str(error)


def merge_in_place(left, right):
    left |= right
    return left


view = C.__dict__
for other in ({"b": 2}, {}, view, 1, None):
    print(attempt(C.merge, other), attempt(merge_in_place, view, other))
print(attempt(merge_in_place, {}, type("D", (), {"b": 2}).__dict__)["b"])
print(sorted(view | {"zz": 3})[-1], sorted({"zz": 3} | view)[-1])
print(attempt(view.__ior__, {}), view is C.__dict__, "b" in view)
