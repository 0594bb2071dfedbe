"""The cases that are no script in scripts/: command lines, and inputs that are made when run.

Each row holds arguments of run.Case. The inputs are too large, or no text, and so not in the
repository; they are written to the folder in which the command is run.
"""

REFUSED = [r"^(SyntaxError|IndentationError|RecursionError|MemoryError)"]
INT_LIMIT = [r"^SyntaxError: Exceeds the limit \(4300 digits\) for integer string conversion"]


def script(name, **expectation):
    """A script of the folder, run as such."""
    return {"name": name, "arguments": [f"{name}.py"], **expectation}


def refused_option(name, *arguments, status=2):
    """A command line that is wrong: usage on stderr, nothing on stdout."""
    return {"name": name, "arguments": list(arguments), "statuses": [status], "stdout": [r"\A\Z"],
            "stderr": [r"\S"], "python3": False, "script": False}


def unwritten(name, action, *arguments):
    """A command whose listing cannot be written."""
    return {"name": name, "arguments": list(arguments), "statuses": [2], "action": action,
            "stderr": [r"^tagproof: the output could not be written"], "python3": False,
            "script": False}


def command_lines():
    """Command lines that are wrong, or name something that cannot be run."""
    return [
        {"name": "file_missing", "arguments": ["missing.py"], "statuses": [2],
         "stderr": [r"missing\.py.*No such file or directory"]},
        {"name": "file_directory", "arguments": ["directory"], "statuses": [1, 2],
         "stderr": [r"directory", r"Is a directory|can't find '__main__'"]},
        {"name": "file_below_file", "arguments": ["plain.py/x.py"], "statuses": [2],
         "stderr": [r"plain\.py/x\.py.*Not a directory"]},
        {"name": "file_name_long", "arguments": ["x" * 5000], "statuses": [2],
         "stderr": [r"File name too long"]},
        {"name": "file_empty_name", "arguments": [""], "statuses": [1, 2], "stderr": [r"\S"],
         "python3": False},
        {"name": "command_text", "arguments": ["-c", "print(1"], "statuses": [1],
         "stderr": [r"SyntaxError: '\(' was never closed"]},
        {"name": "command_raises", "arguments": ["-c", "def f(): 1 / 0\nf()"], "statuses": [1],
         "stderr": [r"line 2, in <module>", r"line 1, in f", r"^ZeroDivisionError"]},
        {"name": "module_missing", "arguments": ["-m", "no_such_module"], "statuses": [1],
         "stderr": [r"No module named no_such_module"]},
        {"name": "stdin_syntax", "arguments": ["-"], "stdin": b"x = = 1\n", "statuses": [1],
         "stderr": [r"SyntaxError: invalid syntax"]},
        {"name": "stdin_binary", "arguments": ["-"], "stdin": bytes(range(256)) * 4,
         "statuses": [1], "stderr": [r"\S"]},
        {"name": "stdin_empty", "arguments": ["-"], "stdin": b"", "stdout": [r"\A\Z"]},
        refused_option("option_unknown", "run", "--no-such-option", "plain.py"),
        refused_option("option_unknown_short", "run", "-Z", "plain.py"),
        refused_option("option_jit_value", "run", "--jit=sometimes", "plain.py"),
        refused_option("option_jit_empty", "run", "--jit=", "plain.py"),
        refused_option("option_threshold_text", "run", "--jit-threshold=many", "plain.py"),
        refused_option("option_threshold_negative", "run", "--jit-threshold=-1", "plain.py"),
        refused_option("option_threshold_huge", "run", "--jit-threshold=" + "9" * 30, "plain.py"),
        refused_option("option_memory_unit", "run", "--memory-limit=12Q", "plain.py"),
        refused_option("option_memory_empty", "run", "--memory-limit=", "plain.py"),
        refused_option("option_dump_name", "run", "--dump=nonsense", "plain.py"),
        refused_option("option_check_heap", "run", "--check-heap=sometimes", "plain.py"),
        refused_option("option_heap_base", "run", "--heap-base=here", "plain.py"),
        refused_option("option_cpu", "run", "--cpu=abacus", "plain.py"),
        refused_option("option_without_code", "run", "-c"),
        refused_option("option_without_module", "run", "-m"),
        refused_option("command_unknown", "juggle", "plain.py"),
        refused_option("command_none"),
        refused_option("command_option_unknown", "--bogus"),
        refused_option("verify_missing_file", "verify", "missing.py"),
        refused_option("bench_missing_file", "bench", "missing.py"),
        refused_option("verify_html_no_folder", "verify", "--html=missing/page.html", "plain.py"),
        refused_option("verify_html_directory", "verify", "--html=directory", "plain.py"),
        refused_option("verify_html_empty", "verify", "--html=", "plain.py"),
        refused_option("verify_export_file", "verify", "--export=plain.py", "plain.py"),
        refused_option("verify_export_below_file", "verify", "--export=plain.py/x", "plain.py"),
        refused_option("verify_export_raw", "verify", "--export=x", "--raw", "code.bin",
                       "--manifest", "good.json"),
        refused_option("verify_raw_alone", "verify", "--raw", "code.bin"),
        refused_option("verify_manifest_alone", "verify", "--manifest", "good.json"),
        refused_option("verify_raw_and_script", "verify", "--raw", "code.bin", "--manifest",
                       "good.json", "plain.py"),
        unwritten("verify_full", "full", "verify", "plain.py"),
        unwritten("verify_closed_pipe", "closed-pipe", "verify", "plain.py"),
        unwritten("verify_no_stdout", "no-stdout", "verify", "plain.py"),
        unwritten("verify_off_no_stdout", "no-stdout", "verify", "--jit=off", "plain.py"),
        unwritten("disasm_full", "full", "disasm", "--stage=bytecode", "plain.py"),
        unwritten("disasm_closed_pipe", "closed-pipe", "disasm", "--stage=bytecode", "plain.py"),
    ]


