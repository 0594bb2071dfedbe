# A list that grows until the limit.
# status: 1
# options: --memory-limit=64M
# place: 9
# stderr: ^MemoryError
# python3: no
items = []
while True:
    items.append([1, 2, 3])
