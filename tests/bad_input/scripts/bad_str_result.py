# __str__ of an uncaught exception that fails, and a __repr__ that is no string.
# status: 1
# place: 9
# stderr: ^Bad: <exception str\(\) failed>$
class Bad(Exception):
    def __str__(self): return 5


raise Bad("x")
