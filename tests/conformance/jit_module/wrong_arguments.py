# force_compile of what is no function raises TypeError; so does the stand-in without a JIT.
try:
    from jit import force_compile
except ImportError:
    def force_compile(function):
        if not hasattr(function, "__code__"):
            raise TypeError("not a function")
        return True


class Callable:
    def __call__(self):
        return 1


for bad in (5, None, "name", Callable(), [], Callable):
    try:
        force_compile(bad)
        print("accepted")
    except TypeError:
        print("TypeError")


def generator_free():
    return "compiled or not"


force_compile(generator_free)
print(generator_free())
