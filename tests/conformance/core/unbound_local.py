# Locals used before assignment and after deletion.
def before(flag):
    if flag:
        value = 1
    return value


def deleted():
    x = 1
    del x
    return x


def augmented():
    total += 1


total = 5
for flag in (True, True, True, True, True, False):
    try:
        print(before(flag))
    except UnboundLocalError as error:
        print(type(error).__name__, error)
for call in (deleted, augmented):
    try:
        call()
    except UnboundLocalError as error:
        print(error)
try:
    del undefined_global
except NameError as error:
    print(error)
