// printf-style formatting: %[(key)][flags][width][.precision][length]type.

#include "objmodel/percent_format.h"

#include <algorithm>
#include <limits>

#include "objmodel/error.h"
#include "objmodel/float.h"
#include "objmodel/format_spec.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str_builder.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

// One conversion specifier.
struct Conversion {
    bool left = false;       // -
    bool plus = false;       // +
    bool blank = false;      // space
    bool alternate = false;  // #
    bool zero = false;       // 0
    int64_t width = -1;
    int64_t precision = -1;
    char32_t type = 0;
};

class PercentFormatter {
  public:
    PercentFormatter(Thread& thread, Str* format, Value args)
        : thread_(thread), format_(format), args_(args), out_(thread) {
        const Type* type = typeOf(thread, args);
        is_mapping_ = type->slots.get_item != nullptr && !isTuple(args) && !isStr(args);
        const bool tuple = isTuple(args);
        items_ = tuple ? args_.as<Tuple>()->items() : &args_;
        item_count_ = tuple ? args_.as<Tuple>()->size : 1;
    }

    Value run();

  private:
    bool formatOne();
    bool readKey();
    bool readFlags(Conversion* conversion);
    bool readNumber(int64_t* number, const char* too_big);
    bool readStar(int64_t* number);
    Value nextItem();
    bool convert(const Conversion& conversion, Value item);
    bool convertText(const Conversion& conversion, Value item);
    bool convertInt(const Conversion& conversion, Value item);
    bool convertFloat(const Conversion& conversion, Value item);
    bool convertChar(const Conversion& conversion, Value item);
    bool appendNumber(const Conversion& conversion, NumberText number);
    bool appendPadded(const Conversion& conversion, const Str* text, uint64_t length);

    bool atEnd() const { return at_ >= format_->length; }
    bool fail(ExceptionKind kind, const char* text) {
        raiseText(thread_, kind, text);
        return false;
    }

    Thread& thread_;
    Str* format_;
    Value args_;
    StrBuilder out_;
    uint64_t at_ = 0;     // in format_
    const Value* items_;  // positional arguments
    uint64_t item_count_;
    uint64_t next_item_ = 0;
    Ref mapped_;  // argument of the last %(key), until it is used
    bool is_mapping_ = false;
    bool used_mapping_ = false;
};

Value PercentFormatter::run() {
    while (!atEnd()) {
        const uint64_t begin = at_;
        while (!atEnd() && format_->at(at_) != U'%') ++at_;
        out_.append(format_, begin, at_);
        if (!atEnd() && !formatOne()) return Value::null();
    }
    if (next_item_ < item_count_ && !is_mapping_ && !used_mapping_) {
        fail(ExceptionKind::kTypeError, "not all arguments converted during string formatting");
        return Value::null();
    }
    return Value::of(out_.finish());
}

bool PercentFormatter::formatOne() {
    ++at_;  // %
    if (!atEnd() && format_->at(at_) == U'%') {
        out_.append(U'%');
        ++at_;
        return true;
    }
    Conversion conversion;
    if (!atEnd() && format_->at(at_) == U'(' && !readKey()) return false;
    if (!readFlags(&conversion)) return false;
    if (atEnd()) return fail(ExceptionKind::kValueError, "incomplete format");
    conversion.type = format_->at(at_++);
    Ref item(nextItem());
    return item && convert(conversion, item.get());
}

// (key): parentheses nest.
bool PercentFormatter::readKey() {
    if (!is_mapping_) return fail(ExceptionKind::kTypeError, "format requires a mapping");
    const uint64_t begin = ++at_;
    int depth = 1;
    for (; !atEnd(); ++at_) {
        if (format_->at(at_) == U'(') ++depth;
        if (format_->at(at_) == U')' && --depth == 0) break;
    }
    if (atEnd()) return fail(ExceptionKind::kValueError, "incomplete format key");
    Ref key(Value::of(sliceStr(thread_, format_, begin, at_++)));
    if (!key) return false;
    mapped_ = Ref(getItem(thread_, args_, key.get()));
    used_mapping_ = true;
    return static_cast<bool>(mapped_);
}

