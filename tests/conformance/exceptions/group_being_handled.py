# What except* handles is the part that matched: context of what is raised, sys.exc_info(), repr.
import sys


def raise_in_handler(error):
    try:
        raise error
    except* ValueError:
        print(repr(sys.exc_info()[1]))
        raise KeyError(2)
    except* TypeError:
        print(repr(sys.exc_info()[1]))
        raise IndexError(4)


def contexts(error):
    yield repr(error), repr(error.__context__)
    for member in getattr(error, 'exceptions', ()):
        yield from contexts(member)


for i in range(6):
    try:
        raise_in_handler(ValueError(i) if i % 2 else
                         ExceptionGroup('both', [ValueError(i), TypeError(i), ValueError(-i)]))
    except Exception as error:
        for line in contexts(error):
            print(*line)

# The parts of a group hide its context.
try:
    try:
        raise KeyError('first')
    except KeyError:
        raise ExceptionGroup('second', [ValueError(1), TypeError(2)])
except ExceptionGroup as group:
    for part in (group, *group.split(ValueError)):
        print(repr(part), repr(part.__context__), part.__suppress_context__)
