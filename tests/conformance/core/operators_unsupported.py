# Operand type errors name both types and the operator.
cases = [("+", lambda a, b: a + b), ("-", lambda a, b: a - b), ("*", lambda a, b: a * b),
         ("/", lambda a, b: a / b), ("//", lambda a, b: a // b), ("%", lambda a, b: a % b),
         ("**", lambda a, b: a ** b), ("&", lambda a, b: a & b), ("<<", lambda a, b: a << b),
         ("@", lambda a, b: a @ b)]
for left, right in ((1, "a"), ([], 1.5), (None, 1), ("x", 2.0), ({}, {}), ((1,), [1])):
    for symbol, apply in cases:
        try:
            apply(left, right)
            print(symbol, "ok")
        except TypeError as error:
            print(symbol, error)
for call in (lambda: -"a", lambda: ~1.5, lambda: +[], lambda: not_a_name):
    try:
        call()
    except (TypeError, NameError) as error:
        print(error)
def augment(a, b):
    a += b
for left, right in ((1, "a"), ([], 1), ((), [])):
    try:
        augment(left, right)
    except TypeError as error:
        print(error)
