# A manager that never escapes, in a loop; its state must survive an unexpected exception.
class Temp:
    def __init__(self, box, value):
        self.box = box
        self.value = value
        self.previous = None

    def __enter__(self):
        self.previous = self.box.x
        self.box.x = self.value

    def __exit__(self, exc_type, exc_value, traceback):
        self.box.x = self.previous
        self.box.log.append((self.value, exc_type and exc_type.__name__))
        return exc_type is ZeroDivisionError


class Box:
    def __init__(self):
        self.x = 1
        self.log = []


def run(box, values):
    total = 0
    for value in values:
        with Temp(box, value):
            total += 12 / box.x
    return total


box = Box()
for values in ([1, 2, 3], [4, 0, 6], [0.5, 0.0], ["s", 1], [2 ** 70], [None], [True, False]):
    try:
        print(run(box, values), box.x)
    except TypeError as error:
        print(error, box.x)
print(box.log)
