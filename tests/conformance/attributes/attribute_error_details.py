# AttributeError: name and obj attributes, messages for instances, classes, modules, builtins.
import sys


class Box:
    def __repr__(self): return "<box>"


def touch(obj):
    return obj.absent


for obj in (Box(), Box, sys, 5, "s", None, [], len, touch, object(), (), 1.5):
    try:
        touch(obj)
    except AttributeError as error:
        print(error, "|", error.name, error.obj is obj)
try:
    Box().absent = 1
    5 .absent = 1
except AttributeError as error:
    print(error)
try:
    del Box().absent
except AttributeError as error:
    print(error)
