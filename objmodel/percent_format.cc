// printf-style formatting: %[(key)][flags][width][.precision][length]type.

#include "objmodel/percent_format.h"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "objmodel/attr.h"
#include "objmodel/c_int.h"
#include "objmodel/error.h"
#include "objmodel/fixnum_text.h"
#include "objmodel/float.h"
#include "objmodel/format_spec.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/text_kind.h"
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

// A formatter of str or bytes: Text is StrText or BytesText.
template <typename Text>
class PercentFormatter {
  public:
    PercentFormatter(Thread& thread, Value format, Value args)
        : thread_(thread), source_(format), format_(Text::view(format)), args_(args), out_(thread) {
        const Type* type = typeOf(thread, args);
        is_mapping_ = type->slots.get_item != nullptr && !isTuple(args) && !isStr(args) &&
                      !(kIsBytes && isBytes(args));
        const bool tuple = isTuple(args);
        items_ = tuple ? args_.as<Tuple>()->items() : &args_;
        item_count_ = tuple ? args_.as<Tuple>()->size : 1;
    }

    Value run();

  private:
    static constexpr bool kIsBytes = std::is_same_v<Text, BytesText>;

    bool formatOne();
    bool readKey();
    bool readFlags(Conversion* conversion);
    bool readWidth(Conversion* conversion);
    bool readPrecision(Conversion* conversion);
    bool readNumber(int64_t* number, int64_t most, const char* too_big);
    Value readStar();
    bool raiseUnknown(char32_t type);
    Value nextItem();
    bool convert(const Conversion& conversion, Value item);
    bool convertText(const Conversion& conversion, Value item);
    bool convertInt(const Conversion& conversion, Value item);
    bool convertFloat(const Conversion& conversion, Value item);
    bool convertChar(const Conversion& conversion, Value item);
    bool appendNumber(const Conversion& conversion, NumberText number);
    bool appendPadded(const Conversion& conversion, typename Text::View text, uint64_t length);

    bool atEnd() const { return at_ >= format_.length; }
    char32_t unit() const { return format_.at(at_); }  // requires !atEnd()
    bool fail(ExceptionKind kind, const char* text) {
        raiseText(thread_, kind, text);
        return false;
    }

    Thread& thread_;
    Value source_;  // of format_
    typename Text::View format_;
    Value args_;
    typename Text::Builder out_;
    uint64_t at_ = 0;     // in format_
    const Value* items_;  // positional arguments
    uint64_t item_count_;
    uint64_t next_item_ = 0;
    Ref mapped_;  // argument of the last %(key), until it is used
    bool is_mapping_ = false;
    bool used_mapping_ = false;
};

template <typename Text>
Value PercentFormatter<Text>::run() {
    while (!atEnd()) {
        const uint64_t begin = at_;
        while (!atEnd() && unit() != U'%') ++at_;
        Text::append(&out_, format_, begin, at_);
        if (!atEnd() && !formatOne()) return Value::null();
    }
    if (next_item_ < item_count_ && !is_mapping_ && !used_mapping_) {
        return raise(thread_, ExceptionKind::kTypeError,
                     "not all arguments converted during {} formatting",
                     kIsBytes ? "bytes" : "string");
    }
    return Value::of(out_.finish());
}

template <typename Text>
bool PercentFormatter<Text>::formatOne() {
    ++at_;  // %
    if (!atEnd() && unit() == U'%') {
        out_.append(U'%');
        ++at_;
        return true;
    }
    Conversion conversion;
    if (!atEnd() && unit() == U'(' && !readKey()) return false;
    if (!readFlags(&conversion)) return false;
    if (atEnd()) return fail(ExceptionKind::kValueError, "incomplete format");
    conversion.type = format_.at(at_++);
    if (kIsBytes && conversion.type == U'i') conversion.type = U'd';
    Ref item(nextItem());
    return item && convert(conversion, item.get());
}

// (key): parentheses nest.
template <typename Text>
bool PercentFormatter<Text>::readKey() {
    if (!is_mapping_) return fail(ExceptionKind::kTypeError, "format requires a mapping");
    const uint64_t begin = ++at_;
    int depth = 1;
    for (; !atEnd(); ++at_) {
        if (unit() == U'(') ++depth;
        if (unit() == U')' && --depth == 0) break;
    }
    if (atEnd()) return fail(ExceptionKind::kValueError, "incomplete format key");
    Ref key(Text::slice(thread_, source_, begin, at_++));
    if (!key) return false;
    mapped_ = Ref(getItem(thread_, args_, key.get()));
    used_mapping_ = true;
    return static_cast<bool>(mapped_);
}

