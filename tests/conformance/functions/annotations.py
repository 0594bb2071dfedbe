# Annotations of parameters, returns and variables are stored and evaluated.
def add(a: int, b: "text" = 2, *args: list, k: 1 + 1 = 0, **kw: dict) -> str:
    return a + b


print(add.__annotations__)
print(add(1), add("x", "y"))
total: int = 5
unset: str


class Record:
    x: int
    y: float = 1.5
    z: "Record" = None


print(__annotations__, Record.__annotations__, Record.y, hasattr(Record, "x"))
try:
    print(unset)
except NameError as error:
    print(error)


def local():
    never: undefined_name = 1
    return never


print(local(), local.__annotations__)
