# String literals: quotes, escapes, raw, concatenation, triple quotes.
print('a"b', "a'b", 'a\'b"c', "tab\tnewline\\n",
      "\x41\u00e9\U0001F600\101\0end".replace("\0", "NUL"))
print(r"raw\n\t", R'\'', "con" "cat" 'enated', """triple
lines "quoted" 'both'""", '''x''' "", "line \
continued")
print(repr("a'b"), repr('a"b'), repr('a\'b"c'), repr("\n\t\r\\\x00\x7f\x80\xa0"), repr("é€😀"))
print("\N{LATIN SMALL LETTER E WITH ACUTE}", len("😀"), len("\r\n"), u"u",
      "\a\b\f\v" == "\x07\x08\x0c\x0b")
print(ascii("é€😀"), repr(""), repr(" "), repr("\u2028\ud7ff\ue000"))
