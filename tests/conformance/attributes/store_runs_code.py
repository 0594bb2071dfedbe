# Overwriting an attribute drops the old value, whose __del__ looks at and changes the object.
class Noisy:
    def __init__(self, owner, n):
        self.owner = owner
        self.n = n

    def __del__(self):
        print("del", self.n, "sees", getattr(self.owner, "slot", "nothing").__class__.__name__)
        self.owner.dropped = self.n


class Owner:
    pass


def replace(owner, value):
    owner.slot = value
    return owner.slot


owner = Owner()
for i in range(7):
    owner.slot = Noisy(owner, i)
    print(replace(owner, i), owner.dropped)
    if i == 4:
        owner.__dict__
owner.slot = Noisy(owner, 100)
del owner.slot
print(owner.__dict__)
owner.slot = Noisy(owner, 101)
owner.__dict__ = {"fresh": 1}
print(owner.__dict__)
