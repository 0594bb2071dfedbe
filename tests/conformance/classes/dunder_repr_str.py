# __repr__, __str__, __format__ and their fallbacks.
class OnlyRepr:
    def __repr__(self): return "repr!"


class Both:
    def __repr__(self): return "R"
    def __str__(self): return "S"
    def __format__(self, spec): return "F[" + spec + "]"


class BadStr:
    def __str__(self): return 5


class BadRepr:
    def __repr__(self): return None


a, b = OnlyRepr(), Both()
print(a, str(a), repr(a), [a], "%s %r" % (a, a), "{} {!r}".format(a, a), f"{a} {a!r}")
print(b, str(b), repr(b), [b, (b,)], {b: b}, "%s %r" % (b, b), "{} {!r} {!s:>3}".format(b, b, b))
print(f"{b:>5} {b!s:>5} {b}", format(b), format(b, "x"))
for call in (lambda: str(BadStr()), lambda: repr(BadRepr()), lambda: print(BadStr()),
             lambda: format(a, ">5"), lambda: f"{a:x}", lambda: [BadRepr()].__repr__()):
    try:
        print(call())
    except TypeError as error:
        print(error)
