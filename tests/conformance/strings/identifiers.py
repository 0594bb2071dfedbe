# Identifiers beyond ASCII, normalised to NFKC, and keywords as attributes through setattr.
größe = 5
naïve_count = größe + 1
变量 = "variable"
ﬁ = "ligature"
print(größe, naïve_count, 变量, fi)


class Δ:
    été = 1

    def μ(self):
        return self.été


print(Δ().μ(), Δ.__name__, [n for n in dir(Δ) if not n.startswith("__")])
box = Δ()
setattr(box, "class", 1)
print(getattr(box, "class"), box.__dict__)
match = 1
case = match + 1
type = "soft keywords are names"
_ = match, case, type
print(_)
