# Conversions between text and integers beyond 4300 digits.
# status: 1
# stdout: ^Exceeds the limit \(4300 digits\) for integer string conversion: value has 5000 digits;
# place: 11
# stderr: ^ValueError: Exceeds the limit \(4300 digits\) for integer string conversion
try:
    int("9" * 5000)
except ValueError as error:
    print(error)
print(len(hex(10 ** 5000)), int("f" * 5000, 16) > 0)
print(10 ** 5000)
