# Imports of modules from files and of native ones, exec and eval, globals and builtins.
import sys


def scenario():
    for name in ('scenario_package', 'scenario_package.part', 'math', 'time'):
        sys.modules.pop(name, None)
    import math
    import scenario_package.part
    from scenario_package import part as again, value
    from scenario_package.part import exported
    namespace = {'n': 4}
    exec('def f(x):\n    return x * n\nr = [f(i) for i in range(n)]\n', namespace)
    found = [math.floor(2.5), value, again is scenario_package.part, exported(), namespace['r']]
    found.append(eval('n + 1', namespace))
    global made
    made = 5
    del made
    try:
        import scenario_missing
    except ImportError as error:
        found.append(error.name)
    return found


result = scenario()
