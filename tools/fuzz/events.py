"""What strikes once, in the middle of a program: it changes something that was relied on.

`one` is one of the objects.
"""

EVENTS = (
    # The shape changes.
    (3, "one.extra = $number"), (3, "del one.a\none.a = $number"),
    (2, "for k in range(40):\n    setattr(one, 'x%d' % k, k)"),
    (1, "for each in objects:\n    each.h = each.a"), (1, "one.b, one.a = one.a, one.b"),
    # A class is patched.
    (4, "$class.$method = lambda self, *x, **y: len(x) + $number"),
    (2, "$class.$method = staticmethod(lambda *x, **y: $number)"),
    (2, "$class.$method = classmethod(lambda cls, *x, **y: cls.__name__)"),
    (2, "$class.$method = $class_2.$method_2"),
    (2, "$class.$attribute = property(lambda self: $number)"),
    (2, "$class.$attribute = $number"), (1, "$class.$method = $number"),
    (2, "$class.__add__ = lambda self, other: 'added'"),
    (1, "$class.__getattr__ = lambda self, name: len(name)"),
    (1, "$class.__eq__ = lambda self, other: True"), (1, "$class.__bool__ = lambda self: False"),
    (1, "$class.__len__ = lambda self: -1"),
    (1, "$class.__setattr__ = lambda self, name, value: None"),
    (1, "$class.__getattribute__ = lambda self, name: object.__getattribute__(self, name)"),
    (1, "$class.$attribute = Checked()"), (1, "$class.$attribute = Constant($number)"),
    (1, "C1.__bases__ = (C0,)"), (1, "C2.__bases__ = (C1,)"),
    (1, "$class.__enter__ = lambda self: $number\n$class.__exit__ = lambda self, *error: True"),
    # The class of an object is swapped.
    (4, "one.__class__ = $class"), (2, "for each in objects:\n    each.__class__ = $class"),
    (2, "objects.reverse()"), (1, "objects[0] = $class()"),
    # The dict is made, replaced, changed behind the attributes.
    (3, "one.__dict__"), (3, "kept.append(one.__dict__)"), (2, "one.__dict__['a'] = $any"),
    (2, "one.__dict__ = {'a': 1, 'b': 2}"), (1, "vars(one).clear()"),
    (2, "one.__dict__ = dict(reversed(list(vars(one).items())))"),
    (1, "objects[0].__dict__ = objects[-1].__dict__"),
    (1, "vars(one).update(a=$any, b=$number, m0=$number)"),
    (1, "kept.append(vars(one))\nfor k in range(30):\n    kept[-1]['y%d' % k] = k"),
    (1, "vars(one).pop('a')"),
    # A type flips.
    (4, "one.$attribute = $any"), (2, "for each in objects:\n    each.$attribute = $any"),
    (2, "one.a = $big"), (1, "one.a = $float"), (2, "G0 = $any"), (1, "G1 = $any"),
    (2, "objects[0] = $any"), (1, "one.m0 = lambda *x, **y: 'own'"), (1, "one.e = tuple(one.e)"),
    # Something raises.
    (3, "raise $exception($int)"), (1, "one.e = None"), (1, "one.f = None"),
    (1, "def failing(self):\n    raise $exception(1)\n$class.a = property(failing)"),
    (1, "def failing(self, *x, **y):\n    raise $exception(1)\n$class.$method = failing"),
    # Something is deleted.
    (3, "del one.$attribute"), (2, "del $class.$method"), (1, "del $class.__init__"), (1, "del f0"),
    (1, "del G0"), (1, "del $class.__slots__"),
    # Functions and names change.
    (2, "f0 = lambda *x, **y: $any"), (1, "f0.__defaults__ = (7, 8)"),
    (1, "f0.__code__ = f1.__code__"), (1, "f0, f1 = f1, f0"), (1, "len = lambda value: $number"),
    (1, "abs = None"), (1, "range = lambda *x: [1, 2]"), (1, "f0.__kwdefaults__ = {'y': 5}"),
    # Managers change under a with statement.
    (1, "Quiet.__exit__ = lambda self, *error: True"),
    (1, "Quiet.__enter__ = lambda self: 'entered'"), (1, "del Quiet.__exit__"),
    (1, "Suppressing.__exit__ = Quiet.__exit__"), (1, "E0.__str__ = lambda self: 'patched'"),
    (1, "del Suppressing.__exit__"),
)
CHANGED = "global G0, G1, f0, f1, len, abs, range"
