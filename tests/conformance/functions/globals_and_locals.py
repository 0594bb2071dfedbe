# globals() and locals() reflect and change names.
x = 1


def show(a, b=2):
    c = a + b
    return sorted(locals().items())


print(show(1))
globals()["injected"] = 42
print(injected, "x" in globals(), globals()["x"])


def read():
    return x


for i in range(6):
    globals()["x"] = i * 1.5
    print(read())
del globals()["x"]
try:
    read()
except NameError as error:
    print(error)


class Body:
    y = 5
    names = sorted(name for name in locals() if not name.startswith("__"))


print(Body.names, __name__)
