# Integers beyond the machine word, floats that do not fit one, conversions.


def scenario():
    big = 3 ** 200
    other = (1 << 300) - 1
    found = [big * other, big + other, other // big, other % big, divmod(other, -big)]
    found += [big >> 50, big << 70, big & other, big | other, big ^ other, ~big, -big, abs(-big)]
    found += [pow(big, 5, 10 ** 30), int('9' * 60), int('f' * 40, 16), str(big), hex(other)]
    found += [big < other, big == other, hash(big) == hash(3 ** 200), bool(big), int(1e30)]
    small = 2 ** 59
    for i in range(10):
        small += small
    found.append(small)
    tiny = 1e-300 * 1e-5
    huge = 1e300 * 1.5
    found += [tiny, huge, huge / 3, -huge, float(big), float('1e-310'), round(huge, 3) == huge]
    found += [(10 ** 40).bit_length(), (0.5).as_integer_ratio(), round(12345678901234567890, -5)]
    found += [f'{big:,}', '%d' % big, sum([big, big, 0.5]), max(big, other), min([huge, tiny])]
    return found


result = scenario()
