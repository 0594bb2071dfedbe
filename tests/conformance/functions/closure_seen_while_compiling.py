# A closure that a recursive function is calling when it gets hot dies when its call is over
class Leaf:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('leaf', self.name)


def walk(value, depth):
    if depth == 0:
        return depth
    return [walk(value, depth - 1) for _ in value]


def walk_inner(value, depth):
    def again():
        return len(value) and walk_inner(value, depth - 1)
    return again() if depth else 0


for turn in range(4):
    for function in (walk, walk_inner):
        data = [Leaf(f'{function.__name__} {turn}')]
        function(data, turn % 3 + 1)
        print(function.__name__, turn)
        del data
        print('gone')
