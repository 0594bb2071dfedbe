# A construct of the grammar that is not supported: named with its place, before anything runs.
# status: 1
# place: 7
# stderr: not supported
# stdout: \A\Z
# python3: no
async def f():
    return 1


print("must not be printed")
