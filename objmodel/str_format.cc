// str.format() and str.format_map(): replacement fields, their names, conversions and nested
// format specs.

#include <algorithm>

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str_builder.h"
#include "objmodel/str_methods.h"
#include "objmodel/str_unicode.h"
#include "objmodel/tuple.h"

namespace tagproof {

namespace {

// What fields may refer to.
struct FormatArguments {
    const Value* positional = nullptr;  // null: format_map
    size_t count = 0;
    Value keyword_names{};  // Tuple, or null
    Value mapping{};        // of format_map, or null
};

enum class Numbering { kUnknown, kAutomatic, kManual };

class StrFormatter {
  public:
    StrFormatter(Thread& thread, const FormatArguments& arguments)
        : thread_(thread), arguments_(arguments) {}

    // text[begin:end] with its fields replaced; `depth` levels of nested specs are allowed.
    Value format(Str* text, uint64_t begin, uint64_t end, int depth);

  private:
    bool formatField(Str* text, uint64_t* at, uint64_t end, int depth, StrBuilder* out);
    bool findFieldEnd(
        const Str* text, uint64_t begin, uint64_t end, uint64_t* name_end, uint64_t* field_end);
    Value specText(Str* text, uint64_t begin, uint64_t end, int depth);
    Value lookUp(Str* text, uint64_t begin, uint64_t end);
    Value firstValue(Str* text, uint64_t begin, uint64_t end);
    Value keywordValue(Str* name);
    Value readStep(Str* text, uint64_t* at, uint64_t end, bool attribute);
    Value followPath(Str* text, uint64_t at, uint64_t end, Value value);
    Value convert(Value value, char32_t conversion);
    bool readConversion(Str* text, uint64_t* at, uint64_t end, char32_t* conversion);
    bool parseNumber(const Str* text, uint64_t begin, uint64_t end, int64_t* number);
    bool fail(const char* message) {
        raiseText(thread_, ExceptionKind::kValueError, message);
        return false;
    }

