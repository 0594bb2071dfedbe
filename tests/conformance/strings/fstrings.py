# f-strings: expressions, conversions, specs, nesting, braces, debugging form.
name, width, value = "x", 8, 3.14159
items = {"k": [1, 2]}


def f(a, b=1):
    return a * b


print(f"{name}", f"{name!r:>5}", f"{value:.2f}", f"{value:{width}.{2}f}", f"{{}} {{{name}}}",
      f"{f(2, b=3)}")
print(f"{items['k'][0]}", f"{'nested ' + f'{name}'}", f"{name if width > 5 else value}",
      f"{(lambda x: x * 2)(4)}")
print(f"{name=}", f"{value = :.1f}", f"{f(1) + 1=}", f"{name!s}", f"{[x for x in range(3)]}",
      f"{ {1: 2}[1] }")
print(f"", f"plain", f"a" "b" f"{1}", rf"\n{name}", f"""multi
{name}
line""", f"{'a' 'b'}", f"{width:>{width}}|{width:<5}|{width:05d}", f"{-width}", f"{not width}")
for i in range(6):
    print(f"{i} {i * 0.5:>6.2f} {i!r} {i:03b} {'even' if i % 2 == 0 else 'odd':^6}|{i:,}")
class Spec:
    def __format__(self, spec): return "<" + spec + ">"
print(f"{Spec()}", f"{Spec():any thing}", f"{Spec():{name}-{width}}", f"{Spec()!r:.4}")
for call in (lambda: f"{undefined}", lambda: f"{name:d}", lambda: f"{value:s}",
             lambda: f"{None:>5}"):
    try:
        print(call())
    except (NameError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
