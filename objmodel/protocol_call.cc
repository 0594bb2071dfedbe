// Calls, isinstance() and issubclass().

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

// The class that the value says it has, when it is not the real one: 1, 0, -1.
int claimsInstance(Thread& thread, Value value, const Type* type) {
    const Type* real = typeOf(thread, value);
    if (!hasFlag(real, kTypeIsHeap) && real->slots.get_attribute == genericGetAttr) return 0;
    Ref claimed(getAttrOrNull(thread, value, thread.singletons->names.class_));
    if (!claimed) return hasPending(thread) ? -1 : 0;
    if (!isType(claimed.get()) || claimed.as<Type>() == real) return 0;
    return isSubtype(claimed.as<Type>(), type) ? 1 : 0;
}

// The truth of target.name(value), when target's type has such a method; -2 when it has none.
int askHook(Thread& thread, Value target, Str* name, Value value) {
    Ref hook(lookupSpecial(thread, target, name));
    if (!hook) return hasPending(thread) ? -1 : -2;
    const RecursionScope scope(thread, " in __instancecheck__");
    if (!scope.entered()) return -1;
    Ref answer(call(thread, hook.get(), {value}));
    return answer ? isTrue(thread, answer.get()) : -1;
}

template <typename Test>
int anyOf(Thread& thread, Value tuple, Test test) {
    const RecursionScope scope(thread, " in __instancecheck__");
    if (!scope.entered()) return -1;
    for (const Value target : *tuple.as<Tuple>()) {
        const int answer = test(target);
        if (answer != 0) return answer;
    }
    return 0;
}

}  // namespace

Value call(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const Type* type = typeOf(thread, callee);
    if (type->slots.call == nullptr) {
        return raise(thread, ExceptionKind::kTypeError, "'{}' object is not callable",
                     typeName(type));
    }
    if (!hasFlag(type, kTypeIsHeap)) {
        if (!checkNativeStack(thread)) return Value::null();
        return type->slots.call(thread, callee, args, positional, keyword_names);
    }
    const RecursionScope scope(thread, " while calling a Python object");
    if (!scope.entered()) return Value::null();
    return type->slots.call(thread, callee, args, positional, keyword_names);
}

Value callMethod(Thread& thread, Value self, Str* name, const Value* args, size_t positional) {
    MethodLookup lookup;
    if (!getMethod(thread, self, name, &lookup)) return Value::null();
    Ref callable(lookup.callable);
    if (lookup.unbound) return callPrepended(thread, callable.get(), self, args, positional);
    return call(thread, callable.get(), args, positional);
}

bool isCallable(const Thread& thread, Value value) {
    return typeOf(thread, value)->slots.call != nullptr;
}

int isInstance(Thread& thread, Value value, Value class_or_tuple) {
    const Type* real = typeOf(thread, value);
    if (class_or_tuple == Value::of(real)) return 1;
    if (isExactly(class_or_tuple, thread.types->type)) {
        const auto* type = class_or_tuple.as<Type>();
        return isSubtype(real, type) ? 1 : claimsInstance(thread, value, type);
    }
    if (isTuple(class_or_tuple)) {
        return anyOf(thread, class_or_tuple,
                     [&](Value target) { return isInstance(thread, value, target); });
    }
    const int answer =
        askHook(thread, class_or_tuple, thread.singletons->names.instancecheck, value);
    if (answer != -2) return answer;
    if (isType(class_or_tuple)) {
        const auto* type = class_or_tuple.as<Type>();
        return isSubtype(real, type) ? 1 : claimsInstance(thread, value, type);
    }
    raise(thread, ExceptionKind::kTypeError,
          "isinstance() arg 2 must be a type, a tuple of types, or a union");
    return -1;
}

int isSubclass(Thread& thread, Value subject, Value class_or_tuple) {
    if (isExactly(class_or_tuple, thread.types->type) && isType(subject)) {
        return isSubtype(subject.as<Type>(), class_or_tuple.as<Type>()) ? 1 : 0;
    }
    if (isTuple(class_or_tuple)) {
        return anyOf(thread, class_or_tuple,
                     [&](Value target) { return isSubclass(thread, subject, target); });
    }
    if (!isExactly(class_or_tuple, thread.types->type)) {
        const int answer =
            askHook(thread, class_or_tuple, thread.singletons->names.subclasscheck, subject);
        if (answer != -2) return answer;
    }
    if (!isType(subject)) {
        raise(thread, ExceptionKind::kTypeError, "issubclass() arg 1 must be a class");
        return -1;
    }
    if (isType(class_or_tuple)) {
        return isSubtype(subject.as<Type>(), class_or_tuple.as<Type>()) ? 1 : 0;
    }
    raise(thread, ExceptionKind::kTypeError,
          "issubclass() arg 2 must be a class, a tuple of classes, or a union");
    return -1;
}

}  // namespace tagproof
