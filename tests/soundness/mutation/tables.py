"""Mutants of the verifier's two tables: one or more a row of rules.def and encodings.def.

The rows are listed by the preprocessor, so that those made by macros count too. The mutants act
where decode.cc looks a row up.
"""
import re
import subprocess

from rewriter import Site

ROW_LOOKUP = re.compile(r"const Entry& entry = kEntries\[i\];")
ENCODING_LOOKUP = re.compile(r"const Shape\* shape = [^;]*;")

# The next operation of the same family.
OTHER_OP = {"kADD": "kSUB", "kSUB": "kADD", "kAND": "kOR", "kOR": "kAND", "kXOR": "kAND",
            "kCMP": "kTEST", "kTEST": "kCMP", "kINC": "kDEC", "kDEC": "kINC", "kNEG": "kNOT",
            "kNOT": "kNEG", "kSHL": "kSHR", "kSHR": "kSAR", "kSAR": "kSHR", "kROT": "kSHR",
            "kZero": "kSign", "kSign": "kZero"}
OTHER_SIZE = {"b": "kBySize", "w": "kBytes1", "d": "kBySize", "q": "kBytes4", "x": "kBytes8",
              "v": "kBytes8", "y": "kBytes4"}


def expand(compiler, path, macros):
    """The lines that a .def file makes of macros {name with parameters: expansion}."""
    source = "".join(f"#define {name} {text}\n" for name, text in macros.items())
    source += f'#include "{path}"\n'
    done = subprocess.run([*compiler, "-E", "-P", "-x", "c++", "-I", ".", "-"], input=source,
                          capture_output=True, text=True, check=True)
    return [[field.strip() for field in line.split("@")[1:]]
            for line in re.split(r";", done.stdout) if "@" in line]


def row_mutants(identifier, form, widths, family, op):
    """Yields (kind, what changes, statement on the entry `e`)."""
    yield "row dropped", "accepts nothing", "e.form = 0xFFFF"
    if widths != "kAny":
        yield "row widened", "accepts any width", "e.widths = kAny"
    registers = family in ("VecMove", "VecArith") and "M" not in form  # opaque: no effect
    if family not in ("Nop", "Jump") and not registers:
        yield "row without effect", "taken for a nop", "e.family = Family::kNop"
    if op in OTHER_OP:
        yield "row misread", f"taken for {OTHER_OP[op]}", f"e.op = {OTHER_OP[op]}"
    if family == "Jump":
        other = "kAlways" if identifier == "jcc" else "4"
        yield "row misread", f"condition taken for {other}", f"e.op = {other}"
    if identifier == "jcc":
        yield "row misread", "condition inverted", "e.op ^= 1U"


def encoding_mutants(operands):
    yield "encoding dropped", "accepts nothing", "s.known = false"
    a, b = operands[:2]
    if b != "None" and a[0] != b[0] and "I" not in (a[0], b[0]) and len(a) > 1 and len(b) > 1:
        yield "encoding misread", "operands swapped", "std::swap(s.operands[0], s.operands[1])"
    for k, operand in enumerate(operands):
        if operand[0] in "EW" and operand != "None":
            size = OTHER_SIZE[operand[1]]
            yield ("encoding misread", f"width of operand {k + 1} taken for {size}",
                   f"s.operands[{k}] = static_cast<uint8_t>((s.operands[{k}] & ~7) | {size})")


def line_of(path, pattern):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if re.search(pattern, line):
                return number
    return 0


def cases(sites, path, name, line, condition, mutants):
    out = ""
    for kind, what, statement in mutants:
        number = len(sites) + 1
        sites.append(Site(number, path, line, name, kind, name, what))
        out += f"case {number}: if ({condition}) {statement}; break;\n"
    return out


def hooked(copy, lookup, replacement):
    copy, count = lookup.subn(replacement, copy)
    assert count == 1, f"decode.cc no longer has one place like {lookup.pattern}"
    return copy


def rows(compiler, copy, sites):
    path = "jit/verify/rules.def"
    listed = expand(compiler, path, {
        "TAGPROOF_ROW(id, zydis, form, widths, family, op)": "@ id @ form @ widths @ family @ op;",
        "TAGPROOF_CONDITION_ROW(id, zydis, form, widths, family)":
            "@ id @ form @ widths @ family @ 0;"})
    text = ""
    for identifier, form, widths, family, op in listed:
        line = line_of(path, rf"\b{identifier}\b")
        text += cases(sites, path, identifier, line, f"e.row == row_{identifier}",
                      row_mutants(identifier, form, widths, family, op))
    changed = ("const Entry entry = [&] { Entry e = kEntries[i];\n"
               "switch (::tagproof::mutation::activeMutant()) {\n" + text + "}\nreturn e; }();")
    return hooked(copy, ROW_LOOKUP, lambda found: changed), len(listed)


def span(first, last):
    """First and last opcode as one name; their texts may be sums."""
    return "-".join(sorted({f"{eval(text):02X}" for text in (first, last)}))  # (0x28) + 1


def refusals(compiler, path, sites):
    listed = expand(compiler, path, {
        "TAGPROOF_ENCODING(map, first, last, a, b, c)": "",
        "TAGPROOF_REFUSED(map, first, last, bits)": "@ map @ first @ last @ bits;"})
    text = ""
    for group, first, last, bits in listed:
        name = f"{group} {span(first, last)} refused"
        condition = f"map == {group} && decoded.opcode >= {first} && decoded.opcode <= {last}"
        extensions = [k for k in range(8) if eval(bits) >> k & 1]  # 1 << 3 | 1 << 5
        text += cases(sites, path, name, 0, condition,
                      [("refusal dropped", f"/{k}", f"s.refused &= static_cast<uint8_t>(~{1 << k})")
                       for k in extensions])
    return text


def encodings(compiler, copy, sites):
    path = "jit/verify/encodings.def"
    listed = expand(compiler, path, {
        "TAGPROOF_ENCODING(map, first, last, a, b, c)": "@ map @ first @ last @ a @ b @ c;"})
    text = ""
    for group, first, last, *operands in listed:
        name = f"{group} {span(first, last)} {' '.join(operands)}".replace(" None", "")
        condition = f"map == {group} && decoded.opcode >= {first} && decoded.opcode <= {last}"
        text += cases(sites, path, name, 0, condition, encoding_mutants(operands))
    text += refusals(compiler, path, sites)
    changed = ("Shape s{}; if (shape != nullptr) { s = *shape; shape = &s; }\n"
               "switch (::tagproof::mutation::activeMutant()) {\n" + text + "}\n")
    return hooked(copy, ENCODING_LOOKUP, lambda found: found.group() + changed), len(listed)