bool PercentFormatter::readFlags(Conversion* conversion) {
    for (bool more = true; more && !atEnd();) {
        switch (format_->at(at_)) {
            case U'-':
                conversion->left = true;
                break;
            case U'+':
                conversion->plus = true;
                break;
            case U' ':
                conversion->blank = true;
                break;
            case U'#':
                conversion->alternate = true;
                break;
            case U'0':
                conversion->zero = true;
                break;
            default:
                more = false;
                break;
        }
        if (more) ++at_;
    }
    if (!readNumber(&conversion->width, "width too big")) return false;
    if (conversion->width < -1) {
        conversion->left = true;
        conversion->width = -conversion->width;
    }
    if (!atEnd() && format_->at(at_) == U'.') {
        ++at_;
        conversion->precision = 0;
        if (!readNumber(&conversion->precision, "precision too big")) return false;
        conversion->precision = std::max<int64_t>(conversion->precision, 0);
    }
    const char32_t length = atEnd() ? 0 : format_->at(at_);
    if (length == U'h' || length == U'l' || length == U'L') ++at_;
    return true;
}

bool PercentFormatter::readNumber(int64_t* number, const char* too_big) {
    if (!atEnd() && format_->at(at_) == U'*') {
        ++at_;
        return readStar(number);
    }
    if (atEnd() || format_->at(at_) < U'0' || format_->at(at_) > U'9') return true;
    *number = 0;
    for (; !atEnd() && format_->at(at_) >= U'0' && format_->at(at_) <= U'9'; ++at_) {
        *number = *number * 10 + static_cast<int64_t>(format_->at(at_) - U'0');
        if (*number > std::numeric_limits<int32_t>::max()) {
            return fail(ExceptionKind::kValueError, too_big);
        }
    }
    return true;
}

bool PercentFormatter::readStar(int64_t* number) {
    Ref item(nextItem());
    if (!item) return false;
    if (!isInt(item.get())) return fail(ExceptionKind::kTypeError, "* wants int");
    return intToInt64(thread_, item.get(), number);
}

Value PercentFormatter::nextItem() {
    if (mapped_) return mapped_.release();
    if (next_item_ >= item_count_ || used_mapping_) {
        return raise(thread_, ExceptionKind::kTypeError, "not enough arguments for format string");
    }
    return newRef(items_[next_item_++]);
}

bool PercentFormatter::convert(const Conversion& conversion, Value item) {
    switch (conversion.type) {
        case U's':
        case U'r':
        case U'a':
            return convertText(conversion, item);
        case U'd':
        case U'i':
        case U'u':
        case U'o':
        case U'x':
        case U'X':
            return convertInt(conversion, item);
        case U'e':
        case U'E':
        case U'f':
        case U'F':
        case U'g':
        case U'G':
            return convertFloat(conversion, item);
        case U'c':
            return convertChar(conversion, item);
        default:
            break;
    }
    const auto code = static_cast<uint32_t>(conversion.type);
    const bool printable = code > 31 && code < 128;
    raise(thread_, ExceptionKind::kValueError,
          "unsupported format character '{}' (0x{:x}) at index {}",
          printable ? static_cast<char>(code) : '?', code, at_ - 1);
    return false;
}

bool PercentFormatter::convertText(const Conversion& conversion, Value item) {
    Ref text;
    if (conversion.type == U's') {
        text = Ref(strOf(thread_, item));
    } else {
        text = Ref(conversion.type == U'r' ? reprOf(thread_, item) : asciiOf(thread_, item));
    }
    if (!text) return false;
    const auto* str = text.as<Str>();
    const bool cut =
        conversion.precision >= 0 && static_cast<uint64_t>(conversion.precision) < str->length;
    return appendPadded(conversion, str,
                        cut ? static_cast<uint64_t>(conversion.precision) : str->length);
}

bool PercentFormatter::convertChar(const Conversion& conversion, Value item) {
    if (isStr(item)) {
        if (item.as<Str>()->length == 1) return appendPadded(conversion, item.as<Str>(), 1);
        return fail(ExceptionKind::kTypeError, "%c requires int or char");
    }
    if (!isInt(item) && typeOf(thread_, item)->slots.index == nullptr) {
        return fail(ExceptionKind::kTypeError, "%c requires int or char");
    }
    int64_t code = 0;
    if (!toIndexSaturated(thread_, item, &code)) return false;
    if (code < 0 || code > 0x10ffff) {
        return fail(ExceptionKind::kOverflowError, "%c arg not in range(0x110000)");
    }
    Ref text(Value::of(makeCharStr(thread_, static_cast<char32_t>(code))));
    return text && appendPadded(conversion, text.as<Str>(), 1);
}

