# Dicts keep insertion order through updates, deletions and growth.
d = {}
for i in (5, 3, 9, 1):
    d[i] = str(i)
d[3] = "updated"
del d[5]
d[5] = "again"
print(d, list(d), list(d.values()))
for i in range(100):
    d["k%d" % i] = i
    if i % 3:
        del d["k%d" % i]
print(len(d), list(d)[:6], list(d)[-2:], d.popitem())
mixed = {1: "int", "1": "str", 1.5: "float", (1,): "tuple", None: "none", True: "bool is 1"}
print(mixed, mixed[1.0], mixed[True])
print({2: 0, 1: 0} == {1: 0, 2: 0}, list({2: 0, 1: 0}) == list({1: 0, 2: 0}))


def count(words):
    table = {}
    for word in words:
        table[word] = table.get(word, 0) + 1
    return table


for words in ("abracadabra", [1, 1.0, True], [None, "x", None], "", [(1,), (1,)], range(3)):
    print(count(words))
