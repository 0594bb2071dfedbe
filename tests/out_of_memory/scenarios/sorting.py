# sort with key and comparisons, min and max, functional tools, slices of one's own.


class Key:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        return [self.value] < [other.value]

    def __eq__(self, other):
        return (self.value,) == (other.value,)

    def __hash__(self):
        return hash(str(self.value))

    def __repr__(self):
        return 'Key(%r)' % (self.value,)


class Sequence:
    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return Sequence(self.items[index]) if isinstance(index, slice) else self.items[index]

    def __contains__(self, item):
        return any(item == mine for mine in self.items)

    def __iter__(self):
        return iter(self.items)

    def __call__(self, *args, **kwargs):
        return (*args, *kwargs.items())


def scenario():
    keys = [Key(i * 7 % 11) for i in range(11)]
    found = [sorted(keys), sorted(keys, key=lambda key: -key.value, reverse=True)]
    keys.sort(key=lambda key: str(key.value))
    found.append(keys)
    found.append((min(keys), max(keys, key=lambda key: key.value)))
    table = {key: key.value for key in keys}
    found.append(table[Key(3)])
    found.append(len({Key(1), Key(1), Key(2)}))
    mine = Sequence([1, 2, 3, 4])
    found.append((mine[1:3].items, 3 in mine, list(mine), len(mine), mine(1, k=2), [*mine]))
    a, b, *c = mine
    found.append((a, b, c))
    return repr(found)


result = scenario()
