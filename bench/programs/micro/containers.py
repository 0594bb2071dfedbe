"""Lists, dicts and tuples: elements, growth, unpacking."""

OPERATIONS = 8

KEYS = [f"key {k}" for k in range(8)]


def list_append(n):
    t, total = [], 0
    for i in range(n):
        t.append(i)
        t.append(i)
        t.append(i)
        t.append(i)
        t.append(i)
        t.append(i)
        t.append(i)
        t.append(i)
        total = (total + len(t)) & 0xFFFFFFFF
        t.clear()
    return total


def list_index(n):
    numbers = list(range(8))
    t = total = 0
    for i in range(n):
        t = numbers[0]
        t = numbers[1]
        t = numbers[2]
        t = numbers[3]
        t = numbers[4]
        t = numbers[5]
        t = numbers[6]
        t = numbers[7]
        total = (total + t) & 0xFFFFFFFF
    return total


def list_store(n):
    t = [0] * 8
    total = 0
    for i in range(n):
        t[0] = i
        t[1] = i
        t[2] = i
        t[3] = i
        t[4] = i
        t[5] = i
        t[6] = i
        t[7] = i
        total = (total + t[i & 7]) & 0xFFFFFFFF
    return total


def dict_get(n):
    numbers = {key: k for k, key in enumerate(KEYS)}
    a, b, c, d, e, f, g, h = KEYS
    t = total = 0
    for i in range(n):
        t = numbers[a]
        t = numbers[b]
        t = numbers[c]
        t = numbers[d]
        t = numbers[e]
        t = numbers[f]
        t = numbers[g]
        t = numbers[h]
        total = (total + t) & 0xFFFFFFFF
    return total


def dict_set(n):
    t = {}
    a, b, c, d, e, f, g, h = KEYS
    total = 0
    for i in range(n):
        t[a] = i
        t[b] = i
        t[c] = i
        t[d] = i
        t[e] = i
        t[f] = i
        t[g] = i
        t[h] = i
        total = (total + t[a]) & 0xFFFFFFFF
    return total


def dict_in(n):
    numbers = {key: k for k, key in enumerate(KEYS)}
    a, b, c, d, e, f, g, h = KEYS
    t = total = 0
    for i in range(n):
        t = a in numbers
        t = b in numbers
        t = c in numbers
        t = d in numbers
        t = e in numbers
        t = f in numbers
        t = g in numbers
        t = h in numbers
        total = (total + t) & 0xFFFFFFFF
    return total


def unpack(n):
    pair = (1, 2)
    t = total = 0
    for i in range(n):
        t, u = pair
        t, u = pair
        t, u = pair
        t, u = pair
        t, u = pair
        t, u = pair
        t, u = pair
        t, u = pair
        total = (total + t) & 0xFFFFFFFF
    return total


def build_tuple(n):
    t = total = 0
    for i in range(n):
        t = i, 0
        t = i, 1
        t = i, 2
        t = i, 3
        t = i, 4
        t = i, 5
        t = i, 6
        t = i, 7
        total = (total + t[0]) & 0xFFFFFFFF
    return total
