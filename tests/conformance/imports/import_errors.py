# Missing modules, a module that raises, a second import after the failure.
import sys

sys.path.insert(0, "modules")

for i in range(3):
    try:
        import no_such_module_here
    except ModuleNotFoundError as error:
        print(error, error.name)
    try:
        import failing
    except ValueError as error:
        print("failing:", error, "failing" in sys.modules)
    try:
        import package.no_such_part
    except ImportError as error:
        print(error)
try:
    from package import nothing_there
except ImportError as error:
    print(str(error).split(" (")[0])
try:
    import plain.sub
except ImportError as error:
    print(error)
