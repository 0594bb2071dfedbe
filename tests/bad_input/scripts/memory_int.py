# An integer that squares until the limit.
# status: 1
# options: --memory-limit=64M
# place: 9
# stderr: ^MemoryError
# python3: no
number = 3
while True:
    number = number * number
