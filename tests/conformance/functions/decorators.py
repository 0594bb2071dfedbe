# Decorators on functions: order, arguments, wrappers with state.
def announce(name):
    print("make", name)

    def decorate(function):
        print("apply", name, "to", function.__name__)

        def wrapper(*args, **kwargs):
            wrapper.calls += 1
            return name, function(*args, **kwargs)

        wrapper.calls = 0
        return wrapper
    return decorate


@announce("outer")
@announce("inner")
def add(a, b=1):
    return a + b


for i in range(6):
    print(add(i), add(i, b=5))
print(add.calls)


@lambda f: f() * 2
def constant():
    return 21


print(constant)
