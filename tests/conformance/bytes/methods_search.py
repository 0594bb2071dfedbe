# bytes: find, index, count, startswith, removeprefix, replace and the like, with bounds and errors.
text = b'abracadabra'
print(text.find(b'a'), text.find(b'a', 1), text.find(b'cad', 2, 7), text.find(b'x'), text.find(b''), text.find(b'', 20))
print(text.find(98), text.rfind(97), text.rfind(b'bra'), text.rfind(b'a', 0, -1), text.rfind(b''), text.rfind(b'a', -3))
print(text.index(b'c'), text.rindex(114), text.count(b'a'), text.count(97, 1, -1), text.count(b''), text.count(b'', 3))
print(text.count(b'bra'), b'aaaa'.count(b'aa'), text.count(b'', 12), b''.count(b''), b''.find(b''), b''.rfind(b'', 1))
print(text.startswith(b'abra'), text.startswith((b'x', b'br'), 1), text.startswith(()), text.startswith(b'', 12))
print(text.endswith(b'bra'), text.endswith((b'', b'x')), text.endswith(b'abr', None, -1), text.endswith(b'a', 3, 4))
print(text.removeprefix(b'abra'), text.removesuffix(b'abra'), text.removeprefix(b'x'), text.removesuffix(b''))
print(text.replace(b'a', b'-'), text.replace(b'a', b'', 2), text.replace(b'', b'.'), text.replace(b'', b'.', 3))
print(text.replace(b'bra', b'BRANCH'), text.replace(b'x', b'y') is text, b''.replace(b'', b'x'), b'a'.replace(b'a', b''))
print(b''.replace(b'', b'x', 0), b'ab'.replace(b'b', b'c', -1), 'ab'.replace('', '-', 2), ''.replace('', 'x'))
calls = [('find',), ('find', 'a'), ('find', 300), ('find', -1), ('find', 1.5), ('find', b'a', 1.5), ('find', 'a', 1.5),
         ('find', b'a', 1, 2, 3), ('index', b'x'), ('rindex', 0), ('index', 'x'), ('count', 'x'), ('count', None),
         ('startswith', 'x'), ('startswith', (b'b', 'x')), ('startswith', ['a']), ('endswith',), ('endswith', 5),
         ('removeprefix', 'a'), ('removesuffix', None), ('removeprefix',), ('replace', b'a'), ('replace', 'a', b''),
         ('replace', b'a', 1), ('replace', b'a', b'b', 'c'), ('replace', b'a', b'b', 2**70), ('index', 97, 'a')]
for name, *arguments in calls:
    try:
        print(name, getattr(text, name)(*arguments))
    except Exception as error:
        print(name, type(error).__name__, error)
# The same algorithms serve str: bounds are read before the text that is looked for.
for name, *arguments in [('find', 1, 1.5), ('find', 1), ('startswith', 1, 1.5), ('replace', 'a', None),
                         ('replace', 'a', 'b', 2**70), ('removeprefix', None), ('index', 'x'), ('count', b'a')]:
    try:
        print(name, getattr('abc', name)(*arguments))
    except Exception as error:
        print(name, type(error).__name__, error)
