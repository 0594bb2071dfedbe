# Finalizers at each place where a list, dict, set or tuple gives up an item
from disturbance import Watcher, kept, run, watch


# --- lists ----------------------------------------------------------------------------------------

def items(*labels):
    return watch([1, *[Watcher(label) for label in labels], 2])


def list_set_item():
    mine = items('w')
    mine[1] = 5
    return mine


def list_delete_item():
    mine = items('w')
    del mine[1]
    return mine


def list_set_slice():
    mine = items('v', 'w', 'x')
    mine[1:3] = [7, 8, 9]
    return len(mine)


def list_set_long_step():
    mine = items('v', 'w', 'x')
    mine[1:4:2] = [7, 8]
    return len(mine)


def list_delete_slice():
    mine = items('v', 'w', 'x')
    del mine[1:3]
    return len(mine)


def list_delete_long_step():
    mine = items('v', 'w', 'x')
    del mine[::2]
    return len(mine)


def list_clear():
    mine = items('v', 'w')
    mine.clear()
    return len(mine)


def list_pop():
    mine = items('w')
    mine.pop(1)
    return mine


def list_remove():
    mine = items('w')
    mine.remove(Watcher('w'))
    return len(mine)


def list_repeat():
    mine = items('w')
    mine *= 0
    return len(mine)


def list_init():
    mine = items('v', 'w')
    mine.__init__([3])
    return len(mine)


def list_sort_keys():
    mine = watch([3, 1, 2])
    try:
        mine.sort(key=lambda number: Watcher(str(number)))
    except ValueError as error:
        return str(error)
    return len(mine)


def list_iterator_end():
    total = 0
    for item in iter([Watcher('v'), Watcher('w')]):
        total += 1
    item = None
    return total


def list_deallocated():
    watch([1])
    mine = [Watcher('v'), [Watcher('w')], Watcher('x')]
    del mine
    return 'gone'


def unpack_too_many():
    watch([1])
    a, b = [Watcher('v'), Watcher('w'), Watcher('x')]


def unpack_starred():
    watch([1])
    a, *b = [Watcher('v'), Watcher('w'), Watcher('x')]
    b = None
    a = None
    return 'done'


def unpack_iterator():
    watch([1])
    a, b = (Watcher(label) for label in 'vwx')


def tuple_deallocated():
    watch([1])
    mine = (Watcher('v'), (Watcher('w'), 1), Watcher('x'))
    mine = None
    return 'gone'


def comprehension_temporaries():
    watch([1])
    return [len(str(Watcher('w'))) for i in range(3)]


def call_positional_arguments():
    watch([1])

    def take(*args):
        return len(args)
    return take(Watcher('v'), *[Watcher('w')])


def call_keyword_arguments():
    watch([1])

    def take(a, **kwargs):
        return len(kwargs)
    return take(1, k=Watcher('x'), **{'l': Watcher('y')})


def zip_items():
    watch([1])
    return [1 for pair in zip([Watcher('v'), Watcher('w')], map(Watcher, 'xy'))]


# --- dicts ----------------------------------------------------------------------------------------

def table(*labels):
    return watch({'a': 1, **{label: Watcher(label) for label in labels}, 'b': 2})


def dict_set_item():
    mine = table('w')
    mine['w'] = 5
    return len(mine)


def dict_delete_item():
    mine = table('w')
    del mine['w']
    return len(mine)


def dict_clear():
    mine = table('v', 'w')
    mine.clear()
    return len(mine)


def dict_pop():
    mine = table('w')
    mine.pop('w')
    return len(mine)


def dict_popitem():
    mine = table('w')
    mine.popitem()
    mine.popitem()
    return len(mine)


def dict_update():
    mine = table('v', 'w')
    mine.update(v=1, w=2)
    return len(mine)


def dict_update_pairs():
    mine = table('v', 'w')
    mine.update([('v', 1), ('w', 2)])
    return len(mine)


def dict_or():
    mine = table('w')
    mine |= {'w': 1, 'x': 2}
    return len(mine)


def dict_setdefault():
    mine = table('w')
    mine.setdefault('w', Watcher('default'))
    mine.setdefault('new', Watcher('kept'))
    return len(mine)


def dict_key():
    mine = watch({'a': 1})
    mine[Watcher('key')] = 5
    del mine[Watcher('key')]
    return len(mine)


def dict_get_default():
    mine = table()
    mine.get('a', Watcher('default'))
    return len(mine)


def dict_init():
    mine = table('w')
    mine.__init__(w=4)
    return len(mine)


def dict_deallocated():
    watch({})
    mine = {'v': Watcher('v'), Watcher('key'): Watcher('w')}
    mine = None
    return 'gone'


def dict_fromkeys():
    watch({})
    return len(dict.fromkeys('abc', Watcher('w')))


# --- sets -----------------------------------------------------------------------------------------

def group(*labels):
    return watch({1, *[Watcher(label) for label in labels]})


def set_discard():
    mine = group('w')
    mine.discard(Watcher('w'))
    return len(mine)


def set_remove():
    mine = group('w')
    mine.remove(Watcher('w'))
    return len(mine)


def set_pop():
    mine = watch({Watcher('w')})
    mine.pop()
    return len(mine)


def set_clear():
    mine = watch({Watcher('w')})
    mine.clear()
    return len(mine)


def set_add_equal():
    mine = group('w')
    mine.add(Watcher('w'))
    return len(mine)


def set_difference_update():
    mine = group('w')
    mine -= {Watcher('w')}
    return len(mine)


def set_intersection_update():
    mine = watch({1, Watcher('w')})
    mine &= {1}
    return len(mine)


def set_symmetric_difference_update():
    mine = group('w')
    mine ^= {Watcher('w'), 1}
    return len(mine)


def set_init():
    mine = watch({Watcher('w')})
    mine.__init__([3])
    return len(mine)


# --- disturbances ---------------------------------------------------------------------------------

def read(mine, watcher):
    return len([item for item in mine if item is not watcher]) >= 0


def grow(mine, watcher):
    for i in range(40):
        if isinstance(mine, list):
            mine.append(i)
        elif isinstance(mine, dict):
            mine['n%d' % i] = i
        else:
            mine.add(i + 100)


def empty(mine, watcher):
    mine.clear()


def refill(mine, watcher):
    mine.clear()
    grow(mine, watcher)


def shrink(mine, watcher):
    while len(mine) > 1:
        mine.popitem() if isinstance(mine, dict) else mine.pop()


def copy(mine, watcher):
    kept.append(mine.copy())
    return len(kept[-1]) >= 0


points = [value for name, value in list(globals().items())
          if name.startswith(('list_', 'dict_', 'set_', 'tuple_', 'unpack_', 'call_', 'zip_',
                              'comprehension_'))]
run(points, [read, grow, empty, refill, shrink, copy])
