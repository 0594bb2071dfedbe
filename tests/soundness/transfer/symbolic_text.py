#!/usr/bin/python3
"""Writes a copy of jit/verify whose numbers are symbolic (symbol.h), for the proofs.

    symbolic_text.py ROOT OUT    writes OUT/symbolic/*.h, *.cc

The text is the verifier's own; what is replaced is listed below: names of integer types, the few
library functions on integers, the namespace, the names of four functions with loops over bits, of
which the proofs use closed forms that are proven equal to them (summaries.h), and a few calls of
functions that are proven by themselves (contracts.h). Each wrong operator
(spoils.def) becomes an alternative beside the right text, chosen when a proof runs.
"""

import hashlib
import pathlib
import re
import sys

HEADERS = ["verify", "tables", "decode", "domain", "state", "label_state", "machine", "join"]
SOURCES = ["domain", "state", "machine", "transfer_alu", "transfer_vector", "conditions", "memory",
           "calls", "join"]
# What the proofs use as it is.
BELIEVED = ["jit/verify/decode.cc", "jit/verify/rules.def", "jit/verify/encodings.def",
            "jit/verify/scan.h", "objmodel/layout.h"]
INTEGERS = r"(?<![:<\w])(?:std::)?(u?int(?:8|16|32|64)_t|unsigned)\b(?! char)"
SUMMARIES = ["rangeLow", "lowOfResult", "mapImage", "mapPreimage"]
RENAMED = [
    (r"\bnamespace tagproof::verify\b", "namespace tagproof::symbolic"),
    (r"\bverify::", "symbolic::"),
    (r'#include "jit/verify/scan\.h"', '#include "tests/soundness/transfer/scalar_scan.h"'),
    (r'#include "jit/verify/(\w+)\.h"', r'#include "symbolic/\1.h"'),
    (r"__builtin_(add|sub|mul)_overflow", r"\1Overflows"),
    (r"\bstd::(min|max)\b", r"\1Of"),
    (r"\bstd::bit_ceil\b", "bitCeil"),
    (r"\bstd::countr_zero\b", "countrZero"),
    (r"\bstd::memcpy\b", "copyBytes"),
    # Predicates without effects: several are one decision.
    (r"\bbool (has|isConstant|zeroIsNull|isDerived)\(", r"Truth \1("),
    # A literal beside a symbol in a conditional expression: either could become the other's type.
    (r" : (\d+)(?=[;,)])", r" : Literal<\1>{}"),
    (r"\? (\d+) : (?!Literal)", r"? Literal<\1>{} : "),
    (r"isDerived\(a\) \? a\.aux : 0", "chosen(isDerived(a), a.aux, 0)"),
    # From a number to an enumeration.
    (r"static_cast<RuleId>\(([\w.]+)\)", r"static_cast<RuleId>(plain(\1))"),
]
# Calls that the proofs replace by what is proven of the function that is called (contracts.h).
CONTRACTS = [
    ("conditions", "state.refine(", "refined(flags_, "),
    ("machine", "binary(kADD, a, shifted(kSHL, state.at(in.index), by, 8))",
     "hasContract() ? sumOf(a, shiftOf(state.at(in.index), by))"
     " : binary(kADD, a, shifted(kSHL, state.at(in.index), by, 8))"),
    ("machine", "binary(kADD, a, constant(in.disp))",
     "hasContract() ? sumOf(a, constant(in.disp)) : binary(kADD, a, constant(in.disp))"),
    ("transfer_alu", "join(a, b, tables_)", "joinOf(a, b)"),
    ("transfer_alu", "implies(a, result, tables_)", "isImplied(a, result)"),
    ("transfer_alu", "implies(b, result, tables_)", "isImplied(b, result)"),
]
SPOIL = re.compile(r"^TAGPROOF_SPOIL\((\w+),\s*(\w+),\s*\"[^\"]*\",\s*\"([^\"]*)\",\s*\"([^\"]*)\"\)", re.M)


def symbolic_types(text):
    """Integer types by symbolic ones, but not under enumerations."""
    lines = []
    for line in text.split("\n"):
        if not re.match(r"\s*enum\b", line):
            line = re.sub(INTEGERS, r"Symbol<\1>", line.replace("<uint", "< uint")
                          .replace("<int", "< int").replace("<unsigned", "< unsigned"))
            line = line.replace("< Symbol", "<Symbol")
        lines.append(line)
    return "\n".join(lines)


