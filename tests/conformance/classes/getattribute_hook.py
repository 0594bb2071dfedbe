# __getattribute__ sees every lookup; __getattr__ is its fallback.
class Watched:
    log = []

    def __init__(self):
        self.a = 1

    def __getattribute__(self, name):
        Watched.log.append(name)
        return object.__getattribute__(self, name)

    def __getattr__(self, name):
        return "fallback " + name

    def method(self):
        return self.a


w = Watched()
for i in range(5):
    print(w.a, w.b, w.method())
    w.a += i
print(Watched.log[:8], len(Watched.log))



class Refusing:
    def __getattribute__(self, name):
        raise AttributeError("no " + name)


try:
    Refusing().x
except AttributeError as error:
    print(error)
print(hasattr(Refusing(), "__class__"), getattr(Refusing(), "y", "default"),
      type(Refusing()).__name__)
