# Exceptions raised and caught within one hot loop, of changing types.
def run(n):
    counts = {"value": 0, "key": 0, "else": 0, "zero": 0}
    for i in range(n):
        try:
            if i % 3 == 0:
                raise ValueError(i)
            if i % 5 == 0:
                {}[i]
            if i % 7 == 0:
                i // 0
        except ValueError as error:
            counts["value"] += error.args[0]
        except KeyError as error:
            counts["key"] += error.args[0]
            continue
        except ZeroDivisionError:
            counts["zero"] += 1
            if i > 400:
                break
        else:
            counts["else"] += 1
    return counts, i


for n in (1, 10, 100, 500, 100):
    print(run(n))
