// str: strip, center, zfill, expandtabs, translate and their kin.

#include <algorithm>

#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str_builder.h"
#include "objmodel/str_methods.h"
#include "objmodel/str_unicode.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

// --- strip ---------------------------------------------------------------------------------------

bool isIn(const Str* set, char32_t c) {
    for (uint64_t k = 0; k < set->length; ++k) {
        if (set->at(k) == c) return true;
    }
    return false;
}

template <bool Left, bool Right>
Value strip(Thread& thread, Value self, const Value* args, size_t count) {
    auto* text = self.as<Str>();
    const Str* set = nullptr;  // null = blanks
    if (count != 0 && args[0] != thread.singletons->none) {
        if (!isStr(args[0])) {
            const char* name = Left && Right ? "strip" : (Left ? "lstrip" : "rstrip");
            return raise(thread, ExceptionKind::kTypeError, "{} arg must be None or str", name);
        }
        set = args[0].as<Str>();
    }
    const auto goes = [&](char32_t c) { return set == nullptr ? isSpaceChar(c) : isIn(set, c); };
    uint64_t begin = 0;
    uint64_t end = text->length;
    while (Left && begin < end && goes(text->at(begin))) ++begin;
    while (Right && begin < end && goes(text->at(end - 1))) --end;
    return Value::of(sliceStr(thread, text, begin, end));
}

// --- padding -------------------------------------------------------------------------------------

Value padded(Thread& thread, Str* text, uint64_t left, uint64_t right, char32_t fill) {
    if (left + right == 0) return Value::of(sliceStr(thread, text, 0, text->length));
    StrBuilder out(thread);
    out.appendRepeated(fill, left);
    out.append(text);
    out.appendRepeated(fill, right);
    return Value::of(out.finish());
}

// (width, fillchar): how much is missing to the width.
bool readPadding(Thread& thread,
                 const Str* text,
                 const Value* args,
                 size_t count,
                 uint64_t* missing,
                 char32_t* fill) {
    int64_t width = 0;
    if (!toRepeatCount(thread, args[0], &width)) return false;
    *fill = U' ';
    if (count > 1) {
        if (!isStr(args[1])) {
            raise(thread, ExceptionKind::kTypeError,
                  "The fill character must be a unicode character, not {}",
                  typeName(typeOf(thread, args[1])));
            return false;
        }
        if (args[1].as<Str>()->length != 1) {
            raise(thread, ExceptionKind::kTypeError,
                  "The fill character must be exactly one character long");
            return false;
        }
        *fill = args[1].as<Str>()->at(0);
    }
    const auto wanted = static_cast<uint64_t>(std::max<int64_t>(width, 0));
    *missing = wanted > text->length ? wanted - text->length : 0;
    return true;
}

Value methodCenter(Thread& thread, Value self, const Value* args, size_t count) {
    auto* text = self.as<Str>();
    uint64_t missing = 0;
    char32_t fill = 0;
    if (!readPadding(thread, text, args, count, &missing, &fill)) return Value::null();
    const uint64_t odd = missing & (missing + text->length) & 1;
    const uint64_t left = missing / 2 + odd;
    return padded(thread, text, left, missing - left, fill);
}

template <bool Left>
Value justify(Thread& thread, Value self, const Value* args, size_t count) {
    auto* text = self.as<Str>();
    uint64_t missing = 0;
    char32_t fill = 0;
    if (!readPadding(thread, text, args, count, &missing, &fill)) return Value::null();
    return padded(thread, text, Left ? 0 : missing, Left ? missing : 0, fill);
}

Value methodZfill(Thread& thread, Value self, const Value* args, size_t) {
    auto* text = self.as<Str>();
    uint64_t missing = 0;
    char32_t fill = 0;
    if (!readPadding(thread, text, args, 1, &missing, &fill)) return Value::null();
    if (missing == 0) return Value::of(sliceStr(thread, text, 0, text->length));
    const bool sign = text->length != 0 && (text->at(0) == U'+' || text->at(0) == U'-');
    StrBuilder out(thread);
    if (sign) out.append(text->at(0));
    out.appendRepeated(U'0', missing);
    out.append(text, sign ? 1 : 0, text->length);
    return Value::of(out.finish());
}

Value methodExpandTabs(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"tabsize", nullptr};
    const ParameterList parameters{.function = "expandtabs", .names = kNames, .max_positional = 1};
    Value bound;
    int64_t size = 8;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, &bound) ||
        (!bound.isNull() && !toRepeatCount(thread, bound, &size))) {
        return Value::null();
    }
    const auto* text = self.as<Str>();
    StrBuilder out(thread);
    uint64_t column = 0;
    for (uint64_t k = 0; k < text->length; ++k) {
        const char32_t c = text->at(k);
        if (c != U'\t') {
            out.append(c);
            column = c == U'\n' || c == U'\r' ? 0 : column + 1;
        } else if (size > 0) {
            const uint64_t step = static_cast<uint64_t>(size);
            const uint64_t blanks = step - column % step;
            out.appendRepeated(U' ', blanks);
            column += blanks;
        }
    }
    return Value::of(out.finish());
}

