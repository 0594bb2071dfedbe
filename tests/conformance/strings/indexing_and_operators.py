# Subscripts, concatenation, repetition, comparison and iteration over characters.
s = "aé€😀z"
print(len(s), s[0], s[1], s[3], s[-1], s[1:4], s[::-1], list(s), s + "!", s * 2, "x" * 0, "x" * -1)
print("a" < "b", "a" < "B", "abc" < "abd", "" < "a", "é" > "z", "😀" > "€", "a" == "a", "a" != "b",
      "10" < "9")
print([ord(c) for c in s], "".join(chr(i) for i in (97, 233, 8364, 128512)), max("hello"),
      sorted("hello"))
print(hash("abc") == hash("ab" + "c"), {"a" + "b": 1}["ab"], str(5) + str(2.5), "ab" in {"ab"})
for call in (lambda: s[10], lambda: s["a"], lambda: s + 1, lambda: s * "a", lambda: s - "a",
             lambda: "a" < 1,
             lambda: s.__setitem__, lambda: +s, lambda: s(1)):
    try:
        call()
    except (IndexError, TypeError, AttributeError) as error:
        print(type(error).__name__ + ":", error)
