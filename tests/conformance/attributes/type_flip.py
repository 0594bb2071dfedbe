# The values of a hot attribute change type: small int, big int, float, str, None, object.
class Cell:
    def __init__(self, value):
        self.value = value


def double(cell):
    cell.value = cell.value + cell.value
    return cell.value


cell = Cell(1)
for i in range(70):
    double(cell)
print(cell.value)
for start in (0.5, "ab", [1], (2,), True, -(2 ** 60), 2 ** 59, float("inf"), 1e308):
    cell.value = start
    double(cell)
    print(repr(double(cell)))
for start in (None, {}, object, set()):
    cell.value = start
    try:
        double(cell)
    except TypeError as error:
        print(error)
    print(cell.value is start)
cell.value = 3
print(double(cell))
