#include "runtime/frontend/literal_repr.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

#include "runtime/frontend/unicode.h"

namespace tagproof::frontend {

namespace {

std::string hex(std::uint32_t value, int digits) {
    std::string text;
    for (int i = digits - 1; i >= 0; --i) {
        text.push_back("0123456789abcdef"[value >> (4 * i) & 15U]);
    }
    return text;
}

char quoteFor(std::string_view text) {
    const bool has_single = text.find('\'') != std::string_view::npos;
    return has_single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

// Appends the character if it is written with a backslash in every literal.
bool appendCommonEscape(std::string& result, std::uint32_t code_point, char quote) {
    if (code_point == static_cast<unsigned char>(quote) || code_point == '\\') {
        result.push_back('\\');
        result.push_back(static_cast<char>(code_point));
    } else if (code_point == '\n') {
        result += "\\n";
    } else if (code_point == '\r') {
        result += "\\r";
    } else if (code_point == '\t') {
        result += "\\t";
    } else {
        return false;
    }
    return true;
}

// Decimal digits of an integer of any size, by repeated multiplication in base 10^9.
std::string toDecimal(std::string_view digits, std::uint32_t base) {
    constexpr std::uint64_t kLimb = 1'000'000'000;
    std::vector<std::uint64_t> limbs{0};
    for (char c : digits) {
        std::uint64_t carry = static_cast<std::uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
        for (std::uint64_t& limb : limbs) {
            carry += limb * base;
            limb = carry % kLimb;
            carry /= kLimb;
        }
        if (carry != 0) limbs.push_back(carry);
    }
    std::string result = std::to_string(limbs.back());
    for (std::size_t i = limbs.size() - 1; i-- > 0;) {
        const std::string part = std::to_string(limbs[i]);
        result += std::string(9 - part.size(), '0') + part;
    }
    return result;
}

// The shortest digits that read back as the value, laid out as Python does.
std::string reprOfDouble(double value, bool has_point) {
    if (std::isinf(value)) return "inf";
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                      std::chars_format::scientific);
    const std::string_view text(buffer.data(),
                                static_cast<std::size_t>(result.ptr - buffer.data()));
    const std::size_t e = text.find('e');
    int exponent = 0;
    const std::size_t exponent_at = text[e + 1] == '+' ? e + 2 : e + 1;
    std::from_chars(text.data() + exponent_at, text.data() + text.size(), exponent);
    if (exponent < -4 || exponent >= 16) return std::string(text);
    std::string digits(1, text[0]);
    if (e > 2) digits += text.substr(2, e - 2);
    if (exponent < 0) {
        return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    }
    const auto integral = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= integral) {
        return digits + std::string(integral - digits.size(), '0') + (has_point ? ".0" : "");
    }
    return digits.substr(0, integral) + "." + digits.substr(integral);
}

}  // namespace

std::string reprOfBytes(std::string_view bytes) {
    const char quote = quoteFor(bytes);
    std::string result = std::string("b") + quote;
    for (char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (appendCommonEscape(result, byte, quote)) continue;
        if (byte >= 0x20 && byte < 0x7F) {
            result.push_back(c);
        } else {
            result += "\\x" + hex(byte, 2);
        }
    }
    return result + quote;
}

std::string reprOfText(std::string_view text) {
    const char quote = quoteFor(text);
    std::string result(1, quote);
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t begin = i;
        const std::uint32_t code_point = nextCodePoint(text, i);
        if (appendCommonEscape(result, code_point, quote)) continue;
        if (isPrintable(code_point)) {
            result += text.substr(begin, i - begin);
        } else if (code_point < 0x100) {
            result += "\\x" + hex(code_point, 2);
        } else if (code_point < 0x10000) {
            result += "\\u" + hex(code_point, 4);
        } else {
            result += "\\U" + hex(code_point, 8);
        }
    }
    return result + quote;
}

std::string reprOfConstant(const ConstantValue& value) {
    switch (value.kind) {
        case ConstantValue::Kind::kNone:
            return "None";
        case ConstantValue::Kind::kTrue:
            return "True";
        case ConstantValue::Kind::kFalse:
            return "False";
        case ConstantValue::Kind::kEllipsis:
            return "Ellipsis";
        case ConstantValue::Kind::kInt:
            if (value.int_fits) return std::to_string(value.int_value);
            if (value.int_base == 10) return std::string(value.text);
            return toDecimal(value.text, value.int_base);
        case ConstantValue::Kind::kFloat:
            return reprOfDouble(value.float_value, true);
        case ConstantValue::Kind::kComplex:
            return reprOfDouble(value.float_value, false) + "j";
        case ConstantValue::Kind::kStr:
            return reprOfText(value.text);
        case ConstantValue::Kind::kBytes:
            return reprOfBytes(value.text);
    }
    return {};
}

}  // namespace tagproof::frontend
