# sys: argv, maxsize, version_info, stdout.write, getrecursionlimit, exc_info.
import sys

print(len(sys.argv), sys.maxsize == 2 ** 63 - 1, sys.version_info[:2] >= (3, 11), sys.byteorder)
sys.stdout.write("written\n")
print("to stdout", file=sys.stdout)
print(sys.exc_info(), sys.getrecursionlimit() >= 100, "sys" in sys.modules, type(sys.path).__name__)
sys.setrecursionlimit(200)


def depth(n):
    return depth(n + 1)


try:
    depth(0)
except RecursionError as error:
    print(error)
try:
    sys.setrecursionlimit(0)
except ValueError as error:
    print(error)
