# A comprehension, a join and list() over endless input until the limit.
# status: 0
# options: --memory-limit=64M
# stdout: ^refused 3$
# python3: no
class Endless:
    def __iter__(self): return self
    def __next__(self): return "text"


refused = 0
for call in (lambda: [x + "!" for x in Endless()], lambda: "".join(Endless()),
             lambda: list(Endless())):
    try:
        call()
    except MemoryError:
        refused += 1
print("refused", refused)
