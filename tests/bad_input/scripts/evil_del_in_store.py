# __del__ that changes the object whose attribute is being overwritten, thousands of times.
# status: 0
# stdout: ^survived$
class Bomb:
    def __init__(self, target, how):
        self.target = target
        self.how = how

    def __del__(self):
        if self.how == 0:
            self.target.__dict__.clear()
        elif self.how == 1:
            self.target.__dict__ = {}
        elif self.how == 2:
            for i in range(35):
                setattr(self.target, "n%d" % i, i)
        elif self.how == 3:
            self.target.__class__ = Other


class Target: pass
class Other: pass


def store(target, value):
    target.x = value
    target.y = value


for i in range(5000):
    target = Target()
    target.x = Bomb(target, i % 4)
    target.y = Bomb(target, (i + 1) % 4)
    store(target, i)
print("survived")
