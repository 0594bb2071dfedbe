#pragma once
// Native functions whose result the dispatch loop knows in common cases without calling them. The
// code tells them: whatever name or attribute a program finds one by, it is the same function.

#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/interpreter_call.h"

namespace tagproof {

// Registered by their families: len() in builtins_sequence.cc, isinstance() in builtins_object.cc.
[[nodiscard]] Value lenBuiltin(Thread& thread, Value self, const Value* args, size_t count);
[[nodiscard]] Value isinstanceBuiltin(Thread& thread, Value self, const Value* args, size_t count);

// len() of an exact list, str or tuple; null = not known here.
[[nodiscard]] inline Value knownLength(const Thread& thread, Value value) {
    if (isExactly(value, thread.types->list)) {
        return Value::fixnum(static_cast<int64_t>(value.as<List>()->size));
    }
    if (isExactly(value, thread.types->str)) {
        return Value::fixnum(static_cast<int64_t>(value.as<Str>()->length));
    }
    if (isExactly(value, thread.types->tuple)) {
        return Value::fixnum(static_cast<int64_t>(value.as<Tuple>()->size));
    }
    return Value::null();
}

// isinstance() of a class without a metaclass of its own, where it is so; null = not known here: a
// `__class__` attribute can make one of other objects.
[[nodiscard]] inline Value knownInstance(const Thread& thread, Value value, Value wanted) {
    if (!isExactly(wanted, thread.types->type) || !value.isObject()) return Value::null();
    const Type* const type = value.asObject()->type;
    const auto* const base = wanted.as<Type>();
    const bool is_instance = type == base || isSubtype(type, base);
    return is_instance ? thread.singletons->true_ : Value::null();
}

// The result of a call whose self-or-null is null, with one argument or two; null = call it.
[[nodiscard, gnu::always_inline]] inline Value knownResult(const Thread& thread,
                                                           const NativeFunction& function,
                                                           const CallSite& site) {
    const NativeCode code = function.signature.code;
    if (code == lenBuiltin && site.count == 1) return knownLength(thread, site.base[2]);
    if (code == isinstanceBuiltin && site.count == 2) {
        return knownInstance(thread, site.base[2], site.base[3]);
    }
    return Value::null();
}

// list.append(): takes `item` over. False, nothing done: call it.
[[nodiscard, gnu::always_inline]] inline bool appendedHere(NativeCode code,
                                                           Value self,
                                                           Value item) {
    if (code != listAppendMethod) return false;
    auto* const list = self.as<List>();
    if (list->size == list->capacity) return false;
    list->items[list->size++] = item;
    return true;
}

}  // namespace tagproof
