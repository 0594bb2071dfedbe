# sys.exit with a text: printed on stderr, status 1.
import sys

print("leaving")
sys.exit("the reason")
