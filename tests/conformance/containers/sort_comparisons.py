# The comparisons of list.sort(), their order included: runs, binary insertion, galloping from both
# sides, and what a comparison that fails leaves.
class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1103515245 + 12345) % 2147483648
        return self.state // 65536 % limit


class Key:
    compared = 0
    trace = 0
    fail_at = -1

    def __init__(self, rank, place):
        self.rank = rank
        self.place = place

    def __lt__(self, other):
        Key.compared += 1
        Key.trace = (Key.trace * 31 + self.place * 7 + other.place) % 1000003
        if Key.compared == Key.fail_at:
            raise KeyError(Key.compared)
        return self.rank < other.rank


def sort(name, ranks, reverse=False, fail_at=-1):
    keys = [Key(rank, place) for place, rank in enumerate(ranks)]
    Key.compared = Key.trace = 0
    Key.fail_at = fail_at
    outcome = "sorted"
    try:
        keys.sort(reverse=reverse)
    except KeyError as error:
        outcome = "failed %s" % error
    order = 0
    for key in keys:
        order = (order * 31 + key.place) % 1000003
    print(name, len(ranks), outcome, Key.compared, Key.trace, order)


random = Random(5)
for size in list(range(12)) + [31, 32, 33, 63, 64, 65, 95, 127, 128, 129, 200, 511, 700, 1500]:
    ranks = [random.below(size) for _ in range(size)]
    sort("random", ranks)
    sort("random reversed", ranks, True)
    sort("ascending", range(size))
    sort("descending", range(size, 0, -1))
    sort("equal", [1] * size)
    sort("few", [rank % 4 for rank in ranks])
    sort("ascending, then random", sorted(ranks) + ranks[:7])
    sort("two halves", list(range(size)) + list(range(size)))
    sort("front above back", list(range(size, 2 * size)) + list(range(size)))
    sort("long and short", list(range(0, 3 * size, 3)) + [5, 7] + list(range(1, size, 2)))
    sort("blocks", [k // 10 * 10 + (k * 7) % 10 for k in range(size)][::-1] + list(range(size)))
    for fail_at in (1, size // 2, size, 3 * size, 5 * size):
        sort("failing", ranks, False, fail_at)

for mixed in ([1, "a"], ["a", 1], [1.5] * 40 + ["b"] + list(range(40)), list(range(70)) + ["z", 3]):
    try:
        mixed.sort()
    except TypeError as error:
        print(error)
    print(len(mixed), mixed[:3], mixed[-3:])
