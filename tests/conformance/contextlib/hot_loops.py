# Managers in functions that become compiled: all ways out, while types and handlers change.
from contextlib import ExitStack, contextmanager, nullcontext, suppress


class Tally:
    def __init__(self):
        self.entered = self.left = self.raised = 0

    @contextmanager
    def step(self, k):
        self.entered += 1
        try:
            yield k * 2
        except KeyError:
            self.raised += 1
        finally:
            self.left += 1


def loop(tally, n):
    total = 0
    for k in range(n):
        with tally.step(k) as double:
            if k % 7 == 3:
                continue
            if k % 5 == 4:
                raise KeyError(k)
            total += double
            if k == 47:
                break
    return total


def find(tally, n):
    for k in range(n):
        with tally.step(k) as double, suppress(ZeroDivisionError):
            1 / (double % 3)
            if double > 40:
                return double
    return None


def stacked(tally, n):
    out = []
    for k in range(n):
        with ExitStack() as stack:
            for depth in range(k % 4):
                stack.enter_context(tally.step(depth))
            stack.callback(out.append, k)
            with nullcontext(k) as same:
                if same % 3 == 0:
                    raise KeyError if k % 4 else StopIteration
    return out


tally = Tally()
for repeat in range(12):
    if repeat == 7:
        Tally.extra = repeat
    if repeat == 9:
        tally.left = float(tally.left)
    print(loop(tally, 60), find(tally, 60), vars(tally))
for n in (3, 2, 3):
    try:
        print(stacked(tally, n + 6))
    except BaseException as error:
        print(type(error).__name__, vars(tally))
