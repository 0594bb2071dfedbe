# math: functions with exact results, and domain errors.
import math

print(math.sqrt(16), math.floor(-2.5), math.ceil(2.1), math.trunc(-2.7), math.gcd(12, 18),
      math.factorial(20))
print(math.pi, math.e, math.inf, math.nan, math.isnan(math.nan), math.isinf(-math.inf),
      math.fabs(-2))
print(math.hypot(3, 4), math.copysign(1, -0.0), math.fmod(-7, 3), math.isqrt(10 ** 20),
      math.log2(8), math.pow(2, 10))
print(math.comb(10, 3), math.prod([1, 2, 3]), math.fsum([0.1] * 10), math.frexp(8.0),
      math.ldexp(0.5, 4), math.modf(2.5))
for call in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.factorial(-1),
             lambda: math.exp(1000),
             lambda: math.sqrt("x"), lambda: math.floor(math.inf)):
    try:
        call()
    except (ValueError, OverflowError, TypeError) as error:
        print(type(error).__name__ + ":", error)
