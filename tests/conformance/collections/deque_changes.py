# Deques that change while they are iterated over, compared or searched; cycles and weak references.
import gc
import weakref
from collections import deque


def attempt(function):
    try:
        return function()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


for change in ('d.append(9)', 'd.pop()', 'd.rotate()', 'd.clear()', 'd.reverse()', 'd[0] = 5', 'del d[0]', 'd.insert(1, 1)',
               'd.extend([])', 'd.__imul__(1)', 'd.appendleft(1); d.popleft()'):
    d = deque([1, 2, 3])
    forward, backward = iter(d), reversed(d)
    next(forward), next(backward)
    exec(change)
    print(change, attempt(lambda: next(forward)), attempt(lambda: list(backward)), forward.__length_hint__(),
          attempt(lambda: next(forward, 'end')))


class Changer:
    def __init__(self, change, answer):
        self.change, self.answer = change, answer

    def __eq__(self, other):
        exec(self.change)
        return self.answer


for change in ('d.append(4)', 'd.clear()', 'd[0] = 1', 'd.rotate(1)', 'd.popleft()'):
    for answer in (True, False):
        for use in ('3 in d', 'd.remove(3)', 'd.index(3)', 'd.count(3)', 'd == deque([1, 2, 3])', 'd < deque([1, 2, 3])'):
            d = deque([Changer(change, answer), 2, 3])
            result = attempt(lambda: eval(use))
            print(change, answer, use, result, len(d))


class Item:
    def __del__(self):
        log.append(len(d))
        d.append('from del')


log = []
d = deque([Item(), 1], 4)
d.popleft()
print(log, d)
d = deque([1, Item()])
d.clear()
print(log, d)
d = deque([Item()], 1)
d.append(2)
print(log, list(d))
d = deque([0, Item(), 1])
del d[1]
print(log, list(d))
d = deque()


class Node:
    pass


node = Node()
ring = deque([node], 3)
node.ring = ring
ring.append(ring)
alive, alive_ring = weakref.ref(node), weakref.ref(ring)
del node, ring
gc.collect()
print(alive(), alive_ring(), weakref.ref(d)() is d)
