# A dict that grows until the limit.
# status: 1
# options: --memory-limit=64M
# place: 9
# stderr: ^MemoryError
# python3: no
table = {}
for i in range(10 ** 9):
    table[i] = i * 0.5
