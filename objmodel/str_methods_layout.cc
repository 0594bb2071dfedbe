// str: strip, center, zfill, expandtabs, translate and their kin.

#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str_builder.h"
#include "objmodel/str_methods.h"
#include "objmodel/text_layout.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

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
    addLayoutMethods<StrText>(thread, type);
    addMethod(thread, type, "translate", methodTranslate, 1, 1);
    addStaticMethod(thread, type, "maketrans", methodMakeTrans, 1, 3);
}

}  // namespace tagproof
