# __getattr__ is called only when the normal lookup fails.
class Proxy:
    kind = "proxy"

    def __init__(self, target):
        self.target = target
        self.misses = 0

    def __getattr__(self, name):
        self.misses += 1
        if name.startswith("no_"):
            raise AttributeError("refused " + name)
        return getattr(self.target, name)


class Target:
    def __init__(self):
        self.value = 7

    def hello(self, who="you"):
        return "hello " + who


proxy = Proxy(Target())
for i in range(6):
    print(proxy.value, proxy.hello(), proxy.kind, proxy.misses)
proxy.value = "own"
print(proxy.value, proxy.target.value, proxy.misses)
del proxy.value
print(proxy.value, hasattr(proxy, "no_such"), hasattr(proxy, "other"), getattr(proxy, "no_x", 3))
try:
    proxy.no_thing
except AttributeError as error:
    print(error)
