# sys.exit with an object: shown on stderr, status 1.
# status: 1
# stderr: ^\['a', 1\]$
import sys

sys.exit(["a", 1])
