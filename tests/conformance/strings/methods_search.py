# find, index, count, replace, startswith, partition with bounds.
s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("z"), s.rfind("a"), s.rfind("a", 0, 5), s.index("c"))
print(s.count("a"), s.count("abra"), s.count(""), s.count("a", 3, 6), "aaa".count("aa"))
print(s.replace("a", "-"), s.replace("a", "-", 2), s.replace("", "."), s.replace("zz", "y"),
      "".replace("", "x"))
print(s.startswith("abra"), s.startswith("bra", 1), s.endswith(("x", "ra")), s.startswith(()),
      s.startswith(""))
print(s.partition("c"), s.rpartition("a"), s.partition("z"), s.rpartition("z"))
print(s.removeprefix("abra"), s.removesuffix("bra"), s.removeprefix("x"), "a" in s, "" in s,
      "ca" in s)
for call in (lambda: s.index("z"), lambda: s.rindex("z"), lambda: s.partition(""), lambda: 1 in s,
             lambda: s.replace(1, 2), lambda: s.startswith(1), lambda: s.find()):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)
