# array.array: every typecode, what it can be made of, the limits of items and their messages.
from array import array, typecodes


def attempt(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


print(typecodes, array, array.__mro__, array('i', [1, 2, 3]), array('d'), array('u', 'abc'), array('u'))
print([array(code).itemsize for code in typecodes], array('i').typecode)
for call in (lambda: array('i',[1.5]), lambda: array('d',['a']), lambda: array('x'), lambda: array('ii'),
             lambda: array(5), lambda: array(), lambda: array('i',5), lambda: array('i','abc'),
             lambda: array('u',[1]), lambda: array('b',[200]), lambda: array('B',[-1]),
             lambda: array('B',[256]), lambda: array('h',[40000]), lambda: array('H',[70000]),
             lambda: array('i',[2**31]), lambda: array('I',[2**32]), lambda: array('I',[-1]),
             lambda: array('l',[2**63]), lambda: array('L',[2**64]), lambda: array('L',[-1]),
             lambda: array('q',[2**63]), lambda: array('Q',[-1]), lambda: array('Q',[2**64]),
             lambda: array('f',[1e300]), lambda: array('f',[0.1]), lambda: array('b',['a']),
             lambda: array('Q',['a']), lambda: array('Q',[1.5]), lambda: array('I',[1.5]),
             lambda: array('i',typecode=1), lambda: array('H',[1.5]), lambda: array('B',['a']),
             lambda: array('b',[-129]), lambda: array('h',[-40000]), lambda: array('i',[-2**40]),
             lambda: array('i', array('d',[1.5])), lambda: array('d', array('i',[1])),
             lambda: array('u', array('i',[1])), lambda: array('i', array('u','a')),
             lambda: array('i',[1],2), lambda: array('l',['a']), lambda: array('q',[1.5]),
             lambda: array('u', ['ab']), lambda: array('u',['a','b']),
             lambda: array('i',(x for x in (1,2))), lambda: array('I',[2**70]), lambda: array('L',[2**70]),
             lambda: array('Q',[2**70]), lambda: array('l',[2**70]), lambda: array('b',[2**70]),):
    attempt(call)
for code in typecodes:
    if code != 'u':
        items = array(code, [1, 2, 3])
        items.append(100)
        items[0] = 7
        print(code, items, items.tolist(), items == array('d', [7, 2, 3, 100]))
print(array('u', 'a\U0001f600é'))


class Index:
    def __index__(self):
        return 5


print(array('b', [Index()]), array('Q', [Index()]), array('h', [True]))
