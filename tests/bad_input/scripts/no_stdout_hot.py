# There is no standard output, and the code that uses it is compiled: nothing may reach its pages.
# status: 0 1 120
# action: no-stdout


def f(n):
    return n + 1


for i in range(3000):
    f(i)
for i in range(300):
    print(chr(6) * 60)
assert [f(i) for i in range(3000)] == list(range(1, 3001))
