# continue outside of a loop, in a with block.
# status: 1
# place: 7
# stderr: SyntaxError: 'continue' not properly in loop
def f(x):
    with x:
        continue
