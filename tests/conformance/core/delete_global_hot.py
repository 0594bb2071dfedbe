# del of a global in compiled functions: there, not there, back again, and one that hides a built-in.
events = []


class Noisy:
    def __del__(self):
        events.append('gone')


def remove():
    global name
    del name


def read():
    return name


def unhide(value):
    global len
    len = value
    hidden = len
    del len
    return hidden, len([1, 2])


for turn in range(6):
    name = Noisy() if turn % 2 else turn
    print(read().__class__.__name__)
    remove()
    for function in remove, read:
        try:
            function()
        except NameError as error:
            print(error)
    print(unhide(turn), events)
