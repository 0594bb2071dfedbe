# Errors around classes: bases, attributes of builtins, unknown methods.
class A:
    def m(self): return 1


calls = [lambda: A().nope, lambda: A.nope, lambda: A().nope(), lambda: setattr(int, "x", 1),
         lambda: setattr(5, "x", 1), lambda: setattr("s", "upper", 1), lambda: setattr([], "x", 1),
         lambda: setattr(object(), "x", 1), lambda: (1).real_part, lambda: "s".nope,
         lambda: [].nope,
         lambda: delattr(A(), "m"), lambda: delattr(A, "nope"), lambda: getattr(A(), 5),
         lambda: setattr(A(), 5, 1), lambda: type("N", (bool,), {}), lambda: type("N", (A, A), {}),
         lambda: delattr(int, "real"), lambda: A.m(), lambda: A().m(1),
         lambda: setattr(len, "x", 1),
         lambda: setattr(A().m, "x", 1)]
for call in calls:
    try:
        call()
        print("no error")
    except (AttributeError, TypeError) as error:
        print(type(error).__name__ + ":", error)
