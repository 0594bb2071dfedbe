# The value of return is computed before finally runs; mutation of it is seen, rebinding is not.
def rebound(x):
    try:
        return x
    finally:
        x = 2


def mutated(items):
    try:
        return items
    finally:
        items.append("added")


for i in range(6):
    print(rebound(i), mutated([i]), rebound(i / 2))
