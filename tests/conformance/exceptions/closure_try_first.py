# A closure whose first instruction is protected by a handler.
def make(limit):
    calls = []

    def attempt(function, *arguments):
        try:
            function(*arguments)
            calls.append('fine')
        except ZeroDivisionError as error:
            calls.append(str(error))
            if len(calls) > limit:
                raise
        else:
            calls.append('else')
        finally:
            calls.append('end')
        return calls[-2:]

    def looping(function):
        while True:
            try:
                return function(calls)
            except KeyError:
                calls.append('again')

    return attempt, looping


for limit in (3, 1000):
    attempt, looping = make(limit)
    for k in range(60):
        try:
            print(attempt(divmod, k, k % 3))
        except ZeroDivisionError as error:
            print('raised', error, error.__traceback__.tb_next.tb_lineno)
    print(looping(len))
    print(looping(lambda calls: calls[-1] if calls[-1] == 'again' else {}[1]))
