# Descriptors with __set__ or __delete__ alone: the instance attribute is read, theirs is the store
class Setter:
    def __init__(self, name): self.name = name
    def __set__(self, obj, value): print('set', value)
class Deleter:
    def __delete__(self, obj): print('deleted')
class Plain: pass
class C(Plain):
    def __init__(self, v): self.x = v; self.y = v
def load(o): return o.x, o.y
def store(o, v): o.x = v; o.y = v
def call(o): return o.z()
objects = [C(i) for i in range(3)]
for turn in range(24):
    o = objects[turn % 3]
    if turn == 6: Plain.x = Setter('x')
    if turn == 8: Plain.y = Deleter()
    if turn == 14: o.__dict__
    if turn == 18: objects.append(C(7)); del objects[0].__dict__['y']
    try:
        print([type(v).__name__ for v in load(o)])
    except AttributeError as e: print(e)
    if turn > 15:
        try: store(o, turn)
        except AttributeError as e: print(e)
    if turn == 20: del Setter.__set__
    if turn == 22: Deleter.__get__ = lambda self, o, t=None: 'got'
class Caller:
    def __set__(self, o, v): pass
    def __call__(self, *a): return 'class'
C.z = Caller()
class D(C): pass
for turn in range(12):
    o = D(1)
    if turn % 3 == 1: o.__dict__['z'] = lambda: 'own'
    print(call(o))
