# One load site over: instance attribute, class attribute, property, slot, method, hook, module.
import sys


class Inline:
    def __init__(self): self.name = "inline"


class ClassAttr:
    name = "class attribute"


class Prop:
    name = property(lambda self: "property")


class Slot:
    __slots__ = ("name",)
    def __init__(self): self.name = "slot"


class Hook:
    def __getattr__(self, name): return "hook " + name


materialised = Inline()
materialised.__dict__["name"] = "dict"
sys.name = "module"


def read(obj):
    try:
        return obj.name
    except AttributeError as error:
        return str(error)


kinds = [Inline(), ClassAttr(), Prop(), Slot(), Hook(), materialised, ClassAttr, sys, object(), 5]
for _ in range(6):
    results = [read(kind) for kind in kinds]
print(results)
