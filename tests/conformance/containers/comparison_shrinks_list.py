# Lists whose items' __eq__ empties one of them while they are compared: then the lengths decide.
class Emptier:
    def __init__(self, victim):
        self.victim = victim

    def __eq__(self, other):
        self.victim().clear()
        return NotImplemented


for turn in range(6):
    left = [Emptier(lambda: right)]
    right = [Emptier(lambda: left)]
    print(left == right, left, right)
    left = [Emptier(lambda: left)]
    print(left == [1], left != [1], left)
    left = [Emptier(lambda: left), 2]
    print(left != [1, 2], left)
    left = [Emptier(lambda: left)]
    print(left < [1], left)
