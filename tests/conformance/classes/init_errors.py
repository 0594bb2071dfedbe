# Construction with wrong arguments, __init__ that returns or raises.
class NoInit: pass


class WithInit:
    def __init__(self, a, b=2):
        self.a = a
        if a < 0:
            raise ValueError("negative")


class Returns:
    def __init__(self):
        return 5


calls = [lambda: NoInit(1), lambda: NoInit(x=1), lambda: WithInit(), lambda: WithInit(1, 2, 3),
         lambda: WithInit(1, c=2), lambda: WithInit(-1), lambda: Returns(), lambda: WithInit("s")]
for _ in range(2):
    for call in calls:
        try:
            call()
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
for i in range(6):
    try:
        print(WithInit(3 - i).a)
    except ValueError as error:
        print(error)
