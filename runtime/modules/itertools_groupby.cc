// itertools.groupby and the groups that it gives.
//
// A groupby reads ahead by one item: `value` with its `key`. A group gives items for as long as
// their key equals its own and it is the last one that was handed out.

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "runtime/modules/itertools.h"
#include "runtime/modules/library_state.h"
#include "runtime/vm.h"

namespace tagproof::itertools {

namespace {

struct GroupBy {
    Object head;
    Value iterator;       // owned
    Value key_function;   // owned; None = the item itself
    Value target_key;     // owned key of the group that was handed out last, or null
    Value key;            // owned key of the item read last, or null
    Value value;          // owned item read last; null when a group has given it
    const Object* group;  // the group handed out last, not owned: compared only; null = none
};

struct Grouper {
    Object head;
    Value parent;  // owned GroupBy
    Value key;     // owned
};

Value constructGroupBy(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"iterable", "key", nullptr};
    const ParameterList parameters{
        .function = "groupby", .names = kNames, .max_positional = 2, .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    Ref iterator(getIter(thread, bound[0]));
    if (!iterator) return Value::null();
    auto* group_by = allocateObject<GroupBy>(thread, callee.as<Type>());
    if (group_by == nullptr) return Value::null();
    group_by->iterator = iterator.release();
    group_by->key_function = newRef(bound[1] ? bound[1] : thread.singletons->none);
    return Value::of(group_by);
}

// Reads the next item and its key. False at the end, or with an exception pending.
bool readItem(Thread& thread, GroupBy* group_by) {
    if (group_by->iterator.isNull()) return false;
    const Ref iterator = Ref::borrow(group_by->iterator);
    Ref value(iterNext(thread, iterator.get()));
    if (!value) return false;
    const Ref function = Ref::borrow(group_by->key_function);
    Ref key(function.get() == thread.singletons->none
                ? newRef(value.get())
                : call(thread, function.get(), {value.get()}));
    if (!key) return false;
    decref(std::exchange(group_by->value, value.release()));
    decref(std::exchange(group_by->key, key.release()));
    return true;
}

// Equality of two keys, held while it is asked for: 1, 0, -1.
int sameKeys(Thread& thread, Value left, Value right) {
    const Ref keep_left = Ref::borrow(left);
    const Ref keep_right = Ref::borrow(right);
    return compareBool(thread, left, right, CompareOp::kEq);
}

Value newGrouper(Thread& thread, Value parent, Value key) {
    auto* grouper = allocateObject<Grouper>(thread, thread.vm->library().grouper);
    if (grouper == nullptr) return Value::null();
    grouper->parent = newRef(parent);
    grouper->key = newRef(key);
    parent.as<GroupBy>()->group = &grouper->head;
    return Value::of(grouper);
}

Value nextOfGroupBy(Thread& thread, Value self) {
    auto* group_by = self.as<GroupBy>();
    group_by->group = nullptr;
    for (;;) {
        if (group_by->key) {
            if (group_by->target_key.isNull()) break;
            const int same = sameKeys(thread, group_by->target_key, group_by->key);
            if (same < 0) return Value::null();
            if (same == 0) break;
        }
        if (!readItem(thread, group_by)) return Value::null();
    }
    if (group_by->key.isNull()) return Value::null();
    const Ref key = Ref::borrow(group_by->key);
    decref(std::exchange(group_by->target_key, newRef(key.get())));
    const Ref grouper(newGrouper(thread, self, key.get()));
    return grouper ? Value::of(makeTuple(thread, key.get(), grouper.get())) : Value::null();
}

// --- groups --------------------------------------------------------------------------------------

// itertools._grouper(groupby, key)
Value constructGrouper(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!checkTypeArguments(thread, callee, "_grouper", positional, keyword_names, 2)) {
        return Value::null();
    }
    if (!isInstanceOf(thread, args[0], thread.vm->library().group_by)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "_grouper() argument 1 must be itertools.groupby, not {}",
                     typeName(typeOf(thread, args[0])));
    }
    return newGrouper(thread, args[0], args[1]);
}

Value nextOfGrouper(Thread& thread, Value self) {
    const auto* grouper = self.as<Grouper>();
    if (grouper->parent.isNull()) return Value::null();
    const Ref parent = Ref::borrow(grouper->parent);
    auto* group_by = parent.as<GroupBy>();
    if (group_by->group != self.asObject()) return Value::null();
    if (group_by->value.isNull() && !readItem(thread, group_by)) return Value::null();
    if (group_by->key.isNull()) return Value::null();
    if (sameKeys(thread, grouper->key, group_by->key) <= 0) return Value::null();
    decref(std::exchange(group_by->key, Value::null()));
    return std::exchange(group_by->value, Value::null());
}

}  // namespace

void setUpGroupBy(Thread&, Type* type) {
    setUpIterator<GroupBy, OwnedValues<GroupBy, &GroupBy::iterator, &GroupBy::key_function,
                                       &GroupBy::target_key, &GroupBy::key, &GroupBy::value>>(
        type, constructGroupBy, nextOfGroupBy);
}

void setUpGrouper(Thread&, Type* type) {
    setUpIterator<Grouper, OwnedValues<Grouper, &Grouper::parent, &Grouper::key>>(
        type, constructGrouper, nextOfGrouper);
    type->type_flags &= ~uint32_t{kTypeAllowsSubclass};
}

}  // namespace tagproof::itertools
