# Return of nothing, several values, from loops and branches.
def classify(x):
    if x < 0:
        return "negative", x
    elif x == 0:
        return
    for i in range(10):
        if i == x:
            return i, i * i, *[1, 2]
    while True:
        return {"big": x}


for x in (-1, 0, 3, 50, -0.5, 2.0):
    print(classify(x))


def nothing(): "docstring only"


print(nothing(), (lambda: None)(), (lambda: (1,))())
