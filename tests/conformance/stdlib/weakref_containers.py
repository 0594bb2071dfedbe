# Weak dictionaries, sets, methods and finalizers
import weakref


class Item:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def method(self):
        return self.name + '!'


items = [Item(name) for name in 'abcd']
values = weakref.WeakValueDictionary({item.name: item for item in items}, extra=items[0])
keys = weakref.WeakKeyDictionary({item: item.name for item in items})
members = weakref.WeakSet(items)
print(list(values.items()), list(keys.items()), len(members), values.get('zz'), 'a' in values, items[0] in keys)
for item in values.values():
    if item.name == 'a':
        del items[1]
item = None
print(list(values), list(keys), len(members), len(values), len(keys))
print(values.pop('extra'), values.setdefault('new', items[0]), values.pop('none', 5), keys.pop(items[1]))
print(sorted(values | {'x': items[1]}), sorted(members, key=str), items[0] in members, members >= {items[0]})
method = weakref.WeakMethod(items[0].method, lambda dead: print('method died'))
print(method()(), method == weakref.WeakMethod(items[0].method), hash(method) == hash(method))
final = weakref.finalize(items[0], print, 'finalized', end='.\n')
late = weakref.finalize(items[1], print, 'at the end of the program')
detached = weakref.finalize(items[1], print, 'never')
print(final.alive, final.peek()[0], detached.detach()[2:], detached.alive, late.atexit)
items[0] = None
print(list(values), list(keys), list(members), method(), final.alive, final())
for container in (values, keys):
    try:
        container['k' if container is values else 5] = 5
    except TypeError as error:
        print(error)
try:
    weakref.WeakMethod(print)
except TypeError as error:
    print(error)
print(values == {}, keys.copy() == keys, members.union([]) == members, members - members, list(members ^ set()))
