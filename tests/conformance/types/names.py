# The names of types: what they are, their reprs, and what makes instances of them.
import types


def function():
    pass


def generator():
    yield


class C:
    __slots__ = ('word',)

    def method(self):
        pass


try:
    raise KeyError
except KeyError as error:
    traceback = error.__traceback__
samples = {'FunctionType': function, 'LambdaType': lambda: 1, 'GeneratorType': generator(),
           'MethodType': C().method, 'BuiltinFunctionType': len, 'BuiltinMethodType': [].append,
           'CodeType': function.__code__, 'MappingProxyType': C.__dict__, 'ModuleType': types,
           'SimpleNamespace': types.SimpleNamespace(), 'TracebackType': traceback,
           'NoneType': None, 'NotImplementedType': NotImplemented,
           'EllipsisType': ..., 'WrapperDescriptorType': object.__init__,
           'MethodWrapperType': object().__str__, 'MethodDescriptorType': str.join,
           'ClassMethodDescriptorType': dict.__dict__['fromkeys'], 'MemberDescriptorType': C.word,
           'GetSetDescriptorType': types.FunctionType.__code__,
           'CellType': (lambda: samples).__closure__ or types.CellType(1)}
for name, sample in samples.items():
    if isinstance(sample, tuple):
        sample = sample[0]
    print(name, getattr(types, name), isinstance(sample, getattr(types, name)), name in types.__all__)
bound = types.MethodType(len, [1, 2])
print(bound(), bound.__self__, bound.__func__)
cell = types.CellType(5)
print(cell.cell_contents, types.ModuleType('m').__name__)
proxy = types.MappingProxyType({'a': 1})
print(proxy, proxy['a'], list(proxy.items()), proxy | {'b': 2})
for call in (lambda: proxy.update, lambda: types.MethodType(5, 1), lambda: types.MethodType(len, None),
             lambda: types.GeneratorType(), lambda: types.MappingProxyType([1]), lambda: types.NoneType(1),
             lambda: types.MethodType(len), lambda: types.EllipsisType() is ...):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
try:
    proxy['a'] = 2
except TypeError as error:
    print(error)
