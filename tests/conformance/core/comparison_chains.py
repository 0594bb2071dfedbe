# Chained comparisons evaluate each operand once and stop early.
def trace(value):
    print("eval", value)
    return value


print(trace(1) < trace(2) < trace(3))
print(trace(3) < trace(2) < trace(1))
print(trace(1) == trace(1) != trace(2) in (2, 3))
print(1 < 2 > 1 <= 1 >= 0 == 0)
print((1 < 2) < 2, 1 < (2 < 3), not 1 < 2 < 3)
for low, value, high in ((0, 5, 10), (0, -1, 10), (0.0, 10, 10.0), ("a", "b", "c"), (1, 2.5, 3)):
    print(low <= value < high)
