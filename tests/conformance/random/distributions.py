# Every distribution, number for number, and their errors.
import random

random.seed('distributions')
for name, parameters in (('uniform', [(0, 1), (-3, 7.5), (5, 2)]),
                         ('triangular', [(), (0, 10), (0, 10, 2), (3, 3, 3), (10, 0, 2)]),
                         ('normalvariate', [(), (5, 2), (0, 0)]),
                         ('gauss', [(), (5, 2), (0.0, 1.0)]),
                         ('lognormvariate', [(0, 1), (1.5, 0.25)]),
                         ('expovariate', [(1,), (0.25,), (-2,)]),
                         ('vonmisesvariate', [(0, 0), (1, 4), (3, 100), (2, 1e-7)]),
                         ('gammavariate', [(1, 1), (0.5, 2), (3.5, 1.5), (200, 1), (0.01, 1)]),
                         ('betavariate', [(1, 1), (0.5, 0.5), (3, 8)]),
                         ('paretovariate', [(1,), (2.5,)]),
                         ('weibullvariate', [(1, 1), (2, 0.5)])):
    function = getattr(random, name)
    for given in parameters:
        print(name, given, [function(*given) for _ in range(4)])
print(sum(random.gauss(0, 1) for _ in range(1001)), random.getstate()[2])
for call in (lambda: random.expovariate(0), lambda: random.gammavariate(0, 1), lambda: random.gammavariate(1, -1),
             lambda: random.betavariate(0, 1), lambda: random.paretovariate(0), lambda: random.weibullvariate(1, 0),
             lambda: random.uniform(1), lambda: random.uniform('a', 'b'), lambda: random.gauss('a'),
             lambda: random.lognormvariate(1e9, 1), lambda: random.expovariate()):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(random.gauss(sigma=2), random.normalvariate(sigma=3), random.triangular(high=4.0))
print(random.NV_MAGICCONST, random.LOG4, random.SG_MAGICCONST, random.TWOPI, random.BPF, random.RECIP_BPF)
