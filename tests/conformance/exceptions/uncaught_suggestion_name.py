# An undefined name that is close to a defined one.
counter = 1
print(counter)
print(countr)
