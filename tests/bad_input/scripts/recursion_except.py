# Recursion that goes on in the handler of the RecursionError for a while, and ends.
# status: 0
# stdout: ^handled [1-9]\d*$
def dive(n):
    try:
        return dive(n + 1)
    except RecursionError:
        return n


for i in range(5):
    depth = dive(0)
print("handled", depth)
