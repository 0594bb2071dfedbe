# __exit__ gets type, value and traceback; what sys.exc_info says there.
import sys


class Scope:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        info = sys.exc_info()
        if exc_type is None:
            print("clean", exc_value, traceback, info)
            return
        print(exc_type is type(exc_value), exc_value.__traceback__ is traceback, end=" ")
        print(info[0] is exc_type, info[1] is exc_value, info[2] is traceback, end=" ")
        print(traceback.tb_lineno - traceback.tb_frame.f_code.co_firstlineno, exc_value.args)
        return True


def run(i):
    with Scope():
        if i % 2:
            raise ValueError(i, "x")
    with Scope():
        {}["key"]
    return sys.exc_info()


for i in range(6):
    print(run(i))
