// Comparison: CPython's do_richcompare with reflection, subclass priority and identity as the last
// resort of == and !=.

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/number_slots.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

CompareOp swapped(CompareOp op) {
    switch (op) {
        case CompareOp::kLt:
            return CompareOp::kGt;
        case CompareOp::kLe:
            return CompareOp::kGe;
        case CompareOp::kGt:
            return CompareOp::kLt;
        case CompareOp::kGe:
            return CompareOp::kLe;
        case CompareOp::kEq:
        case CompareOp::kNe:
            return op;
    }
    return op;
}

// The slot's answer; NotImplemented when there is no slot.
Value ask(Thread& thread, const Type* type, Value self, Value other, CompareOp op) {
    if (type->slots.compare == nullptr) return thread.singletons->not_implemented;
    return type->slots.compare(thread, self, other, op);
}

}  // namespace

const char* operatorSymbol(CompareOp op) {
    static constexpr const char* kSymbols[] = {"<", "<=", "==", "!=", ">", ">="};
    return kSymbols[static_cast<size_t>(op)];
}

bool compareFixnums(Value left, Value right, CompareOp op) {
    const int64_t a = left.asFixnum();
    const int64_t b = right.asFixnum();
    return orderMatches(a < b ? -1 : (a > b ? 1 : 0), op);
}

Value boolValue(const Thread& thread, bool truth) {
    return truth ? thread.singletons->true_ : thread.singletons->false_;
}

Value richCompareSlow(Thread& thread, Value left, Value right, CompareOp op) {
    const RecursionScope scope(thread, " in comparison");
    if (!scope.entered()) return Value::null();
    const Value not_implemented = thread.singletons->not_implemented;
    const Type* a = typeOf(thread, left);
    const Type* b = typeOf(thread, right);
    const bool right_first = a != b && isSubtype(b, a) && b->slots.compare != nullptr;
    if (right_first) {
        const Value result = ask(thread, b, right, left, swapped(op));
        if (result != not_implemented) return result;
    }
    Value result = ask(thread, a, left, right, op);
    if (result != not_implemented) return result;
    if (!right_first) {
        result = ask(thread, b, right, left, swapped(op));
        if (result != not_implemented) return result;
    }
    if (op == CompareOp::kEq) return boolValue(thread, left == right);
    if (op == CompareOp::kNe) return boolValue(thread, left != right);
    return raise(thread, ExceptionKind::kTypeError,
                 "'{}' not supported between instances of '{}' and '{}'", operatorSymbol(op),
                 typeName(a), typeName(b));
}

int compareBoolSlow(Thread& thread, Value left, Value right, CompareOp op) {
    if (left == right && op == CompareOp::kEq) return 1;
    if (left == right && op == CompareOp::kNe) return 0;
    if (op == CompareOp::kEq && isExactStr(thread, left) && isExactStr(thread, right)) {
        return strEqual(left.as<Str>(), right.as<Str>()) ? 1 : 0;
    }
    Ref result(richCompareSlow(thread, left, right, op));
    return result ? isTrue(thread, result.get()) : -1;
}

}  // namespace tagproof
