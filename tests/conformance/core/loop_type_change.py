# A hot loop whose accumulator changes from int to float to str to list.
def accumulate(values, start):
    total = start
    for value in values:
        total = total + value
    return total


for round_number in range(8):
    print(accumulate(range(100), 0), accumulate([2 ** 59] * 9, round_number))
    if round_number == 4:
        print(accumulate([0.5] * 10, 0))
    if round_number == 5:
        print(accumulate(["a", "b"], ""), accumulate([[1], [2]], []), accumulate([(1,)], ()))
mixed = [1, 2, 3, 0.5, 4, True, 2 ** 70]
print(accumulate(mixed, 0), accumulate(mixed[:3], 0))
try:
    accumulate([1, 2, "3"], 0)
except TypeError as error:
    print(error)
