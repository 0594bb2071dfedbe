# Exception classes with attributes, methods, their own __init__, __str__ and hierarchy.
class AppError(Exception):
    code = 1

    def describe(self):
        return "%s code %d" % (type(self).__name__, self.code)


class NotFound(AppError):
    code = 404

    def __init__(self, path, *extra):
        super().__init__(path, *extra)
        self.path = path

    def __str__(self):
        return "no " + self.path


class Silent(AppError):
    def __init__(self, value):
        self.value = value


def run(i):
    try:
        if i % 3 == 0:
            raise NotFound("p%d" % i, i)
        if i % 3 == 1:
            raise Silent(i)
        raise AppError
    except NotFound as error:
        return str(error), repr(error), error.args, error.path, error.describe()
    except AppError as error:
        return str(error), repr(error), error.args, error.describe(), error.__dict__


for i in range(7):
    print(run(i))
print([c.__name__ for c in NotFound.__mro__])
