# The % operator of bytes: conversions, flags, mappings, __bytes__, errors.
class Own:
    def __bytes__(self):
        return b'own'

    def __repr__(self):
        return 'Owné'


class Wrong:
    def __bytes__(self):
        return 'wrong'


print(b'%s %b' % (b'a', b'b'), b'%s' % b'x', b'%s|%5s|%-5s|%.2s' % (b'a', b'b', b'c', b'def'), b'%s' % Own(), b'%a %r' % (Own(), 'é'))
print(b'%d %i %u' % (1, -2, 3), b'%5d|%-5d|%05d|%+d|% d' % (1, 2, 3, 4, 5), b'%x %X %#x %#X %o %#o' % (255, 255, 255, 255, 8, 8))
print(b'%f %.2f %e %g %G' % (1.5, 2, 3.25, 1e10, 1e-10), b'%010.3f' % -3.14159, b'%.3d' % 7, b'%d' % 2.9, b'%d' % True, b'%x' % 2**70)
print(b'%c%c%c' % (65, b'B', 255), b'%5c|%-3c|' % (b'x', 121), b'100%%' % (), b'%(k)s-%(n)d' % {b'k': b'v', b'n': 5}, b'no' % {})
print(b'%*d|%-*d|%.*f' % (5, 42, 4, 7, 2, 3.14159), b'%.3a' % 'abcdef', b'%s' % (b'only',), b'' % (), b'%ld' % 3, b'%s' % b'')
tests = [(b'%s', 'a'), (b'%s', 5), (b'%b', None), (b'%d', 'a'), (b'%i', 'a'), (b'%x', 1.5), (b'%f', 'a'), (b'%c', 256), (b'%c', b'ab'),
         (b'%c', 'a'), (b'%c', -1), (b'%s %s', b'a'), (b'%s', (b'a', b'b')), (b'%s', ()), (b'%(k)s', 3), (b'%(k)s', {'k': 1}), (b'%(k', {}),
         (b'%y', 3), (b'%', 3), (b'%5', 3), (b'no', 3), (b'%*d', ('a', 1)), (b'%.*d', (2**70, 1)), (b'%*d', (2**70, 1)), (b'%s', Wrong()),
         (b'%.99999999999d', 1), (b'%5%', ())]
for form, arguments in tests:
    try:
        print(form, form % arguments)
    except Exception as error:
        print(form, type(error).__name__, error)
for form, arguments in [('%.*f', (2**70, 1.0)), ('%*d', (2**70, 1)), ('%.*d', (-1, 5)), ('%*d|', (-4, 5)), ('%s %d', (b'b', 1)), ('%s', b'x'), ('', b'x')]:
    try:
        print(form, form % arguments)
    except Exception as error:
        print(form, type(error).__name__, error)
print(f'{b"x"} {b"x"!r:>6} {b"x"!s}', '{} {!r}'.format(b'a', b'b'), '%s %r %a' % (b'a', b'b', b'c'))
