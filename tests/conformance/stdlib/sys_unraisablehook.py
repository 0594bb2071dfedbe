# sys.unraisablehook: what it is given, its default, and sys.flags.
import sys


class Noisy:
    def __del__(self):
        raise ValueError("in __del__")


seen = []


def hook(unraisable):
    seen.append((unraisable.exc_type.__name__, str(unraisable.exc_value), unraisable.err_msg,
                 unraisable.object is Noisy.__del__, unraisable.exc_traceback is not None))


before = sys.unraisablehook
sys.unraisablehook = hook
for _ in range(3):
    Noisy()


def suspended():
    try:
        yield
    finally:
        raise KeyError("in close")


walker = suspended()
next(walker)
del walker
print(seen[2], len(seen), seen[3][:3])
print(before is sys.__unraisablehook__, sys.excepthook is sys.__excepthook__,
      sys.displayhook is sys.__displayhook__, sys.float_repr_style)


class Text:
    def write(self, text):
        print("written:", text.splitlines()[0].split(" at ")[0], "|", text.splitlines()[-1])

    def flush(self):
        pass


class Record:
    exc_type, exc_value, exc_traceback, err_msg, object = None, ValueError("shown"), None, None, None


Record.exc_type = ValueError
sys.unraisablehook = before
print(sys.flags.optimize, sys.flags.dev_mode, sys.getdefaultencoding(), sys.warnoptions)
