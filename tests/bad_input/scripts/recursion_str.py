# __str__ that formats itself.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __str__(self):
        return f"{self}"


print("%s" % Loop())
