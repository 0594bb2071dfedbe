# bytes(...): every form, __bytes__, subclasses, copies, and the errors.
import copy


class Index:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


class Own:
    def __bytes__(self):
        return b'own'


class Wrong:
    def __bytes__(self):
        return 'wrong'


class Both(Index):
    def __bytes__(self):
        return b'both'


class Old:
    def __getitem__(self, index):
        return [65, 66, 67][index]


print(bytes(), bytes(3), bytes(0), bytes(True), bytes(b'abc'), bytes([1, 2, 255]), bytes((65, Index(66))))
print(bytes(range(65, 70)), bytes(x for x in b'gen'), bytes({7}), bytes({8: 1}), bytes(Old()), bytes(Own()))
print(bytes(Index(2)), bytes(Both(2)), bytes('aé', 'utf-8'), bytes('é', 'latin-1'), bytes('é', 'ascii', 'replace'))
print(bytes('x', encoding='ascii', errors='strict'), bytes(source=b's'), bytes.__new__(bytes, b'new'))
same = b'same'
empty, letter = b'', b'A'
print(bytes(same) is same, bytes() is empty, bytes([65]) is letter, same[1:2] is b'xax'[1:2], copy.copy(same) is same, copy.deepcopy(same) is same)
for arguments in (('text',), (-1,), ([256],), ([-1],), (['a'],), (1.5,), (None,), (object(),), (Wrong(),), (10**30,),
                  ([10**30],), (1, 'utf-8'), (b'a', 'utf-8'), ('a', 3), ('a', None), ('a', 'utf-8', 3), ('a', 'nope'),
                  ('é', 'ascii'), (1, 2, 3, 4), ([1, 2.5],), ('\ud800', 'utf-8')):
    try:
        print(bytes(*arguments))
    except Exception as error:
        print(type(error).__name__, error)
for keywords in ({'errors': 'strict'}, {'encoding': 'utf-8'}, {'source': 'a', 'errors': 'x'}, {'x': 1}):
    try:
        print(bytes(**keywords))
    except Exception as error:
        print(type(error).__name__, error)


class Sub(bytes):
    def __new__(cls, *arguments):
        self = super().__new__(cls, *arguments)
        self.made = len(self)
        return self

    def __getitem__(self, index):
        return 'item'


sub = Sub(b'abc')
print(sub, repr(sub), sub.made, sub[0], bytes(sub), type(bytes(sub)), sub == b'abc', hash(sub) == hash(b'abc'))
print(type(sub + b''), type(sub.upper()), type(sub.strip()), type(sub * 1), {b'abc': 1}[sub], isinstance(sub, bytes))
print(copy.copy(sub), type(copy.copy(sub)), copy.deepcopy(sub).made, sub.__getnewargs__(), sub.__dict__)
print(Sub.fromhex('61'), type(Sub.fromhex('61')), Sub.maketrans(b'a', b'b')[97], Sub(), Sub(2))
try:
    class Slots(bytes):
        __slots__ = ('a',)
except TypeError as error:
    print(error)


class Empty(bytes):
    __slots__ = ()


print(Empty(b'x'), hasattr(Empty(b'x'), '__dict__'))