// The int that an integer conversion is given: %d truncates, %x and %o want an index.
Value integerArgument(Thread& thread, char32_t type, Value item) {
    if (isInt(item)) return exactInt(thread, item);
    const TypeSlots& slots = typeOf(thread, item)->slots;
    const bool decimal = type == U'd' || type == U'i' || type == U'u';
    const bool number = slots.index != nullptr ||
                        (decimal && (slots.to_int != nullptr || slots.to_float != nullptr));
    if (number) return decimal ? toInt(thread, item) : indexOf(thread, item);
    return raise(thread, ExceptionKind::kTypeError, "%{} format: {} is required, not {}",
                 static_cast<char>(type), decimal ? "a real number" : "an integer",
                 typeName(typeOf(thread, item)));
}

// The base that a conversion of integers writes in.
int baseOf(char32_t type) {
    if (type == U'x' || type == U'X') return 16;
    return type == U'o' ? 8 : 10;
}

// What the alternate form of a conversion of integers puts before the digits.
const char* basePrefix(char32_t type) {
    if (type == U'x') return "0x";
    if (type == U'X') return "0X";
    return type == U'o' ? "0o" : "";
}

bool PercentFormatter::convertInt(const Conversion& conversion, Value item) {
    Ref integer(integerArgument(thread_, conversion.type, item));
    if (!integer) return false;
    std::string text;
    if (!intToString(thread_, integer.get(), baseOf(conversion.type), &text)) return false;
    NumberText number;
    if (text[0] == '-') {
        number.sign = "-";
        text.erase(0, 1);
    }
    const auto digits = static_cast<int64_t>(text.size());
    if (!checkFloatPrecision(thread_, conversion.precision)) return false;
    if (conversion.precision > digits) {
        text.insert(0, static_cast<size_t>(conversion.precision - digits), '0');
    }
    if (conversion.alternate) number.prefix = basePrefix(conversion.type);
    if (conversion.type == U'X') {
        for (char& c : text) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    number.whole = text;
    return appendNumber(conversion, number);
}

bool PercentFormatter::convertFloat(const Conversion& conversion, Value item) {
    double value = 0;
    if (!toDouble(thread_, item, &value)) return false;
    const int64_t precision = conversion.precision < 0 ? 6 : conversion.precision;
    if (!checkFloatPrecision(thread_, precision)) return false;
    return appendNumber(
        conversion, splitNumber(formatDouble(value, static_cast<char>(conversion.type),
                                             static_cast<int>(precision), conversion.alternate)));
}

bool PercentFormatter::appendNumber(const Conversion& conversion, NumberText number) {
    if (number.sign.empty()) {
        number.sign = conversion.plus ? "+" : (conversion.blank ? " " : "");
    }
    const uint64_t length =
        number.sign.size() + number.prefix.size() + number.whole.size() + number.rest.size();
    const auto width = static_cast<uint64_t>(std::max<int64_t>(conversion.width, 0));
    const uint64_t missing = width > length ? width - length : 0;
    const bool zeros = conversion.zero && !conversion.left;
    if (!zeros && !conversion.left) out_.appendRepeated(U' ', missing);
    out_.appendAscii(number.sign);
    out_.appendAscii(number.prefix);
    if (zeros) out_.appendRepeated(U'0', missing);
    out_.appendAscii(number.whole);
    out_.appendAscii(number.rest);
    if (conversion.left) out_.appendRepeated(U' ', missing);
    return true;
}

bool PercentFormatter::appendPadded(const Conversion& conversion,
                                    const Str* text,
                                    uint64_t length) {
    const auto width = static_cast<uint64_t>(std::max<int64_t>(conversion.width, 0));
    const uint64_t missing = width > length ? width - length : 0;
    if (!conversion.left) out_.appendRepeated(U' ', missing);
    out_.append(text, 0, length);
    if (conversion.left) out_.appendRepeated(U' ', missing);
    return true;
}

}  // namespace

Value percentFormat(Thread& thread, Str* format, Value args) {
    return PercentFormatter(thread, format, args).run();
}

}  // namespace tagproof
