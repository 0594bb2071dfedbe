# Case, trimming, padding, predicates.
for s in ("Hello World", "", "ABC", "abc", "ß", "1a", "  pad ", "ǆ", "İ", "tItLe cAsE x1y"):
    print([s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold()])
    print(s.isupper(), s.islower(), s.istitle(), s.isalpha(), s.isdigit(), s.isalnum(), s.isspace())
print(["  x ".strip(), "  x ".lstrip(), "  x ".rstrip(), "xxaxx".strip("x"), "abcba".strip("ab")])
print(["a".center(5), "a".center(6, "*"), "ab".center(5, "-"), "a".ljust(3) + "|",
       "a".rjust(3, "0")])
print(["42".zfill(5), "-42".zfill(5), "+1".zfill(4), "".zfill(2), "abc".zfill(2)])
print("x".isidentifier(), "1x".isidentifier(), "é".isidentifier(), "٣".isdigit(), "²".isdigit(),
      "½".isnumeric(), "٣".isdecimal(), "²".isdecimal(), "\n".isprintable(), "a".isascii())
