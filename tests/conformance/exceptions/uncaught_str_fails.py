# An exception whose __str__ fails.
class Bad(Exception):
    def __str__(self):
        raise ValueError("no text")


try:
    str(Bad())
except ValueError as error:
    print(error)
raise Bad("x")
