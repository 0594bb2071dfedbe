#pragma once
// Native functions whose result the dispatch loop knows in common cases without calling them. The
// code tells them: whatever name or attribute a program finds one by, it is the same function.

#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

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

// isinstance() of a class without a metaclass of its own, where it is so; false = not known here: a
// `__class__` attribute can make one of other objects.
[[nodiscard]] inline bool isKnownInstance(const Thread& thread, Value value, Value wanted) {
    if (!isExactly(wanted, thread.types->type) || !value.isObject()) return false;
    const Type* const type = value.asObject()->type;
    const auto* const base = wanted.as<Type>();
    if (type == base) return true;
    const Tuple* const mro = type->mro;
    if (mro != nullptr && mro->size > 1 && mro->items()[1] == wanted) return true;
    return isSubtype(type, base);
}

// Is it the native function with this code, called by its name?
[[nodiscard, gnu::always_inline]] inline bool calls(const Thread& thread,
                                                    const Value* base,
                                                    NativeCode code) {
    return isExactly(base[0], thread.types->builtin_function) && base[1].isNull() &&
           base[0].as<NativeFunction>()->signature.code == code;
}

// list.append() of an exact list with room: takes `item` over. False, nothing done: call it.
[[nodiscard, gnu::always_inline]] inline bool appendedHere(Value self, Value item) {
    auto* const list = self.as<List>();
    if (list->size == list->capacity) return false;
    list->items[list->size++] = item;
    return true;
}

}  // namespace tagproof
