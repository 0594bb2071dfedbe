# Locals of an activation that handled an exception live as long as its traceback.
class Leaf:
    def __init__(self, *label):
        self.label = label

    def __del__(self):
        print("leaf", *self.label)


class Keeps:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        kept.append(error)
        return True


kept = []


def given_back(i):
    local = Leaf("given back", i)
    try:
        raise KeyError(i)
    except KeyError as error:
        return error


def suppressed(i):
    local = Leaf("suppressed", i)
    with Keeps():
        other = Leaf("other", i)
        raise ValueError(i)
    return local.label


def in_a_loop(i):
    for k in range(6):
        local = Leaf("in a loop", i, k)
        try:
            if k % 2:
                raise KeyError(k)
        except KeyError as error:
            kept.append(error)
            if k == 5:
                return local.label
            kept.pop()


def twice(i):
    local = Leaf("twice", i)
    for k in range(2):
        try:
            raise KeyError(k)
        except KeyError as error:
            kept.append(error)
    del kept[0]


def dropped(i):
    local = Leaf("dropped", i)
    try:
        raise KeyError(i)
    except KeyError as error:
        print("handled")


def recursive(i):
    local = Leaf("recursive", i)
    try:
        return recursive(i - 1) if i else local.missing
    except AttributeError as error:
        if i < 2:
            raise
        kept.append(error)


for function in (given_back, suppressed, in_a_loop, twice, dropped, recursive):
    for i in range(3 if function is recursive else 7):
        result = function(i) if function is not recursive or i == 2 else None
        print(function.__name__, i, type(result).__name__)
        result = None
        print("result gone")
        kept.clear()
        print("all gone")
