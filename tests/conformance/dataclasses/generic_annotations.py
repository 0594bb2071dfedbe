# Annotations with parametrised types and unions, in dataclasses and in compiled functions.
from collections import deque
from dataclasses import dataclass, field, fields


@dataclass
class Node:
    value: int | str
    children: list['Node'] = field(default_factory=list[int])
    parent: 'Node | None' = None
    queue: deque[int] | None = None
    table: dict[str, list[int]] = field(default_factory=dict)


def total(nodes: list[Node], start: int | None = None) -> int | float:
    result: int | float = start or 0
    for node in nodes:
        match = isinstance(node.value, int | float)
        result += node.value if match else len(node.value)
    return result


for round in range(8):
    nodes = [Node(3), Node('four'), Node(2.5 if round > 5 else round)]
    print(total(nodes), total(nodes, round))
print(total.__annotations__)
print([(item.name, item.type) for item in fields(Node)])
print(Node('root', [Node(1)], queue=deque[int]([1])))


class Stack(list[int]):
    limit: int | None = None

    def push(self, *items: int) -> 'Stack | None':
        def made() -> list[int] | None:
            return list[int](items)
        self.extend(made())
        return self if self.limit is None or len(self) < self.limit else None


for round in range(8):
    stack = Stack[int]() if hasattr(Stack, 'none') else Stack()
    stack.limit = 3 if round > 4 else None
    print(stack.push(*range(round)))
print(Stack.__annotations__, Stack.push.__annotations__, Stack.__orig_bases__)
