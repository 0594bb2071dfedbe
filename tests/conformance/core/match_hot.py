# match in compiled functions: sequences, mappings, classes, guards, captures, and subjects that run code.
class Keyed(dict):
    pass


class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Odd:
    def __len__(self):
        raise ValueError('no length')


def kind(subject):
    match subject:
        case 0 | 1:
            return 'bit'
        case str() as text if len(text) > 3:
            return 'long ' + text
        case Point(0, 0):
            return 'origin'
        case Point(x, y) if x == y:
            return f'diagonal {x}'
        case Point(x=x):
            return f'point {x}'
        case []:
            return 'empty'
        case [first, *rest, last]:
            return f'{first}, {rest}, {last}'
        case [only]:
            return f'only {only}'
        case {'key': value, **others}:
            return f'{value} and {others}'
        case {}:
            return 'mapping'
        case None | True:
            return 'constant'
        case _:
            return 'else'


subjects = [0, 'ab', 'abcd', Point(0, 0), Point(2, 2), Point(1, 3), [], (1, 2, 3, 4), [5], {'key': 1, 'b': 2},
            Keyed(), None, True, 2.5, {1, 2}, range(3), Odd()]
for turn in range(6):
    if turn == 4:
        Point.__match_args__ = ('y', 'x')
    print([kind(subject) for subject in subjects])

Point.__match_args__ = ('x', 'y', 'z')


def too_many(point):
    match point:
        case Point(1, 2, 3, 4):
            return 1


for turn in range(5):
    try:
        print(too_many(Point(1, 2)))
    except TypeError as error:
        print(error)
    Point.__match_args__ = 3 if turn == 3 else Point.__match_args__
