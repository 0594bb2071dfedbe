"""Files of tests; the modules that make them are imported where they are used."""
TESTFN = "@slice_test_file"
TESTFN_ASCII = TESTFN


def unlink(path):
    import os
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


class temp_dir:
    def __init__(self, path=None, quiet=False):
        self.path = path

    def __enter__(self):
        import tempfile
        self.folder = tempfile.TemporaryDirectory()
        return self.folder.name

    def __exit__(self, *error):
        self.folder.cleanup()


class temp_cwd(temp_dir):
    def __enter__(self):
        import os
        path = super().__enter__()
        self.before = os.getcwd()
        os.chdir(path)
        return path

    def __exit__(self, *error):
        import os
        os.chdir(self.before)
        super().__exit__(*error)


class FakePath:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path
