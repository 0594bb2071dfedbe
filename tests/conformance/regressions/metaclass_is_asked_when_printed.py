# Printing an uncaught exception asks its class for __module__ and for nothing else: the name is the
# class's own, whatever its metaclass says.
class Asked(type):
    def __getattribute__(cls, name):
        print("asked", name)
        return "claimed" if name == "__qualname__" else type.__getattribute__(cls, name)


class Error(Exception, metaclass=Asked):
    pass


raise Error("message")
