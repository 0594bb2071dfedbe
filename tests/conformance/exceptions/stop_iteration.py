# StopIteration raised by hand: in __next__, in a function called by a loop, by next().
class Three:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration("value")
        return self.n


def hidden(items):
    for item in items:
        if item == 2:
            raise StopIteration("escaped")
    return "end"


for _ in range(3):
    print(list(Three()), [hidden([1]), 5])
    try:
        for x in range(2):
            hidden([1, 2])
    except StopIteration as error:
        print("propagates", error.value)
    it = Three()
    try:
        while True:
            print(next(it), end=" ")
    except StopIteration as error:
        print(error.value, error.args)
