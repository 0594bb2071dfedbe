# super().name(*args, **kwargs): self is passed, in compiled code as well.
class Base:
    def take(self, a, b=2, *rest, **more):
        return type(self).__name__, a, b, rest, more


class Derived(Base):
    def take(self, *args):
        return super().take(*args)


class Keywords(Base):
    def take(self, *args, **kwargs):
        return super().take(*args, last=0, **kwargs)


class Choice(Base):
    def take(self, flag, args):
        return super().take(*(args if flag else args[::-1]))


class Chosen(Base):
    def take(self, flag, args):
        plain = super().take(args[0] if flag else args[-1], len(args))
        return plain, super().take(*args, *args)


class Around(Base):
    def take(self, args):
        return super().take(max(*args), super().take(min(*args)))


for k in range(8):
    print(Derived().take(k, 1, 3))
    print(Keywords().take(k, 1, x=k))
    print(Choice().take(k % 2, [1, 2]))
    print(Chosen().take(k % 3, (1, 2)))
    print(Around().take((k, 2)))
try:
    Derived().take()
except TypeError as error:
    print(error)
