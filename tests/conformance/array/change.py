# array.array: storing and deleting items and slices, in place operators, subclasses, iterators, copies.
import copy
import weakref
from array import array


def attempt(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


def store(key, value):
    def change():
        a[key] = value
        return a
    return change


def delete(key):
    def change():
        del a[key]
        return a
    return change


a = array('i', range(8))
for call in (store(0,5), store(-1,6), store(99,1), store(0,'x'), store(0,1.5),
             store(slice(1,3),array('i',[9,9,9])), store(slice(1,3),[1]), store(slice(1,3),array('d',[1])),
             store(slice(None,None,2),array('i',[1])), store(slice(None,None,2),array('i',[0]*5)),
             store(slice(2,2),array('i',[7,7])), store(slice(0,3),array('i')), store('x',1), delete(0),
             delete(-1), delete(99), delete(slice(0,2)), delete(slice(None,None,2)), delete('x'),
             delete(slice(None)), store(slice(0,0),a),):
    attempt(call)
a = array('i', [1, 2])
b = a
b += array('i', [3])
print(a, a is b)
b *= 2
print(a)
try:
    a += [1]
except TypeError as error:
    print(error)
a[1:2] = a
print(a)


class Sub(array):
    def __new__(cls, *args):
        return super().__new__(cls, 'i', [1, 2])

    def __init__(self, *args):
        self.args = args


class Radd:
    def __radd__(self, other):
        return 'radd'

    def __rmul__(self, other):
        return 'rmul'


s = Sub(3, 4)
print(s, s.args, s[0], type(s[:1]), type(s + s), type(s * 2), type(s.__copy__()), s + Radd(), s * Radd())
print(weakref.ref(a)() is a, copy.copy(a) == a, copy.deepcopy(a) is a, copy.copy(s))
items = iter(a)
next(items)
print(list(items), type(items), next(items, 'end'))
a.append(5)
print(next(items, 'end'), array('i', [1]) != array('i', [1]), array('i', [1]) >= array('i'), array('d', [1]) == array('i', [1]))


class Shrinks:
    def __index__(self):
        del values[:]
        return 1


values = array('i', [1, 2, 3])
attempt(lambda: values.__setitem__(2, Shrinks()))
values = array('i', [1, 2, 3])
attempt(lambda: values.insert(2, Shrinks()))
print(values)


def sieve(n):
    flags = array('B', [1]) * n
    flags[0] = flags[1] = 0
    for k in range(2, int(n ** 0.5) + 1):
        if flags[k]:
            flags[k * k::k] = array('B', [0]) * len(flags[k * k::k])
    total = array('d')
    for k in range(n):
        if flags[k]:
            total.append(k / 2)
    return sum(flags), total[-1], len(total)


for n in (10, 11, 50, 30, 100, 64):
    print(sieve(n))
