# There is no standard output at all.
# status: 0 1 120
# action: no-stdout
print("to nobody")
