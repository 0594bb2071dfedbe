# ChainMap, UserDict, UserList, UserString.
import collections
from collections import ChainMap, UserDict, UserList, UserString

base, over = {'a': 1, 'b': 2}, {'b': 20, 'c': 30}
chain = ChainMap(over, base)
print(chain, list(chain), dict(chain), len(chain), chain['a'], chain['b'], chain.get('z', 0), 'c' in chain, bool(ChainMap()))
child = chain.new_child({'z': 26})
child['a'] = 'own'
print(child, child.parents, child.maps[0], chain.new_child(k=1)['k'], ChainMap.fromkeys('xy', 0), chain.copy().maps[1] is base)
print(chain | {'n': 1}, {'n': 1, 'a': 0} | chain, chain == {'a': 1, 'b': 20, 'c': 30}, list(chain.items()), chain.pop('c'))
for bad in (lambda: chain['q'], lambda: chain.pop('a'), lambda: chain.__delitem__('a'), lambda: ChainMap().popitem(), lambda: chain | 3):
    try:
        print(bad())
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
chain.maps.append({'loop': chain})
print(chain)
chain.maps.pop()
chain |= {'m': 1}
chain.clear()
print(chain, chain.maps)


class Fallback(UserDict):
    def __missing__(self, key):
        return key * 2

    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)


table = Fallback({'a': 1}, b=2)
table.update(c=3)
print(table, table['A'], table['q'], 'a' in table, len(table), table.copy(), type(table | {'d': 4}).__name__, {'z': 0} | table)
print(UserDict(x=1) == {'x': 1}, UserDict.fromkeys('ab'), Fallback.fromkeys('ab', 1), table.pop('A'), table.setdefault('k', 5), table.data)
items = UserList([3, 1, 2])
items.append(0)
items += (9,)
items.sort()
print(items, items[1:3], type(items[:1]).__name__, items + [4], [4] + items, items * 2, items == [0, 1, 2, 3, 9], items < UserList([1]), items.index(2))
items.extend(UserList('xy'))
items.insert(0, 'first')
del items[1]
print(items, items.pop(), items.count('x'), items.copy() == items, 'x' in items, list(reversed(items)), UserList(items).data is items.data)


class Shout(UserString):
    def __str__(self):
        return self.data + '!'


text = Shout('hello')
print(text, repr(text), text.upper(), type(text.upper()).__name__, text + ' you', 'oh ' + text, text * 2, text[1:3], len(text), 'ell' in text)
print(text.find('l'), text.split('l'), text.replace('l', 'L'), text == 'hello', hash(text) == hash('hello'), text.isalpha(), text.center(9, '-'))
print(UserString(12), UserString('%s-%d') % ('a', 3), int(UserString('42')), text.startswith('he'), UserString('a') < 'b', text.join('ab'), text.title())
print([name for name in ('ChainMap', 'UserDict', 'Counter', 'abc') if hasattr(collections, name)], UserDict.__module__, ChainMap)
try:
    collections.nothing
except AttributeError as error:
    print(error)
