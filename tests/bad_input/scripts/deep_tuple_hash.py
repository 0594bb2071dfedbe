# A tuple nested half a million deep is hashed or refused; nested types are checked.
# status: 0
# stdout: ^done$
# python3: no
item = ()
types = int
for _ in range(500000):
    item = (item,)
    types = (types,)
for call in (lambda: hash(item), lambda: isinstance("s", types), lambda: {item: 1},
             lambda: item < (item,), lambda: issubclass(str, types)):
    try:
        call()
    except (RecursionError, MemoryError):
        pass
print("done")
