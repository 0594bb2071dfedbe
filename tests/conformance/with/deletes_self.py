# The manager drops its own last reference, its class attribute or its dict inside the with.
class Scope:
    live = 0

    def __init__(self, how):
        Scope.live += 1
        self.how = how
        self.data = [how]

    def __enter__(self):
        if self.how == "dict":
            self.__dict__ = {"how": "replaced", "data": []}
        elif self.how == "clear":
            self.__dict__.clear()
        elif self.how == "delete":
            del self.data
        elif self.how == "many":
            for i in range(40):
                setattr(self, "m%d" % i, i)
        return None

    def __exit__(self, *exc):
        print(sorted(self.__dict__)[:3], end=" ")

    def __del__(self):
        Scope.live -= 1


def run(how):
    with Scope(how):
        alive = Scope.live
    return alive, Scope.live


for _ in range(3):
    for how in ("dict", "clear", "delete", "many", "none"):
        print(how, run(how))
