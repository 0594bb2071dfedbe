# Submodule two levels down, with relative imports through its parents.
from ..second import value
from .. import NAME

package_name = __package__


def where():
    return __name__


def up():
    return value, NAME
