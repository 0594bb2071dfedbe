# Deleting and redefining functions; calls in every statement position.
def f():
    return "first"


print(f())
del f
try:
    f()
except NameError as error:
    print(error)
if True:
    def f():
        return "second"
else:
    def f():
        return "third"
print(f())
assert f() == "second", "never shown"
for f in (lambda: 1, lambda: 2):
    print(f())
try:
    assert f() == 1, "f gave %d" % f()
except AssertionError as error:
    print("assertion:", error)
try:
    assert not f()
except AssertionError as error:
    print("assertion:", repr(error))
