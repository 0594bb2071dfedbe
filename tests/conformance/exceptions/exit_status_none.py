# sys.exit without an argument, inside a function: status 0.
import sys


def leave():
    try:
        sys.exit()
    except Exception:
        print("never: SystemExit is no Exception")


print("leaving")
leave()
print("never")
