# A dict that grows while it is iterated.
# status: 1
# place: 7
# stdout: ^0$
# stderr: ^RuntimeError: dictionary changed size during iteration$
table = {0: 0}
for key in table:
    print(key)
    table[key + 1] = 1
