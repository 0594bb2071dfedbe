# for with break, continue, else; the variable outlives the loop.
def first_factor(n):
    for factor in range(2, n):
        if n % factor == 0:
            print(n, "=", factor, "*", n // factor)
            break
    else:
        print(n, "is prime")
        return None
    return factor


print([first_factor(n) for n in (2, 9, 13, 15)])
for i in range(3):
    for j in range(3):
        if j == i:
            continue
        if j == 2:
            break
        print(i, j)
    else:
        print("complete", i)
print("after", i, j)
for never in []:
    pass
else:
    print("empty")
try:
    print(never)
except NameError as error:
    print(error)
