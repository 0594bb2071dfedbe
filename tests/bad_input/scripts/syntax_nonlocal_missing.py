# nonlocal of a name that no enclosing function has.
# status: 1
# place: 6
# stderr: SyntaxError: no binding for nonlocal 'missing' found
def f():
    nonlocal missing