template <typename Text>
bool PercentFormatter<Text>::readFlags(Conversion* conversion) {
    for (bool more = true; more && !atEnd();) {
        switch (unit()) {
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
    if (!readWidth(conversion) || !readPrecision(conversion)) return false;
    const char32_t length = atEnd() ? 0 : unit();
    if (length == U'h' || length == U'l' || length == U'L') ++at_;
    return true;
}

template <typename Text>
bool PercentFormatter<Text>::readWidth(Conversion* conversion) {
    if (atEnd() || unit() != U'*') {
        return readNumber(&conversion->width, std::numeric_limits<int64_t>::max(), "width too big");
    }
    const Ref star(readStar());
    if (!star || !toSsize(thread_, star.get(), &conversion->width)) return false;
    if (conversion->width < 0) {
        conversion->left = true;
        conversion->width = -std::max(conversion->width, -std::numeric_limits<int64_t>::max());
    }
    return true;
}

template <typename Text>
bool PercentFormatter<Text>::readPrecision(Conversion* conversion) {
    if (atEnd() || unit() != U'.') return true;
    ++at_;
    conversion->precision = 0;
    if (atEnd() || unit() != U'*') {
        return readNumber(&conversion->precision, std::numeric_limits<int32_t>::max(),
                          kIsBytes ? "prec too big" : "precision too big");
    }
    const Ref star(readStar());
    int precision = 0;
    if (!star || !toCInt(thread_, star.get(), &precision)) return false;
    conversion->precision = std::max(precision, 0);
    return true;
}

template <typename Text>
bool PercentFormatter<Text>::readNumber(int64_t* number, int64_t most, const char* too_big) {
    if (atEnd() || unit() < U'0' || unit() > U'9') return true;
    *number = 0;
    for (; !atEnd() && unit() >= U'0' && unit() <= U'9'; ++at_) {
        const auto digit = static_cast<int64_t>(unit() - U'0');
        if (*number > (most - digit) / 10) return fail(ExceptionKind::kValueError, too_big);
        *number = *number * 10 + digit;
    }
    return true;
}

// The int that * stands for; new reference, or null + pending.
template <typename Text>
Value PercentFormatter<Text>::readStar() {
    ++at_;  // *
    Ref item(nextItem());
    if (!item || isInt(item.get())) return item.release();
    return raise(thread_, ExceptionKind::kTypeError, "* wants int");
}

template <typename Text>
Value PercentFormatter<Text>::nextItem() {
    if (mapped_) return mapped_.release();
    if (next_item_ >= item_count_ || used_mapping_) {
        return raise(thread_, ExceptionKind::kTypeError, "not enough arguments for format string");
    }
    return newRef(items_[next_item_++]);
}

template <typename Text>
bool PercentFormatter<Text>::convert(const Conversion& conversion, Value item) {
    switch (conversion.type) {
        case U'b':
            if (kIsBytes) return convertText(conversion, item);
            break;
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
    return raiseUnknown(conversion.type);
}

template <typename Text>
bool PercentFormatter<Text>::raiseUnknown(char32_t type) {
    const auto code = static_cast<uint32_t>(type);
    const bool shown = kIsBytes ? code < 0x80 : code > 31 && code < 127;
    raise(thread_, ExceptionKind::kValueError,
          "unsupported format character '{}' (0x{:x}) at index {}",
          shown ? static_cast<char>(code) : '?', code, at_ - 1);
    return false;
}

// What %s makes of an item of a text, and %s or %b of bytes. New reference, or null + pending.
template <typename Text>
Value textOf(Thread& thread, Value item);

template <>
Value textOf<StrText>(Thread& thread, Value item) {
    return strOf(thread, item);
}

template <>
Value textOf<BytesText>(Thread& thread, Value item) {
    if (isBytes(item)) return newRef(item);
    const Ref method(lookupSpecial(thread, item, thread.singletons->names.bytes));
    if (method) return requireBytes(thread, call(thread, method.get(), nullptr, 0));
    if (hasPending(thread)) return Value::null();
    if (isBytesLike(item)) return Value::of(makeBytes(thread, bufferOf(item)));
    return raise(
        thread, ExceptionKind::kTypeError,
        "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
        typeName(typeOf(thread, item)));
}

// A str of ASCII as the text that Text is.
Ref convertedAscii(Thread&, Ref text, const StrText&) { return text; }
Ref convertedAscii(Thread& thread, Ref text, const BytesText&) {
    return text ? Ref(Value::of(makeBytes(thread, text.as<Str>()->asciiView()))) : Ref();
}

template <typename Text>
bool PercentFormatter<Text>::convertText(const Conversion& conversion, Value item) {
    Ref text;
    if (conversion.type == U's' || conversion.type == U'b') {
        text = Ref(textOf<Text>(thread_, item));
    } else if (conversion.type == U'r' && !kIsBytes) {
        text = Ref(reprOf(thread_, item));
    } else {
        text = convertedAscii(thread_, Ref(asciiOf(thread_, item)), Text());
    }
    if (!text) return false;
    const auto view = Text::view(text.get());
    const bool cut =
        conversion.precision >= 0 && static_cast<uint64_t>(conversion.precision) < view.length;
    return appendPadded(conversion, view,
                        cut ? static_cast<uint64_t>(conversion.precision) : view.length);
}

template <>
bool PercentFormatter<StrText>::convertChar(const Conversion& conversion, Value item) {
    if (isStr(item)) {
        if (item.as<Str>()->length == 1) return appendPadded(conversion, StrText::view(item), 1);
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
    return text && appendPadded(conversion, StrText::view(text.get()), 1);
}

template <>
bool PercentFormatter<BytesText>::convertChar(const Conversion& conversion, Value item) {
    if (isBytes(item) && bufferOf(item).length == 1) {
        return appendPadded(conversion, bufferOf(item), 1);
    }
    int64_t code = 0;
    if (!toIndexSaturated(thread_, item, &code)) {
        if (!pendingMatches(thread_, ExceptionKind::kTypeError)) return false;
        clearPending(thread_);
        return fail(ExceptionKind::kTypeError,
                    "%c requires an integer in range(256) or a single byte");
    }
    if (code < 0 || code > UINT8_MAX) {
        return fail(ExceptionKind::kOverflowError, "%c arg not in range(256)");
    }
    const auto byte = static_cast<uint8_t>(code);
    return appendPadded(conversion, {&byte, 1}, 1);
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

// Nothing but the type is given.
bool isPlain(const Conversion& conversion) {
    const bool flags = conversion.alternate || conversion.plus || conversion.blank ||
                       conversion.zero || conversion.left;
    return !flags && conversion.width <= 0 && conversion.precision < 0;
}

template <typename Text>
bool PercentFormatter<Text>::convertInt(const Conversion& conversion, Value item) {
    Ref integer(integerArgument(thread_, conversion.type, item));
    if (!integer) return false;
    const bool decimal = baseOf(conversion.type) == 10;
    if (decimal && integer.get().isFixnum() && isPlain(conversion)) {
        const FixnumText digits(integer.get().asFixnum());
        out_.appendAscii(digits.view());
        return true;
    }
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

template <typename Text>
bool PercentFormatter<Text>::convertFloat(const Conversion& conversion, Value item) {
    double value = 0;
    if (!toDouble(thread_, item, &value)) {
        if (!kIsBytes) return false;
        clearPending(thread_);
        raise(thread_, ExceptionKind::kTypeError, "float argument required, not {}",
              typeName(typeOf(thread_, item)));
        return false;
    }
    const int64_t precision = conversion.precision < 0 ? 6 : conversion.precision;
    if (!checkFloatPrecision(thread_, precision)) return false;
    return appendNumber(
        conversion, splitNumber(formatDouble(value, static_cast<char>(conversion.type),
                                             static_cast<int>(precision), conversion.alternate)));
}

template <typename Text>
bool PercentFormatter<Text>::appendNumber(const Conversion& conversion, NumberText number) {
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

template <typename Text>
bool PercentFormatter<Text>::appendPadded(const Conversion& conversion,
                                          typename Text::View text,
                                          uint64_t length) {
    const auto width = static_cast<uint64_t>(std::max<int64_t>(conversion.width, 0));
    const uint64_t missing = width > length ? width - length : 0;
    if (!conversion.left) out_.appendRepeated(U' ', missing);
    Text::append(&out_, text, 0, length);
    if (conversion.left) out_.appendRepeated(U' ', missing);
    return true;
}

}  // namespace

Value percentFormat(Thread& thread, Str* format, Value args) {
    return PercentFormatter<StrText>(thread, Value::of(format), args).run();
}

Value percentFormatBytes(Thread& thread, Bytes* format, Value args) {
    return PercentFormatter<BytesText>(thread, Value::of(format), args).run();
}

}  // namespace tagproof
