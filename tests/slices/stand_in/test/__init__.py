"""Our `test.support` comes first; the other modules of the package are the installed ones."""
__path__.append("/usr/lib/python3.11/test")
