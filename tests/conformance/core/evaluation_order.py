# Operands, arguments, subscripts and targets are evaluated left to right.
log = []


def t(name, value=None):
    log.append(name)
    return value


class Box(dict):
    pass


def show():
    print(" ".join(log))
    log.clear()


t("a", 1) + t("b", 2) * t("c", 3)
show()
(lambda *a, **k: None)(t("a"), *t("b", []), t("c"), k=t("d"), **t("e", {}))
show()
t("obj", Box())[t("key", 1)] = t("value")
show()
{t("k1"): t("v1"), t("k2"): t("v2")}
show()
[t("x"), t("y")][t("index", 0):t("stop", 1)]
show()
t("if", 1) if t("cond", 0) else t("else")
show()
t("left", 1) < t("mid", 0) < t("right", 2)
show()
