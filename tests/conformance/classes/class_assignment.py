# __class__ assignment changes behaviour, keeps attributes, and is refused across layouts.
class Caterpillar:
    def __init__(self):
        self.name = "pat"
        self.age = 1

    def act(self):
        return self.name + " crawls"


class Butterfly:
    wings = 2

    def act(self):
        return self.name + " flies %d" % self.wings


class Slotted:
    __slots__ = ("name",)


def act(obj):
    return obj.act(), obj.age


pets = [Caterpillar() for _ in range(3)]
for i in range(8):
    print([act(pet) for pet in pets])
    if i == 4:
        pets[1].__class__ = Butterfly
        pets[1].age = 2.5
    if i == 6:
        pets[1].__class__ = Caterpillar
print(pets[1].__dict__, type(pets[1]).__name__)
for new in (Slotted, int, 5, object):
    try:
        pets[0].__class__ = new
    except TypeError as error:
        print(error)
