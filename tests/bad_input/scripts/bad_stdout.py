# sys.stdout replaced by something that cannot be written to.
# status: 1 120
# place: 7
# stderr: ^AttributeError: 'int' object has no attribute 'write'$
import sys

sys.stdout = 5; print("lost")
