# Names, documentation and attributes of what contextmanager makes.
from contextlib import ContextDecorator, _GeneratorContextManager, contextmanager


def attribs(**kw):
    def decorate(func):
        for k, v in kw.items():
            setattr(func, k, v)
        return func
    return decorate


@contextmanager
@attribs(foo='bar')
def baz(spam: int, egg='e') -> str:
    """Whee!"""
    yield spam


@contextmanager
def undocumented():
    yield


print(baz.__name__, baz.__qualname__, baz.__doc__, baz.foo, baz.__module__)
print(baz.__annotations__, baz.__wrapped__.__name__, baz.__wrapped__.__defaults__)
print(baz(1).__doc__, undocumented.__doc__, isinstance(undocumented(), ContextDecorator))
print(type(baz(1)) is _GeneratorContextManager, type(baz(1)).__module__)
for call in (lambda: baz(), lambda: baz(1, 2, 3), lambda: baz(spam=1, ham=2), lambda: baz(1, spam=2)):
    try:
        call()
    except TypeError as error:
        print(error)


@contextmanager
def special(self, func, args, kwds):
    yield self, func, args, kwds


with special(self=11, func=22, args=33, kwds=44) as target:
    print(target)
with special(1, 2, 3, 4) as target:
    print(target)


class Owner:
    @contextmanager
    def method(self, x):
        yield self.name, x

    @classmethod
    @contextmanager
    def of_class(cls):
        yield cls.__name__

    @staticmethod
    @contextmanager
    def static():
        yield 'static'

    name = 'owner'


with Owner().method(4) as a, Owner.of_class() as b, Owner.static() as c:
    print(a, b, c)
print(Owner.method.__qualname__)
