# How functools' callables take their arguments, what they give, and what they say when wrong.
from functools import *
import functools


def f(*args, **keywords):
    return args, keywords


p = partial(f, 1, x=2)
CALLS = '''
partial(); partial(3); partial(f)(); p(); p(3,y=4); p(x=5); p.func is f; p.args; p.keywords
partial(p,9,x=3,z=4).args; partial(p,9,x=3,z=4).keywords; partial(p).func is f; setattr(p,'func',1)
setattr(p,'args',1); delattr(p,'keywords'); p.__dict__; setattr(p,'foo',1); p.__dict__
partial(p,1).func is p; partial(f,func=3)(); partial(func=3); p.__setstate__((f,(1,),{},{}))
p.__dict__; p.__setstate__(3); p.__setstate__((3,(),{},None)); p.__setstate__((f,(),{},None,1)); p()
partial.__new__(partial); p.__reduce__()[2][1:]; reduce(); reduce(max,3); reduce(max,[])
reduce(max,[],1); reduce(max,[3,9,2]); reduce(lambda a,b:a+b,'abc','x'); reduce(max,[1],2,3)
reduce(function=1); reduce(1,[1,2]); reduce(1,[1]); cmp_to_key(); cmp_to_key(1,2)
sorted([3,1,2],key=cmp_to_key(lambda a,b:b-a)); cmp_to_key(3)(1)<cmp_to_key(3)(2)
cmp_to_key(3)(1)<4; cmp_to_key(3).obj; cmp_to_key(3)(5).obj; hash(cmp_to_key(3)(1))
cmp_to_key(3)<cmp_to_key(3); cmp_to_key(lambda a,b:'x')(1)<cmp_to_key(3)(2)
cmp_to_key(3)(obj=3).obj; cmp_to_key(3)(); cmp_to_key(lambda a,b:0)(1)==cmp_to_key(0)(2)
cmp_to_key(lambda a,b:0)(1)!=cmp_to_key(0)(2); lru_cache('a'); lru_cache(1.5); lru_cache()(3)
lru_cache(f).cache_parameters(); lru_cache(-3)(f).cache_info()
lru_cache(None,typed=True)(f).cache_parameters(); cache(f).cache_info(); lru_cache(f)(1)
lru_cache(f)([]); lru_cache(2)(f).__wrapped__ is f; lru_cache(f).__name__; cache(1)
functools._lru_cache_wrapper(f,1.5,False,None); functools._lru_cache_wrapper(f,1,False)
functools._lru_cache_wrapper(3,1,False,3); total_ordering(int); total_ordering(object)
cached_property(3); cached_property(f).attrname; update_wrapper(f,3).__wrapped__
singledispatch(f).registry; singledispatch(f)(); singledispatch(f).register(3)
singledispatch(f).register(lambda x:1); singledispatch(f).register(3,4); singledispatchmethod(3)
partialmethod(3); partialmethod(f,1,x=2).args; type(cmp_to_key(3)); type(cmp_to_key(3))()
type(lru_cache(f)); type(p)
'''


def shown(text):
    try:
        value = repr(eval(text))
    except Exception as error:
        return f'{type(error).__name__}: {error}'.split(' at 0x')[0]
    return value.split(' at 0x')[0]


for text in CALLS.strip().replace('\n', '; ').split('; '):
    print(text, '->', shown(text))
