# The last line for a custom exception names its qualified class and its __str__.
class Outer:
    class Failure(Exception):
        def __str__(self):
            return "code %d" % self.args


print("raising")
raise Outer.Failure(7)
