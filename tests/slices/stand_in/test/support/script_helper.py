"""Other processes of the same runtime."""


def _run(args, environment):
    import os
    import subprocess
    import sys
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-I", *args],
                          env={**os.environ, **environment}, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.strip()


def assert_python_ok(*args, **environment):
    status, out, err = _run(args, environment)
    if status != 0:
        raise AssertionError(f"status {status}: {err}")
    return status, out, err


def assert_python_failure(*args, **environment):
    status, out, err = _run(args, environment)
    if status == 0:
        raise AssertionError("the process did not fail")
    return status, out, err


def make_script(folder, name, source):
    import os
    path = os.path.join(folder, name + ".py")
    with open(path, "w", encoding="utf-8") as script:
        script.write(source)
    return path
