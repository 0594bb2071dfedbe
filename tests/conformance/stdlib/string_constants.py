# The string module's constants and capwords; sys.float_info and other names of sys.
import string
import sys

for name in sorted(string.__all__):
    if name not in ('capwords', 'Formatter', 'Template'):
        print(name, repr(getattr(string, name)))
print(string.capwords('  hello   wORLD x '), string.capwords('a-bC-d', '-'), repr(string.capwords('')))
info = sys.float_info
print(info, info.epsilon, info[0], info.max > info.min, type(info), len(info), isinstance(info, tuple))
print(sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.float_repr_style, sys.get_int_max_str_digits(), sys.warnoptions)
