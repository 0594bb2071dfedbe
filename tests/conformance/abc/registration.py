# Registered classes count as subclasses; caches follow registrations.
import abc


class Walker(abc.ABC):
    pass


class Runner(Walker):
    pass


class Dog:
    pass


class Puppy(Dog):
    pass


def kinds(value):
    return [isinstance(value, cls) for cls in (Walker, Runner, Dog)], issubclass(type(value), Walker)


for step in range(12):
    if step == 6:
        before = abc.get_cache_token()
        print(Runner.register(Dog), abc.get_cache_token() == before + 1)
    if step in (0, 5, 6, 11):
        print(kinds(Dog()), kinds(Puppy()), kinds(3), kinds(Runner()))


@Walker.register
class Cat:
    pass


print(kinds(Cat()), Walker.register(Cat) is Cat, Walker.__subclasses__())
for bad in (lambda: Walker.register(3), lambda: Runner.register(Walker), lambda: issubclass(3, Walker),
            lambda: Walker.register(), lambda: isinstance(3, (int, Walker)), lambda: Walker._abc_impl.x):
    try:
        print(bad())
    except (TypeError, RuntimeError, AttributeError) as error:
        print(type(error).__name__, error)


class Proxy:
    __class__ = property(lambda self: Dog)


print(isinstance(Proxy(), Walker), isinstance(Proxy(), Runner), kinds(Proxy())[0])


class Odd(abc.ABC):
    pass


Odd._abc_impl = 3
try:
    isinstance(3, Odd)
except TypeError as error:
    print(error)
print(Walker.register(int), kinds(3), kinds(True))
