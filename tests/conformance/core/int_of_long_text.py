# The message about a text that is no integer shows 200 characters.
for text in ('x' * 198, 'x' * 199, 'é' * 300, '1' * 250 + '.0', "it's" * 60):
    for base in (10, 16):
        try:
            int(text, base)
        except ValueError as error:
            print(len(str(error)), error)
