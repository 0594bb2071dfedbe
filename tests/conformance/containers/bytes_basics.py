# bytes and bytearray: literals, indexing, methods, conversion.
b = b"ab\x00\xff'\n"
print(b, b[0], b[1:3], len(b), list(b), b + b"c", b * 2, b"a" in b, 255 in b, b == b"x", bytes(3))
print(bytes([65, 66]), bytes("é", "utf-8"), "é€".encode(), b"\xc3\xa9".decode(), b"AB".lower(),
      b.hex())
print(b"a,b".split(b","), b",".join([b"x", b"y"]), b"abc".replace(b"b", b"-"), b"%d %s" % (5, b"z"))
ba = bytearray(b"xyz")
ba[0] = 65
ba.append(33)
ba += b"!"
print(ba, bytes(ba), ba[1:2], ba.pop(), ba.find(b"y"), b"a" < b"b", hash(b"a") == hash(b"a"))
print(bytes.fromhex("00ff"), int.from_bytes(b"\x01\x00", "big"), (258).to_bytes(2, "little"))
for call in (lambda: bytes([256]), lambda: b"a" + "b", lambda: b"\xff".decode(), lambda: bytes("x"),
             lambda: ba.__setitem__(0, 300), lambda: "é".encode("ascii"), lambda: b"a"[5]):
    try:
        call()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__ + ":", error)
