#include "objmodel/union_type.h"

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/owned_values.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/set.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/type_parameters.h"

namespace tagproof {
namespace {

using UnionValues = OwnedValues<UnionType, &UnionType::args, &UnionType::parameters>;

constexpr const char* kUnionDoc = "Represent a PEP 604 union type\n\nE.g. for int | str";

bool isUnionable(const Thread& thread, Value value) {
    return value == thread.singletons->none || isType(value) || isGenericAlias(thread, value) ||
           isUnion(thread, value);
}

// 1 when the list has the type already, 0, -1. Only aliases are compared by value.
int hasType(Thread& thread, const List* types, Value added) {
    for (size_t i = 0; i < types->size; ++i) {
        const Value known = types->items[i];
        if (known == added) return 1;
        if (!isGenericAlias(thread, known) || !isGenericAlias(thread, added)) continue;
        const int equal = compareBool(thread, known, added, CompareOp::kEq);
        if (equal != 0) return equal;
    }
    return 0;
}

bool addType(Thread& thread, List* types, Value added) {
    if (isUnion(thread, added)) {
        const Ref args = Ref::borrow(added.as<UnionType>()->args);
        for (const Value argument : *args.as<Tuple>()) {
            if (!addType(thread, types, argument)) return false;
        }
        return true;
    }
    if (added == thread.singletons->none) added = Value::of(thread.types->none_type);
    const int known = hasType(thread, types, added);
    return known == 1 || (known == 0 && listAppend(thread, types, added));
}

Value makeUnion(Thread& thread, const List* types) {
    if (types->size == 1) return newRef(types->items[0]);
    const Ref args(Value::of(makeTuple(thread, types->items, types->size)));
    if (!args) return Value::null();
    Object* const object = allocateObject(thread, thread.types->union_type);
    if (object == nullptr) return Value::null();
    const Value result = Value::of(object);
    result.as<UnionType>()->args = newRef(args.get());
    return result;
}

Value reprUnion(Thread& thread, Value self) {
    const Ref args = Ref::borrow(self.as<UnionType>()->args);
    std::string text;
    const char* separator = "";
    for (const Value argument : *args.as<Tuple>()) {
        text += separator;
        separator = " | ";
        if (argument == Value::of(thread.types->none_type)) {
            text += "None";
        } else if (!appendTypeText(thread, argument, &text)) {
            return Value::null();
        }
    }
    return Value::of(makeStr(thread, text));
}

// Unions are sets of types.
Value typesOf(Thread& thread, Value self) {
    return makeFrozenSet(thread, self.as<UnionType>()->args);
}

int64_t hashUnion(Thread& thread, Value self) {
    const Ref types(typesOf(thread, self));
    return types ? hashOf(thread, types.get()) : -1;
}

Value compareUnions(Thread& thread, Value left, Value right, CompareOp op) {
    if ((op != CompareOp::kEq && op != CompareOp::kNe) || !isUnion(thread, left) ||
        !isUnion(thread, right)) {
        return thread.singletons->not_implemented;
    }
    const Ref a(typesOf(thread, left));
    const Ref b(a ? typesOf(thread, right) : Value::null());
    return b ? richCompare(thread, a.get(), b.get(), op) : Value::null();
}

Value parametersOfUnion(Thread& thread, Value self) {
    auto* const union_type = self.as<UnionType>();
    if (union_type->parameters.isNull()) {
        const Value found = parametersOf(thread, union_type->args);
        if (found.isNull()) return found;
        const Ref old(std::exchange(union_type->parameters, found));
    }
    return newRef(union_type->parameters);
}

Value subscriptUnion(Thread& thread, Value self, Value key) {
    const Ref parameters(parametersOfUnion(thread, self));
    if (!parameters) return Value::null();
    const Ref args(
        substituteParameters(thread, self, self.as<UnionType>()->args, parameters.get(), key));
    if (!args) return Value::null();
    Ref result;
    for (const Value argument : *args.as<Tuple>()) {
        result = result ? Ref(binaryOp(thread, BinaryOp::kOr, result.get(), argument))
                        : Ref::borrow(argument);
        if (!result) return Value::null();
    }
    return result.release();
}

// __module__ is that of the type; the rest as usual.
Value getUnionAttribute(Thread& thread, Value self, Str* name) {
    if (!strEqual(name, "__module__")) return genericGetAttr(thread, self, name);
    return getAttr(thread, Value::of(self.asObject()->type), name);
}

}  // namespace

bool isUnion(const Thread& thread, Value value) {
    return isExactly(value, thread.types->union_type);
}

Value uniteTypes(Thread& thread, Value left, Value right) {
    if (!isUnionable(thread, left) || !isUnionable(thread, right)) {
        return thread.singletons->not_implemented;
    }
    const Ref types(Value::of(makeList(thread)));
    if (!types || !addType(thread, types.as<List>(), left) ||
        !addType(thread, types.as<List>(), right)) {
        return Value::null();
    }
    return makeUnion(thread, types.as<List>());
}

void initUnionType(Thread& thread) {
    Type* const type = thread.types->union_type;
    setNativeLayout(type, CellFamily::kOther, sizeof(UnionType), 0);
    UnionValues::setSlots(type);
    type->slots.repr = reprUnion;
    type->slots.hash = hashUnion;
    type->slots.compare = compareUnions;
    type->slots.get_attribute = getUnionAttribute;
    type->slots.get_item = subscriptUnion;
    type->slots.binary[static_cast<size_t>(BinaryOp::kOr)] = uniteTypes;
    addMember(thread, type, "__args__", offsetof(UnionType, args), false, false);
    addGetSet(thread, type, "__parameters__", parametersOfUnion, nullptr);
    const Ref doc(Value::of(makeStr(thread, kUnionDoc)));
    if (doc) addConstant(thread, type, "__doc__", doc.get());
}

}  // namespace tagproof
