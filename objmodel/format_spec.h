#pragma once
// The format mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision][type], as
// format(), str.format() and f-strings use it for int, float and str.

#include <cstdint>
#include <string>
#include <string_view>

#include "objmodel/str.h"

namespace tagproof {

struct FormatSpec {
    char32_t fill = U' ';
    char align = '\0';  // < > = ^, or 0 = the type's default
    char sign = '-';    // + - or blank
    bool sign_given = false;
    bool no_negative_zero = false;  // z
    bool alternate = false;         // #
    int64_t width = -1;             // -1 = not given
    char grouping = '\0';           // , or _
    int64_t precision = -1;         // -1 = not given
    char32_t type = 0;              // 0 = not given
};

// Reads `text`; `default_align` is the type's, `default_type` the conversion that messages name
// when none is given, `type_name` what the messages call the object. False with ValueError pending.
[[nodiscard]] bool parseFormatSpec(Thread& thread,
                                   const Str* text,
                                   char default_align,
                                   std::string_view type_name,
                                   FormatSpec* spec);

// A number's text in parts, for sign-aware padding and grouping of the whole part.
struct NumberText {
    std::string sign;    // "", "-", "+" or " "
    std::string prefix;  // "0x"
    std::string whole;   // digits before the point; grouped
    std::string rest;    // point, fraction, exponent, percent sign
};
// "-1.5e3" in parts: sign, digits, rest.
[[nodiscard]] NumberText splitNumber(std::string_view text);
// The text with grouping and padding. New reference, or null + pending.
[[nodiscard]] Value layOutNumber(Thread& thread, const FormatSpec& spec, NumberText number);
// Padding of plain text to the width.
[[nodiscard]] Value padText(Thread& thread,
                            const FormatSpec& spec,
                            const Str* text,
                            uint64_t length);

// Digits an integer or float conversion may be asked for; false with ValueError pending above.
[[nodiscard]] bool checkFloatPrecision(Thread& thread, int64_t precision);

}  // namespace tagproof
