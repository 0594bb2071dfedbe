from . import value


class Exported:
    def __init__(self):
        self.value = value


def exported():
    return Exported().value
