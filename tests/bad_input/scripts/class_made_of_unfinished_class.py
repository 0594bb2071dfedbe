# status: 1
# stderr: RecursionError|TypeError: Cannot extend an incomplete type 'Made'
# A metaclass whose mro() makes a subclass of the class that it is asked for.


class Early(type):
    def mro(cls):
        type('Sub', (cls,), {})
        return type.mro(cls)


class Made(metaclass=Early):
    pass
