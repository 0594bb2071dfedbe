"""Statements: templates of one or more lines, and the writer that fills in blocks."""
import re

from writer import MOST_ROUNDS, Function, Missing, Writer, pick

MOST_NESTED = 2
SIMPLE = (
    (5, "$new_int = $int"), (3, "$new_float = $float"), (3, "$new_str = $str"),
    (3, "$new_list = list($list)"),
    (1, "$new_tuple = $tuple"), (2, "$new_dict = dict($dict)"), (1, "$new_set = set($set)"),
    (2, "$new_object = $object"),
    (5, "$int_target = $int"), (5, "$int_target += $int"), (2, "$int_target -= $int"),
    (1, "$int_target *= $small"),
    (1, "$int_target //= $int"), (1, "$int_target %= $int"), (1, "$int_target $bit_operator= $int"),
    (2, "$float_target = $float"), (2, "$float_target += $float"), (1, "$float_target /= $int"),
    (1, "$str_target = $str"),
    (2, "$str_target = ($str_name + $str)[-30:]"), (8, "$object_name.$int_attribute = $int"),
    (6, "$object_name.$int_attribute += $int"), (2, "$object_name.$float_attribute = $float"),
    (2, "$object_name.$float_attribute -= $float"),
    (3, "$object_name.$str_attribute = $str"), (2, "$object_name.$list_attribute = list($list)"),
    (2, "$object_name.$dict_attribute = dict($dict)"),
    (2, "$object_name.$list_attribute.append($int)"),
    (2, "$object_name.$dict_attribute[$key] = $int"),
    (1, "$object_name.$list_attribute[$small] = $int"),
    (1, "$object_name.$list_attribute[$small] += $int"),
    (1, "$object_name.$dict_attribute[$key] += $int"), (2, "$list_name.append($int)"),
    (2, "$list_name[$small] = $int"), (1, "$list_name[$small:$small] = $list[:3]"),
    (1, "del $list_name[$small]"), (1, "del $list_name[$small:$small]"),
    (1, "$list_name[::2] = $list"), (1, "$list_name.insert($small, $int)"),
    (1, "$list_target += $list[:3]"), (1, "$list_name.extend($tuple[:3])"),
    (1, "$list_name.sort(reverse=$bool)"), (1, "$list_name.reverse()"),
    (1, "$list_name.remove($int)"), (1, "$new_int = $list_name.pop()"),
    (1, "$list_name.clear()"), (2, "$dict_name[$key] = $int"), (1, "del $dict_name[$key]"),
    (1, "$dict_name.update($dict, a=$int)"), (1, "$dict_target |= $dict"),
    (1, "$new_int = $dict_name.pop($key)"), (1, "$dict_name.clear()"),
    (1, "$new_str, $new_int = $dict_name.popitem()"), (1, "$set_target |= $set"),
    (2, "$new_int, $new_int_2 = $int, $int"), (1, "$int_target, $float_target = $int, $int"),
    (2, "$new_int, *$new_list = $list"), (1, "*$new_list, $new_int = $tuple"),
    (1, "$new_int, *$new_list, $new_int_2 = $iterable"),
    (1, "($new_int, [$new_int_2, $new_str]) = ($int, ($int, $str))"),
    (1, "[$new_int, $new_int_2] = $iterable"),
    (2, "$new_int = $object_name.$int_attribute = $int"),
    (1, "$object_name.$int_attribute, $object_name.$int_attribute_2 = $int, $int"),
    (1, "for $object_name.$int_attribute in $list[:3]: pass"), (1, "assert $bool, $str"),
    (1, "assert $int or $bool"), (3, "out($any, $any)"), (1, "out($int_name, $str_name)"),
    (1, "$new_int: int = $int"), (1, "del $object_name.$attribute"),
    (1, "setattr($object_name, '$int_attribute', $int)"), (3, "strike()"),
    (2, "$new_int = $int_call"),
    (1, "$new_str = $str_call"), (2, "$new_int = $object_int"),
    (1, "$new_list = [getattr(x, '$int_attribute') for x in ($object, $object)]"),
    (1, "$object_name.$method_call"),
    (1, "$new_int = (lambda *x: x[$small])($int, $int)"), (1, "$new_int = $object_name.missing"),
    (1, "super_of = super(C1, $object_name).$int_attribute"),
    (1, "vars($object_name)['$int_attribute'] = $int"),
    (1, "$new_list = list(vars($object_name))[:0]"),
)
JUMPS = ((3, "return $result"), (2, "raise $exception($str)"), (1, "raise $exception"),
         (1, "raise $exception($int) from $exception_2($str)"),
         (1, "raise $exception($int) from None"), (1, "raise $int"), (1, "raise"))
