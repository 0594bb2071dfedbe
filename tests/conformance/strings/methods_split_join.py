# split, rsplit, splitlines, join.
print("a b  c ".split(), "a,b,,c".split(","), "a,b,c".split(",", 1), "a b c".rsplit(None, 1),
      "".split(), "".split(","))
print("  a  b ".split(None, 1), "a--b--c".rsplit("--", 1), "abc".split("abc"), " ".split(" "))
print("a\nb\r\nc\rd\n".splitlines(), "a\nb\n".splitlines(True), "".splitlines(),
      "x\x0by\u2028z".splitlines())
print(",".join(["a", "b"]), "".join("abc"), "-".join([]), ", ".join(str(i) for i in range(3)),
      "ab".join(["x"]))
for call in (lambda: "a".split(""), lambda: ",".join([1]), lambda: ",".join(["a", 2]),
             lambda: ",".join(5),
             lambda: "a".split(1)):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)


def words(text):
    return {word: len(word) for word in text.lower().split()}


for text in ("The cat", "a A a", "", "é É", "x\ty\nz"):
    print(words(text))
