# Counts that do not fit into a machine word.
# status: 0
# stdout: ^refused 8 of 8$
calls = [lambda: "a" * 2 ** 70, lambda: [1] * 2 ** 70, lambda: len(range(2 ** 70)),
         lambda: (1,) * 2 ** 70, lambda: "a".center(2 ** 70), lambda: chr(2 ** 70),
         lambda: 1 << 2 ** 70, lambda: [1, 2].pop(2 ** 70)]
refused = 0
for call in calls:
    try:
        call()
    except (MemoryError, OverflowError, IndexError):
        refused += 1
print("refused", refused, "of", len(calls))
