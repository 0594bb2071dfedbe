# A list nested a million deep: built, refused by repr and ==, and freed.
# status: 0
# stdout: ^refused 2$
def nest(n):
    item = []
    for _ in range(n):
        item = [item]
    return item


a, b = nest(1000000), nest(1000000)
refused = 0
for call in (lambda: repr(a), lambda: a == b):
    try:
        call()
    except RecursionError:
        refused += 1
print("refused", refused)
a = b = None
