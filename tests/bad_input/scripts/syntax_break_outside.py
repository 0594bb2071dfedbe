# break outside of a loop, within a function that is never called.
# status: 1
# place: 6
# stderr: SyntaxError: 'break' outside loop
def f():
    break
