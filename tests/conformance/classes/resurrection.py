# An object that __del__ stores away lives on, and is finalised once.
class Phoenix:
    alive = []

    def __init__(self, n):
        self.n = n
        self.data = [n]

    def __del__(self):
        print("del", self.n)
        Phoenix.alive.append(self)


for i in range(6):
    p = Phoenix(i)
    p.data.append(i * 2)
    del p
print([p.data for p in Phoenix.alive])
saved = Phoenix.alive
Phoenix.alive = []
saved.clear()
print("cleared", Phoenix.alive)
