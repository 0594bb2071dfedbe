# Subclasses of the module type: made as themselves, with their own attribute access.
import types


class Loud(types.ModuleType):
    log = []

    def __getattribute__(self, name):
        Loud.log.append(name)
        return super().__getattribute__(name)

    def __setattr__(self, name, value):
        Loud.log.append((name, value))
        super().__setattr__(name, value)


for turn in range(6):
    loud = Loud("loud", "its text")
    loud.turn = turn
    text = loud.turn, loud.__doc__, type(loud).__name__
print(text, Loud.log[-4:])
print(list(types.ModuleType.__getattribute__(loud, "__dict__")))


class Two(types.ModuleType):
    kind = "two"

    def __init__(self, name):
        super().__init__(name)
        self.first = 1


two = Two("two")
print(two.kind, two.first, two.__name__, isinstance(two, types.ModuleType))
bare = types.ModuleType.__new__(types.ModuleType)
print(str(bare), hasattr(bare, "__name__"), vars(bare))
bare.x = 1
bare.__init__("named")
print(bare.__name__, bare.x, vars(bare))
for wrong in ((), (1,)):
    try:
        types.ModuleType(*wrong)
    except TypeError as error:
        print(error)