LOOP_JUMPS = ((3, "continue"), (3, "break"))
YIELDS = (
    (6, "yield $int"), (3, "$int_target = (yield $int) or $int"), (2, "yield from $iterable"),
    (1, "$new_any = yield"), (1, "$new_any = yield from $generator"),
    (1, "$new_int = 1 if (yield $int) is None else 2"), (1, "out((yield $int), (yield))"),
)
COMPOUND = (
    (6, """
if $bool:
    $block
"""), (3, """
if $bool:
    $block
elif ($bound_int := $int) > $small:
    $block
else:
    $block
"""), (3, """
if $bool:
    $jump
"""), (6, """
for $bound_int in $iterable:
    $block
"""), (2, """
for $bound_int in range($few):
    $block
    if $bool:
        $jump
else:
    $block
"""), (1, """
for $bound_int, $bound_str in zip($iterable, $str[:4]):
    $block
"""), (1, """
for $bound_int, ($bound_int_2, *$bound_list) in enumerate([($int, $int), $list[:4]]):
    $block
"""), (1, """
for $bound_str, $bound_int in $dict.items():
    $block
    $dict_name[$key] = $int
"""), (2, """
$new_int = 0
while $new_int < $few:
    $new_int += 1
    $block
"""), (1, """
$new_int = 0
while $new_int < $few and $bool:
    $new_int += 1
    $block
    if $bool:
        $jump
else:
    $block
"""), (6, """
try:
    $block
except $caught as $bound_error:
    $block
    out($bound_error)
"""), (4, """
try:
    $block
finally:
    $block
"""), (4, """
try:
    $block
    $jump
except $caught:
    $block
except $caught_2 as $bound_error:
    out('second', $bound_error)
    $block
else:
    $block
finally:
    $block
"""), (2, """
try:
    $block
except $caught as $bound_error:
    $bound_error.add_note($str)
    raise
"""), (2, """
try:
    $block
except $caught as $bound_error:
    raise $exception($int) from $bound_error
finally:
    $block
"""), (2, """
try:
    $jump
finally:
    $block
    if $bool:
        $jump
"""), (2, """
try:
    try:
        $block
        $jump
    finally:
        $block
except $caught:
    $block
"""), (1, """
try:
    raise $exception($int)
except $caught as $bound_error:
    try:
        $block
        raise $exception_2($str)
    except $caught_2 as $bound_error_2:
        out($bound_error_2.__context__ is $bound_error)
        $block
"""), (3, """
try:
    $block
    raise ExceptionGroup($str,
    [ValueError($int), KeyError($str), ExceptionGroup('inner', [E1($int), TypeError()])])
except* $grouped as $bound_error:
    $block
    out($bound_error)
except* $grouped_2:
    $block
"""), (1, """
try:
    $block
    raise $exception($int)
except* $grouped as $bound_error:
    out($bound_error)
    $block
    raise $exception_2($int)
except* $grouped_2:
    $block
else:
    $block
finally:
    $block
"""), (6, """
with $manager:
    $block
"""), (5, """
with $manager as $bound_int:
    $block
    $jump
"""), (4, """
with $manager as $bound_int, $manager as $bound_int_2:
    $block
"""), (2, """
with ($manager as $bound_int, $manager, $manager as $bound_int_2,):
    $block
    if $bool:
        $jump
"""), (2, """
with $manager as $object_name.$int_attribute, $manager as $list_name[$small]:
    $block
"""), (2, """
for $bound_int in range($few):
    with $manager:
        $block
        $jump
"""), (2, """
with $manager:
    for $bound_int in $iterable:
        with $manager as $bound_int_2:
            $jump
        $block
"""), (2, """
try:
    with $manager as $bound_int:
        $block
        raise $exception($int)
except $caught as $bound_error:
    out($bound_error)
finally:
    $block
"""), (3, """
match $any:
    case [$bound_int, $bound_int_2]:
        $block
    case {'a': $bound_int, **$bound_dict}:
        $block
    case str() as $bound_str if $bool:
        $block
    case C1(a=$bound_int) | C0(b=$bound_int):
        $block
    case None | True | 1.5 | 'spam':
        $block
    case _:
        $block
"""), (1, """
match $list:
    case []:
        $block
    case [$bound_int]:
        $block
    case [1 | 2 as $bound_int, *_, $bound_int_2] if $bool:
        $block
    case [$bound_int, *$bound_list]:
        $block
"""), (1, """
match $object:
    case C0(a=int($bound_int), d=$bound_str) if $bool:
        $block
    case C1($bound_int, $bound_int_2):
        $block
    case C0():
        $block
"""), (1, """
match $int:
    case 0 | 1 | -1:
        $block
    case $bound_int if $bool:
        $block
"""), (2, """
def $inner($parameters):
    $inner_block
"""), (2, """
$new_generator = $generator
try:
    $new_int = next($new_generator)
    out($new_generator.send($int), $new_int)
    $block
    out($new_generator.throw($exception($str)))
    out(next($new_generator, 'ended'))
except $caught as $bound_error:
    out($bound_error)
finally:
    $new_generator.close()
"""), (1, """
$new_generator = $generator
out(next($new_generator, None), next($new_generator, $int))
del $new_generator
"""),
)


