# deque: every method, limits, operators, comparison, repr, patterns.
from collections import deque


def show(text):
    try:
        value = eval(text)
    except Exception as error:
        value = f'{type(error).__name__}: {error}'
    print(text, '->', value, d)


for text in ('d.append(4)', 'd.appendleft(0)', 'd.extend("ab")', 'd.extendleft([8, 9])', 'd.pop()', 'd.popleft()',
             'd.rotate(2)', 'd.rotate(-3)', 'd.rotate()', 'd.rotate(1000)', 'd.insert(1, "i")', 'd.insert(-1, "j")',
             'd.insert(99, "k")', 'd.insert(-99, "l")', 'd.remove(3)', 'd.remove(33)', 'd.index(2)', 'd.index(2, 7)',
             'd.index("l", -1)', 'd.count(2)', 'd.reverse()', 'd.copy()', 'd.clear()', 'd.pop()', 'd.popleft()', 'd.maxlen'):
    d = deque([1, 2, 3, 2])
    show(text)
for text in ('d.append(4)', 'd.appendleft(0)', 'd.extend("abcde")', 'd.extendleft("abcde")', 'd.insert(1, 2)', 'd + d',
             'd * 3', '3 * d', 'd.copy()', 'd.__iadd__("xy")', 'd.__imul__(2)', 'd.__imul__(0)', 'd.maxlen', 'd[1]', 'd[-3]',
             'd[3]', 'd["a"]', 'd[0:1]', '2 in d', '"z" in d', 'len(d)', 'bool(d)', 'list(reversed(d))', 'hash(d)',
             'd + [1]', '[1] + d', 'd * "a"', 'd * 1.5', 'd.rotate("a")', 'd.foo', 'd.__class__(maxlen=2, iterable=d)',
             'setattr(d, "maxlen", 3)', 'd.index()', 'd.insert(1)', 'd.append()', 'd.extend(3)', 'd.extend(d)'):
    d = deque([1, 2, 3], 3)
    show(text)
for text in ('deque(3)', 'deque([], -1)', 'deque([], "a")', 'deque([], 2**70)', 'deque(1, 2, 3)', 'deque(x=1)',
             'deque("abc", 0)', 'deque("abc", None)', 'deque(range(5), maxlen=2)', 'deque() < deque([1])', 'deque("ab") >= deque("aa")',
             'deque("ab") == deque("ab", 5)', 'deque([1]) == [1]', 'deque([1]) < 3', 'deque("ab") != deque("ac")', 'deque("b") > deque("ab")',
             'deque([1, 2]) * 2**62', 'deque([float("nan")]) == deque([float("nan")])'):
    d = None
    show(text)
d = deque([1])
d.append(d)
print(d, deque([deque([], 2)]))
d.clear()
d = deque(range(20))
d[3], d[-1] = 'x', 'y'
del d[0], d[-2], d[8]
print(d, d[5], [d[k] for k in range(-3, 3)])
match deque([1, 2, 3]):
    case [first, *rest]:
        print(first, rest)
queue = deque()
for k in range(5000):
    queue.append(k)
    if k % 3:
        queue.popleft()
print(len(queue), queue[0], queue[-1], sum(queue), queue[1000])


class Stack(deque):
    def __init__(self, items=(), limit=None):
        super().__init__(items, limit)
        self.label = 'stack'


stack = Stack('abc', 2)
print(stack, stack.copy(), type(stack.copy()).__name__, stack + stack, stack * 2, stack.label, deque(stack))
stack.__init__('xyz')
print(stack, stack.maxlen)
