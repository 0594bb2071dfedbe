# __format__ of every built-in type takes a str
class Text(str):
    pass


for value in ('abc', 5, 2.5, True, None, [1], 10**30, Text('x')):
    for spec in (None, 5, [], (1,)):
        try:
            print(type(value).__format__(value, spec))
        except TypeError as error:
            print(type(value).__name__, error)
    print(value.__format__(Text('')), format(value, Text('')))
try:
    format(5, 5)
except TypeError as error:
    print(error)
