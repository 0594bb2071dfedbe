"""What functions do with objects: single operations and the functions made of them."""
from program import Node
from templates import Writer, pick

LOADS = (
    (14, "{r} = {o}.{n}"),
    (3, "{r} = ({o}.{n}, {p}.{n})"),
    (2, "{r} = ({o}.{n}, {o}.{n2}, {o}.{n})"),
    (2, "{r} = getattr({o}, '{n}')"),
    (2, "{r} = getattr({o}, '{n}', 'default')"),
    (2, "{r} = hasattr({o}, '{n}')"),
    (1, "{r} = same({o}.{n}, {p}.{n})"),
    (1, "{r} = {o}.{n} == {o}.{n}"),
    (1, "{r} = {o}.__dict__.get('{n}')"),
    (1, "{r} = {o}.__dict__.get({key})"),
    (1, "{r} = vars({o})['{n}']"),
    (1, "{r} = list({o}.__dict__)"),
    (1, "{r} = list(vars({o}).items())"),
    (1, "{r} = list({o}.__dict__.values())"),
    (1, "{r} = [key for key in {o}.__dict__]"),
    (1, "{r} = [name for name in dir({o}) if name in NAMES]"),
    (1, "{r} = '{n}' in {o}.__dict__"),
    (1, "{r} = len({o}.__dict__)"),
    (1, "{r} = {o}.__dict__ is vars({o})"),
    (1, "{r} = {o}.__dict__ == {p}.__dict__"),
    (1, "{r} = {o}.__dict__.copy()"),
    (1, "{r} = dict({o}.__dict__)"),
    (1, "{r} = {{**{o}.__dict__}}"),
    (1, "{r} = object.__getattribute__({o}, '{n}')"),
    (2, "{r} = type({o}).{n}"),
    (2, "{r} = {C}.{n}"),
    (1, "{r} = {o}.__class__ is {C}"),
    (1, "{r} = type({o}).__name__"),
    (1, "{r} = isinstance({o}, {C})"),
    (1, "{r} = {C}.__dict__.get('{n}')"),
    (1, "{r} = [name for name in {C}.__dict__ if name in NAMES]"),
    (1, "{r} = super({C}, {o}).{n}"),
    (1, "{r} = super(type({o}), {o}).{n}"),
    (1, "{r} = bool({o})"),
    (1, "{r} = {o} == {p}"),
    (1, "{r} = {{{o}: 1}}.get({p})"),
    (1, "{r} = {o}.{n}.{n2}"),
    (1, "{r} = [each.{n} for each in ({o}, {p}, {o})]"),
    (1, "{r} = {o}.{n} + 1"),
    (1, "{r} = {C}.{n}.__get__({o})"),
)
CALLS = (
    (8, "{r} = {o}.{m}()"),
    (4, "{r} = {o}.{m}({v})"),
    (1, "{r} = {o}.{n}()"),
    (2, "{r} = {o}.{m}; {r} = {r}()"),
    (1, "{r} = {C}.{m}({o})"),
    (1, "{r} = type({o}).{m}({o}, i)"),
    (1, "{r} = super(type({o}), {o}).{m}()"),
    (1, "{r} = {o}()"),
    (1, "{r} = {o}.{m}(*(i,))"),
    (1, "{r} = {o}.{m}(value=i)"),
    (1, "{r} = list(map(lambda each: each.{n}, ({o}, {p})))"),
)
STORES = (
    (16, "{o}.{n} = {v}"),
    (3, "{o}.{n} = {o}.{n2} = {v}"),
    (3, "{o}.{n} += 1"),
    (1, "{o}.{n}, {p}.{n2} = {v}, {v}"),
    (2, "setattr({o}, '{n}', {v})"),
    (1, "object.__setattr__({o}, '{n}', {v})"),
    (3, "{o}.__dict__['{n}'] = {v}"),
    (2, "{o}.__dict__[{key}] = {v}"),
    (1, "{o}.__dict__.update({n}={v})"),
    (1, "{o}.__dict__.update({{'{n}': {v}, '{n2}': {v}}})"),
    (1, "{o}.__dict__.setdefault({key}, {v})"),
    (1, "{o}.__dict__ |= {{'{n}': i}}"),
    (1, "{o}.__dict__ = {{'{n}': {v}, '{n2}': {v}}}"),
    (1, "{o}.__dict__ = {p}.__dict__"),
    (1, "{o}.__dict__ = dict({p}.__dict__)"),
    (1, "{o}.__dict__ = {{}} if i % 5 else i"),
    (1, "for k in range({many}): setattr({o}, 'x' + str(k), k)"),
    (2, "{o}.x{number} = i"),
    (2, "{C}.{n} = {v}"),
    (1, "type({o}).{n} = {v}"),
    (1, "{M}.{n} = {v}"),
    (1, "{o}.__class__ = {C}"),
    (1, "{o}.__class__ = type({p})"),
)
DELETES = (
    (6, "del {o}.{n}"),
    (2, "delattr({o}, '{n}')"),
    (1, "object.__delattr__({o}, '{n}')"),
    (2, "del {o}.__dict__['{n}']"),
    (1, "{r} = {o}.__dict__.pop('{n}')"),
    (1, "{r} = {o}.__dict__.pop({key}, None)"),
    (1, "{r} = {o}.__dict__.popitem()"),
    (1, "{o}.__dict__.clear()"),
    (1, "del {o}.__dict__"),
    (1, "del {C}.{n}"),
    (1, "for name in list({o}.__dict__): delattr({o}, name)"),
    (1, "for name in {o}.__dict__: del {o}.{n}"),
    (1, "for name in {o}.__dict__: {o}.x{number} = i"),
)
CREATIONS = (
    (4, "q = {C}()"),
    (2, "q = {C}(i)"),
    (1, "q = type({o})()"),
    (1, "q = {C}(); q.{n} = {v}; {r} = q.{n}"),
    (1, "q = {C}(); q.{n} = {v}; q = {o}"),
    (1, "q = object.__new__({C}); q.{n} = {v}"),
    (1, "q = {o}; q.{n} = {v}; q = None"),
    (1, "q = type('Made', ({C},), {{'{n}': i}})(); {r} = q.{n}"),
    (1, "objects[{index}] = {C}()"),
)
KINDS = ((9, LOADS), (8, STORES), (3, CALLS), (3, DELETES), (2, CREATIONS))
# What code of a class may do: what makes no objects, or else it runs into itself.
MEMBER_KINDS = KINDS[:4]
QUIET_KINDS = (KINDS[0], KINDS[1], KINDS[3])
CATCHES = ("AttributeError", "Exception", "(TypeError, AttributeError)")


