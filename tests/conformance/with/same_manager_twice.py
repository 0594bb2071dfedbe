# One manager object used by two items and by nested statements at once.
class Stack:
    def __init__(self):
        self.saved = []
        self.value = 0

    def __enter__(self):
        self.saved.append(self.value)
        self.value += 1
        return self.value

    def __exit__(self, exc_type, *rest):
        self.value = self.saved.pop()
        return exc_type is ValueError and len(self.saved) == 1


def run(stack, fail):
    result = []
    with stack as a, stack as b:
        result.append((a, b))
        with stack as c, stack:
            result.append((c, stack.value))
            if fail:
                raise ValueError
        result.append(stack.value)
    return result, stack.value, stack.saved


stack = Stack()
for i in range(7):
    print(run(stack, i == 5))
    if i == 3:
        stack.value = 0.5
