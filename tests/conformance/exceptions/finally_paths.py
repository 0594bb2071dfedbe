# finally runs on every way out: fall through, exception, return, break, continue.
def run(how):
    log = []
    for i in range(3):
        try:
            log.append(i)
            if how == "raise" and i == 1:
                raise ValueError("r")
            if how == "return" and i == 1:
                return log
            if how == "break" and i == 1:
                break
            if how == "continue":
                continue
            log.append("end")
        finally:
            log.append("f%d" % i)
    else:
        log.append("else")
    return log


for _ in range(2):
    for how in ("fall", "return", "break", "continue", "raise"):
        try:
            print(how, run(how))
        except ValueError as error:
            print(how, error)
