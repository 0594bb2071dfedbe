# MemoryError that the program handles again and again: the memory comes back.
# status: 0
# options: --memory-limit=64M
# stdout: ^caught 5$
# python3: no
def grow():
    items = []
    while True:
        items.append("%d" % len(items))


caught = 0
for i in range(5):
    try:
        grow()
    except MemoryError:
        caught += 1
print("caught", caught)
