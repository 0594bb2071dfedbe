# The name after `as` is deleted at the end of the handler.
def run(i):
    error = "before"
    try:
        if i % 2:
            raise ValueError(i)
    except ValueError as error:
        kept = error
    try:
        return error
    except UnboundLocalError as unbound:
        return str(unbound)


for i in range(6):
    print(run(i))
try:
    raise KeyError("k")
except KeyError as e:
    saved = e
print(repr(saved), "e" in globals())
try:
    raise KeyError("k")
except KeyError as e:
    e = "rebound"
    print(e)
try:
    e
except NameError as error:
    print(error)
try:
    raise KeyError("k")
except KeyError as e:
    del e
print("e" in globals())