MANIFESTS = {
    "empty": ("", "not JSON"),
    "no_text": (b"\xff\xfe\x00" * 10, "not JSON"),
    "cut": ('{"trusted": {', "not JSON: .*line 1"),
    "trailing": ('{"trusted": {}} x', "not JSON"),
    "nul": ('{"trusted": {}}\0', "not JSON: .*line 1, column 16: a NUL character"),
    "behind_nul": ('{"trusted":\n {}}\n\0 {"trusted": 7}', "not JSON: .*line 3, column 1: a NUL"),
    "comma": ('{"trusted": {"types": [,]}}', "not JSON"),
    "nan": ('{"trusted": {"arg_count": NaN}}', "not JSON"),
    "infinity": ('{"trusted": {"arg_count": 1e999}}', "not JSON"),
    "surrogate": ('{"trusted": {"types": [{"name": "\\ud800"}]}}', "not JSON"),
    "list": ("[]", "where an object"),
    "number": ("7", "7 where an object"),
    "no_trusted": ("{}", 'has no "trusted"'),
    "deep": ("[" * 1000000, "levels deep"),
    "deep_inside": ('{"trusted": {"types": ' + "[" * 50 + "]" * 50 + "}}", "levels deep"),
    "key_unknown": ('{"trusted": {"helper": []}}', 'unknown key "helper"; known here'),
    "key_twice": ('{"trusted": {}, "trusted": {}}', '"trusted" stands twice'),
    "type_wrong": ('{"trusted": {"types": "none"}}', r"trusted\.types: \"none\" where an array"),
    "null": ('{"trusted": null}', "null where an object"),
    "number_huge": ('{"trusted": {"arg_count": 1' + "0" * 100000 + "}}", "not JSON|no integer"),
    "number_negative": ('{"trusted": {"arg_count": -1}}', "-1 is no integer from 0"),
    "number_fraction": ('{"trusted": {"arg_count": 0.5}}', "no integer"),
    "string_huge": ('{"trusted": {"entry": "' + "x" * 5000000 + '"}}', "write normal or loop"),
    "address_huge": ('{"address": "0x10000000000000000", "trusted": {}}', "manifest.address"),
    "unsorted": ('{"trusted": {"constants": [{"address": 8192}, {"address": 4096}]}}', "sort"),
    "duplicate": ('{"trusted": {"constants": [{"address": 4096}, {"address": 4096}]}}',
                  "stands twice"),
    "overlap": ('{"trusted": {"thread": [{"offset": 0, "kind": "int"},'
                ' {"offset": 4, "kind": "int"}]}}', r"trusted\.thread\[1\]: overlaps"),
    "too_large": (b" " * (65 << 20), "too large for a manifest"),
}


def raw(name, code, manifest, status=2, **expectation):
    return {"name": name, "arguments": ["verify", "--raw", code, "--manifest", manifest],
            "statuses": [status], "python3": False, "script": False, **expectation}


