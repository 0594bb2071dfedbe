# dir(module): the names of its namespace, or what its __dir__ says.
import sys
import itertools

module = type(sys)('made')
print(dir(module))
module.b = module.a = 1
print(dir(module), module.__dir__())
module.__dir__ = lambda: ['z', 'y']
print(dir(module), module.__dir__(), [name for name in dir(itertools) if name.startswith('__')])
