# Managers that escape: stored in lists, in closures, reused after the with.
kept = []


class Scope:
    def __init__(self, n):
        self.n = n
        self.state = "new"

    def __enter__(self):
        self.state = "inside"
        if self.n % 3 == 0:
            kept.append(self)
        return self

    def __exit__(self, *exc):
        self.state = "left"
        if self.n % 4 == 0:
            kept.append(lambda: (self.n, self.state))


def run(n):
    with Scope(n) as scope:
        inside = scope.state
    scope.n += 0.5
    return inside, scope.state


for n in range(9):
    print(run(n))
for item in kept:
    print(item() if not isinstance(item, Scope) else (item.n, item.state))
with kept[0] as again:
    print(again.state, again is kept[0])
print(kept[0].state)
