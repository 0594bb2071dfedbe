# string's characters and capwords; what __future__ names.
import __future__
import string

for name in ("whitespace", "ascii_letters", "digits", "hexdigits", "octdigits", "punctuation",
             "printable"):
    print(name, repr(getattr(string, name)))
print(repr(string.capwords("  some  wORDS here ")), repr(string.capwords("a,b,,c", ",")))
for name in __future__.all_feature_names:
    feature = getattr(__future__, name)
    print(name, feature, feature.getMandatoryRelease())
