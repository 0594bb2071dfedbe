# Package for the import scripts.
from .second import value as NAME
