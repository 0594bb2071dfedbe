// except*: splitting exception groups.

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/ops.h"

namespace tagproof {

namespace {

bool isGroup(Thread& thread, Value value) {
    return isInstanceOf(thread, value, exceptionType(thread, ExceptionKind::kBaseExceptionGroup));
}

// `except* ExceptionGroup` is an error. False + TypeError.
bool checkMatchType(Thread& thread, Value match) {
    const auto is_group_class = [&](Value cls) {
        return isType(cls) &&
               isSubtype(cls.as<Type>(), exceptionType(thread, ExceptionKind::kBaseExceptionGroup));
    };
    bool wrong = is_group_class(match);
    if (isTuple(match)) {
        for (Value cls : *match.as<Tuple>()) wrong = wrong || is_group_class(cls);
    }
    if (!wrong) return true;
    raise(thread, ExceptionKind::kTypeError,
          "catching ExceptionGroup with except* is not allowed. Use except instead.");
    return false;
}

// A naked exception that matches is caught as a group of one.
Value wrapInGroup(Thread& thread, Value exception) {
    const Ref members(Value::of(makeTuple(thread, &exception, 1)));
    if (!members) return Value::null();
    const Value type = Value::of(exceptionType(thread, ExceptionKind::kExceptionGroup));
    return call(thread, type, {Value::of(thread.singletons->names.empty), members.get()});
}

}  // namespace

extern "C" {

Value opCheckEgMatch(Thread* thread, Value exception, Value match) {
    const Value none = thread->singletons->none;
    thread->args[0] = none;
    if (exception == none) return none;
    if (!checkMatchType(*thread, match)) return Value::null();
    const int whole = exceptionMatches(*thread, exception, match);
    if (whole < 0) return Value::null();
    if (whole > 0) {
        return isGroup(*thread, exception) ? newRef(exception) : wrapInGroup(*thread, exception);
    }
    if (!isGroup(*thread, exception)) {
        thread->args[0] = newRef(exception);
        return none;
    }
    const Ref split(getAttr(*thread, exception, "split"));
    if (!split) return Value::null();
    const Ref parts(call(*thread, split.get(), {match}));
    if (!parts) return Value::null();
    if (!isTuple(parts.get()) || parts.as<Tuple>()->size < 2) {
        return raise(*thread, ExceptionKind::kTypeError, "{}.split must return a tuple, not {}",
                     typeName(typeOf(*thread, exception)), typeName(typeOf(*thread, parts.get())));
    }
    thread->args[0] = newRef(parts.as<Tuple>()->items()[1]);
    return newRef(parts.as<Tuple>()->items()[0]);
}

}  // extern "C"

}  // namespace tagproof
