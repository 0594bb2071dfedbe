# Functions that call each other; one is replaced while hot.
def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


for i in range(8):
    print(i, even(i * 10), odd(i * 10 + 1))
    if i == 5:
        original = odd

        def odd(n):
            return "patched %d" % n

print(even(3), even(0), original(3))
