#!/usr/bin/python3
"""Compares the symbol table and the bytecode compiler with python3's own.

Usage: compiler_oracle.py COMPILE_ALL [symbols | positions] [--sample N] [--show N] [FILE...]
       compiler_oracle.py COMPILE_ALL errors FILE

symbols: the blocks, symbols, flags and scopes of each file must equal those of `symtable`.
positions: the places of the instructions that print in a traceback must equal those of python3's
corresponding instructions, as sets for each function and kind of instruction.
errors: a file of programs divided by lines of `#----`, which the parser accepts or not; verdict,
message and place must be those of compile().
Without files: every .py file of the installed standard library, or a sample of N of them. Files with
constructs that are not supported are left out, and counted.

To be run by python3 3.11, whose compiler is the reference.
"""

import argparse
import collections
import dis
import pathlib
import random
import re
import subprocess
import sys
import symtable
import tempfile
import types
import warnings

SEPARATOR = "#----\n"

# Instructions that raise in ordinary programs, by our names.
RAISING = {
    "LOAD_ATTR", "STORE_ATTR", "DELETE_ATTR", "BINARY_SUBSCR", "STORE_SUBSCR", "DELETE_SUBSCR",
    "BINARY_OP", "COMPARE_OP", "CONTAINS_OP", "UNPACK_SEQUENCE", "FOR_ITER", "GET_ITER", "CALL",
    "CALL_EX", "RAISE_VARARGS", "BEFORE_WITH", "IMPORT_NAME", "IMPORT_FROM", "FORMAT_VALUE",
    "CHECK_EXC_MATCH", "YIELD_VALUE",
}
FOLDED = {"BUILD_STRING", "LOAD_CONST"}
MERGED = {"CALL_FUNCTION_EX": "CALL_EX", "INPLACE_OP": "BINARY_OP", "CALL_KW": "CALL", "LOAD_METHOD": "LOAD_ATTR"}


def symbol_blocks(table):
    """One line in the form of compile_all --symbols."""
    symbols = sorted(table._table.symbols.items(), key=lambda item: item[0].encode())
    words = []
    for name, flags in symbols:
        # DEF_FREE is never set any more; ours has no bit for it.
        own = flags & 0x1F | (flags >> 1) & 0x1E0
        words.append(f"{name}:{flags >> 11 & 15}:{own}")
    name = "<module>" if table.get_type() == "module" else table.get_name()
    text = " ".join([f"[{table.get_type()}", name, str(table.get_lineno()), *words]) + "]"
    return text + "".join(symbol_blocks(child) for child in table.get_children())


def expected_symbols(source, path):
    return symbol_blocks(symtable.symtable(source, path, "exec"))


def code_positions(code, found):
    """Per function: instruction -> set of places."""
    sets = collections.defaultdict(set)
    for instruction in dis.get_instructions(code):
        place = instruction.positions
        opcode = MERGED.get(instruction.opname, instruction.opname)
        name = "folded" if opcode in FOLDED else opcode
        sets[name].add((place.lineno, place.end_lineno, place.col_offset, place.end_col_offset))
    found.append((code.co_qualname, code.co_firstlineno, sets))
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            code_positions(constant, found)


def our_positions(line):
    found = []
    for block in line[1:-1].split("]["):
        name, first_line, *words = block.split(" ")
        sets = collections.defaultdict(set)
        for word in words:
            opcode, *place = word.split(":")
            opcode = MERGED.get(opcode, opcode)
            if opcode in RAISING:
                sets[opcode].add(tuple(map(int, place)))
        found.append((name, int(first_line), sets))
    return found


