"""The character database behind str.

The properties are taken from the str methods and unicodedata of the Python that runs this. Each
code point maps through two index tables to one of a few hundred records (flags, digit values,
distances to the other cases); mappings to more than one code point are in a list of their own.
"""

import unicodedata

BLOCK_SHIFT = 7
FLAGS = [
    ("kAlpha", str.isalpha),
    ("kDecimal", str.isdecimal),
    ("kDigit", str.isdigit),
    ("kNumeric", str.isnumeric),
    ("kLower", str.islower),
    ("kUpper", lambda c: c.isupper() and unicodedata.category(c) != "Lt"),
    ("kTitle", lambda c: unicodedata.category(c) == "Lt"),
    ("kSpace", str.isspace),
    ("kPrintable", str.isprintable),
    ("kIdentifierStart", str.isidentifier),
    ("kIdentifierContinue", lambda c: ("a" + c).isidentifier()),
    ("kCased", lambda c: c.islower() or c.isupper() or unicodedata.category(c) == "Lt"),
    ("kCaseIgnorable", lambda c: ("A" + c + "\u03a3").lower()[-1] == "\u03c2"
     and (c + "\u03a3").lower()[-1] == "\u03c3"),
    ("kLineBreak", lambda c: len(("a" + c + "b").splitlines()) == 2),
]


def case_mappings(char):
    """lower, upper, title, fold: each a string."""
    return char.lower(), char.upper(), char.title(), char.casefold()


class Tables:
    def __init__(self):
        self.records = {}
        self.special = []
        self.special_index = {}

    def special_start(self, mappings):
        """Position in the list of long mappings, or 0 when every mapping is one code point."""
        if all(len(mapping) == 1 for mapping in mappings):
            return 0
        if mappings not in self.special_index:
            self.special_index[mappings] = len(self.special)
            for mapping in mappings:
                self.special.append(len(mapping))
                self.special.extend(ord(c) for c in mapping.ljust(3, "\0"))
        return self.special_index[mappings] + 1

    def record(self, code):
        char = chr(code)
        flags = sum(1 << bit for bit, (_, test) in enumerate(FLAGS) if test(char))
        mappings = case_mappings(char)
        start = self.special_start(mappings)
        deltas = tuple(0 if start else ord(mapping) - code for mapping in mappings)
        row = (flags, unicodedata.decimal(char, -1), unicodedata.digit(char, -1), start) + deltas
        return self.records.setdefault(row, len(self.records))


def split(indexes):
    """Two-level form of a list: block numbers, and the distinct blocks one after the other."""
    size = 1 << BLOCK_SHIFT
    first, blocks = [], {}
    for begin in range(0, len(indexes), size):
        first.append(blocks.setdefault(tuple(indexes[begin:begin + size]), len(blocks)))
    return first, [index for block in blocks for index in block]


def numbers(values):
    lines, line = [], "   "
    for value in values:
        text = " %d," % value
        if len(line) + len(text) > 100:
            lines.append(line)
            line = "   "
        line += text
    return "\n".join(lines + [line])


def characters():
    tables = Tables()
    first, second = split([tables.record(code) for code in range(0x110000)])
    rows = "\n".join("    {%d, %d, %d, %d, {%d, %d, %d, %d}}," % row for row in tables.records)
    return f"""\
// clang-format off

#include "objmodel/str_unicode.h"

namespace tagproof::unicode {{

const CharRecord kRecords[] = {{
{rows}
}};

const uint16_t kBlocks[] = {{
{numbers(first)}
}};

const uint16_t kRecordIndexes[] = {{
{numbers(second)}
}};

const char32_t kLongMappings[] = {{
{numbers(tables.special)}
}};

}}  // namespace tagproof::unicode
"""