def manifests():
    """Machine code and manifests that are no such thing."""
    refused = [raw(f"manifest_{name}", "code.bin", f"{name}.json", stdout=[r"\A\Z"],
                   stderr=[rf"^tagproof verify: ({name}\.json: .*|.*){text}"])
               for name, (_, text) in MANIFESTS.items()]
    return refused + [
        raw("manifest_missing", "code.bin", "missing.json",
            stderr=[r"cannot read missing\.json: No such file or directory"]),
        raw("manifest_directory", "code.bin", "directory",
            stderr=[r"cannot read directory: Is a directory"]),
        raw("raw_missing", "missing.bin", "good.json",
            stderr=[r"cannot read missing\.bin: No such file or directory"]),
        raw("raw_directory", "directory", "good.json",
            stderr=[r"cannot read directory: Is a directory"]),
        raw("raw_empty", "empty.bin", "good.json", stderr=[r"empty\.bin is empty: there is no code"]),
        raw("raw_large", "large.bin", "good.json",
            stderr=[r"large\.bin is too large for a function's code: more than \d+ bytes"]),
        raw("raw_endless", "/dev/zero", "good.json", stderr=[r"/dev/zero is too large"]),
        raw("raw_zeros", "zeros.bin", "good.json", status=1, stdout=[r"REJECTED", r"and \d+ more"]),
        raw("raw_noise", "noise.bin", "good.json", status=1, stdout=[r"REJECTED"]),
        raw("raw_text", "plain.py", "good.json", status=1, stdout=[r"REJECTED"]),
        raw("raw_good", "code.bin", "good.json", status=0, stdout=[r"^code\.bin: proven"]),
    ]


