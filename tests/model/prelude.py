import gc
import sys
import weakref

gc.disable()
gc.set_threshold(0)
NAMES = ('a', 'b', 'c', 'd', 'e', 'f')
CLASS_NAME = type.__dict__['__name__'].__get__
lines = []
watched = []
collecting = []
risen = []


def begin(number):
    lines.clear()
    lines.append('== sequence %d' % number)
    print('== sequence', number, file=sys.stderr)


def finish():
    watched.clear()
    print('\n'.join(lines))


def end():
    print('== end')
    print('== end', file=sys.stderr)


def out(*words):
    lines.append(' '.join(map(str, words)))


def show(value, depth=0):
    kind = type(value)
    if value is None or kind is bool or kind is int or kind is float or kind is str:
        return repr(value)
    if kind is list or kind is tuple or kind is dict:
        return show_items(value, kind, depth)
    return show_object(value, kind)


def show_items(value, kind, depth):
    if depth == 3:
        return '...'
    if kind is dict:
        words = [show(key, depth + 1) + ': ' + show(value[key], depth + 1) for key in value]
    else:
        words = [show(item, depth + 1) for item in value]
    return CLASS_NAME(kind) + '[' + ', '.join(words) + ']'


def show_object(value, kind):
    name = CLASS_NAME(kind)
    if kind is type(show):
        return 'function ' + value.__qualname__
    if kind is type(Leaf(None).method):
        return 'method ' + show(value.__func__) + ' of ' + CLASS_NAME(type(value.__self__))
    if issubclass(kind, type):
        return 'class ' + CLASS_NAME(value)
    if issubclass(kind, BaseException):
        return fail(value)
    if issubclass(kind, int):
        return '<' + name + ' ' + int.__repr__(value) + '>'
    if issubclass(kind, str):
        return '<' + name + ' ' + str.__repr__(value) + '>'
    return '<' + name + '>'


def fail(error):
    """Type, message and context of an exception."""
    text = CLASS_NAME(type(error))
    if not isinstance(error, RecursionError):
        text += ': ' + str(error)
    if isinstance(error, AttributeError):
        text += ' | ' + show(error.name) + ' of ' + CLASS_NAME(type(error.obj))
    if error.__context__ is not None and not isinstance(error, RecursionError):
        text += ' | during ' + CLASS_NAME(type(error.__context__))
    return text


def attempt(function, *arguments):
    try:
        return show(function(*arguments))
    except Exception as error:
        return fail(error)


def repeat(function, objects, times, at=None, event=None, look=None):
    """Calls the function with the objects in turn; the event strikes before round `at`."""
    for i in range(times):
        if i == at:
            out('event', attempt(event))
        count = len(objects)
        out(i, attempt(function, objects[i % count], objects[(i + 1) % count], i))
        if look:
            out('  ', attempt(look, objects[i % count]))


def same(left, right):
    """Whether the two are one, for what has an identity."""
    return None if type(left) in (int, float, str, tuple) else left is right


def peek(value):
    """The attributes, by syntax, without a look at the dict."""
    found = []
    try:
        found.append(value.a)
    except AttributeError:
        pass
    return found, getattr(value, 'b', '-'), getattr(value, 'c', '-'), hasattr(value, 'd')


def peek_dict(value):
    return value.__dict__


def watch(value):
    """A weak reference that says when the object dies."""
    number = len(watched)
    watched.append(weakref.ref(value, lambda reference: out('gone', number, reference() is None)))


def alive():
    return [reference() is not None for reference in watched]


def settle():
    """What sequences before this one left is out of the way, and what it says as it goes."""
    print('== settling', file=sys.stderr)
    gc.collect()
    gc.freeze()
    print('== settled', file=sys.stderr)
    del lines[1:]


def collect():
    """Collects the cycles that nobody refers to; which of them goes first is left open."""
    start = len(lines)
    print('== collection', file=sys.stderr)
    collecting.append(True)
    gc.collect()
    collecting.clear()
    print('== collected', file=sys.stderr)
    lines.extend([show(one) + ' rose ' + attempt(instance_dict, one) for one in risen])
    risen.clear()
    lines[start:] = sorted(lines[start:])
    out('collected')


def rise(value, objects):
    """An object that its finalizer brings back to life."""
    if collecting:
        risen.append(value)
    elif len(objects) < 8:
        objects.append(value)


def losing(lose):
    """Failures are shown, not kept."""
    def wrapped(*arguments):
        try:
            lose(*arguments)
        except Exception as error:
            out('lost', fail(error))
    return wrapped


@losing
def lost_one(kind, name):
    one = kind()
    setattr(one, name, one)


@losing
def lost_two(kind, other, name, second):
    one, two = kind(), other()
    setattr(one, name, two)
    setattr(two, second, one)


@losing
def lost_list(kind, name):
    one = kind()
    setattr(one, name, [one])


@losing
def lost_dict(kind, name):
    one = kind()
    one.__dict__[name] = (one, {'itself': one})


@losing
def lost_key(kind, name):
    one = kind()
    one.__dict__[Key(name)] = one.__dict__


@losing
def lost_closure(kind, name):
    one = kind()
    setattr(one, name, lambda: one)


@losing
def lost_method(kind, name):
    one = kind()
    setattr(one, name, one.__repr__)


@losing
def lost_class(kind, name):
    made = type(kind)('Made', (kind,), {name: Leaf('of a class')})
    one = made()
    type.__setattr__(made, 'one', one)


@losing
def lost_error(kind, name):
    one = kind()
    try:
        one.nothing_like_it
    except AttributeError as error:
        setattr(one, name, error)


@losing
def lost_watched(kind, name):
    one = kind()
    watch(one)
    setattr(one, name, one)


@losing
def lost_with_leaf(kind, name, second):
    one = kind()
    setattr(one, second, Leaf('in a cycle'))
    setattr(one, name, one)


def tie(objects, name):
    """A ring of objects."""
    for index, one in enumerate(objects):
        try:
            setattr(one, name, objects[index - 1])
        except Exception as error:
            out('tie', fail(error))


def state(objects, classes):
    """Everything that can be seen of the objects and classes, without their hooks."""
    for index, value in enumerate(objects):
        for name in NAMES:
            found = attempt(object.__getattribute__, value, name)
            if 'has no attribute' not in found:
                out(index, name, found)
        out(index, show(value), attempt(instance_dict, value))
    for one in classes:
        out(show(one), [name + '=' + show(type_dict(one)[name]) for name in type_dict(one)
                        if name in NAMES])


def instance_dict(value):
    return object.__getattribute__(value, '__dict__')


type_dict = type.__dict__['__dict__'].__get__


class Leaf:
    """A value that says when it dies."""

    def __init__(self, label):
        self.label = label

    def __del__(self):
        if self.label is not None:
            out('leaf', self.label)

    def method(self):
        return self.label


class Key(str):
    """A key that equals a str, which only its own __eq__ knows."""

    def __eq__(self, other):
        return str.__eq__(self, other)

    def __hash__(self):
        return str.__hash__(self)


class Manager:
    """A context manager that leaves a trace on an object."""

    def __init__(self, target, name):
        self.target = target
        self.name = name

    def __enter__(self):
        setattr(self.target, self.name, 'entered')
        return self.target

    def __exit__(self, kind, error, trace):
        setattr(self.target, self.name, 'left' if kind is None else CLASS_NAME(kind))
        return kind is AttributeError

