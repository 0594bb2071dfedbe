# force_compile of a generator function compiles its body too, before it ever ran.
try:
    from jit import force_compile, is_jit_compiled
except ImportError:
    def force_compile(function):
        return True

    def is_jit_compiled(function):
        return True


def pairs(items, *, step=1):
    previous = None
    for item in items:
        if previous is not None:
            answer = yield previous, item
            if answer == 'stop':
                return 'stopped'
        previous = item + step
    try:
        yield from (x * 2 for x in range(3))
    finally:
        yield 'last'


force_compile(pairs)
for _ in range(3):
    print(list(pairs([1, 2, 3.5])))
    running = pairs([5, 6, 7], step=2)
    next(running)
    try:
        running.send('stop')
    except StopIteration as stop:
        print(stop.value)
