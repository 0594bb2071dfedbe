// float.hex() and float.fromhex().

#include "objmodel/float_hex.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "objmodel/error.h"
#include "objmodel/int_operand.h"

namespace tagproof {

namespace {

int hexValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// What a text like "0x1.8p3" says, before the sign and rounding.
struct HexNumber {
    uint64_t mantissa = 0;  // leading digits
    bool sticky = false;    // digits beyond them that are not zero
    int64_t exponent = 0;   // of the mantissa's lowest bit
    size_t digits = 0;
};

// Reads digits and the point; returns what is left of the text.
std::string_view readMantissa(std::string_view text, HexNumber* number) {
    bool fraction = false;
    size_t k = 0;
    for (; k < text.size(); ++k) {
        if (text[k] == '.' && !fraction) {
            fraction = true;
            continue;
        }
        const int value = hexValue(text[k]);
        if (value < 0) break;
        ++number->digits;
        if (number->mantissa < (uint64_t{1} << 58)) {
            number->mantissa = number->mantissa * 16 + static_cast<uint64_t>(value);
            if (fraction) number->exponent -= 4;
        } else {
            number->sticky = number->sticky || value != 0;
            if (!fraction) number->exponent += 4;
        }
    }
    return text.substr(k);
}

// "p[+-]digits" or nothing. False when malformed.
bool readExponent(std::string_view text, HexNumber* number) {
    if (text.empty()) return true;
    if (text[0] != 'p' && text[0] != 'P') return false;
    text.remove_prefix(1);
    const bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
    if (text.empty()) return false;
    int64_t exponent = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        exponent = std::min<int64_t>(exponent * 10 + (c - '0'), 1'000'000'000);
    }
    number->exponent += negative ? -exponent : exponent;
    return true;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\n\v\f\r";
    const size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

std::string hexDouble(double number) {
    if (!std::isfinite(number)) return reprDouble(number);
    const std::string sign = std::signbit(number) ? "-" : "";
    if (number == 0) return sign + "0x0.0p+0";
    constexpr uint64_t kFraction = (uint64_t{1} << 52) - 1;
    const uint64_t bits = std::bit_cast<uint64_t>(number);
    const auto biased = static_cast<int>((bits >> 52) & 0x7ff);
    const int exponent = biased == 0 ? -1022 : biased - 1023;
    return sign +
           fmt::format("0x{}.{:013x}p{:+d}", biased == 0 ? 0 : 1, bits & kFraction, exponent);
}

bool doubleFromHex(Thread& thread, std::string_view text, double* out) {
    text = trimmed(text);
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest[0] == '-';
    if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) rest.remove_prefix(1);
    const bool letter =
        !rest.empty() && (rest[0] == 'i' || rest[0] == 'I' || rest[0] == 'n' || rest[0] == 'N');
    if (letter && parseDouble(text, out)) return true;
    if (rest.size() >= 2 && rest[0] == '0' && (rest[1] == 'x' || rest[1] == 'X')) {
        rest.remove_prefix(2);
    }
    HexNumber number;
    rest = readMantissa(rest, &number);
    if (number.digits == 0 || !readExponent(rest, &number)) {
        raise(thread, ExceptionKind::kValueError, "invalid hexadecimal floating-point string");
        return false;
    }
    double magnitude = 0;
    if (number.mantissa != 0) {
        magnitude = roundScaled(number.mantissa, number.sticky, number.exponent);
    }
    if (std::isinf(magnitude)) {
        raise(thread, ExceptionKind::kOverflowError,
              "hexadecimal value too large to represent as a float");
        return false;
    }
    *out = negative ? -magnitude : magnitude;
    return true;
}

}  // namespace tagproof
