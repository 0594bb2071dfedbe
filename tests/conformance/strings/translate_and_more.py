# translate, maketrans, expandtabs, encode and decode, ord and chr limits.
table = str.maketrans("abc", "xyz", "d")
print("abcd dcba".translate(table), "a".translate({97: "long", 98: None}), str.maketrans({"a": 1}))
print("a\tb\t\tc".expandtabs(4), "\t".expandtabs(), "ab\tc".expandtabs(0))
print(chr(0x10FFFF) == "\U0010ffff", ord("\0"))
for call in (lambda: ord(""), lambda: chr(0x110000), lambda: "a".expandtabs("x")):
    try:
        call()
    except (UnicodeError, LookupError, TypeError, ValueError) as error:
        print(type(error).__name__ + ":", error)
