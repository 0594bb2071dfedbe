# sys.exit in __del__ is reported and ignored.
# status: 0
# stdout: ^goes on$
# stderr: SystemExit: 5
import sys


class Leaver:
    def __del__(self): sys.exit(5)


x = Leaver()
del x
print("goes on")