    Thread& thread_;
    const FormatArguments& arguments_;
    Numbering numbering_ = Numbering::kUnknown;
    int64_t next_number_ = 0;
};

Value StrFormatter::format(Str* text, uint64_t begin, uint64_t end, int depth) {
    if (depth < 0) {
        fail("Max string recursion exceeded");
        return Value::null();
    }
    StrBuilder out(thread_);
    for (uint64_t at = begin; at < end;) {
        const char32_t c = text->at(at);
        if (c != U'{' && c != U'}') {
            const uint64_t start = at;
            while (at < end && text->at(at) != U'{' && text->at(at) != U'}') ++at;
            out.append(text, start, at);
            continue;
        }
        if (at + 1 < end && text->at(at + 1) == c) {
            out.append(c);
            at += 2;
            continue;
        }
        if (c == U'}' || at + 1 == end) {
            fail(c == U'}' ? "Single '}' encountered in format string"
                           : "Single '{' encountered in format string");
            return Value::null();
        }
        ++at;
        if (!formatField(text, &at, end, depth, &out)) return Value::null();
    }
    return Value::of(out.finish());
}

// Where the field's name and the whole field end; the latter is the matching brace.
bool StrFormatter::findFieldEnd(
    const Str* text, uint64_t begin, uint64_t end, uint64_t* name_end, uint64_t* field_end) {
    bool in_brackets = false;
    uint64_t at = begin;
    for (; at < end; ++at) {
        const char32_t c = text->at(at);
        if (c == U'{') return fail("unexpected '{' in field name");
        if (c == U'[') in_brackets = true;
        if (c == U']') in_brackets = false;
        if (!in_brackets && (c == U'}' || c == U':' || c == U'!')) break;
    }
    if (at == end) return fail("expected '}' before end of string");
    *name_end = at;
    int depth = 1;
    for (; at < end; ++at) {
        if (text->at(at) == U'{') ++depth;
        if (text->at(at) == U'}' && --depth == 0) break;
    }
    if (at == end) return fail("unmatched '{' in format spec");
    *field_end = at;
    return true;
}

bool StrFormatter::readConversion(Str* text, uint64_t* at, uint64_t end, char32_t* conversion) {
    if (*at < end && text->at(*at) == U'!') {
        if (*at + 1 >= end) {
            return fail("unmatched '{' in format spec");
        }
        *conversion = text->at(*at + 1);
        *at += 2;
        if (*at < end && text->at(*at) != U':') {
            return fail("expected ':' after conversion specifier");
        }
    }
    if (*at < end) ++*at;  // the colon
    return true;
}

bool StrFormatter::formatField(Str* text, uint64_t* at, uint64_t end, int depth, StrBuilder* out) {
    uint64_t name_end = 0;
    uint64_t field_end = 0;
    const uint64_t begin = *at;
    if (!findFieldEnd(text, begin, end, &name_end, &field_end)) return false;
    uint64_t spec_begin = name_end;
    char32_t conversion = 0;
    if (!readConversion(text, &spec_begin, field_end, &conversion)) return false;
    *at = field_end + 1;
    Ref value(lookUp(text, begin, name_end));
    if (!value) return false;
    if (conversion != 0) {
        value = Ref(convert(value.get(), conversion));
        if (!value) return false;
    }
    Ref spec(specText(text, spec_begin, field_end, depth));
    if (!spec) return false;
    Ref formatted(formatOf(thread_, value.get(), spec.get()));
    if (!formatted) return false;
    out->append(formatted.as<Str>());
    return true;
}

// The format spec, with its own fields replaced.
Value StrFormatter::specText(Str* text, uint64_t begin, uint64_t end, int depth) {
    for (uint64_t k = begin; k < end; ++k) {
        if (text->at(k) == U'{') return format(text, begin, end, depth - 1);
    }
    return Value::of(sliceStr(thread_, text, begin, end));
}

Value StrFormatter::convert(Value value, char32_t conversion) {
    if (conversion == U'r') return reprOf(thread_, value);
    if (conversion == U's') return strOf(thread_, value);
    if (conversion == U'a') return asciiOf(thread_, value);
    const auto code = static_cast<uint32_t>(conversion);
    if (code > 32 && code < 127) {
        return raise(thread_, ExceptionKind::kValueError, "Unknown conversion specifier {}",
                     static_cast<char>(code));
    }
    return raise(thread_, ExceptionKind::kValueError, "Unknown conversion specifier \\x{:x}", code);
}

// The digits of text[begin:end] as a number: -1 when it is none. False with ValueError pending.
bool StrFormatter::parseNumber(const Str* text, uint64_t begin, uint64_t end, int64_t* number) {
    *number = begin == end ? -1 : 0;
    for (uint64_t k = begin; k < end; ++k) {
        const int digit = charRecord(text->at(k)).decimal;
        if (digit < 0) {
            *number = -1;
            return true;
        }
        if (__builtin_mul_overflow(*number, 10, number) ||
            __builtin_add_overflow(*number, digit, number)) {
            return fail("Too many decimal digits in format string");
        }
    }
    return true;
}

// The value that a field name such as `0.real[key]` stands for.
Value StrFormatter::lookUp(Str* text, uint64_t begin, uint64_t end) {
    uint64_t first_end = begin;
    while (first_end < end && text->at(first_end) != U'.' && text->at(first_end) != U'[') {
        ++first_end;
    }
    const Value first = firstValue(text, begin, first_end);
    return first.isNull() ? first : followPath(text, first_end, end, first);
}

Value StrFormatter::firstValue(Str* text, uint64_t begin, uint64_t end) {
    int64_t number = -1;
    if (!parseNumber(text, begin, end, &number)) return Value::null();
    const bool automatic = begin == end;
    if (!automatic && number < 0) {
        Ref name(Value::of(sliceStr(thread_, text, begin, end)));
        return name ? keywordValue(name.as<Str>()) : Value::null();
    }
    const Numbering wanted = automatic ? Numbering::kAutomatic : Numbering::kManual;
    if (numbering_ != Numbering::kUnknown && numbering_ != wanted) {
        fail(automatic ? "cannot switch from manual field specification to automatic field "
                         "numbering"
                       : "cannot switch from automatic field numbering to manual field "
                         "specification");
        return Value::null();
    }
    numbering_ = wanted;
    if (automatic) number = next_number_++;
    if (!arguments_.mapping.isNull()) {
        fail("Format string contains positional fields");
        return Value::null();
    }
    if (static_cast<uint64_t>(number) < arguments_.count) {
        return newRef(arguments_.positional[number]);
    }
    return raise(thread_, ExceptionKind::kIndexError,
                 "Replacement index {} out of range for positional args tuple", number);
}

Value StrFormatter::keywordValue(Str* name) {
    if (!arguments_.mapping.isNull()) {
        return getItem(thread_, arguments_.mapping, Value::of(name));
    }
    if (!arguments_.keyword_names.isNull()) {
        auto* names = arguments_.keyword_names.as<Tuple>();
        for (uint64_t k = 0; k < names->size; ++k) {
            if (strEqual(names->items()[k].as<Str>(), name)) {
                return newRef(arguments_.positional[arguments_.count + k]);
            }
        }
    }
    return raiseWithValue(thread_, ExceptionKind::kKeyError, Value::of(name));
}

// The name after '.' or between brackets, with *at on what follows it. Null + ValueError.
Value StrFormatter::readStep(Str* text, uint64_t* at, uint64_t end, bool attribute) {
    const uint64_t begin = *at;
    const auto ends = [&](char32_t c) { return attribute ? c == U'.' || c == U'[' : c == U']'; };
    while (*at < end && !ends(text->at(*at))) ++*at;
    if (!attribute && *at == end) {
        fail("Missing ']' in format string");
        return Value::null();
    }
    if (*at == begin) {
        fail("Empty attribute in format string");
        return Value::null();
    }
    const Value name = Value::of(sliceStr(thread_, text, begin, *at));
    if (!attribute) ++*at;
    return name;
}

// Follows .name and [key]; takes `value` over.
Value StrFormatter::followPath(Str* text, uint64_t at, uint64_t end, Value value) {
    Ref current(value);
    while (at < end && current) {
        const bool attribute = text->at(at) == U'.';
        if (!attribute && text->at(at) != U'[') {
            fail("Only '.' or '[' may follow ']' in format field specifier");
            return Value::null();
        }
        ++at;
        Ref name(readStep(text, &at, end, attribute));
        if (!name) return Value::null();
        if (attribute) {
            current = Ref(getAttr(thread_, current.get(), name.as<Str>()));
            continue;
        }
        int64_t number = -1;
        const auto* digits = name.as<Str>();
        if (!parseNumber(digits, 0, digits->length, &number)) return Value::null();
        const Ref key = number < 0 ? std::move(name) : Ref(makeInt(thread_, number));
        current = Ref(getItem(thread_, current.get(), key.get()));
    }
    return current.release();
}

Value methodFormat(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    const FormatArguments arguments{
        .positional = args, .count = positional, .keyword_names = keyword_names};
    auto* text = self.as<Str>();
    return StrFormatter(thread, arguments).format(text, 0, text->length, 1);
}

Value methodFormatMap(Thread& thread, Value self, const Value* args, size_t) {
    const FormatArguments arguments{.mapping = args[0]};
    auto* text = self.as<Str>();
    return StrFormatter(thread, arguments).format(text, 0, text->length, 1);
}

}  // namespace

void addStrFormatMethods(Thread& thread, Type* type) {
    addKeywordMethod(thread, type, "format", methodFormat);
    addMethod(thread, type, "format_map", methodFormatMap, 1, 1);
}

}  // namespace tagproof
