# Functions have names, a docstring, attributes and a dict.
def documented(a, b=1, *args, c, **kwargs):
    """Says what it does.

    And more."""
    return a


def plain():
    pass


print(documented.__name__, documented.__qualname__, documented.__doc__, documented.__module__)
print(plain.__doc__, plain.__dict__)
plain.calls = 0
for _ in range(6):
    plain.calls += 1
print(plain.calls, plain.__dict__)
plain.__name__ = "renamed"
print(plain.__name__)
del plain.calls
try:
    plain.calls
except AttributeError as error:
    print(error)
code = documented.__code__
print(code.co_name, code.co_argcount, code.co_kwonlyargcount, code.co_varnames[:5])
print(documented.__annotations__, (lambda: 0).__name__, (lambda: 0).__qualname__)
