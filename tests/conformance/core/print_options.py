# print: sep, end, no arguments, many types in one call.
print()
print("a", 1, 2.5, None, True, [1, "x"], (1,), {}, sep="|")
print("no newline", end="")
print("!", end="\n\n")
print("a", "b", sep="")
print("x", "y", sep=None, end=None)
print(*range(5), sep=", ", end=".\n")
for bad in ({"sep": 1}, {"end": 2}, {"bogus": 3}):
    try:
        print("x", **bad)
    except TypeError as error:
        print(error)
