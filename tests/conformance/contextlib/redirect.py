# redirect_stdout and redirect_stderr: nesting, the same manager again, exceptions, print's file.
import sys
from contextlib import redirect_stderr, redirect_stdout


class Lines:
    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text
        return len(text)

    def flush(self):
        self.text += '|'


before = sys.stdout
one, two = Lines(), Lines()
with redirect_stdout(one) as target:
    print('first', target is one)
    with redirect_stdout(two):
        print('second', 2)
        print('flushed', flush=True)
    print('first again')
    print('explicit', file=two)
    print('error stream', file=sys.stderr if False else two)
print(sys.stdout is before)
print(repr(one.text))
print(repr(two.text))
again = redirect_stdout(one)
with again:
    print('a')
    with again:
        print('b')
    print('c')
print(repr(one.text), sys.stdout is before)
errors = Lines()
try:
    with redirect_stderr(errors), redirect_stdout(one):
        print('to stderr', file=sys.stderr)
        raise KeyError('gone')
except KeyError as error:
    print('out', error, repr(errors.text))
with redirect_stdout(None):
    print('nowhere')
try:
    with redirect_stdout(5):
        print('x')
except Exception as error:
    print(type(error).__name__, error)
print(sys.stdout is before)
