# Chains a million long through attributes, tuples, dicts, closures and exceptions are freed.
# status: 0
# stdout: ^freed$
class Node:
    pass


def chain(link):
    head = None
    for _ in range(1000000):
        head = link(head)


def node(head):
    result = Node()
    result.next = head
    return result


def node_with_dict(head):
    result = node(head)
    result.__dict__
    return result


chain(node)
chain(node_with_dict)
chain(lambda head: (head,))
chain(lambda head: {"next": head})
chain(lambda head: lambda: head)
chain(lambda head: ValueError(head))
print("freed")
