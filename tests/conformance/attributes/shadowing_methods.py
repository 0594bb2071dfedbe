# An instance attribute with the name of a method, set and deleted around a hot call.
class Greeter:
    def hello(self):
        return "method"


def call(g):
    return g.hello()


greeters = [Greeter() for _ in range(3)]
for i in range(14):
    print([call(g) for g in greeters])
    if i == 4:
        greeters[1].hello = lambda: "instance"
    if i == 6:
        greeters[2].__dict__["hello"] = lambda: "through the dict"
    if i == 8:
        del greeters[1].hello
    if i == 9:
        Greeter.hello = lambda self: "patched"
    if i == 11:
        greeters[2].__dict__.clear()
    if i == 12:
        greeters[0].hello = 5
        try:
            call(greeters[0])
        except TypeError as error:
            print(error)
        del greeters[0].hello
