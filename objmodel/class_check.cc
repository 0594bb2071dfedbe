#include "objmodel/class_check.h"

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/union_type.h"

namespace tagproof {

namespace {

constexpr const char* kInstanceTarget =
    "isinstance() arg 2 must be a type, a tuple of types, or a union";
constexpr const char* kSubclassSubject = "issubclass() arg 1 must be a class";
constexpr const char* kSubclassTarget =
    "issubclass() arg 2 must be a class, a tuple of classes, or a union";

// The class that the value says it has, when it is not the real one: 1, 0, -1.
int claimsInstance(Thread& thread, Value value, const Type* type) {
    const Type* real = typeOf(thread, value);
    if (!hasFlag(real, kTypeIsHeap) && real->slots.get_attribute == genericGetAttr) return 0;
    Ref claimed(getAttrOrNull(thread, value, thread.singletons->names.class_));
    if (!claimed) return hasPending(thread) ? -1 : 0;
    if (!isType(claimed.get()) || claimed.as<Type>() == real) return 0;
    return isSubtype(claimed.as<Type>(), type) ? 1 : 0;
}

// --- whatever has __bases__ ----------------------------------------------------------------------

// The tuple of __bases__; empty, with or without pending, where there is none.
Ref basesOf(Thread& thread, Value value) {
    Ref bases(getAttrOrNull(thread, value, thread.singletons->names.bases));
    return bases && isTuple(bases.get()) ? std::move(bases) : Ref();
}

bool checkIsClass(Thread& thread, Value value, const char* message) {
    if (basesOf(thread, value)) return true;
    if (!hasPending(thread)) raiseText(thread, ExceptionKind::kTypeError, message);
    return false;
}

// 1, 0, -1. One base is followed in a loop, as in CPython: such chains have no limit.
int inheritsFrom(Thread& thread, Value subject, Value target) {
    Ref bases;
    while (subject != target) {
        bases = basesOf(thread, subject);
        if (!bases) return hasPending(thread) ? -1 : 0;
        Tuple* const tuple = bases.as<Tuple>();
        if (tuple->size == 0) return 0;
        if (tuple->size == 1) {
            subject = tuple->items()[0];
            continue;
        }
        const RecursionScope scope(thread, " in __issubclass__");
        if (!scope.entered()) return -1;
        for (const Value base : *tuple) {
            const int answer = inheritsFrom(thread, base, target);
            if (answer != 0) return answer;
        }
        return 0;
    }
    return 1;
}

// --- hooks ---------------------------------------------------------------------------------------

struct Hook {
    Str* name;
    const char* where;  // for the message when the recursion is too deep
};

// The truth of target.name(value), when target's type has such a method; -2 when it has none.
int askHook(Thread& thread, Value target, const Hook& hook, Value value) {
    Ref method(lookupSpecial(thread, target, hook.name));
    if (!method) return hasPending(thread) ? -1 : -2;
    const RecursionScope scope(thread, hook.where);
    if (!scope.entered()) return -1;
    Ref answer(call(thread, method.get(), {value}));
    return answer ? isTrue(thread, answer.get()) : -1;
}

template <typename Test>
int anyOf(Thread& thread, Value tuple, const Hook& hook, Test test) {
    const RecursionScope scope(thread, hook.where);
    if (!scope.entered()) return -1;
    for (const Value target : *tuple.as<Tuple>()) {
        const int answer = test(target);
        if (answer != 0) return answer;
    }
    return 0;
}

}  // namespace

int isInstanceUnhooked(Thread& thread, Value value, Value target) {
    if (isType(target)) {
        const auto* type = target.as<Type>();
        return isSubtype(typeOf(thread, value), type) ? 1 : claimsInstance(thread, value, type);
    }
    if (!checkIsClass(thread, target, kInstanceTarget)) return -1;
    const Ref claimed(getAttrOrNull(thread, value, thread.singletons->names.class_));
    if (!claimed) return hasPending(thread) ? -1 : 0;
    return inheritsFrom(thread, claimed.get(), target);
}

int isSubclassUnhooked(Thread& thread, Value subject, Value target) {
    if (isType(subject) && isType(target)) {
        return isSubtype(subject.as<Type>(), target.as<Type>()) ? 1 : 0;
    }
    const bool classes = checkIsClass(thread, subject, kSubclassSubject) &&
                         checkIsClass(thread, target, kSubclassTarget);
    return classes ? inheritsFrom(thread, subject, target) : -1;
}

int isInstance(Thread& thread, Value value, Value class_or_tuple) {
    if (class_or_tuple == Value::of(typeOf(thread, value))) return 1;
    if (isExactly(class_or_tuple, thread.types->type)) {
        return isInstanceOf(thread, value, class_or_tuple.as<Type>())
                   ? 1
                   : isInstanceUnhooked(thread, value, class_or_tuple);
    }
    const Hook hook{thread.singletons->names.instancecheck, " in __instancecheck__"};
    if (isTuple(class_or_tuple)) {
        return anyOf(thread, class_or_tuple, hook,
                     [&](Value target) { return isInstance(thread, value, target); });
    }
    if (isUnion(thread, class_or_tuple)) {
        return isInstance(thread, value, class_or_tuple.as<UnionType>()->args);
    }
    const int answer = askHook(thread, class_or_tuple, hook, value);
    return answer == -2 ? isInstanceUnhooked(thread, value, class_or_tuple) : answer;
}

int isSubclass(Thread& thread, Value subject, Value class_or_tuple) {
    if (isExactly(class_or_tuple, thread.types->type)) {
        return isSubclassUnhooked(thread, subject, class_or_tuple);
    }
    const Hook hook{thread.singletons->names.subclasscheck, " in __subclasscheck__"};
    if (isTuple(class_or_tuple)) {
        return anyOf(thread, class_or_tuple, hook,
                     [&](Value target) { return isSubclass(thread, subject, target); });
    }
    if (isUnion(thread, class_or_tuple)) {
        return isSubclass(thread, subject, class_or_tuple.as<UnionType>()->args);
    }
    const int answer = askHook(thread, class_or_tuple, hook, subject);
    return answer == -2 ? isSubclassUnhooked(thread, subject, class_or_tuple) : answer;
}

}  // namespace tagproof
