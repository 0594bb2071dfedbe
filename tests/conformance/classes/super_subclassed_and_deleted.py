# A subclass of super as a descriptor, and super() where its argument or its class is gone.
class MySuper(super):
    def __init__(self, *args):
        super(MySuper, self).__init__(*args)


class A:
    def name(self):
        return "A"


class B(A):
    def name(self):
        return f"B {type(self.behind).__name__} " + self.behind.name()

    def forget_self(self):
        del self
        super().name()

    def forget_class(self):
        nonlocal __class__
        del __class__
        super().name()


B.behind = MySuper(B)
print(B().name(), B.__dict__["behind"].__get__(None, B) is B.__dict__["behind"])
for method in (B().forget_self, B().forget_self, B().forget_self, B().forget_class):
    try:
        method()
    except RuntimeError as error:
        print(error)


class Meta(type):
    def mro(cls):
        print(cls.__dict__["own_class"]())
        return super().mro()


class C(metaclass=Meta):
    def own_class():
        return __class__.__name__
