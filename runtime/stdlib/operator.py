"""The operators of the language as functions, and callables that fetch something."""

import _operator
from _operator import (abs, add, and_, attrgetter, call, concat, contains, countOf, delitem, eq,
                       floordiv, ge, getitem, gt, iadd, iand, iconcat, ifloordiv, ilshift, imatmul,
                       imod, imul, index, indexOf, inv, invert, ior, ipow, irshift, is_, is_not,
                       isub, itemgetter, itruediv, ixor, le, length_hint, lshift, lt, matmul,
                       methodcaller, mod, mul, ne, neg, not_, or_, pos, pow, rshift, setitem, sub,
                       truediv, truth, xor)

__all__ = ['abs', 'add', 'and_', 'attrgetter', 'call', 'concat', 'contains', 'countOf', 'delitem',
           'eq', 'floordiv', 'ge', 'getitem', 'gt', 'iadd', 'iand', 'iconcat', 'ifloordiv',
           'ilshift', 'imatmul', 'imod', 'imul', 'index', 'indexOf', 'inv', 'invert', 'ior',
           'ipow', 'irshift', 'is_', 'is_not', 'isub', 'itemgetter', 'itruediv', 'ixor', 'le',
           'length_hint', 'lshift', 'lt', 'matmul', 'methodcaller', 'mod', 'mul', 'ne', 'neg',
           'not_', 'or_', 'pos', 'pow', 'rshift', 'setitem', 'sub', 'truediv', 'truth', 'xor']

# The names of the special methods: __add__ is add, __and__ is and_.
for _name in __all__:
    if _name not in ('attrgetter', 'countOf', 'indexOf', 'is_', 'is_not', 'itemgetter',
                     'length_hint', 'methodcaller', 'truth'):
        globals()[f'__{_name.rstrip("_")}__'] = getattr(_operator, _name)
del _name, _operator
