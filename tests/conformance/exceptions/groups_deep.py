# except* on groups inside groups, split, subgroup and derive
def nest(levels):
    group = ExceptionGroup('leaf', [ValueError(1), KeyError(2)])
    for level in range(levels):
        group = ExceptionGroup(f'level {level}', [group, TypeError(level)])
    return group


def depth(group):
    count = 0
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
        count += 1
    return count


def handle(levels):
    seen = []
    try:
        try:
            raise nest(levels)
        except* ValueError as values:
            seen.append(('ValueError', depth(values)))
        except* TypeError as types:
            seen.append(('TypeError', depth(types)))
    except BaseExceptionGroup as rest:
        seen.append(('rest', depth(rest)))
    return seen


for turn in range(6):
    print(handle(turn * 12))
match, rest = nest(40).split(KeyError)
print(depth(match), depth(rest), nest(3).subgroup(lambda error: isinstance(error, LookupError)))
