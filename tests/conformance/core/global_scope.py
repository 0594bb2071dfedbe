# Module scope: global statement, shadowed builtins, deletion, late binding.
counter = 0


def bump():
    global counter, created
    counter += 1
    created = counter * 10
    return counter


for _ in range(6):
    bump()
print(counter, created)


def length(x):
    return len(x)


print(length("abc"))
len = lambda x: "shadowed"
print(length("abc"))
del len
print(length("abc"))


def uses_missing():
    return missing_name


for _ in range(3):
    try:
        uses_missing()
    except NameError as error:
        print(error)
missing_name = "now defined"
print(uses_missing())
