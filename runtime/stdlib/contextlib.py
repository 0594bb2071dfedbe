"""What the with statement is used with: managers made from generators, managers that decorate, and a
stack of things to be undone.

There are no asynchronous forms.
"""

import os
import sys
from abc import ABC, abstractmethod
from types import MethodType

__all__ = ['contextmanager', 'closing', 'nullcontext', 'AbstractContextManager',
           'ContextDecorator', 'ExitStack', 'redirect_stdout', 'redirect_stderr', 'suppress',
           'chdir']


def _wraps(wrapped):
    """Gives what is decorated the names, documentation and attributes of another function."""

    def decorate(wrapper):
        for name in ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__'):
            try:
                setattr(wrapper, name, getattr(wrapped, name))
            except AttributeError:
                pass
        wrapper.__dict__.update(getattr(wrapped, '__dict__', {}))
        wrapper.__wrapped__ = wrapped
        return wrapper
    return decorate


def _defines(cls, name):
    """Whether the first class along the MRO that has the name has more than None there."""
    for base in cls.__mro__:
        if name in base.__dict__:
            return base.__dict__[name] is not None
    return False


class AbstractContextManager(ABC):
    """A base for managers whose `__enter__` gives the manager itself."""

    __class_getitem__ = classmethod(type(list[int]))

    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """What `with` calls on the way out; true: the exception ends here."""
        return None

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not AbstractContextManager:
            return NotImplemented
        return (_defines(C, '__enter__') and _defines(C, '__exit__')) or NotImplemented


class ContextDecorator:
    """Makes a manager a decorator too: each call of the decorated function runs inside it."""

    def _recreate_cm(self):
        """The manager for one call; one that can be entered only once must give a new one."""
        return self

    def __call__(self, func):
        @_wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inner


class _GeneratorContextManagerBase:

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        documentation = getattr(func, '__doc__', None)
        self.__doc__ = type(self).__doc__ if documentation is None else documentation

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)


class _GeneratorContextManager(_GeneratorContextManagerBase, AbstractContextManager,
                               ContextDecorator):
    """A manager whose block runs where its generator yields."""

    def __enter__(self):
        # It cannot be made again from now on: what the call was given need not stay alive.
        del self.args, self.kwds, self.func
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = typ()
        try:
            self.gen.throw(typ, value, traceback)
        except StopIteration as stopped:
            # The generator returned, unless this is the block's own StopIteration.
            return stopped is not value
        except BaseException as raised:
            # What only passed through the generator goes on from the with statement itself, with
            # the traceback it had there; so does a StopIteration, which cannot leave a generator
            # but as the cause of a RuntimeError.
            passed = raised is value or (
                isinstance(raised, RuntimeError) and isinstance(value, StopIteration)
                and raised.__cause__ is value)
            if not passed:
                raise
            value.__traceback__ = traceback
            return False
        raise RuntimeError("generator didn't stop after throw()")


def contextmanager(func):
    """Makes a generator function that yields once a function whose results are managers.

    What comes before the yield is the entry, what it yields is bound by `as`, and an exception of
    the block is raised at the yield.
    """

    @_wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper


class closing(AbstractContextManager):
    """Calls the `close` method of a thing at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class _RedirectStream(AbstractContextManager):

    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        # More than one while it is entered again inside its own block.
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_RedirectStream):
    """Makes another file `sys.stdout` during the block."""

    _stream = 'stdout'


class redirect_stderr(_RedirectStream):
    """Makes another file `sys.stderr` during the block."""

    _stream = 'stderr'


class suppress(AbstractContextManager):
    """Ends exceptions of the classes it was given, at the end of the block."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        return exctype is not None and issubclass(exctype, self._exceptions)


class chdir(AbstractContextManager):
    """Makes another folder the current one during the block."""

    def __init__(self, path):
        self.path = path
        self._old_cwd = []

    def __enter__(self):
        self._old_cwd.append(os.getcwd())
        os.chdir(self.path)

    def __exit__(self, *excinfo):
        os.chdir(self._old_cwd.pop())


class nullcontext(AbstractContextManager):
    """A manager that does nothing, where one is wanted only sometimes."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass


def _chain(raised, previous, outermost):
    """Makes `previous` the end of the context chain of `raised`, as if the two came from nested with
    statements: there the chain would end with it and not with `outermost`, which was being handled
    when the stack began to unwind.
    """
    while True:
        context = raised.__context__
        if context is None or context is previous:
            return
        if context is outermost:
            raised.__context__ = previous
            return
        raised = context


class _BaseExitStack:
    """What there is to undo, in the order in which it came; True says that it is not asynchronous."""

    def __init__(self):
        self._exit_callbacks = []

    def push(self, exit):
        """Registers a manager's `__exit__`, or a callable with its parameters; gives it back."""
        try:
            method = type(exit).__exit__
        except AttributeError:
            self._exit_callbacks.append((True, exit))
        else:
            self._exit_callbacks.append((True, MethodType(method, exit)))
        return exit

    def enter_context(self, cm):
        """Enters a manager, registers its `__exit__`, and gives what `__enter__` gave."""
        cls = type(cm)
        try:
            enter = cls.__enter__
            leave = cls.__exit__
        except AttributeError:
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does "
                            f"not support the context manager protocol") from None
        result = enter(cm)
        self._exit_callbacks.append((True, MethodType(leave, cm)))
        return result

    def callback(self, callback, /, *args, **kwds):
        """Registers a call, which cannot end an exception; gives the function back."""

        def _exit_wrapper(exc_type, exc, tb):
            callback(*args, **kwds)

        _exit_wrapper.__wrapped__ = callback
        self._exit_callbacks.append((True, _exit_wrapper))
        return callback

    def pop_all(self):
        """Moves everything to a new stack, which it gives, so that this one leaves nothing."""
        moved = type(self)()
        moved._exit_callbacks = self._exit_callbacks
        self._exit_callbacks = []
        return moved


class ExitStack(_BaseExitStack, AbstractContextManager):
    """A manager for as many managers and callbacks as a program comes to need.

    They are left, last one first, as if each had been a with statement around what follows it.
    """

    def close(self):
        """Leaves everything now."""
        self.__exit__(None, None, None)

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        received = exc_details[0] is not None
        outermost = sys.exc_info()[1]
        ended = False
        raised = None
        while self._exit_callbacks:
            _, leave = self._exit_callbacks.pop()
            try:
                if leave(*exc_details):
                    ended = True
                    raised = None
                    exc_details = (None, None, None)
            except BaseException as error:
                _chain(error, exc_details[1], outermost)
                raised = error
                exc_details = (type(error), error, error.__traceback__)
        if raised is None:
            return received and ended
        # Raising sets the context anew; the chain is what was made above.
        context = raised.__context__
        try:
            raise raised
        except BaseException:
            raised.__context__ = context
            raise
        finally:
            del raised, exc_details
