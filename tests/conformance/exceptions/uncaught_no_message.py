# The last line of an exception without a message is its name alone.
print("x")
raise RuntimeError
