# Assignment expressions in conditions, comprehensions and calls.
values = [5, 3, 8, 1]
if (n := len(values)) > 3:
    print("long", n)
while (value := values.pop()) != 3:
    print("popped", value)
print(value, values)
print([y for x in range(6) if (y := x * x) % 2 == 0], y)
print((a := 1) + (b := a + 1), a, b)


def f(x, *, k):
    return x, k


print(f(c := 4, k=(d := c * 2)), c, d)
print(any((hit := w).startswith("b") for w in ["a", "bc", "bd"]), hit)
