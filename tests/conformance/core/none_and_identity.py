# None, is and is not, Ellipsis and NotImplemented.
def nothing():
    pass


def bare():
    return


print(nothing(), bare(), None is nothing(), None == 0, None != None, not None)
print(None is None, None is not False, type(None).__name__, repr(None), str(None), bool(None))
print(..., Ellipsis is ..., repr(NotImplemented), type(...).__name__)
a = []
b = a
c = []
print(a is b, a is c, a == c, a is not c)
n = None
for call in (lambda: n + 1, lambda: n < n, lambda: n.x, lambda: n(), lambda: n[0]):
    try:
        call()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__ + ":", error)
