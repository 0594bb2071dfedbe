# Programs held in bytes: exec, eval, compile; bytes in names of attributes and modules are refused.
exec(b'x = 1 + 1')
print(x, eval(b' x * 21'), eval(compile(b'x + 1', 'name', 'eval')), eval('b"caf\\xe9"'))
exec(b'text = "caf\xc3\xa9"')
print(text)
for test in (lambda: exec(3), lambda: compile(None, 'a', 'exec'), lambda: getattr(1, b'real'), lambda: setattr(type, b'a', 1),
             lambda: __import__(b'sys'), lambda: eval(b'1 +'), lambda: type(b'a', (), {}), lambda: print('a', sep=b','), lambda: open):
    try:
        print(test() is open)
    except Exception as error:
        print(type(error).__name__, error)
