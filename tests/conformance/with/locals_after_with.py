# Variables bound in a with stay bound; which are set depends on where it stopped.
class Suppress:
    def __enter__(self):
        return "entered"

    def __exit__(self, *exc):
        return True


def run(i):
    a = b = c = "unset"
    with Suppress() as a:
        b = i
        if i % 3 == 0:
            1 / 0
        c = i * 2
        if i == 4:
            raise KeyError
    return a, b, c


for i in range(7):
    print(run(i))


def unbound(flag):
    with Suppress():
        if flag:
            raise ValueError
        x = 1
    return x


for flag in (False, False, False, False, False, True):
    try:
        print(unbound(flag))
    except UnboundLocalError as error:
        print(error)
