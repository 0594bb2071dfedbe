// except*: splitting exception groups.

#include <algorithm>
#include <utility>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/exception_group.h"
#include "runtime/ops.h"

namespace tagproof {

namespace {

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
    const Value type = Value::of(exceptionType(thread, ExceptionKind::kBaseExceptionGroup));
    return call(thread, type, {Value::of(thread.singletons->names.empty), members.get()});
}

// Whether `exception` is a part of `original` that was raised again: a group with its traceback,
// cause and context.
bool isPartOf(Thread& thread, Value exception, Value original) {
    if (!isExceptionGroup(thread, exception)) return false;
    const auto* part = exception.as<ExceptionObject>();
    const auto* whole = original.as<ExceptionObject>();
    return part->traceback == whole->traceback && part->cause == whole->cause &&
           part->context == whole->context;
}

void collectLeaves(Thread& thread, Value group, std::vector<Value>& leaves) {
    for (std::vector<Value> waiting = {group}; !waiting.empty();) {
        const Value exception = waiting.back();
        waiting.pop_back();
        if (!isExceptionGroup(thread, exception)) {
            leaves.push_back(exception);
            continue;
        }
        const Tuple* members = groupMembers(exception);
        waiting.insert(waiting.end(), members->items(), members->items() + members->size);
    }
}

// The part of `group` with the leaves in `kept`, its nesting unchanged; None when it has none of
// them. New reference, or null + pending.
Value projectGroup(Thread& thread, Value group, const std::vector<Value>& kept) {
    if (!checkNativeStack(thread)) return Value::null();
    const Tuple* members = groupMembers(group);
    std::vector<Ref> parts;
    for (size_t i = 0; i < members->size; ++i) {
        const Value member = members->items()[i];
        if (isExceptionGroup(thread, member)) {
            Ref part(projectGroup(thread, member, kept));
            if (!part) return Value::null();
            if (part.get() != thread.singletons->none) parts.push_back(std::move(part));
        } else if (std::find(kept.begin(), kept.end(), member) != kept.end()) {
            parts.push_back(Ref::borrow(member));
        }
    }
    if (parts.empty()) return thread.singletons->none;
    return deriveGroup(thread, group, parts);
}

// A group of what handlers raised anew and the part of the original that goes on.
Value joinRaised(Thread& thread, const std::vector<Value>& raised) {
    const Ref members(Value::of(makeList(thread, raised.data(), raised.size())));
    if (!members) return Value::null();
    const Value type = Value::of(exceptionType(thread, ExceptionKind::kBaseExceptionGroup));
    return call(thread, type, {Value::of(thread.singletons->names.empty), members.get()});
}

// In its handler, what is being handled is the part that matched; `rest` is for the next one. Both
// are taken over, and `matching` is returned.
Value handleMatching(Thread& thread, Value matching, Value rest) {
    if (matching != thread.singletons->none) {
        const Value before = thread.handled->exception;
        thread.handled->exception = newRef(matching);
        // Behind this the argument area is no one else's: a finalizer could use it.
        if (!before.isNull()) decref(before);
    }
    thread.args[0] = rest;
    return matching;
}

}  // namespace

extern "C" {

Value opPrepReraiseStar(Thread* thread, Value original, Value raised) {
    const List* list = raised.as<List>();
    // A naked exception: one handler at most took it, as a group of one.
    if (!isExceptionGroup(*thread, original)) return newRef(list->items[0]);
    std::vector<Value> fresh;
    std::vector<Value> again;  // parts of the original
    for (size_t i = 0; i < list->size; ++i) {
        const Value exception = list->items[i];
        if (exception == thread->singletons->none) continue;
        (isPartOf(*thread, exception, original) ? again : fresh).push_back(exception);
    }
    if (again.empty() && fresh.empty()) return thread->singletons->none;
    Ref part;
    if (again.size() == 1) {
        part = Ref::borrow(again.front());
    } else if (again.size() > 1) {
        std::vector<Value> leaves;
        for (const Value exception : again) collectLeaves(*thread, exception, leaves);
        part = Ref(projectGroup(*thread, original, leaves));
        if (!part) return Value::null();
    }
    if (fresh.empty()) return part.release();
    if (part) fresh.push_back(part.get());
    return joinRaised(*thread, fresh);
}

Value opCheckEgMatch(Thread* thread, Value exception, Value match) {
    const Value none = thread->singletons->none;
    thread->args[0] = none;
    // The classes are looked at even when nothing is left.
    const int whole = exceptionMatches(*thread, exception, match);
    if (whole < 0 || !checkMatchType(*thread, match)) return Value::null();
    if (exception == none) return none;
    if (whole > 0) {
        const Value matching = isExceptionGroup(*thread, exception)
                                   ? newRef(exception)
                                   : wrapInGroup(*thread, exception);
        return matching.isNull() ? matching : handleMatching(*thread, matching, none);
    }
    if (!isExceptionGroup(*thread, exception)) {
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
    const Tuple* split_parts = parts.as<Tuple>();
    return handleMatching(*thread, newRef(split_parts->items()[0]),
                          newRef(split_parts->items()[1]));
}

}  // extern "C"

}  // namespace tagproof
