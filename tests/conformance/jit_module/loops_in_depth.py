# A loop that gets hot three levels deep: entered there, its outer loops come back with other iterators.
def run(rounds):
    total = 0
    for number in range(rounds):
        for outer in (1, 2.5):
            for inner in [number, 2, 3]:
                total += outer * inner
            for pair in enumerate('ab'):
                total += pair[0]
    return total


def found(rounds):
    for number in range(rounds):
        for key in {'a': 1, 'b': 2}:
            for value in (number, key):
                if value == rounds - 1:
                    return key, value


for _ in range(3):
    print(run(60), found(60))
