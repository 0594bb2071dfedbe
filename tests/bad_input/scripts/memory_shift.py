# A shift and a power whose results cannot fit.
# status: 1
# options: --memory-limit=64M
# stderr: ^(MemoryError|OverflowError)
# stdout: ^first refused$
# python3: no
try:
    1 << 10 ** 12
except (MemoryError, OverflowError):
    print("first refused")
3 ** 10 ** 12
