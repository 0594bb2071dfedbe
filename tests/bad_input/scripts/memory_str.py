# A string that doubles until the limit.
# status: 1
# options: --memory-limit=64M
# place: 9
# stderr: ^MemoryError
# python3: no
text = "x"
while True:
    text = text + text
