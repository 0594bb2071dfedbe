# Finalizers where classes, functions, frames, generators and exceptions give up what they hold
import sys

from disturbance import State, Watcher, kept, run, watch


# --- classes: cells of attributes, slots, bases ---------------------------------------------------

def new_class(*bases):
    class Kind(*bases):
        w = Watcher()
        a = 1

        def method(self):
            return 'method'
    return watch(Kind)


def class_overwrite():
    kind = new_class()
    kind.w = 5
    return kind.w if hasattr(kind, 'w') else None


def class_overwrite_with_descriptor():
    kind = new_class()
    kind.w = property(lambda self: 7)
    return hasattr(kind(), 'w')


def class_delete():
    kind = new_class()
    del kind.w
    return hasattr(kind, 'w')


def class_overwrite_while_cached():
    kind = new_class()
    instance = kind()
    found = []
    for i in range(4):
        found.append(instance.w is kind.w)
        kind.w = i
    return found, instance.method()


class Plain:
    pass


def property_result():
    class Kind:
        @property
        def made(self):
            return Watcher()
    watch(Kind)
    instance = Kind()
    return [str(instance.made) != '' for i in range(3)]


def getattr_result():
    class Kind:
        def __getattr__(self, name):
            return Watcher(name)
    watch(Kind)
    instance = Kind()
    instance.one
    return len(instance.two.label)


def method_temporary():
    class Kind(Watcher):
        def name(self):
            return self.label
    watch(Kind)
    return Kind('v').name(), Kind('w').name()


def slot_overwrite():
    class Kind:
        __slots__ = ('w', 'a')
    instance = Kind()
    watch(Kind)
    instance.w = Watcher()
    instance.w = 2
    return instance.w


def slot_delete():
    class Kind:
        __slots__ = ('w', 'a')
    instance = Kind()
    watch(Kind)
    instance.w = Watcher()
    del instance.w
    return hasattr(instance, 'w')


def slots_deallocated():
    class Kind:
        __slots__ = ('v', 'w', '__dict__')
    instance = Kind()
    watch(Kind)
    instance.v = Watcher('v')
    instance.w = Watcher('w')
    instance.x = Watcher('x')
    instance = None
    return 'gone'


def values_deallocated():
    class Kind:
        pass
    instance = Kind()
    watch(Kind)
    instance.v = Watcher('v')
    instance.w = Watcher('w')
    instance.x = Watcher('x')
    del instance.w
    instance.w = Watcher('again')
    instance = None
    return 'gone'


def metaclass_attribute():
    class Meta(type):
        pass

    class Kind(metaclass=Meta):
        pass
    watch(Kind)
    Meta.w = Watcher()
    found = Kind.w.label
    Meta.w = 1
    return found, Kind.w


# --- functions, cells, frames ---------------------------------------------------------------------

def new_function():
    def function(a=Watcher('default'), *, k=Watcher('keyword')):
        return 'called'
    return watch(function)


def function_defaults():
    function = new_function()
    function.__defaults__ = (1,)
    return function()


def function_keyword_defaults():
    function = new_function()
    function.__kwdefaults__ = None
    return function(k=1)


def function_attribute():
    function = new_function()
    function.note = Watcher('note')
    function.note = 1
    return function.note if hasattr(function, 'note') else None


def function_deallocated():
    function = new_function()
    watch(len)
    function = None
    return 'gone'


def cell_overwrite():
    held = Watcher('cell')

    def function():
        return held
    watch(function)
    held = 5
    return function()


def cell_nonlocal():
    held = Watcher('cell')

    def function():
        nonlocal held
        held = 6
        return held
    watch(function)
    return function()


def cell_deallocated():
    def make():
        held = Watcher('cell')
        return lambda: held
    watch(len)
    function = make()
    function = None
    return 'gone'


def local_overwrite():
    watch(len)
    local = Watcher()
    local = 1
    return local


def local_delete():
    watch(len)
    local = Watcher()
    del local
    try:
        return local
    except UnboundLocalError:
        return 'unbound'


def locals_at_return():
    def body(a):
        b = Watcher('b')
        c = [Watcher('c')]
        return a
    watch(body)
    return body(1)


def locals_arguments():
    def body(a, b):
        return 2
    watch(body)
    return body(Watcher('a'), Watcher('b'))


def loop_variable():
    watch(len)
    for item in map(Watcher, 'vw'):
        pass
    item = None
    return 'done'


def global_overwrite():
    global held
    watch(len)
    held = Watcher('global')
    held = 1
    return held


