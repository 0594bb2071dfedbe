# and, or, not return operands and short-circuit; conditional expressions.
def trace(name, value):
    print(name, end=" ")
    return value


print(trace("a", 0) and trace("b", 1))
print(trace("a", 1) and trace("b", []))
print(trace("a", 0) or trace("b", "") or trace("c", None))
print(trace("a", "x") or trace("b", 1))
print(not trace("a", 0), not (trace("a", 1) and trace("b", 0)))
print(trace("then", 1) if trace("test", 0) else trace("else", 2))
print([x if x > 2 else -x for x in range(5)])
value = 5
print(1 if value > 3 else 2 if value > 1 else 3, (value and 0) or "zero", value and not 0)
for x in (0, 1, "", "a", None, [], [0], 0.0, 2.5):
    print(x or "falsy", x and "truthy", "yes" if x else "no")
