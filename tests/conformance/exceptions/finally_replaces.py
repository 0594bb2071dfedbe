# An exception in finally or in a handler replaces the one in flight and remembers it.
def run(i):
    try:
        try:
            if i % 3:
                raise ValueError("first")
        except ValueError:
            if i % 3 == 1:
                raise KeyError("from handler")
        finally:
            if i > 2:
                raise IndexError("from finally")
        return "nothing"
    except Exception as error:
        chain = []
        while error is not None:
            chain.append(repr(error))
            error = error.__context__
        return chain


for i in range(6):
    print(run(i))
