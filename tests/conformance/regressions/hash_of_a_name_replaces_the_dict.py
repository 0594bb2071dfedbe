# setattr, delattr and getattr by a name of a str subclass whose __hash__ replaces the instance's
# dict: the one that was there goes on being used. CPython did so even when it had been freed
# (python/cpython issue 142731); here it is kept.
class Target:
    pass


class Evil(str):
    def __hash__(self):
        kept.append(target.__dict__)
        target.__dict__ = {"marker": "new", "n": len(kept)}
        return str.__hash__(self)


def shown(names):
    return {str(key): names[key] for key in list(names)}


for i in range(8):
    for action in (lambda: setattr(target, Evil("marker"), i), lambda: delattr(target, Evil("marker")),
                   lambda: print(getattr(target, Evil("marker"), None)),
                   lambda: print(hasattr(target, Evil("none")))):
        kept = []
        target = Target()
        target.marker = "old"
        if i % 2:
            target.__dict__
        try:
            action()
        except AttributeError as error:
            print("AttributeError", error)
        print(target.__dict__, [shown(names) for names in kept])
