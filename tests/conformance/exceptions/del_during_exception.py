# Locals of a frame that an exception leaves die when the exception is dropped.
class Tracked:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def fail(name):
    local = Tracked(name)
    raise ValueError(name)


for i in range(5):
    try:
        fail("t%d" % i)
    except ValueError as error:
        print("caught", error)
    print("after")
kept = None
try:
    fail("kept")
except ValueError as error:
    kept = error
print("still there")
kept = None
print("end")
