# Exceptions whose causes and contexts form a cycle are printed once.
# status: 1
# stderr: ^ValueError: b$
a, b = ValueError("a"), ValueError("b")
a.__cause__ = b
b.__cause__ = a
raise b
