# An exception in __del__ is reported on stderr and does not stop the program.
class Bad:
    def __del__(self):
        raise ValueError("in del")


print("before")
b = Bad()
del b
print("after")
