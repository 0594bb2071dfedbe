# __del__ of an overwritten value replaces or clears the very dict that is being stored into.
class Bomb:
    def __init__(self, owner, action):
        self.owner = owner
        self.action = action

    def __del__(self):
        if self.action == "clear":
            self.owner.__dict__.clear()
        elif self.action == "replace":
            self.owner.__dict__ = {"r": 1}
        elif self.action == "grow":
            for i in range(40):
                setattr(self.owner, "g%d" % i, i)
        elif self.action == "delete":
            del self.owner.a
        elif self.action == "store":
            self.owner.a = "from del"


class Owner:
    pass


def store(owner, value):
    owner.a = value


for action in ("clear", "replace", "grow", "delete", "store"):
    for warm in range(6):
        owner = Owner()
        owner.first = warm
        owner.a = Bomb(owner, action)
        store(owner, warm)
    print(action, len(owner.__dict__), list(owner.__dict__.items())[:4])
