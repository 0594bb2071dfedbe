# Class attributes: shared, shadowed, inherited, deleted, written while hot.
class Base:
    level = 1
    shared = []


class Child(Base):
    pass


def read(obj):
    return obj.level


child = Child()
for i in range(9):
    print(read(child), read(Base), end=" ")
    if i == 3:
        Base.level = 2.5
    if i == 4:
        Child.level = "child"
    if i == 5:
        child.level = "instance"
    if i == 6:
        del child.level
    if i == 7:
        del Child.level
print()
child.shared.append(1)
print(Base.shared, Child.shared is Base.shared, "level" in Child.__dict__, "level" in Base.__dict__)
try:
    del Child.level
except AttributeError as error:
    print(error)
try:
    Child.unknown
except AttributeError as error:
    print(error)
