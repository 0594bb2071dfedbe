# core: integers that must fit a C int or ssize_t.
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for f in (lambda: chr(2**32), lambda: chr(2**70), lambda: chr(-2**40), lambda: chr(-1), lambda: chr(1.5), lambda: int(7,-3), lambda: int("7",-3), lambda: int(7, 10), lambda: int("7", 2**70), lambda: [].pop(2**70), lambda: [1].insert(2**70,1), lambda: [1].pop("a"), lambda: int(7, "x"), lambda: int("7", "x"), lambda: int(7, base=1), lambda: int(base=10), lambda: int([], 1)): t(f)
