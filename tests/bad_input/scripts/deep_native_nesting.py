# stdout: done
# python3: no
# Native code that calls itself along chains that a program made: no limit counts these calls.
import sys

sys.setrecursionlimit(10**9)


def chain(make, first, levels=200000):
    link = first
    for _ in range(levels):
        link = make(link)
    return link


def use(what):
    try:
        what()
    except RecursionError:
        pass


use(lambda: next(chain(enumerate, iter([1]))))
use(lambda: next(chain(lambda inner: map(str, inner), iter([1]))))
use(lambda: hash(chain(lambda inner: (inner,), ())))
use(lambda: isinstance(1, chain(lambda inner: (inner,), int)))
use(lambda: chain(classmethod, len).__isabstractmethod__)
use(lambda: chain(classmethod, len).__get__(1))
use(lambda: chain(staticmethod, len)([]))
use(lambda: chain(lambda inner: ExceptionGroup('', [inner]), ValueError()).split(KeyError))
use(lambda: chain(lambda inner: [inner], []) == chain(lambda inner: [inner], []))
print('done')
