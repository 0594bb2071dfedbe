# translate, maketrans, expandtabs, encode and decode, ord and chr limits.
table = str.maketrans("abc", "xyz", "d")
print("abcd dcba".translate(table), "a".translate({97: "long", 98: None}), str.maketrans({"a": 1}))
print("a\tb\t\tc".expandtabs(4), "\t".expandtabs(), "ab\tc".expandtabs(0))
print("é€😀".encode("utf-8"), "é".encode("latin-1"), "é€".encode("ascii", "replace"),
      "é€".encode("ascii", "ignore"))
print("é".encode("ascii", "backslashreplace"), b"a\xff".decode("utf-8", "replace"),
      b"\xe9".decode("latin-1"))
print(chr(0x10FFFF) == "\U0010ffff", ord("\0"), "😀".encode("utf-16-le"),
      "a".encode() + "b".encode("utf8"))
for call in (lambda: "€".encode("latin-1"), lambda: b"\xe9x".decode(), lambda: "\ud800".encode(),
             lambda: "a".encode("no such"),
             lambda: ord(""), lambda: chr(0x110000), lambda: "a".expandtabs("x")):
    try:
        call()
    except (UnicodeError, LookupError, TypeError, ValueError) as error:
        print(type(error).__name__ + ":", error)
