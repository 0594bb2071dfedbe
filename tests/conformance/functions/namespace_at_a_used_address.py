# A namespace at the address of one that is gone: nothing cached for that one holds
import gc
import sys
Module = type(sys)
code = compile('''
result = (lambda value: [len(value) for _ in (1, 2, 3)][2])([1, 2])
''', 'm', 'exec')
def use(shadow):
    module = Module('m')
    if shadow:
        module.len = lambda value: 'shadowed'
    exec(code, module.__dict__)
    seen.append(id(module.__dict__))
    return module.result
seen = []
for turn in range(12):
    print(use(turn % 3 == 1))
    gc.collect()
print(len(seen))
