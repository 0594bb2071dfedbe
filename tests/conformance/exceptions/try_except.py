# try with several handlers, tuples, a base class, the bare handler, else and finally.
def run(action):
    log = []
    try:
        log.append(action())
    except ZeroDivisionError:
        log.append("zero")
    except (KeyError, IndexError) as error:
        log.append("lookup %r" % error)
    except ValueError as error:
        log.append(str(error))
    except Exception as error:
        log.append("other " + type(error).__name__)
    else:
        log.append("else")
    finally:
        log.append("finally")
    return log


actions = [lambda: 1, lambda: 1 / 0, lambda: {}["k"], lambda: [][1], lambda: int("x"),
           lambda: None.x, lambda: undefined, lambda: 2.5]
for _ in range(3):
    for action in actions:
        print(run(action))
try:
    raise KeyboardInterrupt
except:
    print("bare handler")
