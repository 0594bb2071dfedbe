# list.index() and tuple.index() take no None as bounds, unlike str.find().
class Place:
    def __index__(self):
        return 1


for sequence in ([1, 2, 1], (1, 2, 1)):
    for bounds in ((None,), ('a',), (1, None), (0, 1.5), (Place(),), (-1,), (0, Place())):
        try:
            print(sequence.index(1, *bounds))
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
print('abca'.find('a', None, None), 'abca'.index('a', 1, None))
