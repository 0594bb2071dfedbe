# 29, 30, 31, 63, 64, 65 and 257 attributes, by methods that are compiled while the objects grow: 64
# were fine and 65 crashed in Hermes (microsoft/hermes-windows pull request 363); Ruby mixed up
# where objects with few and with many keep them (ruby/ruby pull requests 6986, 8960).
def make_class(count):
    class Wide:
        def grow(self, k):
            setattr(self, "a%d" % k, k)

        def ends(self):
            return self.a0, getattr(self, "a%d" % (count - 1), None)

        def add(self):
            self.last = getattr(self, "last", 0) + 1
            return self.last
    return Wide


for count in (1, 29, 30, 31, 63, 64, 65, 257):
    Wide = make_class(count)
    for i in range(4):
        wide = Wide()
        for k in range(count):
            wide.grow(k)
            if k % 16 == 0:
                wide.ends()
        print(count, wide.ends(), wide.add(), wide.add(), len(wide.__dict__), list(wide.__dict__)[-2:])
        del wide.a0
        print("a0" in wide.__dict__, hasattr(wide, "a0"), wide.last, wide.add())
