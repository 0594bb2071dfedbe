# Nothing can be imported any more when the modules have gone.
class Leaf:
    def __del__(self):
        try:
            import math

            print(math)
        except ImportError as error:
            print(type(error).__name__, error)
        print(__name__, int("12"))


leaf = Leaf()
raise SystemExit(3)
