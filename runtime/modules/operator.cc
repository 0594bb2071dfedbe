// The _operator module: the operators of the language as functions.

#include "runtime/modules/operator.h"

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/modules/library_state.h"
#include "runtime/modules/native_modules.h"

namespace tagproof {

namespace operators {

namespace {

template <BinaryOp Op>
Value binary(Thread& thread, Value, const Value* args, size_t) {
    return binaryOp(thread, Op, args[0], args[1]);
}
template <BinaryOp Op>
Value inPlace(Thread& thread, Value, const Value* args, size_t) {
    return inPlaceOp(thread, Op, args[0], args[1]);
}
template <UnaryOp Op>
Value unary(Thread& thread, Value, const Value* args, size_t) {
    return unaryOp(thread, Op, args[0]);
}
template <CompareOp Op>
Value compare(Thread& thread, Value, const Value* args, size_t) {
    return richCompare(thread, args[0], args[1], Op);
}

Value fromTruth(Thread& thread, int truth) {
    return truth < 0 ? Value::null() : boolValue(thread, truth != 0);
}
Value noneOr(const Thread& thread, int status) {
    return status < 0 ? Value::null() : thread.singletons->none;
}

Value truth(Thread& thread, Value, const Value* args, size_t) {
    return fromTruth(thread, isTrue(thread, args[0]));
}
Value notTrue(Thread& thread, Value, const Value* args, size_t) {
    const int is_true = isTrue(thread, args[0]);
    return fromTruth(thread, is_true < 0 ? -1 : 1 - is_true);
}
Value isSame(Thread& thread, Value, const Value* args, size_t) {
    return boolValue(thread, args[0] == args[1]);
}
Value isOther(Thread& thread, Value, const Value* args, size_t) {
    return boolValue(thread, args[0] != args[1]);
}
Value absolute(Thread& thread, Value, const Value* args, size_t) {
    return absoluteOf(thread, args[0]);
}
Value index(Thread& thread, Value, const Value* args, size_t) { return indexOf(thread, args[0]); }

// --- containers ----------------------------------------------------------------------------------

Value containsItem(Thread& thread, Value, const Value* args, size_t) {
    return fromTruth(thread, contains(thread, args[0], args[1]));
}
Value getItemOf(Thread& thread, Value, const Value* args, size_t) {
    return getItem(thread, args[0], args[1]);
}
Value setItemOf(Thread& thread, Value, const Value* args, size_t) {
    return noneOr(thread, setItem(thread, args[0], args[1], args[2]));
}
Value delItemOf(Thread& thread, Value, const Value* args, size_t) {
    return noneOr(thread, delItem(thread, args[0], args[1]));
}

// Anything with items by position, to concatenate: not a dict.
bool isSequence(const Thread& thread, Value value) {
    const Type* const type = typeOf(thread, value);
    return type->slots.get_item != nullptr && !hasFlag(type, kTypeIsDict);
}

template <Value (*Add)(Thread&, BinaryOp, Value, Value)>
Value concatenate(Thread& thread, Value, const Value* args, size_t) {
    const Type* const type = typeOf(thread, args[0]);
    constexpr uint32_t kSequences = kTypeIsStr | kTypeIsList | kTypeIsTuple | kTypeConcatenates;
    const bool first = (type->type_flags & kSequences) != 0;
    if (first || (isSequence(thread, args[0]) && isSequence(thread, args[1]))) {
        return Add(thread, BinaryOp::kAdd, args[0], args[1]);
    }
    return raise(thread, ExceptionKind::kTypeError, "'{}' object can't be concatenated",
                 typeName(type));
}

// iter(iterable) with the message of `in`. Null + pending.
Value iteratorOf(Thread& thread, Value iterable) {
    const Value iterator = getIter(thread, iterable);
    if (iterator || !pendingMatches(thread, ExceptionKind::kTypeError)) return iterator;
    clearPending(thread);
    return raise(thread, ExceptionKind::kTypeError, "argument of type '{}' is not iterable",
                 typeName(typeOf(thread, iterable)));
}

// Calls found(position) for each item that is equal, until it returns false. False + pending.
template <typename Found>
bool forEachEqual(Thread& thread, Value iterable, Value wanted, Found found) {
    const Ref iterator(iteratorOf(thread, iterable));
    if (!iterator) return false;
    for (int64_t position = 0;; ++position) {
        const Ref item(iterNext(thread, iterator.get()));
        if (!item) return !hasPending(thread);
        const int equal = compareBool(thread, item.get(), wanted, CompareOp::kEq);
        if (equal < 0) return false;
        if (equal > 0 && !found(position)) return true;
    }
}

Value countOf(Thread& thread, Value, const Value* args, size_t) {
    int64_t count = 0;
    const bool done = forEachEqual(thread, args[0], args[1], [&](int64_t) { return ++count != 0; });
    return done ? makeInt(thread, count) : Value::null();
}

Value positionOf(Thread& thread, Value, const Value* args, size_t) {
    int64_t first = -1;
    const bool done = forEachEqual(thread, args[0], args[1], [&](int64_t position) {
        first = position;
        return false;
    });
    if (!done) return Value::null();
    if (first >= 0) return makeInt(thread, first);
    return raise(thread, ExceptionKind::kValueError, "sequence.index(x): x not in sequence");
}

Value hintOf(Thread& thread, Value, const Value* args, size_t count) {
    int64_t fallback = 0;
    if (count > 1 && !toSsize(thread, args[1], &fallback)) return Value::null();
    const int64_t length = lengthHint(thread, args[0], fallback);
    return hasPending(thread) ? Value::null() : makeInt(thread, length);
}

Value callIt(Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    if (positional == 0) {
        return raise(thread, ExceptionKind::kTypeError, "call expected at least 1 argument, got 0");
    }
    return call(thread, args[0], args + 1, positional - 1, keyword_names);
}

constexpr FunctionRow kFunctions[] = {
    {"truth", truth, 1, 1},
    {"contains", containsItem, 2, 2},
    {"indexOf", positionOf, 2, 2},
    {"countOf", countOf, 2, 2},
    {"is_", isSame, 2, 2},
    {"is_not", isOther, 2, 2},
    {"add", binary<BinaryOp::kAdd>, 2, 2},
    {"sub", binary<BinaryOp::kSubtract>, 2, 2},
    {"mul", binary<BinaryOp::kMultiply>, 2, 2},
    {"matmul", binary<BinaryOp::kMatrixMultiply>, 2, 2},
    {"floordiv", binary<BinaryOp::kFloorDivide>, 2, 2},
    {"truediv", binary<BinaryOp::kTrueDivide>, 2, 2},
    {"mod", binary<BinaryOp::kRemainder>, 2, 2},
    {"neg", unary<UnaryOp::kNegative>, 1, 1},
    {"pos", unary<UnaryOp::kPositive>, 1, 1},
    {"abs", absolute, 1, 1},
    {"inv", unary<UnaryOp::kInvert>, 1, 1},
    {"invert", unary<UnaryOp::kInvert>, 1, 1},
    {"lshift", binary<BinaryOp::kLeftShift>, 2, 2},
    {"rshift", binary<BinaryOp::kRightShift>, 2, 2},
    {"not_", notTrue, 1, 1},
    {"and_", binary<BinaryOp::kAnd>, 2, 2},
    {"xor", binary<BinaryOp::kXor>, 2, 2},
    {"or_", binary<BinaryOp::kOr>, 2, 2},
    {"pow", binary<BinaryOp::kPower>, 2, 2},
    {"iadd", inPlace<BinaryOp::kAdd>, 2, 2},
    {"isub", inPlace<BinaryOp::kSubtract>, 2, 2},
    {"imul", inPlace<BinaryOp::kMultiply>, 2, 2},
    {"imatmul", inPlace<BinaryOp::kMatrixMultiply>, 2, 2},
    {"ifloordiv", inPlace<BinaryOp::kFloorDivide>, 2, 2},
    {"itruediv", inPlace<BinaryOp::kTrueDivide>, 2, 2},
    {"imod", inPlace<BinaryOp::kRemainder>, 2, 2},
    {"ilshift", inPlace<BinaryOp::kLeftShift>, 2, 2},
    {"irshift", inPlace<BinaryOp::kRightShift>, 2, 2},
    {"iand", inPlace<BinaryOp::kAnd>, 2, 2},
    {"ixor", inPlace<BinaryOp::kXor>, 2, 2},
    {"ior", inPlace<BinaryOp::kOr>, 2, 2},
    {"ipow", inPlace<BinaryOp::kPower>, 2, 2},
    {"concat", concatenate<binaryOp>, 2, 2},
    {"iconcat", concatenate<inPlaceOp>, 2, 2},
    {"getitem", getItemOf, 2, 2},
    {"setitem", setItemOf, 3, 3},
    {"delitem", delItemOf, 2, 2},
    {"eq", compare<CompareOp::kEq>, 2, 2},
    {"lt", compare<CompareOp::kLt>, 2, 2},
    {"le", compare<CompareOp::kLe>, 2, 2},
    {"ne", compare<CompareOp::kNe>, 2, 2},
    {"ge", compare<CompareOp::kGe>, 2, 2},
    {"gt", compare<CompareOp::kGt>, 2, 2},
    {"index", index, 1, 1},
    {"length_hint", hintOf, 1, 2},
};
constexpr KeywordFunctionRow kKeywordFunctions[] = {
    {"call", callIt},
};

constexpr LibraryTypeRow kTypes[] = {
    {&LibraryState::attr_getter, "operator.attrgetter", setUpAttrGetter},
    {&LibraryState::item_getter, "operator.itemgetter", setUpItemGetter},
    {&LibraryState::method_caller, "operator.methodcaller", setUpMethodCaller},
};

}  // namespace
}  // namespace operators

bool initOperatorModule(Thread& thread, Value module) {
    return addLibraryTypes(thread, module, operators::kTypes) &&
           addFunctions(thread, module, operators::kFunctions) &&
           addFunctions(thread, module, operators::kKeywordFunctions);
}

}  // namespace tagproof
