# os: the current folder, errors with their paths; os.path on texts.
import contextlib
import os
import os.path as alias

print(alias is os.path, os.sep, os.name, os.curdir, os.path.isdir("/"), os.path.exists("/no/such"))
for parts in (("a", "b"), ("a/", "b"), ("a", "/b", "c"), ("", "b"), ("a", "")):
    print(os.path.join(*parts), end=" ")
print()
for path in ("/a/b//", "a", "/", "//a/./b/../c", "../x/../../y", "", "a/.b.c", "x.tar.gz", "..."):
    print(os.path.split(path), os.path.splitext(path), os.path.normpath(path),
          os.path.basename(path), os.path.dirname(path))
for operation in (os.chdir, os.unlink, os.listdir, os.rmdir):
    try:
        operation("/no/such/place")
    except FileNotFoundError as error:
        print(error, error.filename)
try:
    os.chdir(1.5)
except TypeError as error:
    print(type(error).__name__)
before = os.getcwd()
with contextlib.chdir("/usr"):
    with contextlib.chdir("lib"):
        print(os.getcwd(), os.path.abspath("../lib/x"), os.path.realpath("/usr/./lib"))
    print(os.getcwd())
print(os.getcwd() == before, os.getenv("NO_SUCH_VARIABLE", "none"), "PATH" in os.environ)


class Path:
    def __fspath__(self):
        return "/path"


print(os.fspath(Path()), isinstance(Path(), os.PathLike), isinstance(1, os.PathLike))
try:
    os.fspath(1)
except TypeError as error:
    print(error)
