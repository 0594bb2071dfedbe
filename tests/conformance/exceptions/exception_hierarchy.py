# The built-in hierarchy: parents and what handles what.
names = """ArithmeticError AssertionError AttributeError BufferError EOFError FloatingPointError
GeneratorExit ImportError IndentationError IndexError KeyError KeyboardInterrupt LookupError
MemoryError ModuleNotFoundError NameError NotImplementedError OSError OverflowError RecursionError
ReferenceError RuntimeError StopIteration SyntaxError SystemError SystemExit TabError TypeError
UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError Warning
ZeroDivisionError FileNotFoundError PermissionError StopAsyncIteration DeprecationWarning""".split()
import builtins

for name in names:
    print(name, [c.__name__ for c in getattr(builtins, name).__mro__[1:-1]])
for raised in (IndexError, KeyError, ZeroDivisionError, OverflowError, NotImplementedError,
               ModuleNotFoundError, FileNotFoundError, UnboundLocalError):
    caught = []
    for handler in (LookupError, ArithmeticError, RuntimeError, ImportError, OSError, NameError):
        try:
            try:
                raise raised
            except handler:
                caught.append(handler.__name__)
        except Exception:
            pass
    print(raised.__name__, caught)
