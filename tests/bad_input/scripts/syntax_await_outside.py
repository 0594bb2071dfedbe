# await in a plain function.
# status: 1
# place: 6
# stderr: SyntaxError: 'await' outside async function
def f(x):
    await x
