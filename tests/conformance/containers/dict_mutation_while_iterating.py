# Changing the size of a dict or set during iteration is an error; changing values is not.
def grow(table, keys):
    for key in keys(table):
        table[key + 100] = 1


for keys in (lambda d: d, lambda d: d.keys(), lambda d: d.items(), lambda d: d.values()):
    table = {1: 1, 2: 2}
    try:
        for key in keys(table):
            table["new"] = 1
    except RuntimeError as error:
        print(error)
table = {1: 1, 2: 2, 3: 3}
for key in table:
    table[key] = key * 0.5
print(table)
try:
    for key in table:
        del table[key]
except RuntimeError as error:
    print(error, table)
try:
    for key in table:
        del table[key]
        table[key] = 1
        table.pop(key)
        table["x"] = 1
except RuntimeError as error:
    print(error)
s = {1, 2, 3}
try:
    for x in s:
        s.add(x + 10)
except RuntimeError as error:
    print(error)
items = [1, 2, 3]
for x in items:
    if len(items) < 8:
        items.append(x * 10)
print(items)
