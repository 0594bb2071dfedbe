#pragma once
// The operations of the language on any value: what an operator, a built-in function or a statement
// does, through the slots of the operands' types, with CPython 3.11's rules and messages.
//
// Unless said otherwise: arguments are borrowed, results are new references, null (or -1, or false)
// means that an exception is pending. Any of these may run guest code.

#include <cstddef>
#include <cstdint>

#include "objmodel/float.h"
#include "objmodel/int.h"
#include "objmodel/object.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"

namespace tagproof {

struct Tuple;

// --- text, hash, truth, size ---------------------------------------------------------------------
[[nodiscard]] Value reprOf(Thread& thread, Value value);   // a str
[[nodiscard]] Value strOf(Thread& thread, Value value);    // a str
[[nodiscard]] Value asciiOf(Thread& thread, Value value);  // a str
// format(value, spec); spec null = empty.
[[nodiscard]] Value formatOf(Thread& thread, Value value, Value spec);
[[nodiscard]] int64_t hashOf(Thread& thread, Value value);  // -1 = exception
[[nodiscard]] int isTrueSlow(Thread& thread, Value value);
[[nodiscard]] int64_t lengthOf(Thread& thread, Value value);  // len(): TypeError when there is none
// __len__, else __length_hint__, else `fallback`. -1 = exception.
[[nodiscard]] int64_t lengthHint(Thread& thread, Value value, int64_t fallback);

// bool(value): 0, 1, or -1 = exception.
[[nodiscard]] inline int isTrue(Thread& thread, Value value) {
    if (value.isFixnum()) return value != Value::fixnum(0);
    return isTrueSlow(thread, value);
}

// --- comparison ----------------------------------------------------------------------------------
[[nodiscard]] Value richCompareSlow(Thread& thread, Value left, Value right, CompareOp op);
[[nodiscard]] int compareBoolSlow(Thread& thread, Value left, Value right, CompareOp op);
[[nodiscard]] bool compareFixnums(Value left, Value right, CompareOp op);
// The bool singleton, immortal.
[[nodiscard]] Value boolValue(const Thread& thread, bool truth);

// left OP right as an object (not always a bool).
[[nodiscard]] inline Value richCompare(Thread& thread, Value left, Value right, CompareOp op) {
    if (left.isFixnum() && right.isFixnum()) {
        return boolValue(thread, compareFixnums(left, right, op));
    }
    return richCompareSlow(thread, left, right, op);
}
// Truth of left OP right; identical values are equal (what containers use): 0, 1, -1 = exception.
[[nodiscard]] inline int compareBool(Thread& thread, Value left, Value right, CompareOp op) {
    if (left.isFixnum() && right.isFixnum()) return compareFixnums(left, right, op) ? 1 : 0;
    return compareBoolSlow(thread, left, right, op);
}

// --- items ---------------------------------------------------------------------------------------
[[nodiscard]] Value getItem(Thread& thread, Value container, Value key);
[[nodiscard]] int setItem(Thread& thread, Value container, Value key, Value value);  // 0, -1
[[nodiscard]] int delItem(Thread& thread, Value container, Value key);               // 0, -1
[[nodiscard]] int contains(Thread& thread, Value container, Value item);             // 0, 1, -1

// --- iteration -----------------------------------------------------------------------------------
[[nodiscard]] Value getIter(Thread& thread, Value value);
// The same for functions that say in words of their own what they need: in place of any TypeError.
[[nodiscard]] Value getIterOr(Thread& thread, Value value, std::string_view message);
// The next item; null without a pending exception = exhausted (StopIteration is swallowed).
[[nodiscard]] Value iterNext(Thread& thread, Value iterator);
// Calls visit(item) (borrowed) until it returns false; false when it did or on an exception.
template <typename Visit>
[[nodiscard]] bool forEach(Thread& thread, Value iterable, Visit visit);
// The same for the items that an iterator still has.
template <typename Visit>
[[nodiscard]] bool forEachNext(Thread& thread, Value iterator, Visit visit);
// Stores exactly `count` items (new references) in out[0..count); on failure none is owned.
[[nodiscard]] bool unpackSequence(Thread& thread, Value value, size_t count, Value* out);
// a, *b, c = value: `before` items, a List of the rest, `after` items.
[[nodiscard]] bool unpackExtended(
    Thread& thread, Value value, size_t before, size_t after, Value* out);

// --- arithmetic ----------------------------------------------------------------------------------
[[nodiscard]] Value binaryOpSlow(Thread& thread, BinaryOp op, Value left, Value right);
[[nodiscard]] Value binaryOp(Thread& thread, BinaryOp op, Value left, Value right);
// left OP= right: __iadd__ and so on, else as binaryOp.
[[nodiscard]] Value inPlaceOp(Thread& thread, BinaryOp op, Value left, Value right);
[[nodiscard]] Value unaryOp(Thread& thread, UnaryOp op, Value value);
[[nodiscard]] Value absoluteOf(Thread& thread, Value value);
// pow(base, exponent, modulus) of the built-in function; modulus may be None.
[[nodiscard]] Value powerOf(Thread& thread, Value base, Value exponent, Value modulus);
[[nodiscard]] Value divmodOf(Thread& thread, Value left, Value right);
// operator.index(value): an exact int.
[[nodiscard]] Value indexOf(Thread& thread, Value value);
// Index as a machine integer: IndexError-style overflow is "cannot fit 'T' into an index-sized
// integer" (of class IndexError). False with an exception pending.
[[nodiscard]] bool toIndex(Thread& thread, Value value, int64_t* out);
// The same with OverflowError: counts of repetition, positions of list.insert().
[[nodiscard]] bool toRepeatCount(Thread& thread, Value value, int64_t* out);
// The same for what CPython's function takes as an argument of C type Py_ssize_t (of C
// type int: objmodel/c_int.h); OverflowError.
[[nodiscard]] bool toSsize(Thread& thread, Value value, int64_t* out);
// The same, clamped instead of overflowing: bounds of slices.
[[nodiscard]] bool toIndexSaturated(Thread& thread, Value value, int64_t* out);

// --- calls and types -----------------------------------------------------------------------------
[[nodiscard]] Value call(Thread& thread,
                         Value callee,
                         const Value* args,
                         size_t positional,
                         Value keyword_names = Value::null());
[[nodiscard]] Value callMethod(
    Thread& thread, Value self, Str* name, const Value* args, size_t positional);
// isinstance(value, class_or_tuple), issubclass(...): 0, 1, -1.
[[nodiscard]] int isInstance(Thread& thread, Value value, Value class_or_tuple);
[[nodiscard]] int isSubclass(Thread& thread, Value subject, Value class_or_tuple);
[[nodiscard]] bool isCallable(const Thread& thread, Value value);

// The TypeError for operands that no slot knows. `suffix` is "=" for in-place operators. Null.
Value raiseUnsupported(Thread& thread, BinaryOp op, Value left, Value right, const char* suffix);

// --- messages ------------------------------------------------------------------------------------
[[nodiscard]] const char* operatorSymbol(BinaryOp op);   // "+", "** or pow()"
[[nodiscard]] const char* operatorSymbol(CompareOp op);  // "<"

template <typename Visit>
bool forEach(Thread& thread, Value iterable, Visit visit) {
    const Value iterator = getIter(thread, iterable);
    if (iterator.isNull()) return false;
    const bool complete = forEachNext(thread, iterator, visit);
    decref(iterator);
    return complete;
}

template <typename Visit>
bool forEachNext(Thread& thread, Value iterator, Visit visit) {
    bool more = true;
    while (more) {
        const Value item = iterNext(thread, iterator);
        if (item.isNull()) break;
        more = visit(item);
        decref(item);
    }
    return more && !hasPending(thread);
}

}  // namespace tagproof
