# dataclasses and enum.
from dataclasses import dataclass, field
from enum import Enum


@dataclass(order=True)
class Item:
    name: str
    price: float = 1.5
    tags: list = field(default_factory=list)

    def cost(self, n):
        return self.price * n


class Color(Enum):
    RED = 1
    BLUE = "b"


for i in range(6):
    item = Item("i%d" % i, i)
    item.tags.append(i)
    print(item, item.cost(2), item == Item("i1", 1, [1]), Item("a") < item)
print(Color.RED, Color.BLUE.value, Color(1), [c.name for c in Color], Color["RED"] is Color.RED)
