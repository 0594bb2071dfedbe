# Keyword-only and positional-only parameters, with the messages of wrong calls.
def options(a, /, b, *, c, d=4):
    return a, b, c, d


for i in range(6):
    print(options(i, 2, c=3), options(i, b=2, c=3, d=i))


def pos_only(a, b=2, /, **kwargs):
    return a, b, kwargs


print(pos_only(1, a=5, b=6))
calls = [lambda: options(1, 2), lambda: options(1, 2, 3), lambda: options(a=1, b=2, c=3),
         lambda: options(1, c=3), lambda: options(), lambda: pos_only(a=1),
         lambda: options(1, 2, 3, c=4), lambda: options(1, 2, c=3, e=5)]
for call in calls:
    try:
        call()
    except TypeError as error:
        print(error)
