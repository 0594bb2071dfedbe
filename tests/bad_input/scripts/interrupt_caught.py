# Ctrl-C that the program handles, after which it goes on and ends well.
# status: 0
# action: interrupt
# stdout: ^handled$
# stdout: ^finally$
def work():
    n = 0
    while True:
        n += 1


print("ready", flush=True)
try:
    work()
except KeyboardInterrupt:
    print("handled")
finally:
    print("finally")
