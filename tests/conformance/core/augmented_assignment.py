# Augmented assignment: in place for lists, a new object for tuples, each target once.
def index():
    print("index once")
    return 0


items = [[1], 2]
alias = items
items += [3]
print(alias is items, alias)
items[index()] += [9]
print(items)
t = u = (1, 2)
t += (3,)
print(t, u)
n = 7
n -= 2; n *= 3; n //= 2; n **= 2; n %= 13; n <<= 3; n |= 1; n ^= 5; n &= 30; n >>= 1
print(n)
n /= 4
print(n)
s = "ab"
s *= 2
s += "c"
print(s)
broken = ([1],)
try:
    broken[0] += [2]
except TypeError as error:
    print(error, broken)
