# Instances in every form of their attributes, and the ways from one to the next.


class Plain:
    pass


class Counted(int):
    pass


def fill(owner, count):
    for i in range(count):
        setattr(owner, 'name%d' % i, i)
    return len(owner.__dict__)


def scenario():
    found = []
    values = Plain()
    values.a = 1
    values.b = 2
    values.a = 3
    del values.b
    values.b = 4
    found.append((values.a, values.b))
    split = Plain()
    split.a = 1
    split.__dict__['b'] = 2
    split.a = [5]
    del split.b
    found.append(vars(split))
    combined = Plain()
    combined.a = 1
    combined.__dict__[7] = 8
    combined.c = 9
    found.append(dict(combined.__dict__))
    replaced = Plain()
    replaced.a = 1
    replaced.__dict__ = {'k': 2, 'l': 3}
    replaced.m = 4
    found.append(replaced.__dict__)
    del replaced.__dict__
    replaced.n = 5
    found.append(vars(replaced))
    found.append(fill(Plain(), 45))
    number = Counted(6)
    number.extra = 7
    found.append((number + number.extra, number.__dict__))
    moved = Plain()
    moved.x = 1

    class Other:
        pass

    moved.__class__ = Other
    moved.y = 2
    found.append((vars(moved), sorted(n for n in dir(moved) if n[0] != '_')))
    return found


result = scenario()
