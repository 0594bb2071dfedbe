# NaN, infinities and signed zero in comparison and containers.
nan = float("nan")
inf = float("inf")
print(nan == nan, nan != nan, nan < 1, nan > 1, nan in [nan], [nan] == [nan])
print(inf > 10 ** 400, -inf < -(10 ** 400), inf == inf, inf - inf, inf * 0, inf + 1)
print(0.0 == -0.0, str(-0.0), min(0.0, -0.0), max(-0.0, 0.0))
print(float("1e400"), float("-1e400"), float("  2.5  "), float("1_0.5"), float("iNf"))
print(int(1e18) == 10 ** 18, 1e18 == 10 ** 18, hash(1.0) == hash(1), hash(0.5) == hash(0.25))
print({1: "int", 1.0: "float", True: "bool"})
for bad in ("", "abc", "1e", "0x1p3", "1..2"):
    try:
        print(float(bad))
    except ValueError as error:
        print(error)
