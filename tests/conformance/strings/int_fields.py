# Ints and texts in fields: with and without conversions, flags and formats of subclasses.
for v in (0,-1,5,2**59,-2**60,2**60,10**20,True):
  print(v, str(v), repr(v), f"{v}", f"{v!r}", f"{v:5}", "%d|%5d|%-5d|%05d|%+d|% d|%.3d|%i|%u|%x" % ((v,)*10), b"%d" % v, f"{str(v)}{v!s}")
class S(str):
  def __format__(s,x): return "F"+x
  def __str__(s): return "T"
print(f"{S(1)}", f"{S(2)!s}", f"{S(3):x}", "%s" % S(4))
class I(int):
  def __format__(s,x): return "I"
print(f"{I(1)}", "%d" % I(7))
