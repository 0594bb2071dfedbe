# sys.stderr is gone when an exception is to be reported: the status still tells.
# status: 1
import sys

sys.stderr = None
raise ValueError("nobody sees this")
