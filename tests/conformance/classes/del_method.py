# __del__ runs when the last reference goes, in order.
class Tracked:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)


def scope():
    a = Tracked("local a")
    b = Tracked("local b")
    print("in scope")


scope()
x = Tracked("first")
x = Tracked("second")
print("rebound")
y = x
del x
print("still alive")
y = None
items = [Tracked("item 0"), Tracked("item 1")]
items.clear()
for i in range(6):
    Tracked("loop %d" % i)
holder = Tracked("holder")
holder.child = Tracked("child")
del holder

print("end")
kept = Tracked("module global")
