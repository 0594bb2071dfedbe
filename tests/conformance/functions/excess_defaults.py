# functions: more defaults than parameters.
def f(a, b): return a, b
f.__defaults__ = (1, 2, 3, 4)
for args in ((), (1,), (1,2), (1,2,3)):
    try: print(f(*args))
    except TypeError as e: print(e)
def g(a, b, *, c=1): pass
def h(): pass
h.__defaults__ = (1,)
try: h(1, 2)
except TypeError as e: print(e)
try: h(x=1)
except TypeError as e: print(e)
h()
def k(a): pass
k.__defaults__ = (1, 2)
try: k(1, 2)
except TypeError as e: print(e)
k.__kwdefaults__ = {'z': 1}
try: k(1, 2)
except TypeError as e: print(e)
print(k())
g.__defaults__ = (1, 2, 3)
for args, kw in (((1,2,3), {}), ((1,2,3), {'c': 2}), ((), {'d': 2})):
    try: print(g(*args, **kw))
    except TypeError as e: print(e)
print(f())
