# Widths and precisions beyond memory in all kinds of formatting.
# status: 0
# options: --memory-limit=64M
# stdout: ^refused 5$
# python3: no
calls = [lambda: "%999999999d" % 1, lambda: "{:>999999999}".format(1), lambda: f"{1:0999999999}",
         lambda: "%.999999999f" % 1.0, lambda: format("x", "999999999")]
refused = 0
for call in calls:
    try:
        call()
    except (MemoryError, OverflowError, ValueError):
        refused += 1
print("refused", refused)