class BodyWriter(Writer):
    """Writes statements of functions."""

    def __init__(self, random, words, expressions):
        super().__init__(random, words, expressions)
        self.nested = 0
        self.parameters = ()
        self.cost_of_inner = 1

    def block(self, most=3):
        lines = []
        outer = self.scope
        with self.within(outer.copy()):
            for _ in range(self.random.randint(1, most)):
                lines += self.statement()
        return lines

    def statement(self):
        """The lines of a statement that fits here."""
        while True:
            try:
                self.charge(1)
                self.depth = 3
                return self.fill_lines(self.choose_statement())
            except Missing:
                continue

    def choose_statement(self):
        if self.scope.in_generator and self.random.random() < 0.3:
            return pick(self.random, YIELDS)
        compound = self.nested < MOST_NESTED and self.random.random() < 0.4 / (1 + 2 * self.nested)
        return pick(self.random, COMPOUND if compound else SIMPLE).strip("\n")

    def fill_lines(self, template):
        """A template of several lines; the names that it makes are known behind it."""
        fixed = {}
        words = dict.fromkeys(re.findall(r"\$((?:new|bound)_\w+|inner)", template))
        for word in words:
            kind = re.sub(r"^(new|bound)_|_\d$", "", word)
            fixed[word] = self.new_name(kind if word != "inner" else "function")
        lines = template.split("\n")
        filled = []
        for at, line in enumerate(lines):
            space = line[:len(line) - len(line.lstrip())]
            with self.within(self.scope_at(lines, at, fixed)):
                filled += [space + each for each in self.fill_line(line.strip(), fixed)]
        for word in words:
            if word.startswith("new_"):
                self.scope.add(re.sub(r"_\d$", "", word[4:]), fixed[word])
        if "$inner" in template:
            inner = Function(fixed["inner"], "int", self.parameters[1], self.cost_of_inner)
            self.scope.functions.append(inner)
        return filled

    def fill_line(self, line, fixed):
        if line == "$block":
            self.nested += 1
            try:
                return self.block(2)
            finally:
                self.nested -= 1
        if line == "$inner_block":
            return self.inner_block()
        if line == "$jump":
            return self.jump()
        self.depth = 3
        return [self.fill(line, fixed)]

    def scope_at(self, lines, at, fixed):
        """The scope of a line: what the lines bind that it is indented under, which jumps fit."""
        scope = self.scope.copy()
        for head in heads_of(lines, at):
            word = head.split()[0].rstrip(":*")
            for bound in re.findall(r"\$((?:bound|new)_\w+)", head):
                scope.add(re.sub(r"^(new|bound)_|_\d$", "", bound), fixed[bound],
                          assignable=bound.startswith("bound_") and "error" not in bound)
            if word in ("for", "while"):
                scope.in_loop = True
                scope.rounds *= MOST_ROUNDS
            if head.startswith("except*"):
                scope.in_group = True
            scope.in_loop = scope.in_loop and not scope.in_group
        return scope

    def jump(self):
        self.depth = 2
        if self.scope.in_loop and self.random.random() < 0.5:
            return [pick(self.random, LOOP_JUMPS)]
        while True:
            template = pick(self.random, JUMPS)
            if not (template.startswith("return") and self.scope.in_group):
                try:
                    return [self.fill(template, {"result": self.choose(self.scope.result)})]
                except Missing:
                    continue

    def inner_block(self):
        """The body of a closure: it reads what is outside, and assigns what is nonlocal in it."""
        outer = self.scope
        shared = [name for name in outer.targets.get("int", ())
                  if name not in re.findall(r"\w+", self.parameters[0])][-2:]
        parameters = self.parameters
        inner = outer.copy(targets={}, in_loop=False, in_group=False, rounds=1, in_generator=False,
                           result="int")
        inner.names["int"] = inner.names.get("int", []) + list(self.parameters[2])
        cost, self.cost = self.cost, 0
        with self.within(inner):
            lines = []
            if shared and outer.in_function and self.random.random() < 0.6:
                lines.append("nonlocal " + ", ".join(shared))
                inner.targets["int"] = shared
            self.nested += 2
            lines += self.block(2)
            self.nested -= 2
            self.depth = 2
            lines.append("return " + self.expression("int"))
        self.cost_of_inner, self.cost = max(self.cost, 1), cost
        self.parameters = parameters
        return lines

    def choose_parameters(self, _):
        raise Missing


def heads_of(lines, at):
    """The lines above that this one is indented under, innermost first."""
    indentation = len(lines[at]) - len(lines[at].lstrip())
    for line in reversed(lines[:at]):
        here = len(line) - len(line.lstrip())
        if here < indentation:
            indentation = here
            yield line.lstrip()
