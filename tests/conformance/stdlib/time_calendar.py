# time: struct_time, dates as text and back, their errors.
import time

t = time.gmtime(1e9)
for call in (lambda: t, lambda: tuple(t), lambda: t.tm_year, lambda: t[0], lambda: t[:3],
             lambda: time.asctime(t), lambda: time.strftime('%Y-%m-%d %H:%M:%S %j %a %b %%', t),
             lambda: time.strftime('',t), lambda: time.strftime('%', t), lambda: time.strftime(5),
             lambda: time.strftime('%Y',(1,2)), lambda: time.strftime('%Y',5),
             lambda: time.strftime('%Y',(2000,13,1,0,0,0,0,1,0)),
             lambda: time.strftime('%Y %m %d',(2000,0,0,0,0,0,0,0,0)),
             lambda: time.asctime((2000,1,2,3,4,5,6,7,0)), lambda: time.struct_time(range(9)),
             lambda: time.struct_time((1,2)), lambda: time.struct_time(), lambda: time.gmtime(-1),
             lambda: time.gmtime(1.9), lambda: time.gmtime('a'), lambda: time.gmtime(float('nan')),
             lambda: time.gmtime(1e30), lambda: time.mktime(time.localtime(12345)),
             lambda: time.mktime((1,2)), lambda: t==tuple(t), lambda: hash(t)==hash(tuple(t)),
             lambda: t<time.gmtime(), lambda: time.struct_time.__mro__,
             lambda: time.strftime('%d', (2000,1,32,0,0,0,0,1,0)),
             lambda: time.asctime((2000,1,1,24,0,0,0,1,0)), lambda: isinstance(time.time(), float),
             lambda: len(time.ctime()), lambda: time.gmtime(None).tm_year>2000,):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)
