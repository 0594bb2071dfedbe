# What handlers of except* raise anew goes on in a group, one alone too, together with what nobody took.
def outcome(original, fresh):
    try:
        try:
            raise original
        except* TypeError:
            raise fresh
        except* OSError:
            raise
    except BaseException as error:
        return repr(error)


for _ in range(6):
    for fresh in (KeyError(1), KeyboardInterrupt(2), ExceptionGroup('inner', [KeyError(3)])):
        print(outcome(ExceptionGroup('g', [TypeError(1)]), fresh))
        print(outcome(ExceptionGroup('g', [TypeError(1), ValueError(2)]), fresh))
        print(outcome(ExceptionGroup('g', [TypeError(1), OSError(2)]), fresh))
        print(outcome(TypeError(5), fresh), outcome(OSError(6), fresh))
