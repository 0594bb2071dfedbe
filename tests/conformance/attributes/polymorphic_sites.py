# One load and one store site that sees 1, 2, 4, 5 and 9 classes with different layouts.
def make(count):
    classes = []
    for i in range(count):
        def init(self, i=i):
            for k in range(i):
                setattr(self, "pad%d" % k, k)
            self.value = i
        classes.append(type("C%d" % i, (), {"__init__": init}))
    return classes


def visit(obj, step):
    obj.value = obj.value + step
    return obj.value


for count in (1, 2, 4, 5, 9):
    objects = [cls() for cls in make(count)]
    for step in range(6):
        results = [visit(obj, step if step != 4 else 0.25) for obj in objects]
    print(count, results)
    print([list(obj.__dict__)[-1] for obj in objects], [len(obj.__dict__) for obj in objects])
