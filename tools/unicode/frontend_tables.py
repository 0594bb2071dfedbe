"""The front end's Unicode tables.

normalization(): what NFKC does to the characters of identifiers.
names(): characters by the hash of their name. unicodedata cannot list the aliases of names, which
name_aliases.txt has instead; unicodedata checks them.
"""

import pathlib
import unicodedata

LIMIT = 0x110000
SURROGATES = range(0xD800, 0xE000)
HANGUL = range(0xAC00, 0xD7A4)
# Names that unicode_names.cc computes.
COMPUTED_NAMES = ("CJK UNIFIED IDEOGRAPH-", "HANGUL SYLLABLE ")
CODE_POINT_BITS = 21
ALIASES = pathlib.Path(__file__).resolve().parent / "name_aliases.txt"


def table(declaration, rows):
    lines = [f"constexpr {declaration}[] = {{"]
    line = "   "
    for row in rows:
        if len(line) + len(row) > 98:
            lines.append(line)
            line = "   "
        line += f" {row},"
    return "\n".join(lines + [line, "};\n"])


def braced(rows):
    return ["{" + ", ".join(f"0x{value:x}" for value in row) + "}" for row in rows]


def decompositions():
    """Full compatibility decompositions of identifier characters, except Hangul syllables."""
    for code in range(0x80, LIMIT):
        char = chr(code)
        if code in SURROGATES or code in HANGUL or not ("a" + char).isidentifier():
            continue
        mapped = unicodedata.normalize("NFKD", char)
        if mapped != char:
            yield code, [ord(c) for c in mapped]


def combining_classes():
    result = []
    for code in range(0x80, LIMIT):
        value = unicodedata.combining(chr(code))
        if value == 0:
            continue
        if result and result[-1][1] == code - 1 and result[-1][2] == value:
            result[-1][1] = code
        else:
            result.append([code, code, value])
    return result


def compositions():
    """Pairs that compose canonically, sorted: [first, second, composed]."""
    result = []
    for code in range(0x80, LIMIT):
        if code in HANGUL:
            continue
        parts = unicodedata.decomposition(chr(code)).split()
        is_canonical = len(parts) == 2 and not parts[0].startswith("<")
        if is_canonical and unicodedata.normalize("NFC", chr(code)) == chr(code):
            result.append([int(parts[0], 16), int(parts[1], 16), code])
    return sorted(result)


def fnv1a(name):
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 % (1 << 64)
    return value


def listed_names():
    """Every (name, code point) that is neither computed nor an alias."""
    for code in range(LIMIT):
        name = unicodedata.name(chr(code), "")
        if name and not name.startswith(COMPUTED_NAMES):
            yield name, code


def aliases():
    for line in ALIASES.read_text().splitlines():
        code, name = line.split(" ", 1)
        assert unicodedata.lookup(name) == chr(int(code, 16)), line
        yield name, int(code, 16)


def name_rows():
    mask = (1 << CODE_POINT_BITS) - 1
    rows = sorted(fnv1a(name) & ~mask | code for name, code in [*listed_names(), *aliases()])
    hashes = [row >> CODE_POINT_BITS for row in rows]
    assert len(set(hashes)) == len(hashes), "two names have the same hash"
    return [f"0x{row:x}" for row in rows]


def normalization():
    pool = []
    rows = []
    for code, mapped in decompositions():
        rows.append([code, len(pool), len(mapped)])
        pool.extend(mapped)
    return "\n".join([
        table("Decomposition kDecompositions", braced(rows)),
        table("std::uint32_t kDecomposedCodes", [f"0x{code:x}" for code in pool]),
        table("CombiningClass kCombiningClasses", braced(combining_classes())),
        table("Composition kCompositions", braced(compositions())),
    ])


def names():
    return table("std::uint64_t kHashedNames", name_rows())
