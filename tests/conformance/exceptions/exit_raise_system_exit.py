# raise SystemExit with a number beyond a byte: the status is its low byte.
print("leaving")
raise SystemExit(256 + 5)
