#include "runtime/exception_group.h"

#include <algorithm>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

// Positions among the extras of BaseExceptionGroup.
constexpr size_t kGroupMessage = 0;
constexpr size_t kGroupExceptions = 1;

void copyReference(Value& to, Value from) { decref(std::exchange(to, newRef(from))); }

// A copy of the notes of `from`, if it has any. False + pending.
bool copyNotes(Thread& thread, Value from, Value to) {
    Str* name = thread.singletons->names.notes;
    const Ref notes(getAttrOrNull(thread, from, name));
    if (!notes) return !hasPending(thread);
    const Ref copy(Value::of(listFromIterable(thread, notes.get())));
    return copy && setAttr(thread, to, name, copy.get()) == 0;
}

// --- split ---------------------------------------------------------------------------------------

// A condition as split and subgroup take it.
struct Condition {
    Thread& thread;
    Value value;    // borrowed: class, tuple of classes, or function
    bool is_class;  // matched by isinstance
};

// False + TypeError.
bool checkCondition(Condition* condition) {
    Thread& thread = condition->thread;
    const Value value = condition->value;
    if (isTuple(value)) {
        auto* classes = value.as<Tuple>();
        condition->is_class = std::all_of(classes->begin(), classes->end(), isExceptionClass);
        if (condition->is_class) return true;
    } else if (isType(value)) {
        condition->is_class = isExceptionClass(value);
        if (condition->is_class) return true;
    } else if (isCallable(thread, value)) {
        condition->is_class = false;
        return true;
    }
    raise(thread, ExceptionKind::kTypeError,
          "expected a function, exception type or tuple of exception types");
    return false;
}

int matches(const Condition& condition, Value exception) {
    if (condition.is_class) {
        return exceptionMatches(condition.thread, exception, condition.value);
    }
    const Ref verdict(call(condition.thread, condition.value, {exception}));
    return verdict ? isTrue(condition.thread, verdict.get()) : -1;
}

// What of an exception matches and what does not; null = nothing.
struct Parts {
    Ref match;
    Ref rest;
};

bool splitMembers(const Condition& condition, Value group, Parts* parts);

bool splitParts(const Condition& condition, Value exception, Parts* parts) {
    if (!checkNativeStack(condition.thread)) return false;
    const int whole = matches(condition, exception);
    if (whole < 0) return false;
    if (whole > 0) {
        parts->match = Ref::borrow(exception);
    } else if (isExceptionGroup(condition.thread, exception)) {
        return splitMembers(condition, exception, parts);
    } else {
        parts->rest = Ref::borrow(exception);
    }
    return true;
}

bool splitMembers(const Condition& condition, Value group, Parts* parts) {
    std::vector<Ref> matched;
    std::vector<Ref> left;
    const Tuple* members = groupMembers(group);
    for (size_t i = 0; i < members->size; ++i) {
        Parts of_member;
        if (!splitParts(condition, members->items()[i], &of_member)) return false;
        if (of_member.match) matched.push_back(std::move(of_member.match));
        if (of_member.rest) left.push_back(std::move(of_member.rest));
    }
    if (!matched.empty()) {
        parts->match = Ref(deriveGroup(condition.thread, group, matched));
        if (!parts->match) return false;
    }
    if (!left.empty()) {
        parts->rest = Ref(deriveGroup(condition.thread, group, left));
        if (!parts->rest) return false;
    }
    return true;
}

Value orNone(const Thread& thread, const Ref& part) {
    return part ? part.get() : thread.singletons->none;
}

Value splitMethod(Thread& thread, Value self, const Value* args, size_t) {
    Condition condition{thread, args[0], false};
    Parts parts;
    if (!checkCondition(&condition) || !splitParts(condition, self, &parts)) return Value::null();
    return Value::of(makeTuple(thread, orNone(thread, parts.match), orNone(thread, parts.rest)));
}

Value subgroupMethod(Thread& thread, Value self, const Value* args, size_t) {
    Condition condition{thread, args[0], false};
    Parts parts;
    if (!checkCondition(&condition) || !splitParts(condition, self, &parts)) return Value::null();
    return newRef(orNone(thread, parts.match));
}

Value deriveMethod(Thread& thread, Value self, const Value* args, size_t) {
    const Value type = Value::of(exceptionType(thread, ExceptionKind::kBaseExceptionGroup));
    return call(thread, type, {exceptionExtra(self, kGroupMessage), args[0]});
}

}  // namespace

bool isExceptionGroup(const Thread& thread, Value value) {
    return isInstanceOf(thread, value, exceptionType(thread, ExceptionKind::kBaseExceptionGroup));
}

const Tuple* groupMembers(Value group) {
    return exceptionExtra(group, kGroupExceptions).as<Tuple>();
}

Value deriveGroup(Thread& thread, Value group, const std::vector<Ref>& members) {
    const Ref list(Value::of(makeList(thread, members.size())));
    if (!list) return Value::null();
    for (const Ref& member : members) {
        if (!listAppend(thread, list.as<List>(), member.get())) return Value::null();
    }
    const Ref derive(getAttr(thread, group, "derive"));
    if (!derive) return Value::null();
    Ref made(call(thread, derive.get(), {list.get()}));
    if (!made) return Value::null();
    if (!isExceptionGroup(thread, made.get())) {
        return raise(thread, ExceptionKind::kTypeError,
                     "derive must return an instance of BaseExceptionGroup");
    }
    auto* to = made.as<ExceptionObject>();
    const auto* from = group.as<ExceptionObject>();
    copyReference(to->traceback, from->traceback);
    copyReference(to->cause, from->cause);
    copyReference(to->context, from->context);
    // As in CPython, where a cause that is set, none too, hides the context.
    to->suppress_context = true;
    return copyNotes(thread, group, made.get()) ? made.release() : Value::null();
}

bool initExceptionGroupMethods(Thread& thread) {
    Type* type = exceptionType(thread, ExceptionKind::kBaseExceptionGroup);
    addMethod(thread, type, "split", splitMethod, 1, 1);
    addMethod(thread, type, "subgroup", subgroupMethod, 1, 1);
    addMethod(thread, type, "derive", deriveMethod, 1, 1);
    addClassGetItem(thread, type);
    return finishNativeType(thread, type);
}

}  // namespace tagproof