def operation(writer, kinds=KINDS):
    return writer.fill(pick(writer.random, pick(writer.random, kinds)))


def guarded(writer, depth):
    catch = writer.random.choice(CATCHES)
    tail = (f"except {catch} as error:", f"    {writer.choose_r()} = fail(error)")
    return Node("try:", statements(writer, 1, 2, depth + 1), tail)


def finished(writer, depth):
    tail = ("finally:", "    " + writer.fill("{o}.{n} = {v}"))
    return Node("try:", statements(writer, 1, 2, depth + 1), tail)


def within(writer, depth):
    own = "with {o} as q:" if writer.sequence.has_managers else "with Manager({p}, '{n}') as q:"
    heads = ("with Manager({o}, '{n}') as q:", "with Manager({o}, '{n}'):", own)
    return Node(writer.fill(writer.random.choice(heads)), statements(writer, 1, 3, depth + 1))


def loop(writer, depth):
    heads = ("for k in range({few}):", "for q in ({o}, {p}, {o}):", "for q in objects:")
    return Node(writer.fill(writer.random.choice(heads)), statements(writer, 1, 3, depth + 1))


def sometimes(writer, depth):
    heads = ("if i == {few}:", "if i > {few}:", "if i % 2:", "if hasattr({o}, '{n}'):",
             "if type({o}) is {C}:", "if isinstance({o}, {C}):")
    return Node(writer.fill(writer.random.choice(heads)), statements(writer, 1, 2, depth + 1))


def noted(writer, _):
    return Node(writer.fill("out(i, show({r}))"))


def event(writer, _):
    number = writer.random.randrange(writer.sequence.event_count)
    return Node(writer.fill(f"if i == {{few}}: event{number}()"))


COMPOUND = ((8, guarded), (1, finished), (3, within), (2, loop), (3, sometimes), (2, noted),
            (2, event))


def statements(writer, fewest, most, depth=0):
    """A block of statements."""
    nodes = []
    for _ in range(writer.random.randint(fewest, most)):
        compound = depth < 3 and writer.random.random() < 0.4
        nodes.append(pick(writer.random, COMPOUND)(writer, depth) if compound
                     else Node(operation(writer)))
    return nodes


def function(sequence, number):
    """A function of two objects and the number of the round, as hot as its caller makes it."""
    writer = Writer(sequence, ("o", "o", "o", "p", "q"))
    most = sequence.random.choice((1, 2, 4, 8))
    body = statements(writer, 1, most)
    start = Node("q = o; r0 = r1 = None")
    ends = ("return (r0, r1)", "return (r0, r1)", "return r0", "return (r0, r1, q)")
    end = Node(sequence.random.choice(ends))
    return Node(f"def run{number}(o, p, i):", [start, *body, end])
