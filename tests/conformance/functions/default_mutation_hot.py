# Global function rebound and its code object exchanged while hot.
def work(x):
    return x + 1


def loop(n):
    return [work(i) for i in range(n)]


print(loop(10))


def replacement(x, y=100):
    return x + y


saved = work
work = replacement
print(loop(3))
work = saved
print(loop(3))
work.__code__ = (lambda x: x * -1).__code__
print(loop(5), saved(9))
