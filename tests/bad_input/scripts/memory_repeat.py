# Sequences repeated to sizes beyond any memory.
# status: 0
# options: --memory-limit=64M
# stdout: ^refused 6 of 6$
# python3: no
calls = [lambda: [0] * 10 ** 12, lambda: "a" * 10 ** 12, lambda: (1,) * 2 ** 62,
         lambda: "é" * 2 ** 62, lambda: "a".zfill(2 ** 61), lambda: "a".center(2 ** 61)]
refused = 0
for call in calls:
    try:
        call()
    except (MemoryError, OverflowError):
        refused += 1
print("refused", refused, "of", len(calls))
