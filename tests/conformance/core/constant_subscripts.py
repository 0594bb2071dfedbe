# Items of constants are constants, where the index is in range.
def attempt(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__, str(error), error.__traceback__.tb_next.tb_lineno


print('abc'[0], 'abc'[-1], 'aé\u20ac\U0001f600z'[3], 'aé\u20ac\U0001f600z'[-2], 'x\ud800y'[2], (1, 'two', None)[1], (1, (2, 3))[-1][0])
print(b'abc'[0], b'\xff\x00'[-1], b'\n'[0], (b'a', 1.5)[0], ()[:], 'abc'[1:], (1, 2, 3)[::2])
print(attempt(lambda: 'abc'[3]), attempt(lambda: (1, 2)[-3]), attempt(lambda: b''[0]))
print(attempt(lambda: 'abc'[10 ** 30]), attempt(lambda: (1, 2)[True]), attempt(lambda: 'abc'[False]))
for k in range(30):
    x = (10, 20, 30)[1] + k
print(x)
