# Exactly 29 to 32 attributes written one by one around a hot read and write.
class Record:
    def __init__(self, n):
        self.first = n
        for i in range(28):
            setattr(self, "f%02d" % i, i)


def touch(record):
    record.first += 1
    record.f27 = record.f27 + record.first
    return record.f27


records = [Record(i) for i in range(4)]
for step in range(12):
    print([touch(r) for r in records])
    if step == 3:
        records[0].extra1 = 1
    if step == 5:
        records[1].extra1 = records[1].extra2 = 2
    if step == 7:
        records[2].extra1, records[2].extra2, records[2].extra3 = 1, 2, 3
    if step == 9:
        del records[2].f00
        records[2].f00 = "again"
for r in records:
    print(len(r.__dict__), list(r.__dict__)[0], list(r.__dict__)[-2:])
