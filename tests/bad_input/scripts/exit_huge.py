# sys.exit with a number that does not fit.
# status: 255
import sys

sys.exit(2 ** 100)
