# __enter__ returns something else: None, a new object, the class; the manager dies on time.
class Manager:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, *exc):
        print("exit", end=" ")

    def __del__(self):
        print("del", end=" ")


def run(value):
    with Manager(value) as got:
        print("body", end=" ")
    return got


for value in (None, 1, "text", [1], Manager.__name__, 2.5):
    print(run(value))
with Manager(1) as manager:
    manager = Manager(2)
    print("rebound", end=" ")
print("after")
manager = None
print("end")