// --- translate -----------------------------------------------------------------------------------

// Appends what the table says for `c`; false with an exception pending.
bool appendTranslated(Thread& thread, Value table, char32_t c, StrBuilder* out) {
    Ref mapped(getItem(thread, table, Value::fixnum(static_cast<int64_t>(c))));
    if (!mapped) {
        if (!pendingMatches(thread, ExceptionKind::kLookupError)) return false;
        clearPending(thread);
        out->append(c);
        return true;
    }
    if (mapped.get() == thread.singletons->none) return true;
    if (isStr(mapped.get())) {
        out->append(mapped.as<Str>());
        return true;
    }
    if (!isInt(mapped.get())) {
        raise(thread, ExceptionKind::kTypeError,
              "character mapping must return integer, None or str");
        return false;
    }
    const int64_t code = saturateInt64(thread, mapped.get());
    if (code < 0 || code > 0x10ffff) {
        raise(thread, ExceptionKind::kValueError, "character mapping must be in range(0x110000)");
        return false;
    }
    out->append(static_cast<char32_t>(code));
    return true;
}

Value methodTranslate(Thread& thread, Value self, const Value* args, size_t) {
    const auto* text = self.as<Str>();
    StrBuilder out(thread);
    for (uint64_t k = 0; k < text->length; ++k) {
        if (!appendTranslated(thread, args[0], text->at(k), &out)) return Value::null();
    }
    return Value::of(out.finish());
}

Value codePoint(const Str* text, uint64_t at) {
    return Value::fixnum(static_cast<int64_t>(text->at(at)));
}

// maketrans(dict): keys of one character become their numbers.
Value translationOfDict(Thread& thread, Value source) {
    if (!objectHasFlag(source, kTypeIsDict)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "if you give only one argument to maketrans it must be a dict");
    }
    Ref table(Value::of(newDict(thread)));
    if (!table) return Value::null();
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(source.as<Dict>(), &position, &key, &value)) {
        Value number = key;
        if (isStr(key)) {
            if (key.as<Str>()->length != 1) {
                return raise(thread, ExceptionKind::kValueError,
                             "string keys in translate table must be of length 1");
            }
            number = codePoint(key.as<Str>(), 0);
        } else if (!isInt(key)) {
            return raise(thread, ExceptionKind::kTypeError,
                         "keys in translate table must be strings or integers");
        }
        if (dictSet(thread, table.as<Dict>(), number, value) < 0) return Value::null();
    }
    return table.release();
}

Value methodMakeTrans(Thread& thread, Value, const Value* args, size_t count) {
    if (count == 1) return translationOfDict(thread, args[0]);
    for (size_t k = 0; k < count; ++k) {
        if (isStr(args[k])) continue;
        return raise(thread, ExceptionKind::kTypeError,
                     "maketrans() argument {} must be str, not {}", k + 1,
                     typeName(typeOf(thread, args[k])));
    }
    const auto* from = args[0].as<Str>();
    const auto* to = args[1].as<Str>();
    if (from->length != to->length) {
        return raise(thread, ExceptionKind::kValueError,
                     "the first two maketrans arguments must have equal length");
    }
    Ref table(Value::of(newDict(thread)));
    if (!table) return Value::null();
    auto* dict = table.as<Dict>();
    for (uint64_t k = 0; k < from->length; ++k) {
        if (dictSet(thread, dict, codePoint(from, k), codePoint(to, k)) < 0) {
            return Value::null();
        }
    }
    const auto* removed = count > 2 ? args[2].as<Str>() : nullptr;
    for (uint64_t k = 0; removed != nullptr && k < removed->length; ++k) {
        if (dictSet(thread, dict, codePoint(removed, k), thread.singletons->none) < 0) {
            return Value::null();
        }
    }
    return table.release();
}

}  // namespace

void addStrLayoutMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "strip", strip<true, true>, 0, 1);
    addMethod(thread, type, "lstrip", strip<true, false>, 0, 1);
    addMethod(thread, type, "rstrip", strip<false, true>, 0, 1);
    addMethod(thread, type, "center", methodCenter, 1, 2);
    addMethod(thread, type, "ljust", justify<true>, 1, 2);
    addMethod(thread, type, "rjust", justify<false>, 1, 2);
    addMethod(thread, type, "zfill", methodZfill, 1, 1);
    addKeywordMethod(thread, type, "expandtabs", methodExpandTabs);
    addMethod(thread, type, "translate", methodTranslate, 1, 1);
    addStaticMethod(thread, type, "maketrans", methodMakeTrans, 1, 3);
}

}  // namespace tagproof
