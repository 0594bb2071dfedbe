# % formatting: conversions, flags, width, precision, mapping, errors.
print("%d|%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%i|%u" % (1, 2, 3, 4, 5, 6, 255, 255, 255, 8, 8,
                                                           7.9, 3))
print("%f|%.2f|%10.3f|%-10.1f|%e|%.1E|%g|%G|%g|%#g" % (1.5, 2.345, 3.14159, 2.5, 12345.678, 0.00012,
                                                       1e10, 1e-10, 100000, 1.0))
print("%s|%10s|%-10s|%.2s|%r|%a|%c|%c|%%" % ("a", "b", "c", "def", "q'", "é", "x", 65))
print("%(a)s %(b)03d %(a)r" % {"a": "x", "b": 5}, "%*d|%-*d|%.*f" % (5, 1, 5, 2, 2, 3.14159))
print("%s" % (1,), "%s" % [1, 2], "%s %s" % ("a", (1, 2)), "%s" % None, "%d" % True, "%d" % 2 ** 80,
      "%x" % -255)
print("none" % (), "none" % {}, "%s" % {"a": 1}, "%5.1f%%" % 99.55,
      "%f %f %f" % (float("inf"), float("-inf"), float("nan")))
calls = [lambda: "%d" % "x", lambda: "%s %s" % ("a",), lambda: "%s" % ("a", "b"), lambda: "%q" % 1,
         lambda: "%(k)s" % {}, lambda: "%(k)s" % 5, lambda: "%c" % "ab", lambda: "%" % (),
         lambda: "x" % 5,
         lambda: "%x" % 1.5, lambda: "%d" % None, lambda: "%f" % "a", lambda: "%c" % -1]
for call in calls:
    try:
        print(call())
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        print(type(error).__name__ + ":", error)