class CompileAll:
    """A running compile_all."""

    def __init__(self, binary, mode):
        self.process = subprocess.Popen([binary, *mode], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def run(self, path):
        self.process.stdin.write(path.encode() + b"\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().decode("utf-8", "surrogateescape").rstrip("\n")


def is_rejected(line):
    return not line.startswith("[")


def compare_symbols(source, path, actual):
    wanted = expected_symbols(source, path)
    if actual == wanted:
        return None
    for ours, theirs in zip(actual.split("]"), wanted.split("]")):
        if ours != theirs:
            return f"got  {sorted(set(ours.split()) - set(theirs.split()))}\n" \
                   f"    want {sorted(set(theirs.split()) - set(ours.split()))} in {theirs[:60]}"
    return "another number of blocks"


def is_folded(place, folded):
    """Formatting or arithmetic that python3 did at compile time, as part of a larger expression."""
    line, end_line, column, end_column = place
    return any((first, start) <= (line, column) and (end_line, end_column) <= (last, end)
               for first, last, start, end in folded if None not in (first, last, start, end))


def compare_positions(source, path, actual):
    wanted = []
    code_positions(compile(source, path, "exec", dont_inherit=True), wanted)
    theirs = collections.defaultdict(lambda: collections.defaultdict(set))
    ours = collections.defaultdict(lambda: collections.defaultdict(set))
    for found, into in ((wanted, theirs), (our_positions(actual), ours)):
        for name, first_line, sets in found:
            for opcode, places in sets.items():
                into[name, first_line][opcode] |= places
    for function, sets in ours.items():
        for opcode, places in sets.items():
            extra = places - theirs[function][opcode]
            if opcode == "BINARY_OP":
                extra -= {place for place in extra if is_folded(place, theirs[function]["folded"])}
            if extra:
                return f"{function} {opcode}: got {sorted(extra)[:3]}, " \
                       f"want among {sorted(theirs[function][opcode] - places, key=str)[:3]}"
    return None


def library_files():
    roots = sorted(pathlib.Path("/usr/lib").glob("python3*"))
    return sorted(str(path) for root in roots for path in root.rglob("*.py") if path.is_file())


def compare_files(options):
    files = options.files or library_files()
    if options.sample:
        files = random.Random(options.seed).sample(files, min(options.sample, len(files)))
    compare = {"symbols": compare_symbols, "positions": compare_positions}[options.what]
    tool = CompileAll(options.compile_all, ["--" + options.what])
    equal = left_out = different = 0
    for path in files:
        actual = tool.run(path)
        if is_rejected(actual):
            left_out += 1
            if "not supported" not in actual:
                print(actual)
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                difference = compare(pathlib.Path(path).read_bytes(), path, actual)
        except (SyntaxError, ValueError) as error:
            difference = f"python3: {error}"
        if difference is None:
            equal += 1
            continue
        different += 1
        if different <= options.show:
            print(f"{path}: {difference}")
    print(f"{len(files)} files: {equal} equal, {different} different, {left_out} left out")
    return different == 0


def expected_error(source):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "snippet", "exec", dont_inherit=True)
    except SyntaxError as error:
        end = f"{error.end_lineno}:{error.end_offset}" if error.end_offset else "0:0"
        return (f"{error.lineno}:{error.offset}-{end}: "
                f"{type(error).__name__}: {error.msg}")
    except RecursionError as error:
        return f"0: RecursionError: {error}"
    return ""


def compare_errors(options):
    snippets = [s for s in pathlib.Path(options.files[0]).read_text().split(SEPARATOR) if s]
    verdicts = messages = places = shown = 0
    for snippet in snippets:
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(snippet)
            file.flush()
            actual = subprocess.run([options.compile_all, file.name], capture_output=True,
                                    text=True, check=False).stdout.rstrip("\n")
            actual = actual.removeprefix(file.name + ":")
        wanted = expected_error(snippet)
        verdicts += (actual == "") == (wanted == "")
        same_message = re.sub(r"^\S+ ", "", actual) == re.sub(r"^\S+ ", "", wanted)
        messages += same_message
        places += actual == wanted
        if actual != wanted and shown < options.show:
            shown += 1
            print(f"{snippet}    got  {actual}\n    want {wanted}\n")
    print(f"{len(snippets)} snippets: {verdicts} with the same verdict, {messages} with the same "
          f"message, {places} at the same place")
    return messages == len(snippets)


def main():
    parser = argparse.ArgumentParser(description="Compare the compiler with python3's own.")
    parser.add_argument("compile_all")
    parser.add_argument("what", choices=["symbols", "positions", "errors"])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=10, metavar="N", help="differences to print")
    options = parser.parse_args()
    sys.setrecursionlimit(20000)
    return compare_errors(options) if options.what == "errors" else compare_files(options)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
