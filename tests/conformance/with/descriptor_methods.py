# __enter__ and __exit__ as staticmethod, classmethod, property, callable object.
class Static:
    @staticmethod
    def __enter__():
        return "static"

    @staticmethod
    def __exit__(exc_type, exc_value, traceback):
        print("static exit", exc_type)
        return True


class Klass:
    @classmethod
    def __enter__(cls):
        return cls.__name__

    @classmethod
    def __exit__(cls, *exc):
        print("class exit", len(exc))


class Prop:
    @property
    def __enter__(self):
        print("getting enter")
        return lambda: "property"

    @property
    def __exit__(self):
        print("getting exit")
        return lambda *exc: print("called exit")


for i in range(5):
    for manager in (Static(), Klass(), Prop()):
        with manager as value:
            print(value)
with Static():
    raise ValueError
