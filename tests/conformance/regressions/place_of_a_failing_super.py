# super().name is one operation here and two in CPython: what fails in the first has the place of
# super() in the traceback, what fails in the second that of the name. Also where what fails is the
# __class__ that the object claims to have.

class A:
    def method(self):
        return 1


class B(A):
    def method(self):
        return (super()
                .method)

    def call(self):
        return (super()
                .method(
                    1))

    def missing(self):
        return (super()
                .missing)


class Claims:
    @property
    def __class__(self):
        raise ZeroDivisionError("claims")


def places(traceback):
    lines = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        lines.append((code.co_name, traceback.tb_lineno - code.co_firstlineno))
        traceback = traceback.tb_next
    return lines[-2:]


def attempt(function, subject):
    try:
        return function(subject)
    except Exception as error:
        return places(error.__traceback__), type(error).__name__, str(error)


for i in range(12):
    for function in B.method, B.call, B.missing:
        for subject in B(), 5, Claims(), A():
            result = attempt(function, subject)
            if i % 11 == 0:
                print(function.__name__, type(subject).__name__,
                      result if isinstance(result, tuple) else type(result))
