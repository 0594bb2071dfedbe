# stdout: made
# An mro() that makes instances of the class it is asked for, and uses them.
# python3: no


class Early(type):
    def mro(cls):
        for use in (lambda: cls(), lambda: object.__new__(cls), lambda: cls.__call__()):
            try:
                made = use()
                made.x = 1
                repr(made), made == made, hash(made), made.x, made.__dict__
            except (TypeError, AttributeError):
                pass
        return type.mro(cls)


for bases in ((), (int,), (list,), (dict,), (str,), (Exception,), (type,), (tuple,), (set,)):
    Early('Made', bases, {'__slots__': ('a',)} if bases == () else {})
print('made')