def write_manifests(folder):
    for name, (text, _) in MANIFESTS.items():
        (folder / f"{name}.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "good.json").write_text('{"trusted": {"arg_count": 1}}')
    (folder / "code.bin").write_bytes(bytes.fromhex("31c0c3"))
    (folder / "empty.bin").write_bytes(b"")
    (folder / "zeros.bin").write_bytes(bytes(1 << 20))
    (folder / "noise.bin").write_bytes(bytes((i * i >> 3) & 0xFF for i in range(1 << 16)))
    with open(folder / "large.bin", "wb") as file:
        file.truncate(100 << 20)


def encodings():
    """Sources that are no text, or not in the encoding that they claim."""
    utf8 = r"SyntaxError: (\(unicode error\) )?.*(utf-8|UTF-8)"
    return [
        script("binary", statuses=[1], stderr=[r"binary\.py|null bytes", r"\S"]),
        script("elf", statuses=[1], stderr=[r"\S"]),
        script("nul", statuses=[1], stderr=[r"null bytes"], stdout=[r"\A\Z"], python3=False),
        script("utf8_bad", statuses=[1], stderr=[utf8, r"utf8_bad\.py"], stdout=[r"\A\Z"]),
        script("utf8_cut", statuses=[1], stderr=[r"SyntaxError"]),
        script("utf8_surrogate", statuses=[1], stderr=[r"SyntaxError"]),
        script("utf8_overlong", statuses=[1], stderr=[r"SyntaxError"]),
        script("utf8_in_comment", statuses=[1], stderr=[utf8]),
        script("utf16", statuses=[1], stderr=[r"SyntaxError"]),
        script("encoding_unknown", statuses=[1], stderr=[r"SyntaxError: .*no-such-encoding"]),
        script("bom", stdout=[r"^é$"]),
        script("crlf", stdout=[r"^3$"]),
        script("form_feed", stdout=[r"^2$"]),
        script("no_newline", stdout=[r"^end$"]),
        script("only_comment", stdout=[r"\A\Z"]),
        script("only_blanks", stdout=[r"\A\Z"]),
    ]


def write_encodings(write):
    write("binary", bytes(range(256)) * 40)
    write("elf", b"\x7fELF\x02\x01\x01\x00" + bytes(500))
    write("nul", b"print('must not be printed')\nx = 1\0\n")
    write("utf8_bad", b"print('must not be printed')\nx = '\xff\xfe'\n")
    write("utf8_cut", b"x = '\xe2\x82")
    write("utf8_surrogate", b"x = '\xed\xa0\x80'\n")
    write("utf8_overlong", b"x = '\xc0\x80'\n")
    write("utf8_in_comment", b"x = 1  # caf\xe9\n")
    write("utf16", "print(1)\n".encode("utf-16"))
    write("encoding_unknown", b"# -*- coding: no-such-encoding -*-\nprint(1)\n")
    write("bom", b"\xef\xbb\xbfprint('\xc3\xa9')\n")
    write("crlf", b"if True:\r\n    x = 1 + \\\r\n        2\r\nprint(x)\r\n")
    write("form_feed", b"\x0cx = 1\n\x0c\nif x:\n\x0c    print(x + 1)\n")
    write("no_newline", b"if True:\n    print('end')")
    write("only_comment", b"# nothing")
    write("only_blanks", b"\n   \n\t\n\\\n\n")


def sizes():
    """Sources that are too deep, too long or too large; refused with a message, or run."""
    refused = {"statuses": [1], "stderr": REFUSED}
    either = {"statuses": [0, 1], "python3": False}
    return [
        script("nested_parentheses", **refused),
        script("nested_brackets", **refused),
        script("nested_braces_unclosed", **refused),
        script("nested_blocks", **refused),
        script("nested_loops", statuses=[1],
               stderr=[r"SyntaxError: too many statically nested blocks"]),
        script("nested_functions", **refused),
        script("nested_unary", **either),
        script("nested_lambdas", **either),
        script("nested_calls", **either),
        script("nested_attributes", **either),
        script("nested_conditions", **either),
        script("nested_fstrings", statuses=[1], stderr=[r"SyntaxError: f-string"]),
        script("long_sum", **either),
        script("long_comparison", **either),
        script("long_elif", **either),
        script("many_locals", stdout=[r"^49995000$"]),
        script("many_constants", stdout=[r"^199990000$"]),
        script("many_arguments", stdout=[r"^3000$"]),
        script("many_attributes", stdout=[r"^20000$"]),
        script("many_decorators", stdout=[r"^200$"]),
        script("long_line", stdout=[r"^2000000$"]),
        script("long_name", stdout=[r"^100000$"]),
        script("integer_4300", stdout=[r"^14284$"]),
        script("integer_4301", statuses=[1], stderr=INT_LIMIT),
        script("integer_100000", statuses=[1], stderr=INT_LIMIT),
        script("integer_hex_long", stdout=[r"^400000$"]),
        script("float_long", stdout=[r"^inf 0\.0 1\.1111111111111112$"]),
    ]


def write_sizes(write):
    deep = 20000
    write("nested_parentheses", "x = " + "(" * deep + "1" + ")" * deep + "\n")
    write("nested_brackets", "x = " + "[" * 250 + "]" * 250 + "\n")
    write("nested_braces_unclosed", "x = " + "{" * deep)
    write("nested_blocks", "".join(" " * n + "if 1:\n" for n in range(150)) + " " * 150 + "x = 1\n")
    write("nested_loops", "".join(" " * n + "while 1:\n" for n in range(30)) + " " * 30 + "break\n")
    write("nested_functions",
          "".join(" " * n + f"def f{n}():\n" for n in range(150)) + " " * 150 + "pass\n")
    write("nested_unary", "x = " + "-" * deep + "1\n")
    write("nested_lambdas", "x = " + "lambda: " * deep + "1\n")
    write("nested_calls", "f = str\nx = " + "f(" * 190 + "1" + ")" * 190 + "\n")
    write("nested_attributes", "x = f" + ".a" * deep + "\n")
    write("nested_conditions", "x = " + "1 if 0 else " * deep + "2\n")
    write("nested_fstrings", "x = f'{f\"{f'{1}'}\"}'\n")
    write("long_sum", "x = " + "1 + " * deep + "1\n")
    write("long_comparison", "x = " + "1 < " * deep + "1\n")
    write("long_elif", "x = 9\nif x == 0: pass\n" + "".join(
        f"elif x == {n}: pass\n" for n in range(10, 5000)))
    write("many_locals", "def f():\n" + "".join(f"    v{n} = {n}\n" for n in range(10000))
          + "    return sum(locals().values())\nprint(f())\n")
    write("many_constants",
          "x = [" + ", ".join(str(n) for n in range(20000)) + "]\nprint(sum(x))\n")
    write("many_arguments", "def f(*a, **k): return len(a) + len(k)\nprint(f("
          + "0, " * 2000 + ", ".join(f"k{n}=0" for n in range(1000)) + "))\n")
    write("many_attributes", "class C: pass\nc = C()\n" + "".join(
        f"c.a{n} = {n}\n" for n in range(20000)) + "print(len(c.__dict__))\n")
    write("many_decorators", "n = 0\ndef d(f):\n    global n\n    n += 1\n    return f\n"
          + "@d\n" * 200 + "def f(): pass\nprint(n)\n")
    write("long_line", "x = '" + "a" * 2000000 + "'; print(len(x))\n")
    write("long_name",
          "x" * 100000 + " = 1\nprint(len([n for n in globals() if len(n) > 99][0]))\n")
    write("integer_4300", "print((" + "9" * 4300 + ").bit_length() - 1)\n")
    write("integer_4301", "print(1)\nx = " + "9" * 4301 + "\n")
    write("integer_100000", "x = -" + "1" * 100000 + "\n")
    write("integer_hex_long", "print((0x" + "f" * 100000 + ").bit_length())\n")
    write("float_long",
          "print(" + "1" * 5000 + ".0, 0." + "0" * 5000 + "1, 1." + "1" * 5000 + ")\n")


def make(folder):
    """Writes the inputs into the folder; returns the rows."""
    def write(name, content):
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.py").write_bytes(data)

    (folder / "directory").mkdir()
    write("plain", "print('ran')\n")
    write_encodings(write)
    write_sizes(write)
    write_manifests(folder)
    return command_lines() + manifests() + encodings() + sizes()
