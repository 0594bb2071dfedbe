# traceback: the whole text of exceptions, with carets, chains, groups, notes, limits.
import io
import traceback


class Odd(Exception):
    def __str__(self):
        raise ValueError


def divide(a, b):
    return (a + 1) / (b
                      * 0)


def chained():
    try:
        divide(1, 2)
    except ZeroDivisionError as error:
        raise KeyError("k") from error


def in_context():
    try:
        chained()
    except KeyError:
        {}["missing"].attribute


def suppressed():
    try:
        divide(1, 1)
    except ZeroDivisionError:
        raise LookupError("several\nlines") from None


def deep(n):
    return deep(n - 1) if n else divide(n, n)


def noted():
    error = TypeError("with notes")
    error.add_note("first\nsecond")
    error.add_note("third")
    raise error


def odd():
    raise Odd


def grouped():
    errors = []
    for function in (chained, noted, odd):
        try:
            function()
        except Exception as error:
            errors.append(error)
    errors.append(ExceptionGroup("inner", [ValueError(1), ExceptionGroup("third", [KeyError(2)])]))
    raise ExceptionGroup("outer", errors) from OSError("why")


def wide():
    raise ExceptionGroup("wide", [ValueError(n) for n in range(18)])


def syntax():
    compile("x = (1,\n  y = 2 +\n", "file.py", "exec")


def by_hand():
    raise SyntaxError("by hand", ("made.py", 3, 5, "    a b c\n", 3, 8))


def show(*values):
    """Prints without the place of this file."""
    print(*(str(value).replace(__file__, "FILE") for value in values))


functions = (chained, in_context, suppressed, noted, odd, grouped, wide, syntax, by_hand,
             lambda: deep(7))
for function in functions:
    try:
        function()
    except Exception as error:
        texts = traceback.format_exception(error)
        show(len(texts), "\n" + "".join(texts))
        assert "".join(texts) == traceback.format_exc()
        assert texts == traceback.format_exception(type(error), error, error.__traceback__)
        show(traceback.format_exception(error, limit=1, chain=False))
        show(traceback.format_exception(error, limit=-1, chain=False))
        show(traceback.format_exception_only(error))
        stream = io.StringIO()
        traceback.print_exception(error, file=stream)
        traceback.print_exc(file=stream, limit=0)
        traceback.print_tb(error.__traceback__, file=stream, limit=2)
        show(stream.getvalue())
        summary = traceback.TracebackException.from_exception(error)
        show(str(summary), [entry.name for entry in summary.stack], "".join(summary.format()))
        show(summary == traceback.TracebackException.from_exception(error), summary == 1)

print(repr(traceback.format_exc()), traceback.format_exception(None))
print(traceback.format_exception(ValueError("not raised")))
for arguments in ((1,), (ValueError, 1), ("text",)):
    try:
        traceback.format_exception(*arguments)
    except (TypeError, ValueError) as error:
        show(type(error).__name__, error)
summary = traceback.StackSummary.from_list([("f.py", 1, "g", "a = 1")] * 5 + [("f.py", 2, "h", None)])
print(summary.format(), summary)
entry = traceback.FrameSummary("f.py", 7, "name", line=" text ", locals={"b": 1, "a": "x"})
print(entry, entry.line, entry.locals, traceback.StackSummary([entry]).format())
print(entry == traceback.FrameSummary("f.py", 7, "name"), entry == ("f.py", 7, "name", "text"))
