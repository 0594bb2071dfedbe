// The values of number literals, which the tokenizer has already checked.

#include <algorithm>
#include <charconv>
#include <limits>

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

namespace {

constexpr std::size_t kMaxDecimalDigits = 4300;  // as sys.int_info.default_max_str_digits

std::string withoutUnderscores(std::string_view text) {
    std::string result(text);
    std::erase(result, '_');
    return result;
}

// The value of a decimal that is too large or too small for a double: infinity or zero.
double saturate(std::string_view text) {
    const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
    const std::string_view mantissa = text.substr(0, exponent_at);
    const bool is_zero = mantissa.find_first_of("123456789") == std::string_view::npos;
    const bool is_negative = text.substr(exponent_at).find('-') != std::string_view::npos;
    const bool is_tiny = mantissa.starts_with('.') || mantissa.starts_with("0");
    const bool has_exponent = exponent_at < text.size();
    if (is_zero || is_negative || (!has_exponent && is_tiny)) return 0.0;
    return std::numeric_limits<double>::infinity();
}

double toDouble(const std::string& text) {
    double value = 0.0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc::result_out_of_range ? saturate(text) : value;
}

}  // namespace

Expr* Parser::parseNumber() {
    const Token& token = peek();
    const std::string text = withoutUnderscores(textOf(token));
    ConstantValue value;
    const bool has_radix = text.size() > 1 && text[0] == '0' && text.find_first_of("xXoObB") == 1;
    if (!has_radix && (text.back() == 'j' || text.back() == 'J')) {
        value.kind = ConstantValue::Kind::kComplex;
        value.float_value = toDouble(text.substr(0, text.size() - 1));
    } else if (!has_radix && text.find_first_of(".eE") != std::string::npos) {
        value.kind = ConstantValue::Kind::kFloat;
        value.float_value = toDouble(text);
    } else if (!convertInteger(text, token, value)) {
        return nullptr;
    }
    advance();
    auto* constant = makeAt<Constant>(token);
    constant->value = value;
    return constant;
}

bool Parser::convertInteger(std::string_view text, const Token& token, ConstantValue& value) {
    std::string digits(text);
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    value.kind = ConstantValue::Kind::kInt;
    if (digits.size() > 1 && digits[0] == '0' && digits[1] > '9') {
        value.int_base = digits[1] == 'x' ? 16 : digits[1] == 'o' ? 8 : 2;
        digits.erase(0, 2);
    }
    if (value.int_base == 10 && digits.size() > kMaxDecimalDigits) {
        failAt(token,
               "Exceeds the limit (4300 digits) for integer string conversion: value has " +
                   std::to_string(digits.size()) +
                   " digits; use sys.set_int_max_str_digits() to increase the limit - Consider "
                   "hexadecimal for huge integer literals to avoid decimal conversion limits.");
        return false;
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(),
                                        value.int_value, value.int_base);
    value.int_fits = result.ec == std::errc();
    value.text = arena_.copyText(digits);
    return true;
}

}  // namespace tagproof::frontend
