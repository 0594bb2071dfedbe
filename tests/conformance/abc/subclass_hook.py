# __subclasshook__ decides before registration and the MRO; its answers are remembered.
import abc
import gc

asked = []


class Sized(abc.ABC):
    @classmethod
    def __subclasshook__(cls, other):
        asked.append(other.__name__)
        if cls is not Sized:
            return NotImplemented
        if other.__name__ == 'Odd':
            return 'odd'
        if other.__name__ == 'Broken':
            raise KeyError('broken')
        return any('size' in vars(base) for base in other.__mro__)


class WithSize:
    size = 1


class Sub(Sized):
    pass


Broken = type('Broken', (), {})
Odd = type('Odd', (), {})
for _ in range(8):
    answers = [isinstance(WithSize(), Sized), issubclass(int, Sized), isinstance(3, Sub),
               issubclass(Sub, Sized)]
print(answers, asked)
for cls in (Broken, Odd):
    try:
        print(issubclass(cls, Sized))
    except (KeyError, AssertionError) as error:
        print(type(error).__name__, error)


class Meta(abc.ABCMeta):
    def __instancecheck__(cls, instance):
        return instance == 3 or super().__instancecheck__(instance)


class Threes(metaclass=Meta):
    pass


print(isinstance(3, Threes), isinstance(4, Threes), issubclass(int, Threes))


def temporary(k):
    class Short(Sized):
        pass
    Sized.register(type(f'T{k}', (), {}))
    return issubclass(int, Short)


print([temporary(k) for k in range(4)])
gc.collect()
print(len(Sized.__subclasses__()), isinstance([], Sized))
