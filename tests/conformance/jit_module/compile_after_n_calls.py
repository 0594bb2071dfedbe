# compile_after_n_calls and auto set the threshold; results do not depend on it.
try:
    import jit
except ImportError:
    jit = None


def mix(a, b):
    return a * 31 + b


for threshold in (1, 2, 5):
    if jit is not None:
        jit.compile_after_n_calls(threshold)
    checksum = 0
    for i in range(40):
        checksum = mix(checksum, i) & 0xFFFFFFFF
    print(threshold, checksum, mix(0.5, 1), mix("a", "b"))
if jit is not None:
    jit.auto()
print(mix(1, 2))
