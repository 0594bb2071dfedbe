// Text, hash, truth and size of any value.

#include "objmodel/protocol.h"

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/str_builder.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

// Checks what __repr__ or __str__ gave (takes it over).
Value requireStr(Thread& thread, Value text, const char* method) {
    if (text.isNull() || isStr(text)) return text;
    Ref owned(text);
    return raise(thread, ExceptionKind::kTypeError, "{} returned non-string (type {})", method,
                 typeName(typeOf(thread, text)));
}

}  // namespace

void raiseRecursionError(Thread& thread, const char* where) {
    raise(thread, ExceptionKind::kRecursionError, "maximum recursion depth exceeded{}", where);
}

Value reprOf(Thread& thread, Value value) {
    const RecursionScope scope(thread, " while getting the repr of an object");
    if (!scope.entered()) return Value::null();
    return requireStr(thread, typeOf(thread, value)->slots.repr(thread, value), "__repr__");
}

Value strOf(Thread& thread, Value value) {
    if (isExactStr(thread, value)) return newRef(value);
    const RecursionScope scope(thread, " while getting the str of an object");
    if (!scope.entered()) return Value::null();
    const TypeSlots& slots = typeOf(thread, value)->slots;
    if (slots.str == nullptr) return reprOf(thread, value);
    return requireStr(thread, slots.str(thread, value), "__str__");
}

Value asciiOf(Thread& thread, Value value) {
    Ref text(reprOf(thread, value));
    if (!text || text.as<Str>()->ascii) return text.release();
    return Value::of(escapeNonAscii(thread, text.as<Str>()));
}

Value formatOf(Thread& thread, Value value, Value spec) {
    const bool empty = spec.isNull() || (isStr(spec) && spec.as<Str>()->length == 0);
    if (empty && (isExactStr(thread, value) || isExactInt(thread, value))) {
        return strOf(thread, value);
    }
    if (!spec.isNull() && !isStr(spec)) {
        return raise(thread, ExceptionKind::kTypeError, "Format specifier must be a string, not {}",
                     typeName(typeOf(thread, spec)));
    }
    Ref text = spec.isNull() ? Ref(Value::of(makeEmptyStr(thread))) : Ref::borrow(spec);
    if (!text) return Value::null();
    Ref result(typeOf(thread, value)->slots.format(thread, value, text.get()));
    if (!result || isStr(result.get())) return result.release();
    return raise(thread, ExceptionKind::kTypeError, "__format__ must return a str, not {}",
                 typeName(typeOf(thread, result.get())));
}

int64_t hashOf(Thread& thread, Value value) {
    if (value.isFixnum()) return intHash(thread, value);
    const Type* type = typeOf(thread, value);
    if (type == thread.types->str) return strHash(value.as<Str>());
    if (!checkNativeStack(thread)) return -1;
    if (type->slots.hash != nullptr) return type->slots.hash(thread, value);
    raise(thread, ExceptionKind::kTypeError, "unhashable type: '{}'", typeName(type));
    return -1;
}

int isTrueSlow(Thread& thread, Value value) {
    const Singletons& singletons = *thread.singletons;
    if (value == singletons.true_) return 1;
    if (value == singletons.false_ || value == singletons.none) return 0;
    const TypeSlots& slots = typeOf(thread, value)->slots;
    if (slots.truth != nullptr) return slots.truth(thread, value);
    if (slots.length == nullptr) return 1;
    const int64_t length = slots.length(thread, value);
    return length < 0 ? -1 : (length != 0 ? 1 : 0);
}

int64_t lengthOf(Thread& thread, Value value) {
    const Type* type = typeOf(thread, value);
    if (type->slots.length != nullptr) return type->slots.length(thread, value);
    raise(thread, ExceptionKind::kTypeError, "object of type '{}' has no len()", typeName(type));
    return -1;
}

int64_t lengthHint(Thread& thread, Value value, int64_t fallback) {
    const Type* type = typeOf(thread, value);
    if (type->slots.length != nullptr) {
        const int64_t length = type->slots.length(thread, value);
        if (length >= 0) return length;
        if (!pendingMatches(thread, ExceptionKind::kTypeError)) return -1;
        clearPending(thread);
    }
    Ref method(lookupSpecial(thread, value, thread.singletons->names.length_hint));
    if (!method) return hasPending(thread) ? -1 : fallback;
    Ref hint(call(thread, method.get(), nullptr, 0));
    if (!hint) {
        if (!pendingMatches(thread, ExceptionKind::kTypeError)) return -1;
        clearPending(thread);
        return fallback;
    }
    if (hint.get() == thread.singletons->not_implemented) return fallback;
    if (!isInt(hint.get())) {
        raise(thread, ExceptionKind::kTypeError, "__length_hint__ must be an integer, not {}",
              typeName(typeOf(thread, hint.get())));
        return -1;
    }
    if (intSign(thread, hint.get()) < 0) {
        raise(thread, ExceptionKind::kValueError, "__length_hint__() should return >= 0");
        return -1;
    }
    return saturateInt64(thread, hint.get());
}

}  // namespace tagproof
