# What a finalizer raises is said on sys.stderr, whatever that is by then
import sys


class Failing:
    def __del__(self):
        raise ValueError('in a finalizer')


class Sink:
    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text

    def flush(self):
        pass


class Broken:
    def write(self, text):
        raise OSError('no room')


real = sys.stderr
sink = sys.stderr = Sink()
Failing()
print(sink.text.startswith('Exception ignored in: <function Failing.__del__ at 0x'))
print(sink.text.splitlines()[-1])
sys.stderr = None
Failing()
sys.stderr = Broken()
Failing()
del sys.stderr
Failing()
sys.stderr = real
print('went on')
