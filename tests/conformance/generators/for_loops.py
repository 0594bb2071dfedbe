# Bodies that a for statement runs: how they begin, end, raise, and what they see.
import sys


def numbers(n):
    for k in range(n):
        yield k
    return 'ignored'


def show(error):
    print(type(error).__name__, error, 'cause', repr(error.__cause__), 'context',
          repr(error.__context__))
    entry = error.__traceback__
    while entry is not None:
        print('   ', entry.tb_lineno, entry.tb_frame.f_code.co_name)
        entry = entry.tb_next


def total(n):
    t = 0
    for k in numbers(n):
        t += k
    else:
        t += 1000
    return t


print(total(0), total(1), total(10))


# --- raising ------------------------------------------------------------------------------------
def fails(after, error):
    for k in range(after):
        yield k
    raise error


def consume(make):
    try:
        for k in make():
            print('item', k)
    except Exception as error:
        show(error)


consume(lambda: fails(2, ValueError('from the body')))
consume(lambda: fails(0, StopIteration('converted')))
consume(lambda: fails(1, KeyError('key')))


def handles():
    try:
        yield 1
        raise ValueError('inner')
    except ValueError as error:
        yield str(error)
        yield sys.exc_info()[0]
    yield sys.exc_info()[0]


def outer_handling():
    try:
        raise LookupError('outer')
    except LookupError:
        for item in handles():
            print('handled', item, sys.exc_info()[0])
    print(sys.exc_info())


outer_handling()


# --- leaving early ------------------------------------------------------------------------------
def closes(log):
    try:
        for k in range(5):
            yield k
    finally:
        log.append('closed')


def leave(how):
    log = []
    for k in closes(log):
        if k == 2:
            if how == 'break':
                break
            if how == 'return':
                return log
            if how == 'raise':
                try:
                    raise RuntimeError
                except RuntimeError:
                    continue
    return log


for how in ('break', 'return', 'raise', 'none'):
    print(how, leave(how))


# --- itself ---------------------------------------------------------------------------------------
def looks_at_itself():
    yield 1
    for k in me:
        yield k


me = looks_at_itself()
try:
    for item in me:
        print('itself', item)
except ValueError as error:
    show(error)
print(list(me))


def shared_by_two():
    shared = numbers(6)
    for a in shared:
        for b in shared:
            print('shared', a, b)
            if b % 2:
                break


shared_by_two()


# --- in one another -------------------------------------------------------------------------------
def nested(depth):
    if depth == 0:
        yield 'bottom'
        return
    for item in nested(depth - 1):
        yield (depth, item)
    yield from numbers(depth)


for item in nested(3):
    print(item)


def endless(depth):
    for item in endless(depth + 1):
        yield item


try:
    for item in endless(0):
        print(item)
except RecursionError as error:
    print('RecursionError', error)


def delegates():
    result = yield from numbers(2)
    print('result', result)
    yield from [7, 8]
    yield from iter('ab')


for item in delegates():
    print('delegated', item)


# --- sent to while a loop runs them -----------------------------------------------------------------
def echoes():
    got = None
    while got != 'end':
        got = yield got


talker = echoes()
for item in talker:
    print('for', item)
    if item is None:
        print('send', talker.send('one'))
        try:
            print(talker.send('end'))
        except StopIteration as stop:
            print('stop', stop.value)

thrown = echoes()
for item in thrown:
    try:
        thrown.throw(KeyError('thrown'))
    except KeyError as error:
        print('out again', error)
print(thrown.gi_frame, thrown.gi_running)


# --- what dies when ---------------------------------------------------------------------------------
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def holds():
    first = Noisy('first')
    yield 1
    del first
    second = Noisy('second')
    yield 2
    return Noisy('returned')


for item in holds():
    print('held', item)
print('behind')


# --- through functions ------------------------------------------------------------------------------
def squares():
    def square(k):
        if k == 3:
            raise ZeroDivisionError('three')
        return k * k
    for k in numbers(10):
        yield square(k)


def first_squares():
    found = []
    try:
        for item in squares():
            found.append(item)
    except ZeroDivisionError as error:
        show(error)
    return found


print(first_squares())
for k in (k * 2 for k in (j + 1 for j in numbers(3))):
    print(k)
print([k for k in numbers(3)], {k: k for k in numbers(2)}, sum(k for k in numbers(4)))
