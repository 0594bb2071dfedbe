# Strings: building, formatting, splitting, encoding of every width.


def scenario():
    text = ''
    for i in range(40):
        text += chr(97 + i % 26) * 3
    wide = text + '\u20ac' + '\U0001f600'
    parts = wide.split('a') + list(text.partition('c')) + 'x,y,z'.split(',')
    joined = '-'.join(parts)
    found = [joined.upper(), joined.replace('b', '\u00e9\u00e8'), joined.title(), joined[::-2]]
    found.append('%s|%5d|%-8.3f|%r|%x' % ('s', 42, 2.5, 'q', 255))
    found.append('{0:>10}|{1!r:^12}|{name:08.3f}|{0[0]}'.format('left', 'mid', name=3.25))
    found.append(f'{text[:3]!r:>12}|{len(wide):,}|{1234567:_}|{0.1:e}|{255:#x}')
    found.append(repr(wide) + str([text, {text: wide}, (1.5, None)]))
    found.append(text.center(200, '*').strip('*').ljust(150).expandtabs())
    found.append([line for line in 'a\nb\r\nc'.splitlines()])
    found.append('abc'.translate({97: 'xyz', 98: None}) if hasattr('', 'translate') else 'xyzc')
    found.append('a'.join(['\u0394'] * 5).casefold().encode().decode()
                 if hasattr('', 'encode') else 5)
    found.append((text.find('xyz'), text.count('a'), text.startswith(('q', 'a')), hash(text) != 0))
    return found


result = scenario()
