# Finalizers of what only a collection frees: classes, their bases, instances and functions in cycles
import gc

from disturbance import Watcher, kept, run, watch


class Plain:
    pass


def new_class(*bases):
    class Kind(*bases):
        w = Watcher()
        a = 1

        def method(self):
            return 'method'
    return watch(Kind)


def class_deallocated():
    kind = new_class()
    watch(int)
    kind = None
    gc.collect()
    return 'gone'


def class_bases_change():
    class Old:
        w = Watcher()
    old = [Old]
    kind = new_class(Old)
    kind.__bases__ = (Plain,)
    old[0] = Old = None
    gc.collect()
    return kind.__mro__[1].__name__


def instance_of_itself():
    class Kind:
        pass
    watch(Kind)
    instance = Kind()
    instance.itself = instance
    instance.w = Watcher()
    instance = None
    gc.collect()
    return 'gone'


def dict_of_itself():
    watch(Plain)
    instance = Plain()
    instance.__dict__['itself'] = instance.__dict__
    instance.w = Watcher('in the dict')
    instance = None
    gc.collect()
    return 'gone'


def list_of_itself():
    watch(Plain)
    items = [Watcher('item')]
    items.append(items)
    items = None
    gc.collect()
    return 'gone'


def function_of_itself():
    def make():
        held = Watcher('cell')

        def function():
            return function, held
        return function
    watch(Plain)
    make()
    gc.collect()
    return 'gone'


def watchers_of_each_other():
    watch(Plain)
    left = Watcher('left')
    right = Watcher('left')
    left.other = right
    right.other = left
    left = right = None
    gc.collect()
    return 'gone'


def generator_of_itself():
    def body():
        local = Watcher('local')
        mine = yield
        yield mine
    watch(Plain)
    generator = body()
    next(generator)
    generator.send(generator)
    generator = None
    gc.collect()
    return 'gone'


def exception_of_itself():
    watch(Plain)
    error = ValueError(Watcher('argument'))
    error.itself = error
    error = None
    gc.collect()
    return 'gone'


def read(target, watcher):
    return target.__name__ != '', len(target.__mro__) > 1


def write(target, watcher):
    if target is not int:
        target.w = 'again'
        target.later = 'new'


def remove(target, watcher):
    if target is not int:
        for name in ('w', 'a', 'later'):
            if name in target.__dict__:
                delattr(target, name)


def make_garbage(target, watcher):
    garbage = Plain()
    garbage.itself = garbage
    garbage.watcher = watcher
    kept.append(weak(garbage))


def weak(value):
    import weakref
    return weakref.ref(value)


points = [value for name, value in list(globals().items())
          if name.startswith(('class_', 'instance_', 'dict_', 'list_', 'function_', 'watchers_',
                              'generator_', 'exception_'))]
run(points, [read, write, remove, make_garbage])
