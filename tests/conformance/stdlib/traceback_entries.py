# traceback: entries with their lines, and the last line of an exception.
import traceback


class Odd(Exception):
    def __str__(self):
        return "odd text"


def inner():
    raise Odd


def outer():
    inner()


for _ in range(3):
    try:
        outer()
    except Odd as error:
        entries = traceback.extract_tb(error.__traceback__)
        text = traceback.format_exception_only(error)
print([(entry.name, entry.lineno, entry.line) for entry in entries], text)
print(entries[1][2:], len(entries[0]), [line for _, line in traceback.walk_tb(None)])
print(traceback.format_list([("file.py", 3, "f", "x = 1"), ("file.py", 4, "g", None)]))
print(traceback.format_exception_only(KeyError()), traceback.format_exception_only(KeyError(1)))