def global_delete():
    global held
    watch(len)
    held = Watcher('global')
    del held
    return 'held' in globals()


def return_value_dropped():
    def body():
        return Watcher('returned')
    watch(body)
    body()
    body().label
    return 'done'


def operand_temporaries():
    watch(len)
    return Watcher('v') == Watcher('w'), Watcher('a') < Watcher('b'), not Watcher('c')


def constructor_fails():
    class Kind(Watcher):
        def __init__(self, label):
            self.label = label
            raise KeyError(label)
    watch(Kind)
    try:
        Kind('made')
    except KeyError as error:
        return str(error)


# --- generators, managers, exceptions -------------------------------------------------------------

def new_generator():
    def body():
        local = Watcher('local')
        try:
            yield 1
            yield 2
        finally:
            local = Watcher('finally')
    generator = watch(body())
    next(generator)
    return generator


def generator_close():
    new_generator().close()
    return 'closed'


def generator_exhausted():
    return list(new_generator())


def generator_thrown_into():
    try:
        new_generator().throw(ValueError('thrown'))
    except ValueError as error:
        return str(error)


def generator_deallocated():
    generator = new_generator()
    watch(len)
    generator = None
    return 'gone'


def generator_value_dropped():
    watch(len)
    for value in (Watcher(label) for label in 'vw'):
        pass
    value = None
    return 'done'


def manager_dropped():
    class Manager(Watcher):
        def __enter__(self):
            return Watcher('entered')

        def __exit__(self, *details):
            return True
    watch(Manager)
    with Manager('manager') as entered:
        entered = None
        raise ValueError(Watcher('raised'))
    return 'left'


def exception_arguments():
    watch(len)
    error = ValueError(Watcher('argument'))
    error.args = ()
    return error.args


def exception_context():
    watch(len)
    error = ValueError()
    error.__context__ = KeyError(Watcher('context'))
    error.__context__ = None
    error.__cause__ = KeyError(Watcher('cause'))
    error.__cause__ = None
    return repr(error)


def exception_attribute():
    watch(len)
    error = ValueError()
    error.note = Watcher('note')
    del error.note
    return repr(error)


def exception_variable():
    watch(len)
    try:
        raise ValueError(Watcher('caught'))
    except ValueError as error:
        pass
    return 'error' in locals()


def exception_traceback():
    def body():
        local = Watcher('local')
        raise ValueError('raised')
    watch(body)
    try:
        body()
    except ValueError as error:
        error.__traceback__ = None
    return 'done'


def exception_replaced():
    watch(len)
    try:
        try:
            raise ValueError(Watcher('first'))
        except ValueError:
            raise KeyError('second') from None
    except KeyError as error:
        return str(error)


def exception_in_finally():
    def body():
        local = Watcher('local')
        for i in range(2):
            try:
                raise ValueError(Watcher('item'))
            finally:
                continue
        return 'through'
    watch(body)
    return body()


# --- disturbances ---------------------------------------------------------------------------------

def read(target, watcher):
    return target.__name__ != '', callable(target)


def write(target, watcher):
    if isinstance(target, type) and target is not int:
        target.w = 'again'
        target.later = 'new'
    elif hasattr(target, '__defaults__'):
        target.__defaults__ = ('again',)
        target.later = 'new'


def remove(target, watcher):
    if isinstance(target, type) and target is not int:
        for name in ('w', 'a', 'later'):
            if name in target.__dict__:
                delattr(target, name)
    elif hasattr(target, '__defaults__'):
        target.__defaults__ = target.__kwdefaults__ = None
        target.__dict__.clear()


def rebase(target, watcher):
    if isinstance(target, type) and target is not int:
        try:
            target.__bases__ = (Plain,)
        except TypeError:
            return 'refused'


def call(target, watcher):
    try:
        if hasattr(target, 'send'):
            return next(target)
        return repr(type(target()) if target is not len else None)
    except (TypeError, ValueError, KeyError, StopIteration) as error:
        return type(error).__name__


def raise_and_catch(target, watcher):
    try:
        try:
            raise KeyError('in a finalizer')
        finally:
            sys.exc_info()
    except KeyError as error:
        return str(error), type(error.__context__).__name__


points = [value for name, value in list(globals().items())
          if name.startswith(('class_', 'property_', 'getattr_', 'method_', 'slot', 'values_',
                              'metaclass_', 'function_', 'cell_', 'local', 'loop_', 'global_',
                              'return_', 'operand_', 'constructor_', 'generator_', 'manager_',
                              'exception_'))]
run(points, [read, write, remove, rebase, call, raise_and_catch])
