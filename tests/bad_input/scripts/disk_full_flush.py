# The standard output is a full disk: flush says so, the program may handle it.
# status: 0 120
# action: full
# stderr: ^handled 28$
import sys

try:
    print("x", flush=True)
except OSError as error:
    sys.stderr.write("handled %d\n" % error.errno)
