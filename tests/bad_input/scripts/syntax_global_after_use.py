# global after the name was used.
# status: 1
# place: 7
# stderr: SyntaxError: name 'x' is used prior to global declaration
def f():
    print(x)
    global x
