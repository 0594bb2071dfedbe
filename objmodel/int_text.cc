// Ints from and to text.

#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>

#include "objmodel/error.h"
#include "objmodel/int.h"
#include "objmodel/int_operand.h"
#include "objmodel/number_bytes.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str_unicode.h"

namespace tagproof {

namespace {

// Decimal digits that a number of `bits` bits has at least.
size_t leastDecimalDigits(size_t bits) { return bits * 30102 / 100000; }

bool isTooLong(const Thread& thread, size_t digits) {
    return thread.max_int_digits != 0 && digits > thread.max_int_digits;
}

// A number's text taken apart: sign, base (prefix seen), digits without underscores.
struct Literal {
    bool negative = false;
    int base = 10;
    std::string digits;
};

int digitValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'z') return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
    return 99;
}

int prefixBase(std::string_view text) {
    if (text.size() < 2 || text[0] != '0') return 0;
    switch (text[1]) {
        case 'x':
        case 'X':
            return 16;
        case 'o':
        case 'O':
            return 8;
        case 'b':
        case 'B':
            return 2;
        default:
            return 0;
    }
}

// Digits with single underscores between them. False when malformed.
bool readDigits(std::string_view text, int base, std::string* digits) {
    bool after_digit = false;
    for (const char c : text) {
        if (c == '_') {
            if (!after_digit) return false;
            after_digit = false;
            continue;
        }
        if (digitValue(c) >= base) return false;
        digits->push_back(c);
        after_digit = true;
    }
    return after_digit;
}

bool readLiteral(std::string_view text, int base, Literal* literal) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        literal->negative = text[0] == '-';
        text.remove_prefix(1);
    }
    const int prefix = prefixBase(text);
    const bool guess = base == 0;
    literal->base = guess ? (prefix == 0 ? 10 : prefix) : base;
    if (prefix != 0 && prefix == literal->base) {
        text.remove_prefix(2);
        if (!text.empty() && text[0] == '_') text.remove_prefix(1);
    }
    if (!readDigits(text, literal->base, &literal->digits)) return false;
    const bool octal_like = guess && prefix == 0 && literal->digits[0] == '0';
    return !octal_like || literal->digits.find_first_not_of('0') == std::string::npos;
}

bool isPowerOfTwo(int base) { return (base & (base - 1)) == 0; }

Value raiseInvalidLiteral(Thread& thread, Value source, int base) {
    constexpr uint64_t kMostShown = 200;  // characters of the text, its quotes included
    const Ref quoted(reprOf(thread, source));
    if (!quoted) return Value::null();
    const Ref shown(Value::of(
        sliceStr(thread, quoted.as<Str>(), 0, std::min(kMostShown, quoted.as<Str>()->length))));
    if (!shown) return Value::null();
    return raise(thread, ExceptionKind::kValueError, "invalid literal for int() with base {}: {}",
                 base, toUtf8(shown.as<Str>()));
}

}  // namespace

Value intFromDigits(Thread& thread, std::string_view digits, int base) {
    int64_t small = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, small, base);
    if (error == std::errc() && stop == end) return makeInt(thread, small);
    MpzTemp number;
    const std::string text(digits);
    mpz_set_str(number.get(), text.c_str(), base);
    return makeInt(thread, number.get());
}

Value intFromStr(Thread& thread, Str* text, int base) {
    return intFromAscii(thread, toAsciiDecimal(text), Value::of(text), base);
}

Value intFromAscii(Thread& thread, std::string_view ascii, Value source, int base) {
    if (base != 0 && (base < 2 || base > 36)) {
        return raise(thread, ExceptionKind::kValueError, "int() base must be >= 2 and <= 36, or 0");
    }
    Literal literal;
    if (!readLiteral(ascii, base, &literal)) {
        return raiseInvalidLiteral(thread, source, base);
    }
    if (isTooLong(thread, literal.digits.size()) && !isPowerOfTwo(literal.base)) {
        return raise(thread, ExceptionKind::kValueError,
                     "Exceeds the limit ({} digits) for integer string conversion: value has {} "
                     "digits; use sys.set_int_max_str_digits() to increase the limit",
                     thread.max_int_digits, literal.digits.size());
    }
    const Value result = intFromDigits(thread, literal.digits, literal.base);
    if (!literal.negative || result.isNull()) return result;
    const Value negated = intNegate(thread, result);
    decref(result);
    return negated;
}

bool intToString(Thread& thread, Value integer, int base, std::string* out) {
    if (integer.isFixnum()) {
        char buffer[72];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, integer.asFixnum(), base);
        out->assign(buffer, end.ptr);
        return true;
    }
    const IntOperand operand(thread, integer);
    const size_t bits = mpz_sizeinbase(operand.get(), 2);
    bool too_long =
        base == 10 && isTooLong(thread, std::max<size_t>(leastDecimalDigits(bits), 1) - 1);
    if (!too_long) {
        std::vector<char> buffer(mpz_sizeinbase(operand.get(), base) + 2);
        mpz_get_str(buffer.data(), base, operand.get());
        out->assign(buffer.data());
        too_long = base == 10 && isTooLong(thread, out->size() - ((*out)[0] == '-' ? 1 : 0));
    }
    if (!too_long) return true;
    raise(thread, ExceptionKind::kValueError,
          "Exceeds the limit ({} digits) for integer string conversion; use "
          "sys.set_int_max_str_digits() to increase the limit",
          thread.max_int_digits);
    return false;
}

}  // namespace tagproof
