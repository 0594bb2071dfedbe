# Complex literals and arithmetic.
z = 3 + 4j
print(z, abs(z), z.real, z.imag, z.conjugate(), z * z, z / 2, z ** 2, -z, z == 3 + 4j)
print(1j, -1j, 0j, complex(1, 2), complex("1+2j"), complex(2.5), 1j * 1j, 2 - 0j)
print([1.5j, (1 + 0j), complex(0, -1)], bool(0j), hash(3 + 0j) == hash(3))
for call in (lambda: 1j < 2j, lambda: 1j // 1,
             lambda: int(1j), lambda: 1j / 0, lambda: complex("x")):
    try:
        print(call())
    except (TypeError, ZeroDivisionError, ValueError) as error:
        print(type(error).__name__ + ":", error)
