# new_class, prepare_class and resolve_bases: a class statement in pieces.
import types


class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kwargs):
        print('prepare', mcls.__name__, name, [base.__name__ for base in bases], kwargs)
        return {'prepared': True}

    def __new__(mcls, name, bases, namespace, **kwargs):
        print('new', name, kwargs)
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)


class Sub(Meta):
    pass


class Other(type):
    pass


class Entries:
    def __init__(self, *bases):
        self.bases = bases

    def __mro_entries__(self, bases):
        return self.bases


plain = types.new_class('Plain')
print(plain, plain.__mro__, plain.__module__)
filled = types.new_class('Filled', (int,), exec_body=lambda ns: ns.update(x=1, f=lambda self: self + 1))
print(filled.x, filled(4).f())
made = types.new_class('Made', (), {'metaclass': Meta, 'key': 1}, lambda ns: print(ns))
print(type(made), made.prepared)
kwds = {'metaclass': Meta, 'other': 2}
print(types.prepare_class('P', (made,), kwds), kwds)
print(types.prepare_class('P', (made,), {'metaclass': Sub}))
print(types.prepare_class('P', (made,)), types.prepare_class('P'), types.prepare_class('P', (int,), {'a': 1}))
print(types.prepare_class('P', (), {'metaclass': len}))
bases = (int, Entries(), Entries(str, list))
print(types.resolve_bases(bases), types.resolve_bases([int]), types.resolve_bases(()))
replaced = types.new_class('Replaced', (Entries(int),))
print(replaced.__bases__, len(replaced.__orig_bases__), hasattr(plain, '__orig_bases__'))


class Wrong:
    def __mro_entries__(self, bases):
        return list(bases)


for call in (lambda: types.resolve_bases((Wrong(),)), lambda: types.new_class('W', (Wrong(),)),
             lambda: types.new_class('C', (made,), {'metaclass': Other}), lambda: types.new_class(5),
             lambda: types.new_class('C', (), {'unknown': 1}), lambda: types.new_class('C', (bool,)),
             lambda: types.new_class('C', (int, str)), lambda: types.new_class()):
    try:
        print(call())
    except TypeError as error:
        print(str(error).replace('types.', ''))
