# Bytes in hot code: constants, indexing, iteration, keys, patterns; a type that changes.
def checksum(data):
    total = 0
    for byte in data:
        total = (total * 31 + byte) % 65521
    return total


def kind(value):
    match value:
        case b'':
            return 'empty'
        case b'GET' | b'PUT':
            return 'method'
        case bytes(text) if text.startswith(b'/'):
            return 'path'
        case {b'key': found}:
            return found
        case [first, *_]:
            return 'sequence'
        case bytes():
            return 'other'
    return 'none'


def build(parts, count):
    out = b''
    for k in range(count):
        out += parts[k % len(parts)]
        if out[-1] == 65 or b'A' in out[-2:]:
            out += b'|'
    return out


def count_words(data):
    counts = {}
    for word in data.split(b' '):
        counts[word] = counts.get(word, 0) + 1
    return counts


class Bag:
    data = b''


bag = Bag()
for turn in range(12):
    data = b'hello \xff' * (turn + 1)
    bag.data = bag.data + bytes([turn]) if turn != 7 else 'text'.encode()
    print(checksum(data if turn != 8 else list(data)), build([b'a', b'A', b'bc'], turn), bag.data, count_words(b'a b a ' * turn))
for value in (b'', b'GET', b'PUT', b'/index', b'x', '', 'GET', [b'a'], {b'key': 1}, {'key': 1}, 3, b'') * 3:
    print(kind(value), end=' ')
print()
print(build([b'a', b'A', b'bc'], 40), len(build([b'ab'], 3000)), checksum(bytes(range(256)) * 20))
try:
    build([b'a', 'b'], 3)
except TypeError as error:
    print(error)
