# What a frame had on its operand stack dies as it is left; its locals with the traceback.
class Leaf:
    def __init__(self, *label):
        self.label = label

    def __del__(self):
        print("leaf", *self.label)


class Grows:
    def __init__(self, i):
        self.leaf = Leaf("attribute", i)
        try:
            for name in self.__dict__:
                self.other = i
        except KeyError:
            print("never")


def pairs(i):
    item = Leaf("item", i)
    for item in (None, item):
        made = Grows(i)


def attempt(function, i):
    try:
        return function(i)
    except Exception as error:
        return str(error)


for i in range(9):
    print(i, attempt(pairs, i))
