# array.array: items, slices, operators, comparison, and every method, with their errors.
from array import array, typecodes


def attempt(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


a = array('i', range(6))
for call in (lambda: a[0], lambda: a[-1], lambda: a[6], lambda: a['x'], lambda: a[1:3], lambda: a[::-2],
             lambda: a[::2], lambda: a+a, lambda: a+[1], lambda: a*2, lambda: 2*a, lambda: a*-1,
             lambda: a*1.5, lambda: a+array('d'), lambda: len(a), lambda: 3 in a, lambda: 3.0 in a,
             lambda: 'x' in a, lambda: list(a), lambda: a.index(3), lambda: a.index(99),
             lambda: a.index(3,4), lambda: a.index(3,-3), lambda: a.index(3, 0, 2), lambda: a.count(3),
             lambda: a.append(7), lambda: a.append('x'), lambda: a.append(1.5), lambda: a.extend([8,9]),
             lambda: a.extend(array('i',[1])), lambda: a.extend(array('d',[1])), lambda: a.extend(5),
             lambda: a.extend(['x']), lambda: a, lambda: a.pop(), lambda: a.pop(0), lambda: a.pop(99),
             lambda: a.pop('x'), lambda: a.insert(0,5), lambda: a.insert(-1,6), lambda: a.insert(100,7),
             lambda: a.insert('x',1), lambda: a.remove(5), lambda: a.remove(99), lambda: a.reverse(),
             lambda: a, lambda: a.tolist(), lambda: a.fromlist([1,2]), lambda: a.fromlist((1,)),
             lambda: a.fromlist([1,'x']), lambda: a, lambda: a.byteswap(), lambda: a, lambda: a.byteswap(),
             lambda: a.buffer_info()[1], lambda: a==array('d',list(a)), lambda: a==list(a),
             lambda: a<array('i',[100]), lambda: array('i',[1])<array('i',[1,2]), lambda: a<[1],
             lambda: hash(a), lambda: a.tounicode(), lambda: array('u','ab').tounicode(),
             lambda: array('u','ab').fromunicode('c'), lambda: a.fromunicode('x'),
             lambda: array('u').fromunicode(5), lambda: array('d',[1.5,float('nan'),1e100]),
             lambda: a.__copy__() is a, lambda: a.__deepcopy__({})==a, lambda: bool(array('i')),
             lambda: a.itemsize, lambda: setattr(a,'typecode',1), lambda: a.__sizeof__()>0, lambda: max(a),
             lambda: sorted(a), lambda: sum(a), lambda: array('B',[1,2]).index(2.0), lambda: a.append(),
             lambda: a.x, lambda: setattr(a,'x',1),):
    attempt(call)
for text in (lambda: array('u', 'a')[0], lambda: array('u', 'a').append('bc'), lambda: array('u', 'a').append(1),
             lambda: array('u', 'a') + array('u', 'b'), lambda: array('u', 'ab') == array('u', 'ab')):
    attempt(text)
