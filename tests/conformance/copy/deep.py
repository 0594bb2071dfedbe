# copy.deepcopy: cycles, sharing, the memo, hooks, everything below.
import copy


class Node:
    def __init__(self, name, *children):
        self.name = name
        self.children = list(children)
        self.parent = None
        for child in children:
            child.parent = self


leaf = Node('leaf')
tree = Node('root', leaf, Node('other'))
other = copy.deepcopy(tree)
print(other is tree, other.children[0] is leaf, other.children[0].parent is other, other.children[1].name)
nested = [1]
nested.append(nested)
same = copy.deepcopy(nested)
print(same, same[1] is same, same is nested)
loop = {}
loop['self'] = loop
same = copy.deepcopy(loop)
print(same['self'] is same)
pair = ([],)
pair[0].append(pair)
same = copy.deepcopy(pair)
print(same is pair, same[0][0] is same)
atoms = (1, 'a', (2.5, None))
print(copy.deepcopy(atoms) is atoms, copy.deepcopy((1, [2])) == (1, [2]))
shared = [1]
double = copy.deepcopy([shared, shared, (shared,)])
print(double[0] is double[1], double[2][0] is double[0], double[0] is shared)
print(copy.deepcopy({'k': {1: [2]}, (1, 2): {3}}), copy.deepcopy({1, 2}), copy.deepcopy(frozenset([3])))


class Hook:
    def __deepcopy__(self, memo):
        print('memo', type(memo).__name__, len(memo))
        return self.__class__()


class Slots:
    __slots__ = ('a', 'b')


class List(list):
    pass


class Dict(dict):
    pass


hooks = copy.deepcopy([Hook(), Hook()])
slots = Slots()
slots.a = [slots]
same = copy.deepcopy(slots)
print(same.a[0] is same, hasattr(same, 'b'))
values = List([[1], 2])
values.me = values
same = copy.deepcopy(values)
print(same, same.me is same, same[0] is values[0], type(same).__name__)
values = Dict(a=[1])
values['me'] = values
same = copy.deepcopy(values)
print(same['me'] is same, same['a'] is values['a'])
bound = copy.deepcopy(tree.__init__)
print(bound.__self__ is tree, bound.__func__ is Node.__init__, copy.deepcopy(Node) is Node)
memo = {}
result = copy.deepcopy(shared, memo)
print(memo[id(shared)] is result, memo[id(memo)] == [shared])
print(copy.deepcopy(shared, {id(shared): 'known'}))


class State:
    def __init__(self):
        self.items = [1, 2]

    def __getstate__(self):
        return {'items': self.items, 'copied': True}


same = copy.deepcopy(State())
print(vars(same))
error = ValueError('x', [1])
error.note = [2]
same = copy.deepcopy(error)
print(repr(same), same.note, same.args[1] is error.args[1])


def deep(n):
    value = []
    for _ in range(n):
        value = [value, n]
    return copy.deepcopy(value)


for n in (3, 4, 5, 6, 7):
    print(deep(n))
try:
    deep(5000)
except RecursionError as error:
    print(str(error)[:30])
try:
    copy.deepcopy([x for x in (1, (y for y in ()))])
except TypeError as error:
    print(str(error)[:30])
