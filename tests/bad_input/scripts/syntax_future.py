# A future feature that does not exist.
# status: 1
# place: 5
# stderr: SyntaxError: future feature braces_everywhere is not defined
from __future__ import braces_everywhere
