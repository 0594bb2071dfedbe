#include "objmodel/format_spec.h"

#include <algorithm>
#include <limits>

#include "objmodel/error.h"
#include "objmodel/str_builder.h"
#include "objmodel/str_unicode.h"

namespace tagproof {

namespace {

bool isAlign(char32_t c) { return c == U'<' || c == U'>' || c == U'=' || c == U'^'; }

// Reads the spec from left to right.
class SpecReader {
  public:
    SpecReader(Thread& thread, const Str* text) : thread_(thread), text_(text) {}

    [[nodiscard]] bool atEnd() const { return at_ == text_->length; }
    [[nodiscard]] uint64_t left() const { return text_->length - at_; }
    [[nodiscard]] char32_t peek(uint64_t ahead = 0) const {
        return at_ + ahead < text_->length ? text_->at(at_ + ahead) : 0;
    }
    char32_t take() { return text_->at(at_++); }
    bool takeIf(char32_t c) {
        if (atEnd() || peek() != c) return false;
        ++at_;
        return true;
    }
    // A decimal number; *digits tells how many were there. False with ValueError pending.
    [[nodiscard]] bool takeNumber(int64_t* number, int* digits) {
        *digits = 0;
        int64_t value = 0;
        for (; !atEnd() && charRecord(peek()).decimal >= 0; ++*digits) {
            if (__builtin_mul_overflow(value, 10, &value) ||
                __builtin_add_overflow(value, charRecord(peek()).decimal, &value)) {
                raise(thread_, ExceptionKind::kValueError,
                      "Too many decimal digits in format string");
                return false;
            }
            ++at_;
        }
        if (*digits > 0) *number = value;
        return true;
    }

