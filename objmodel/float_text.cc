// Floats from and to text. The digits come from std::to_chars, which is exact (shortest round trip,
// and correctly rounded with a precision); their layout is Python's.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

#include "objmodel/error.h"
#include "objmodel/float.h"
#include "objmodel/number_bytes.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/str_unicode.h"

namespace tagproof {

namespace {

// A finite number's digits d.ddd (no point) and the exponent of the first one.
struct Digits {
    bool negative = false;
    std::string text;
    int exponent = 0;
};

// `precision` digits after the first one; -1 = shortest.
Digits scientificDigits(double number, int precision) {
    std::vector<char> buffer(static_cast<size_t>(std::max(precision, 0)) + 40);
    char* const end = buffer.data() + buffer.size();
    const double magnitude = std::fabs(number);
    const auto result =
        precision < 0 ? std::to_chars(buffer.data(), end, magnitude, std::chars_format::scientific)
                      : std::to_chars(buffer.data(), end, magnitude, std::chars_format::scientific,
                                      precision);
    const std::string_view text(buffer.data(), static_cast<size_t>(result.ptr - buffer.data()));
    const size_t mark = text.find('e');
    Digits digits;
    digits.negative = std::signbit(number);
    for (const char c : text.substr(0, mark)) {
        if (c != '.') digits.text.push_back(c);
    }
    digits.exponent = std::atoi(text.data() + mark + 1);
    return digits;
}

std::string exponentText(int exponent, char letter) {
    std::string text(1, letter);
    text += exponent < 0 ? '-' : '+';
    const std::string number = std::to_string(std::abs(exponent));
    return text + (number.size() < 2 ? "0" : "") + number;
}

// d.ddde+xx
std::string layOutScientific(const Digits& digits, bool alternate, char letter) {
    std::string text = digits.text.substr(0, 1);
    if (digits.text.size() > 1 || alternate) text += '.';
    text += digits.text.substr(1);
    return text + exponentText(digits.exponent, letter);
}

// ddd.ddd for an exponent within the digits' reach; `fraction` pads to at least ".0".
std::string layOutFixed(const Digits& digits, bool alternate, bool fraction) {
    std::string text;
    const int point = digits.exponent + 1;  // digits before the point
    const auto count = static_cast<int>(digits.text.size());
    if (point <= 0) {
        text = "0." + std::string(static_cast<size_t>(-point), '0') + digits.text;
    } else if (count <= point) {
        text = digits.text + std::string(static_cast<size_t>(point - count), '0');
        if (fraction) {
            text += ".0";
        } else if (alternate) {
            text += '.';
        }
    } else {
        const auto split = static_cast<size_t>(point);
        text = digits.text.substr(0, split) + "." + digits.text.substr(split);
    }
    return text;
}

std::string formatFixed(double magnitude, int precision, bool alternate) {
    std::vector<char> buffer(static_cast<size_t>(precision) + 330);
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                      std::chars_format::fixed, precision);
    std::string text(buffer.data(), result.ptr);
    if (alternate && precision == 0) text += '.';
    return text;
}

struct GeneralFlags {
    bool alternate = false;
    bool upper = false;
    bool fraction = false;  // at least one digit after the point
};

std::string formatGeneral(double magnitude, int precision, GeneralFlags flags) {
    precision = std::max(precision, 1);
    Digits digits = scientificDigits(magnitude, precision - 1);
    const int exponent = digits.exponent;
    if (!flags.alternate) {
        const size_t last = digits.text.find_last_not_of('0');
        digits.text.resize(last == std::string::npos ? 1 : last + 1);
    }
    const int reach = precision - (flags.fraction ? 1 : 0);
    if (exponent < -4 || exponent >= reach) {
        return layOutScientific(digits, flags.alternate, flags.upper ? 'E' : 'e');
    }
    return layOutFixed(digits, flags.alternate, flags.fraction);
}

bool equalsIgnoringCase(std::string_view text, std::string_view lower) {
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
    });
}

// Takes underscores out; false when one does not stand between digits.
bool removeUnderscores(std::string* text) {
    std::string clean;
    for (size_t k = 0; k < text->size(); ++k) {
        const char c = (*text)[k];
        if (c != '_') {
            clean.push_back(c);
            continue;
        }
        const auto digit = [&](size_t at) {
            return at < text->size() && (*text)[at] >= '0' && (*text)[at] <= '9';
        };
        if (k == 0 || !digit(k - 1) || !digit(k + 1)) return false;
    }
    *text = clean;
    return true;
}

}  // namespace

std::string reprDouble(double number) { return formatDouble(number, 'r', 0, false); }

std::string formatDouble(double number, char type, int precision, bool alternate) {
    const bool upper = type == 'E' || type == 'F' || type == 'G';
    if (std::isnan(number)) return upper ? "NAN" : "nan";
    const std::string sign = std::signbit(number) ? "-" : "";
    const double magnitude = std::fabs(number);
    if (std::isinf(number)) return sign + (upper ? "INF" : "inf");
    switch (type) {
        case 'e':
        case 'E':
            return sign + layOutScientific(scientificDigits(magnitude, precision), alternate, type);
        case 'f':
        case 'F':
            return sign + formatFixed(magnitude, precision, alternate);
        case 'r': {
            const Digits digits = scientificDigits(magnitude, -1);
            if (digits.exponent < -4 || digits.exponent >= 16) {
                return sign + layOutScientific(digits, false, 'e');
            }
            return sign + layOutFixed(digits, false, true);
        }
        default:
            return sign + formatGeneral(magnitude, precision,
                                        {.alternate = alternate,
                                         .upper = upper,
                                         .fraction = type == kFormatGeneralFraction});
    }
}

bool parseDouble(std::string_view text, double* out) {
    const bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
    if (text.empty()) return false;
    double magnitude = 0;
    if (equalsIgnoringCase(text, "inf") || equalsIgnoringCase(text, "infinity")) {
        magnitude = std::numeric_limits<double>::infinity();
    } else if (equalsIgnoringCase(text, "nan")) {
        magnitude = std::numeric_limits<double>::quiet_NaN();
    } else {
        if (text[0] != '.' && (text[0] < '0' || text[0] > '9')) return false;
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, magnitude);
        if (stop != end || error == std::errc::invalid_argument) return false;
        if (error == std::errc::result_out_of_range) {
            magnitude = std::strtod(std::string(text).c_str(), nullptr);
        }
    }
    *out = negative ? -magnitude : magnitude;
    return true;
}

bool doubleFromStr(Thread& thread, Str* text, double* out) {
    return doubleFromAscii(thread, toAsciiDecimal(text), Value::of(text), out);
}

bool doubleFromAscii(Thread& thread, std::string ascii, Value source, double* out) {
    const size_t first = ascii.find_first_not_of(' ');
    const size_t last = ascii.find_last_not_of(' ');
    ascii = first == std::string::npos ? "" : ascii.substr(first, last - first + 1);
    if (removeUnderscores(&ascii) && parseDouble(ascii, out)) return true;
    const Ref quoted(reprOf(thread, source));
    if (!quoted) return false;
    raise(thread, ExceptionKind::kValueError, "could not convert string to float: {}",
          toUtf8(quoted.as<Str>()));
    return false;
}

}  // namespace tagproof