def spoils_of(text):
    """File, right text, wrong text of each."""
    spoils = [found.groups()[1:] for found in SPOIL.finditer(text)]
    wanted = len(re.findall(r"^TAGPROOF_SPOIL\(", text, re.M))
    if len(spoils) != wanted:
        raise SystemExit(f"spoils.def: {len(spoils)} of {wanted} wrong operators can be read")
    return spoils


def with_spoils(text, stem, spoils):
    """Each wrong operator beside the right one; a spoil whose place is gone is an error."""
    for number, (file, right, wrong) in enumerate(spoils, 1):
        if file != stem:
            continue
        if text.count(right) != 1:
            raise SystemExit(f"spoils.def: {right!r} stands {text.count(right)} times in {stem}.cc")
        text = text.replace(right, f"(spoiled({number}) ? ({wrong}) : ({right}))")
    return text


def with_contracts(text, stem):
    """Calls of functions that are proven by themselves; a call whose place is gone is an error."""
    for file, call, contract in CONTRACTS:
        if file != stem:
            continue
        if call not in text:
            raise SystemExit(f"symbolic_text.py: {call!r} does not stand in {stem}.cc")
        text = text.replace(call, contract)
    return text


def with_comparisons(text):
    """Comparisons that the compiler would make, field for field, and those of kinds as truths."""
    text = re.sub(r"(enum class (Kind) : uint8_t \{.*?\};)", lambda found: found[1] + "".join(
        f"\nconstexpr Truth operator{op}({found[2]} a, {found[2]} b) {{ "
        f"return Truth(static_cast<int>(a) {op} static_cast<int>(b)); }}" for op in ("==", "!=")),
        text, flags=re.S)
    def written(found):
        name, fields = found[1], re.findall(r"^    [\w:]+ (\w+)(?: = [^;]*)?;", found[2], re.M)
        same = " && ".join(f"a.{field} == b.{field}" for field in fields)
        return (f"struct {name} {{{found[2]}"
                f"friend Truth operator==(const {name}& a, const {name}& b) {{ return {same}; }}\n"
                f"    friend Truth operator!=(const {name}& a, const {name}& b) {{ return !(a == b); }}")
    return re.sub(r"struct (\w+) \{((?:(?!\n\};).)*?)friend bool operator==\([^)]*\) = default;", written,
                  text, flags=re.S)


def symbolic(text, stem, spoils):
    """The symbolic form of one file."""
    text = with_comparisons(with_spoils(text, stem, spoils))
    text = with_contracts(text, stem)
    for pattern, replacement in RENAMED:
        text = re.sub(pattern, replacement, text)
    for name in SUMMARIES:
        text = re.sub(rf"(\buint8_t) {name}\(", rf"\1 {name}Text(", text)
    return symbolic_types(text)


def write(path, text):
    """Only if it differs, so that nothing is compiled again."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def main():
    root, out = map(pathlib.Path, sys.argv[1:])
    here = pathlib.Path(__file__).parent
    verify = root / "jit/verify"
    folder = out / "symbolic"
    folder.mkdir(parents=True, exist_ok=True)
    spoils = spoils_of((here / "spoils.def").read_text())
    digest = hashlib.sha256()
    for path in sorted(here.iterdir()):
        if path.suffix != ".md":
            digest.update(path.read_bytes())
    for path in BELIEVED:
        digest.update((root / path).read_bytes())
    for suffix, stems in ((".h", HEADERS), (".cc", SOURCES)):
        for stem in stems:
            source = verify / (stem + suffix)
            digest.update(source.read_bytes())
            text = symbolic(source.read_text(), stem if suffix == ".cc" else None, spoils)
            if suffix == ".h":
                text = text.replace("#pragma once", "#pragma once\n"
                                    '#include "tests/soundness/transfer/summaries.h"\n'
                                    '#include "tests/soundness/transfer/called.h"', 1)
            if stem == "transfer_alu":
                text += ("\nnamespace tagproof::symbolic {\n"
                         "Symbol<uint8_t> lowOfResultAsWritten(Symbol<unsigned> op, "
                         "Symbol<uint8_t> a, Symbol<uint8_t> b) {\n"
                         "    return lowOfResultText(op, a, b);\n}\n}\n")
            write(folder / (stem + suffix), f'#line 1 "{source}"\n' + text)
    write(folder / "digest.h", "#pragma once\n"
          "// Of the verifier's text and the proofs' text.\n"
          "namespace tagproof::symbolic {\n"
          f'inline constexpr const char* kDigest = "{digest.hexdigest()}";\n'
          "}\n")


if __name__ == "__main__":
    main()
