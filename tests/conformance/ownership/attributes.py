# Finalizers at each place where an attribute of an instance is given up, in every form of the dict
from disturbance import Watcher, run, watch


class Thing:
    kind = 'thing'


class Other:
    pass


class Counted(int):
    pass


class Slotted:
    __slots__ = ('a', 'w', '__dict__')


# --- instances before the operation ---------------------------------------------------------------

def values():
    thing = watch(Thing())
    thing.a = 1
    thing.w = Watcher()
    thing.b = 2
    return thing


def split():
    thing = values()
    thing.__dict__
    return thing


def combined():
    thing = values()
    thing.__dict__[5] = 6
    return thing


def crowded():
    thing = values()
    for i in range(40):
        setattr(thing, 'n%d' % i, i)
    return thing


def number():
    thing = watch(Counted(5))
    thing.a = 1
    thing.w = Watcher()
    thing.b = 2
    return thing


def slotted():
    thing = watch(Slotted())
    thing.a = 1
    thing.w = Watcher()
    thing.b = 2
    return thing


def names(thing):
    found = [name for name in ('a', 'w', 'b', 'c', 'later') if hasattr(thing, name)]
    return type(thing).__name__, found, len(thing.__dict__)


# --- operations -----------------------------------------------------------------------------------

def operations(make):
    def overwrite():
        thing = make()
        thing.w = 5
        return names(thing), getattr(thing, 'w', None)

    def delete():
        thing = make()
        del thing.w
        return names(thing)

    def set_by_name():
        thing = make()
        setattr(thing, 'w', [1])
        return names(thing)

    def delete_by_name():
        thing = make()
        delattr(thing, 'w')
        return names(thing)

    def overwrite_in_dict():
        thing = make()
        thing.__dict__['w'] = 7
        return names(thing)

    def replace_dict():
        thing = make()
        thing.__dict__ = {'c': 3}
        return names(thing)

    def delete_dict():
        thing = make()
        del thing.__dict__
        return names(thing)

    def clear_dict():
        thing = make()
        thing.__dict__.clear()
        return names(thing)

    def pop_from_dict():
        thing = make()
        return repr(thing.__dict__.pop('w', None)) != '', names(thing)

    def update_dict():
        thing = make()
        thing.__dict__.update({'w': 1, 'c': 2, 'd': 3})
        return names(thing)

    def grow_dict():
        thing = make()
        thing.__dict__.update({'n%d' % i: i for i in range(20)}, w=0)
        return names(thing)

    def augment():
        thing = make()
        thing.w = thing.w and 1
        return names(thing)

    def overwrite_in_loop():
        thing = make()
        for i in range(5):
            thing.w = i
        return names(thing), getattr(thing, 'w', None)

    for operation in (overwrite, delete, set_by_name, delete_by_name, overwrite_in_dict,
                      replace_dict, delete_dict, clear_dict, pop_from_dict, update_dict, grow_dict,
                      augment, overwrite_in_loop):
        operation.__name__ = make.__name__ + '.' + operation.__name__
        yield operation


# --- disturbances ---------------------------------------------------------------------------------

def read(thing, watcher):
    return [getattr(thing, name, '-') for name in ('a', 'w', 'b', 'kind')] != []


def write(thing, watcher):
    thing.a = 'again'
    thing.w = 'again'
    thing.later = 'new'


def delete(thing, watcher):
    for name in ('b', 'a', 'w'):
        if hasattr(thing, name):
            delattr(thing, name)


def materialise(thing, watcher):
    return sorted(str(key) for key in thing.__dict__)[:5], len(vars(thing))


def clear(thing, watcher):
    thing.__dict__.clear()


def replace(thing, watcher):
    thing.__dict__ = {'later': 1, 'a': [2]}


def remove_dict(thing, watcher):
    del thing.__dict__


def crowd(thing, watcher):
    for i in range(35):
        setattr(thing, 'crowd%d' % i, i)


def change_class(thing, watcher):
    if type(thing) is Thing:
        thing.__class__ = Other
    return type(thing).__name__


points = [operation for make in (values, split, combined, crowded, number, slotted)
          for operation in operations(make)]
run(points, [read, write, delete, materialise, clear, replace, remove_dict, crowd, change_class])
