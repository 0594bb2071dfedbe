"""The rows of one file of the attribute grid on the Python that runs this; see grid.py.

Prints JSON: {row: {"ns": ..., "checksum": ..., "operations": ...}}. A timed call takes about half a
millisecond, the fastest of ten counts: exactly as grid_bench.cc does it. Imports nothing that tagproof
does not have, so that interpreter.py can run it there, too.
"""
import sys
import time

CHECKED = 1000
WARM_UP = 2000
CALL_NS = 500_000
TIMED_CALLS = 10


def duration(function, n):
    """CPU time of function(n), in nanoseconds."""
    start = time.thread_time_ns()
    function(n)
    return time.thread_time_ns() - start


def calibrated(function):
    """So many iterations that a call takes about CALL_NS."""
    n = 64
    while True:
        taken = duration(function, n)
        if taken > CALL_NS // 4:
            return max(1, n * CALL_NS // taken)
        n *= 4


def measure(function, operations):
    function(WARM_UP)
    checksum = function(CHECKED)
    n = calibrated(function)
    fastest = min(duration(function, n) for _ in range(TIMED_CALLS))
    return (f'{{"ns": {fastest / (n * operations)}, "checksum": {checksum}, '
            f'"operations": {operations}}}')


def is_row(value):
    if type(value) is not type(is_row):
        return False
    code = value.__code__
    return code.co_varnames[:code.co_argcount] == ("n",)


def main():
    folder, name = sys.argv[1:]
    sys.path.insert(0, folder)
    names = [key for key, value in vars(__import__(name)).items() if is_row(value)]
    rows = []
    for row in names:
        del sys.modules[name]  # each row has objects of its own
        module = __import__(name)
        rows.append(f'"{row}": {measure(getattr(module, row), module.OPERATIONS)}')
    print("{" + ", ".join(rows) + "}")


if __name__ == "__main__":
    main()
