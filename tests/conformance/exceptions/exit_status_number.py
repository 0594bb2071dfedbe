# sys.exit with a number: the status, no message; finally blocks run.
import sys

try:
    print("leaving")
    sys.exit(3)
finally:
    print("finally")
