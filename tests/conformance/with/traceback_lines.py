# Line numbers in the traceback that a manager receives, through two functions.
class Scope:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        lines = []
        while traceback is not None:
            lines.append((traceback.tb_frame.f_code.co_name, traceback.tb_lineno))
            traceback = traceback.tb_next
        print(exc_type and exc_type.__name__, lines)
        return True


def fail(i):
    if i == 1:
        return [][0]
    if i == 2:
        raise ValueError(
            "over several lines"
        )
    return {}["x"]


def run(i):
    with Scope():
        with Scope() if i > 3 else Scope():
            fail(i % 3)
    return i


for i in range(6):
    run(i)
