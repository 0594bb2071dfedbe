# The exception that ends the program is raised by __exit__ during another one.
class Scope:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        raise RuntimeError("exit failed while handling %r" % (exc_value,))


print("start")
with Scope():
    raise ValueError("body failed")
