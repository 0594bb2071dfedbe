// __format__ of int, float and str.

#include "objmodel/error.h"
#include "objmodel/float.h"
#include "objmodel/format_spec.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/number_slots.h"
#include "objmodel/protocol.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

bool raiseSpec(Thread& thread, const char* text) {
    raiseText(thread, ExceptionKind::kValueError, text);
    return false;
}

Value raiseUnknownCode(Thread& thread, char32_t code, Value self) {
    const std::string name = typeName(typeOf(thread, self));
    if (code > 32 && code < 128) {
        return raise(thread, ExceptionKind::kValueError,
                     "Unknown format code '{}' for object of type '{}'", static_cast<char>(code),
                     name);
    }
    return raise(thread, ExceptionKind::kValueError,
                 "Unknown format code '\\x{:x}' for object of type '{}'",
                 static_cast<uint32_t>(code), name);
}

// --- float ---------------------------------------------------------------------------------------

bool isFloatCode(char32_t code) {
    constexpr std::u32string_view kCodes = U"eEfFgGn%";
    return kCodes.find(code) != std::u32string_view::npos;
}

// True when every digit of a formatted number is zero.
bool isZeroText(const std::string& text) {
    for (const char c : text) {
        if (c >= '1' && c <= '9') return false;
        if (c == 'e' || c == 'E') break;
        if (c == 'i' || c == 'n' || c == 'I' || c == 'N') return false;
    }
    return true;
}

Value layOutFloat(Thread& thread, double number, const FormatSpec& spec) {
    int64_t precision = spec.precision;
    char type = static_cast<char>(spec.type);
    if (!checkFloatPrecision(thread, precision)) return Value::null();
    const bool percent = type == '%';
    if (percent) {
        number *= 100;
        type = 'f';
    }
    if (type == 'n') type = 'g';
    if (type == '\0') {
        type = precision < 0 ? 'r' : kFormatGeneralFraction;
    } else if (precision < 0) {
        precision = 6;
    }
    std::string text = formatDouble(number, type, static_cast<int>(precision), spec.alternate);
    if (spec.no_negative_zero && text[0] == '-' && isZeroText(text)) text.erase(0, 1);
    if (percent) text += '%';
    return layOutNumber(thread, spec, splitNumber(text));
}

// --- int -----------------------------------------------------------------------------------------

Value layOutCharacter(Thread& thread, Value self, const FormatSpec& spec) {
    if (spec.sign_given &&
        !raiseSpec(thread, "Sign not allowed with integer format specifier 'c'")) {
        return Value::null();
    }
    if (spec.alternate &&
        !raiseSpec(thread, "Alternate form (#) not allowed with integer format specifier 'c'")) {
        return Value::null();
    }
    int64_t code = 0;
    if (!intToInt64(thread, self, &code)) return Value::null();
    if (code < 0 || code > 0x10ffff) {
        return raise(thread, ExceptionKind::kOverflowError, "%c arg not in range(0x110000)");
    }
    Str* text = makeCharStr(thread, static_cast<char32_t>(code));
    if (text == nullptr) return Value::null();
    FormatSpec padded = spec;
    if (padded.align == '\0') padded.align = '>';
    const Value result = padText(thread, padded, text, 1);
    decref(&text->head);
    return result;
}

Value layOutInt(Thread& thread, Value self, const FormatSpec& spec) {
    int base = 10;
    std::string prefix;
    switch (spec.type) {
        case U'b':
            base = 2;
            prefix = "0b";
            break;
        case U'o':
            base = 8;
            prefix = "0o";
            break;
        case U'x':
            base = 16;
            prefix = "0x";
            break;
        case U'X':
            base = 16;
            prefix = "0X";
            break;
        default:
            break;
    }
    std::string text;
    if (!intToString(thread, self, base, &text)) return Value::null();
    NumberText number;
    if (text[0] == '-') {
        number.sign = "-";
        text.erase(0, 1);
    }
    if (spec.type == U'X') {
        for (char& c : text) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    if (spec.alternate) number.prefix = prefix;
    number.whole = text;
    return layOutNumber(thread, spec, number);
}

bool checkIntSpec(Thread& thread, const FormatSpec& spec) {
    if (spec.precision >= 0) {
        return raiseSpec(thread, "Precision not allowed in integer format specifier");
    }
    if (spec.no_negative_zero) {
        return raiseSpec(thread,
                         "Negative zero coercion (z) not allowed in integer format specifier");
    }
    return true;
}

}  // namespace

Value formatInt(Thread& thread, Value self, Value spec_text) {
    const auto* text = spec_text.as<Str>();
    if (text->length == 0) return strOf(thread, self);
    FormatSpec spec;
    if (!parseFormatSpec(thread, text, '>', typeName(typeOf(thread, self)), &spec)) {
        return Value::null();
    }
    if (isFloatCode(spec.type) && spec.type != U'n') {
        double number = 0;
        return intToDouble(thread, self, &number) ? layOutFloat(thread, number, spec)
                                                  : Value::null();
    }
    constexpr std::u32string_view kIntCodes = U"bcdoxXn";
    if (spec.type != 0 && kIntCodes.find(spec.type) == std::u32string_view::npos) {
        return raiseUnknownCode(thread, spec.type, self);
    }
    if (!checkIntSpec(thread, spec)) return Value::null();
    return spec.type == U'c' ? layOutCharacter(thread, self, spec) : layOutInt(thread, self, spec);
}

Value formatFloat(Thread& thread, Value self, Value spec_text) {
    const auto* text = spec_text.as<Str>();
    if (text->length == 0) return strOf(thread, self);
    FormatSpec spec;
    if (!parseFormatSpec(thread, text, '>', typeName(typeOf(thread, self)), &spec)) {
        return Value::null();
    }
    if (spec.type != 0 && !isFloatCode(spec.type)) {
        return raiseUnknownCode(thread, spec.type, self);
    }
    return layOutFloat(thread, floatValue(self), spec);
}

Value formatStr(Thread& thread, Value self, Value spec_text) {
    const auto* spec_str = spec_text.as<Str>();
    auto* text = self.as<Str>();
    if (spec_str->length == 0) return strOf(thread, self);
    FormatSpec spec;
    if (!parseFormatSpec(thread, spec_str, '<', typeName(typeOf(thread, self)), &spec)) {
        return Value::null();
    }
    const char* problem = nullptr;
    if (spec.type != 0 && spec.type != U's') return raiseUnknownCode(thread, spec.type, self);
    if (spec.sign_given) {
        problem = spec.sign == ' ' ? "Space not allowed in string format specifier"
                                   : "Sign not allowed in string format specifier";
    } else if (spec.no_negative_zero) {
        problem = "Negative zero coercion (z) not allowed in string format specifier";
    } else if (spec.alternate) {
        problem = "Alternate form (#) not allowed in string format specifier";
    } else if (spec.align == '=') {
        problem = "'=' alignment not allowed in string format specifier";
    }
    if (problem != nullptr) return raiseText(thread, ExceptionKind::kValueError, problem);
    const bool cut = spec.precision >= 0 && static_cast<uint64_t>(spec.precision) < text->length;
    return padText(thread, spec, text, cut ? static_cast<uint64_t>(spec.precision) : text->length);
}

}  // namespace tagproof
