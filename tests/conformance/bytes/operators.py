# Bytes: indexing, slicing, iteration, comparison, hash, +, *, in, and their errors.
word = b'hello world'
print(word[0], word[-1], word[True], word[2:5], word[::-1], word[-3:], word[20:], word[8:2:-2], len(word))
print(list(b'ab\xff'), [*b'xy'], tuple(b''), list(reversed(b'abc')), sorted(b'cab'), dict(enumerate(b'ab')))
print(word == b'hello world', word != b'x', b'a' < b'b', b'a' < b'ab', b'' < b'\0', b'\x80' > b'z', b'b' >= b'ba')
print(b'a' == 'a', b'a' != 'a', b'' == '', b'1' == 1, {b'a': 1, 'a': 2, b'': 3}, {b'k': 'v'}[b'' + b'k'])
print(hash(b'abc') == hash('abc'), hash(b''), hash(bytes([1, 2])) == hash(b'\1\2'))
print(b'ab' + b'cd', b'ab' * 3, 2 * b'x', b'x' * 0, b'x' * -1, b'' * 5, b'' + word is word, word + b'' is word)
print(b'lo' in word, b'' in b'', 104 in word, 0 in word, b'xyz' in word, bool(b''), bool(b'\0'))
print(min(b'cab'), max([b'a', b'c', b'b']), sum(b'abc'), any(b'\0\0'), all(b'ab'), b'abc'[1:2] is b'xbz'[1:2])
first, *rest = b'abc'
print(first, rest, bytes(rest), [byte ^ 32 for byte in b'aB'], {byte for byte in b'aaa'})
iterator = iter(b'abc')
print(next(iterator), iterator.__length_hint__(), list(iterator), next(iterator, 'end'), type(iterator).__name__)
total = b''
for byte in b'abc':
    total += bytes([byte + 1])
print(total, isinstance(total, bytes), type(total) is bytes, bytes.__mro__, bytes.__name__)
tests = [lambda: word['a'], lambda: word[1.5], lambda: word[100], lambda: word[10**30], lambda: word[None:'a'],
         lambda: word[::0], lambda: 'a' in word, lambda: 300 in word, lambda: -1 in word, lambda: 1.5 in word,
         lambda: word + 'a', lambda: 'a' + word, lambda: word + 1, lambda: word * 1.5, lambda: word * word,
         lambda: word < 'a', lambda: 1 < word, lambda: word - word, lambda: -word, lambda: word.x, lambda: word(),
         lambda: sum([word]), lambda: sum([word], b''), lambda: f'{word:5}', lambda: b'a' * 2**63, lambda: word @ 1]
for test in tests:
    try:
        print(test())
    except Exception as error:
        print(type(error).__name__, error)


def change(value):
    value[0] = 1


def drop(value):
    del value[0]


for function in (change, drop):
    try:
        function(word)
    except TypeError as error:
        print(error)
