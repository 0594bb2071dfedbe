# send, throw and close.
def echo():
    received = None
    try:
        while True:
            try:
                received = yield received
            except ValueError as error:
                received = "caught " + str(error)
    finally:
        print("closing")


g = echo()
print(next(g), g.send(1), g.send("a"), g.throw(ValueError("v")), g.send(2.5))
g.close()
g.close()
try:
    g.send(1)
except StopIteration:
    print("stopped")
try:
    echo().send(5)
except TypeError as error:
    print(error)
h = echo()
next(h)
try:
    h.throw(KeyError("k"))
except KeyError as error:
    print("through", error)
del h
