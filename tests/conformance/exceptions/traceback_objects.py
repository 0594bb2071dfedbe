# __traceback__: frames from the raise outwards, line numbers, with_traceback.
def fail():
    raise ValueError("x")


def middle(n):
    if n:
        return middle(n - 1)
    fail()


def lines(traceback):
    result = []
    while traceback:
        code = traceback.tb_frame.f_code
        result.append((code.co_name, traceback.tb_lineno - code.co_firstlineno))
        traceback = traceback.tb_next
    return result


for n in range(5):
    try:
        middle(n)
    except ValueError as error:
        print(lines(error.__traceback__))
        kept = error
try:
    raise kept
except ValueError as error:
    print(lines(error.__traceback__)[:2], error is kept)
print(lines(KeyError().with_traceback(kept.__traceback__).__traceback__)[-1])
print(ValueError().__traceback__, kept.with_traceback(None).__traceback__)
