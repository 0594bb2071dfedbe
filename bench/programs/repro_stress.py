"""Nested context managers in PyTorch's manner, as a stress test of attribute stores.

`bench_pytorch_cm(n)` runs n training-like steps under three nested managers.  Every manager saves,
sets and restores attributes of itself, of a module-level state object and of its own class; every
hundredth body raises, and the autocast manager suppresses the exception; every 10,000th iteration
changes the manager classes, so that whatever was cached about them must be given up.

Run as a script it compares the compiled function with the interpreted one:

    repro_stress.py [--iterations N]

Prints `S3 OK` if the two agree after 50,000 iterations, then runs N more (5,000,000 by default),
in chunks that must all agree too.  Exit status 0 if all agree, 1 if not, 2 for bad usage.
"""

import sys

try:
    import jit
except ImportError:
    jit = None

MASK = 0xFFFFFFFF
WARM_UP = 5000
CHUNK = 50000
PATCH_INTERVAL = 10000
ERROR_INTERVAL = 100
INITIAL_LOSS_SCALE = 65536.0


class _NonFiniteGradient(ArithmeticError):
    """Raised by a step whose scaled gradient overflowed."""

    def __init__(self, step):
        super().__init__("non-finite gradient in step %d" % step)
        self.step = step


class _State:
    """What the managers switch: stands for PyTorch's thread-local state."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.grad_enabled = True
        self.grad_switches = 0
        self.autocast_enabled = False
        self.autocast_dtype = "float32"
        self.loss_scale = INITIAL_LOSS_SCALE
        self.overflows = 0
        self.profile_depth = 0
        self.profile_time = 0.0
        self.profile_errors = 0


_state = _State()


class _Manager:
    """Common part of the managers: the attributes that a patched class shadows."""

    bias = 1

    def __init__(self, weight):
        self.weight = weight

    def adjust(self, value):
        return value + self.bias


class _NoGrad(_Manager):
    """Switches gradient recording off."""

    depth = 0

    def __init__(self, weight):
        super().__init__(weight)
        self.prev_enabled = False
        self.prev_depth = 0
        self.trace = 0

    def __enter__(self):
        self.prev_enabled = _state.grad_enabled
        self.prev_depth = _NoGrad.depth
        _state.grad_enabled = False
        _state.grad_switches += 1
        _NoGrad.depth = self.prev_depth + 1
        self.trace = self.adjust(self.weight)
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        _state.grad_enabled = self.prev_enabled
        _NoGrad.depth = self.prev_depth
        self.trace = (self.trace + self.weight) & MASK
        return False


class _Autocast(_Manager):
    """Switches the compute type; backs off and carries on when a gradient overflows."""

    cache_enabled = True

    def __init__(self, dtype, weight):
        super().__init__(weight)
        self.dtype = dtype
        self.prev_enabled = False
        self.prev_dtype = None
        self.prev_cache_enabled = False
        self.scale = 0.0

    def __enter__(self):
        self.prev_enabled = _state.autocast_enabled
        self.prev_dtype = _state.autocast_dtype
        self.prev_cache_enabled = _Autocast.cache_enabled
        _state.autocast_enabled = True
        _state.autocast_dtype = self.dtype
        _Autocast.cache_enabled = not self.prev_cache_enabled
        self.scale = _state.loss_scale * 0.5
        self.weight = self.adjust(self.weight)
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        _state.autocast_enabled = self.prev_enabled
        _state.autocast_dtype = self.prev_dtype
        _Autocast.cache_enabled = self.prev_cache_enabled
        if exc_type is not None and issubclass(exc_type, _NonFiniteGradient):
            _state.overflows += 1
            _state.loss_scale = self.back_off(exc_value.step)
            return True
        self.scale = self.scale + self.weight
        return False

    def back_off(self, step):
        if step % 1000 == 999:
            return INITIAL_LOSS_SCALE
        return self.scale


class _ProfileScope(_Manager):
    """Counts what happens in a named scope; its clock is the loop counter."""

    current = "root"

    def __init__(self, name, start, weight):
        super().__init__(weight)
        self.name = name
        self.start = start
        self.prev_scope = None
        self.prev_depth = 0
        self.elapsed = 0.0

    def __enter__(self):
        self.prev_scope = _ProfileScope.current
        self.prev_depth = _state.profile_depth
        _ProfileScope.current = self.name
        _state.profile_depth = self.prev_depth + 1
        self.elapsed = self.adjust(self.weight) * 0.25
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        _ProfileScope.current = self.prev_scope
        _state.profile_depth = self.prev_depth
        if exc_type is not None:
            _state.profile_errors += 1
            self.elapsed = self.elapsed + 0.5
        _state.profile_time += self.elapsed
        return False


class _Weight:
    """Data descriptor that takes the place of the instance attribute `weight`."""

    def __init__(self, factor):
        self.factor = factor

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return instance.raw_weight * self.factor

    def __set__(self, instance, value):
        instance.raw_weight = value & 0xFF


class _Model:
    """The object that the body of the loop trains."""

    def __init__(self):
        self.parameter = 1
        self.gradient = 0
        self.momentum = 0
        self.loss = 0.0
        self.steps = 0


_MANAGERS = (_NoGrad, _Autocast, _ProfileScope)
_EPOCH_NAMES = ("epoch_a", "epoch_b", "epoch_c", "epoch_d")
_PATCHED_NAMES = ("bias", "adjust", "weight")


def _adjust_patched(self, value):
    return value * 3 + self.bias


def _patch(cls, epoch):
    """Gives `cls` a new attribute, and in turn shadows or uncovers what it inherits.

    The names come in a cycle and the oldest one is deleted, so that no class grows.
    """
    oldest = _EPOCH_NAMES[(epoch + 1) % len(_EPOCH_NAMES)]
    if oldest in cls.__dict__:
        delattr(cls, oldest)
    setattr(cls, _EPOCH_NAMES[epoch % len(_EPOCH_NAMES)], epoch)
    if "bias" in cls.__dict__:
        for name in _PATCHED_NAMES:
            delattr(cls, name)
    else:
        cls.bias = epoch + 2
        cls.adjust = _adjust_patched
        cls.weight = _Weight(epoch + 1)


def _unpatch(cls):
    for name in _EPOCH_NAMES + _PATCHED_NAMES:
        if name in cls.__dict__:
            delattr(cls, name)


def _reset():
    """Brings the module to the state that every run starts from."""
    _state.reset()
    _NoGrad.depth = 0
    _Autocast.cache_enabled = True
    _ProfileScope.current = "root"
    for cls in _MANAGERS:
        _unpatch(cls)


def _mix(checksum, value):
    return (checksum * 31 + value) & MASK


def _mix_text(checksum, text):
    for character in text:
        checksum = _mix(checksum, ord(character))
    return checksum


def _mix_float(checksum, value):
    return _mix(checksum, int(value * 4.0))


def _mix_final_state(checksum, model):
    checksum = _mix(checksum, model.parameter)
    checksum = _mix(checksum, model.gradient)
    checksum = _mix(checksum, model.momentum)
    checksum = _mix(checksum, model.steps)
    checksum = _mix_float(checksum, model.loss)
    checksum = _mix(checksum, int(_state.grad_enabled))
    checksum = _mix(checksum, _state.grad_switches)
    checksum = _mix(checksum, int(_state.autocast_enabled))
    checksum = _mix_text(checksum, _state.autocast_dtype)
    checksum = _mix_float(checksum, _state.loss_scale)
    checksum = _mix(checksum, _state.overflows)
    checksum = _mix(checksum, _state.profile_depth)
    checksum = _mix(checksum, _state.profile_errors)
    checksum = _mix_float(checksum, _state.profile_time)
    checksum = _mix(checksum, _NoGrad.depth)
    checksum = _mix(checksum, int(_Autocast.cache_enabled))
    checksum = _mix_text(checksum, _ProfileScope.current)
    for cls in _MANAGERS:
        checksum = _mix(checksum, cls.bias)
        for name in _EPOCH_NAMES:
            checksum = _mix(checksum, getattr(cls, name, MASK))
    return checksum


def bench_pytorch_cm(n):
    """Runs n steps under the nested managers; returns a checksum of all that they wrote."""
    _reset()
    model = _Model()
    checksum = 0
    for i in range(n):
        with _NoGrad(i & 3) as no_grad:
            with _Autocast("float16", i & 7) as autocast:
                with _ProfileScope("forward", i, i & 15) as scope:
                    model.gradient = (model.parameter + i * no_grad.trace) & MASK
                    model.momentum = (model.momentum * 3 + model.gradient) & MASK
                    model.loss = (model.gradient & 0xFF) * autocast.scale
                    if i % ERROR_INTERVAL == ERROR_INTERVAL - 1:
                        raise _NonFiniteGradient(i)
                    model.parameter = (model.parameter + model.momentum) & MASK
                    model.steps += _state.profile_depth + _NoGrad.depth
        checksum = _mix(checksum, model.parameter + no_grad.trace + scope.prev_depth + scope.start)
        checksum = _mix(checksum, int(model.loss + autocast.scale) + int(scope.elapsed * 4.0))
        if i % PATCH_INTERVAL == PATCH_INTERVAL - 1:
            for cls in _MANAGERS:
                _patch(cls, i // PATCH_INTERVAL)
    return _mix_final_state(checksum, model)


def _interpreted_checksums():
    """Checksums of the warm-up and of one chunk, with the JIT kept from compiling."""
    if jit is not None:
        jit.disable()
    warm_up = bench_pytorch_cm(WARM_UP)
    expected = bench_pytorch_cm(CHUNK)
    if jit is not None:
        jit.enable()
    return warm_up, expected


def _parse_iterations(arguments):
    """Value of --iterations, or None if the arguments are wrong."""
    if not arguments:
        return 5000000
    if len(arguments) != 2 or arguments[0] != "--iterations" or not arguments[1].isdigit():
        return None
    return int(arguments[1])


def main(arguments):
    iterations = _parse_iterations(arguments)
    if iterations is None:
        sys.stderr.write("usage: repro_stress.py [--iterations N]\n")
        return 2

    warm_up, expected = _interpreted_checksums()
    print("%d iterations, interpreted: %08x" % (WARM_UP, warm_up))
    print("%d iterations, interpreted: %08x" % (CHUNK, expected))

    if jit is not None:
        jit.force_compile(bench_pytorch_cm)
        jit.compile_after_n_calls(1)  # what runs once in 10,000 iterations as well
    actual = bench_pytorch_cm(CHUNK)
    print("%d iterations, compiled:    %08x" % (CHUNK, actual))
    if actual != expected:
        print("S3 FAILED")
        return 1
    print("S3 OK")

    chunks = (iterations + CHUNK - 1) // CHUNK
    wrong = 0
    for chunk in range(chunks):
        actual = bench_pytorch_cm(CHUNK)
        if actual != expected:
            wrong += 1
            print("chunk %d: %08x" % (chunk, actual))
    print("%d iterations in %d chunks: %d wrong" % (chunks * CHUNK, chunks, wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