  private:
    Thread& thread_;
    const Str* text_;
    uint64_t at_ = 0;
};

std::string codeText(char32_t c) {
    if (c > 32 && c < 128) return std::string(1, static_cast<char>(c));
    return fmt::format("\\x{:x}", static_cast<uint32_t>(c));
}

// `default_type`: what a spec without a type means, 0 for numbers.
bool checkGrouping(Thread& thread, const FormatSpec& spec, char32_t default_type) {
    if (spec.grouping == '\0') return true;
    const char32_t type = spec.type != 0 ? spec.type : default_type;
    constexpr std::u32string_view kAlways = U"deEfFgG%";
    constexpr std::u32string_view kUnderscoreOnly = U"boxX";
    if (type == 0 || kAlways.find(type) != std::u32string_view::npos) return true;
    if (spec.grouping == '_' && kUnderscoreOnly.find(type) != std::u32string_view::npos) {
        return true;
    }
    raise(thread, ExceptionKind::kValueError, "Cannot specify '{}' with '{}'.", spec.grouping,
          codeText(type));
    return false;
}

bool readGrouping(Thread& thread, SpecReader* reader, FormatSpec* spec) {
    if (reader->takeIf(U',')) spec->grouping = ',';
    const bool both = spec->grouping != '\0' && reader->peek() == U'_';
    if (!both && reader->takeIf(U'_')) {
        spec->grouping = '_';
        if (reader->peek() != U',') return true;
    }
    if (both || (spec->grouping == '_' && reader->peek() == U',')) {
        raise(thread, ExceptionKind::kValueError, "Cannot specify both ',' and '_'.");
        return false;
    }
    return true;
}

void readFillAndAlign(SpecReader* reader, FormatSpec* spec, bool* fill_given) {
    if (reader->left() >= 2 && isAlign(reader->peek(1))) {
        spec->fill = reader->take();
        *fill_given = true;
        spec->align = static_cast<char>(reader->take());
    } else if (isAlign(reader->peek())) {
        spec->align = static_cast<char>(reader->take());
    }
}

void readFlags(SpecReader* reader, char default_align, bool fill_given, FormatSpec* spec) {
    const char32_t sign = reader->peek();
    if (sign == U'+' || sign == U'-' || sign == U' ') {
        spec->sign = static_cast<char>(reader->take());
        spec->sign_given = true;
    }
    spec->no_negative_zero = reader->takeIf(U'z');
    spec->alternate = reader->takeIf(U'#');
    if (!fill_given && reader->takeIf(U'0')) {
        spec->fill = U'0';
        if (spec->align == '\0' && default_align == '>') spec->align = '=';
    }
}

// Group by group from the right; zeros fill up to `min_width`.
std::string groupDigits(const std::string& digits, char separator, int group, int64_t min_width) {
    std::string reversed;
    auto remaining = static_cast<int64_t>(digits.size());
    bool first = true;
    while (first || remaining > 0 || min_width > 0) {
        if (!first) {
            reversed += separator;
            --min_width;
        }
        first = false;
        const int64_t wanted =
            std::min<int64_t>(group, std::max({remaining, min_width, int64_t{1}}));
        for (int64_t k = 0; k < wanted; ++k) {
            reversed += remaining > 0 ? digits[static_cast<size_t>(--remaining)] : '0';
        }
        min_width -= wanted;
    }
    std::reverse(reversed.begin(), reversed.end());
    return reversed;
}

struct Padding {
    uint64_t left = 0;
    uint64_t inner = 0;  // between sign and digits
    uint64_t right = 0;
};

Padding paddingFor(const FormatSpec& spec, uint64_t length, char default_align) {
    Padding padding;
    const auto width = static_cast<uint64_t>(std::max<int64_t>(spec.width, 0));
    const uint64_t missing = width > length ? width - length : 0;
    switch (spec.align == '\0' ? default_align : spec.align) {
        case '<':
            padding.right = missing;
            break;
        case '^':
            padding.left = missing / 2;
            padding.right = missing - padding.left;
            break;
        case '=':
            padding.inner = missing;
            break;
        default:
            padding.left = missing;
            break;
    }
    return padding;
}

}  // namespace

bool parseFormatSpec(Thread& thread,
                     const Str* text,
                     char default_align,
                     std::string_view type_name,
                     FormatSpec* spec) {
    SpecReader reader(thread, text);
    bool fill_given = false;
    int digits = 0;
    readFillAndAlign(&reader, spec, &fill_given);
    readFlags(&reader, default_align, fill_given, spec);
    if (!reader.takeNumber(&spec->width, &digits)) return false;
    if (!readGrouping(thread, &reader, spec)) return false;
    if (reader.takeIf(U'.')) {
        if (!reader.takeNumber(&spec->precision, &digits)) return false;
        if (digits == 0) {
            raise(thread, ExceptionKind::kValueError, "Format specifier missing precision");
            return false;
        }
    }
    if (reader.left() > 1) {
        raise(thread, ExceptionKind::kValueError,
              "Invalid format specifier '{}' for object of type '{}'", toUtf8(text), type_name);
        return false;
    }
    if (reader.left() == 1) spec->type = reader.take();
    return checkGrouping(thread, *spec, default_align == '<' ? U's' : U'\0');
}

NumberText splitNumber(std::string_view text) {
    NumberText number;
    if (!text.empty() && text[0] == '-') {
        number.sign = "-";
        text.remove_prefix(1);
    }
    size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    number.whole = text.substr(0, digits);
    number.rest = text.substr(digits);
    return number;
}

Value layOutNumber(Thread& thread, const FormatSpec& spec, NumberText number) {
    if (number.sign.empty() && spec.sign != '-') number.sign = std::string(1, spec.sign);
    const uint64_t around = number.sign.size() + number.prefix.size() + number.rest.size();
    constexpr int64_t kMostGrouped = int64_t{1} << 32;
    if (spec.grouping != '\0' && !number.whole.empty()) {
        const bool zeros = spec.fill == U'0' && spec.align == '=';
        const bool wide =
            spec.type == U'b' || spec.type == U'o' || spec.type == U'x' || spec.type == U'X';
        if (zeros && spec.width > kMostGrouped) return raiseMemoryError(thread);
        number.whole = groupDigits(number.whole, spec.grouping, wide ? 4 : 3,
                                   zeros ? spec.width - static_cast<int64_t>(around) : 0);
    }
    const Padding padding = paddingFor(spec, around + number.whole.size(), '>');
    StrBuilder out(thread);
    out.appendRepeated(spec.fill, padding.left);
    out.appendAscii(number.sign);
    out.appendAscii(number.prefix);
    out.appendRepeated(spec.fill, padding.inner);
    out.appendAscii(number.whole);
    out.appendAscii(number.rest);
    out.appendRepeated(spec.fill, padding.right);
    return Value::of(out.finish());
}

Value padText(Thread& thread, const FormatSpec& spec, const Str* text, uint64_t length) {
    const Padding padding = paddingFor(spec, length, '<');
    StrBuilder out(thread);
    out.appendRepeated(spec.fill, padding.left + padding.inner);
    out.append(text, 0, length);
    out.appendRepeated(spec.fill, padding.right);
    return Value::of(out.finish());
}

bool checkFloatPrecision(Thread& thread, int64_t precision) {
    constexpr int64_t kMost = std::numeric_limits<int32_t>::max();
    constexpr int64_t kMostTried = int64_t{1} << 28;
    if (precision <= kMostTried) return true;
    if (precision > kMost) {
        raise(thread, ExceptionKind::kValueError, "precision too big");
    } else {
        raiseMemoryError(thread);
    }
    return false;
}

}  // namespace tagproof
