# __exit__ that raises the same exception again, by value and by bare raise.
class Again:
    def __init__(self, how):
        self.how = how

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if self.how == "value":
            raise exc_value
        if self.how == "bare":
            raise
        if self.how == "caught":
            try:
                raise exc_value
            except ValueError:
                return True
        if self.how == "new":
            raise exc_type("a new one")
        return False


def run(how):
    error = ValueError("original")
    try:
        with Again(how):
            raise error
        return "suppressed"
    except ValueError as caught:
        return caught is error, str(caught), caught.__context__ is error, repr(caught.__context__)


for i in range(3):
    for how in ("value", "bare", "caught", "new", "return"):
        print(how, run(how))
try:
    with Again("bare"):
        pass
except RuntimeError as caught:
    print(caught)
