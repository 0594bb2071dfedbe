# UnicodeError subclasses check what they are made of
cases = [
    (UnicodeDecodeError, ('utf-8', 'abc', 0, 1, 'why')), (UnicodeDecodeError, (1, 'abc', 0, 1, 'why')),
    (UnicodeDecodeError, ('utf-8', 'abc', 'x', 1, 'why')), (UnicodeDecodeError, ('utf-8', 'abc', 0)),
    (UnicodeEncodeError, ('utf-8', 'abc', 0, 1, 'why')), (UnicodeEncodeError, ('utf-8', [], 0, 1, 'why')), (UnicodeEncodeError, ('utf-8', 'abc', 0, 2, 5)),
    (UnicodeTranslateError, ('abc', 0, 1, 'why')), (UnicodeTranslateError, (5, 0, 1, 'why')),
    (UnicodeTranslateError, ('abc', 1, 3, 'why')), (UnicodeTranslateError, ()),
]
for kind, arguments in cases:
    try:
        error = kind(*arguments)
        print(kind.__name__, error, error.start, error.end, error.reason)
    except TypeError as problem:
        print(kind.__name__, problem)
