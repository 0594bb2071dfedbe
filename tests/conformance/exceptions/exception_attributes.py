# args, notes, str and repr of exceptions, setting attributes on them.
cases = [ValueError(), ValueError("one"), ValueError("a", 2), ValueError(None), KeyError("k"),
         KeyError(), KeyError("a", "b"), KeyError(1.5), OSError(2, "No such file"),
         OSError("only text"), StopIteration(5), SystemExit(3), SystemExit(), NameError("n"),
         AttributeError("a", name="x", obj=5), ImportError("m", name="mod"), IndexError([1])]
for error in cases:
    print(repr(str(error)), repr(error), error.args)
print(StopIteration(5).value, StopIteration().value, SystemExit(3).code, SystemExit().code)
print(OSError(2, "No such file", "f").filename, OSError(2, "x").errno,
      type(OSError(2, "x")).__name__)
error = ValueError("v")
error.extra = 1
error.args = ("changed", 2)
print(error, error.__dict__, error.args)
error.add_note("a note")
print(error.__notes__)
error.args = "ab"
print(error.args, ValueError("x") == ValueError("x"), hash(error) == hash(error))
for call in (lambda: ValueError(x=1), lambda: error.with_traceback(5), lambda: error.add_note(5),
             lambda: setattr(error, "args", 5)):
    try:
        call()
    except TypeError as e:
        print(e)
