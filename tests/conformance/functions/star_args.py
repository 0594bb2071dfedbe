# *args and **kwargs in definitions and calls.
def collect(first, *args, key="k", **kwargs):
    return first, args, key, kwargs


print(collect(1))
print(collect(1, 2, 3, key=4, other=5))
print(collect(*[1, 2], **{"key": 3, "z": 4}))
print(collect(*"ab", *range(2), key=0, **{}, y=1))


def forward(*args, **kwargs):
    return collect(*args, **kwargs)


for i in range(6):
    print(forward(i, i + 1, key=i, extra=i * 2))
args = (1, 2)


def same(*a):
    return a is args, a


print(same(*args))
kwargs = {"a": 1}


def mutate(**k):
    k["a"] = 2
    return k


print(mutate(**kwargs), kwargs)
try:
    collect()
except TypeError as error:
    print(error)
