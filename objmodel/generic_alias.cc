#include "objmodel/generic_alias.h"

#include <algorithm>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dir.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/owned_values.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/type_parameters.h"
#include "objmodel/union_type.h"
#include "objmodel/weakref.h"

namespace tagproof {
namespace {

using AliasValues = OwnedValues<GenericAlias,
                                &GenericAlias::origin,
                                &GenericAlias::args,
                                &GenericAlias::parameters>;

constexpr const char* kAliasDoc =
    "Represent a PEP 585 generic type\n\n"
    "E.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).";

// Attributes of the alias itself; all others are those of its class.
constexpr const char* kOwnAttributes[] = {
    "__class__",       "__origin__",     "__args__",
    "__unpacked__",    "__parameters__", "__typing_unpacked_tuple_args__",
    "__mro_entries__", "__reduce_ex__",  "__reduce__",
    "__copy__",        "__deepcopy__"};

bool isOwnAttribute(const Str* name) {
    return std::any_of(std::begin(kOwnAttributes), std::end(kOwnAttributes),
                       [name](const char* own) { return strEqual(name, own); });
}

Value makeAlias(Thread& thread, Type* type, Value origin, Value args) {
    const Ref items(isTuple(args) ? newRef(args) : Value::of(makeTuple(thread, &args, 1)));
    if (!items) return Value::null();
    Object* const object = allocateObject(thread, type);
    if (object == nullptr) return Value::null();
    const Value result = Value::of(object);
    auto* const alias = result.as<GenericAlias>();
    alias->origin = newRef(origin);
    alias->args = newRef(items.get());
    return result;
}

Value constructAlias(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "GenericAlias", keyword_names) ||
        !checkArgumentCount(thread, "GenericAlias", positional, 2, 2)) {
        return Value::null();
    }
    return makeAlias(thread, callee.as<Type>(), args[0], args[1]);
}

Value reprAlias(Thread& thread, Value self) {
    const auto* alias = self.as<GenericAlias>();
    const Ref keep = Ref::borrow(alias->args);
    std::string text = alias->is_starred ? "*" : "";
    if (!appendTypeText(thread, alias->origin, &text)) return Value::null();
    text += "[";
    const char* separator = "";
    for (const Value argument : *keep.as<Tuple>()) {
        text += separator;
        if (!appendTypeText(thread, argument, &text)) return Value::null();
        separator = ", ";
    }
    if (keep.as<Tuple>()->size == 0) text += "()";
    return Value::of(makeStr(thread, text + "]"));
}

int64_t hashAlias(Thread& thread, Value self) {
    const auto* alias = self.as<GenericAlias>();
    const int64_t origin = hashOf(thread, alias->origin);
    const int64_t args = origin == -1 ? -1 : hashOf(thread, alias->args);
    if (args == -1) return -1;
    const int64_t hash = origin ^ args;
    return hash == -1 ? -2 : hash;
}

Value compareAliases(Thread& thread, Value left, Value right, CompareOp op) {
    if ((op != CompareOp::kEq && op != CompareOp::kNe) || !isGenericAlias(thread, left) ||
        !isGenericAlias(thread, right)) {
        return thread.singletons->not_implemented;
    }
    const auto* a = left.as<GenericAlias>();
    const auto* b = right.as<GenericAlias>();
    int equal = a->is_starred == b->is_starred ? 1 : 0;
    if (equal == 1) equal = compareBool(thread, a->origin, b->origin, CompareOp::kEq);
    if (equal == 1) equal = compareBool(thread, a->args, b->args, CompareOp::kEq);
    if (equal < 0) return Value::null();
    return boolValue(thread, (equal == 1) == (op == CompareOp::kEq));
}

// Calls the class; its instance learns of the alias, if it takes attributes.
Value callAlias(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const Ref origin = Ref::borrow(callee.as<GenericAlias>()->origin);
    Ref made(call(thread, origin.get(), args, positional, keyword_names));
    if (!made) return Value::null();
    if (setAttr(thread, made.get(), thread.singletons->names.orig_class, callee) < 0) {
        const bool is_refusal = pendingMatches(thread, ExceptionKind::kAttributeError) ||
                                pendingMatches(thread, ExceptionKind::kTypeError);
        if (!is_refusal) return Value::null();
        clearPending(thread);
    }
    return made.release();
}

Value getAliasAttribute(Thread& thread, Value self, Str* name) {
    if (isOwnAttribute(name)) return genericGetAttr(thread, self, name);
    const Ref origin = Ref::borrow(self.as<GenericAlias>()->origin);
    return getAttr(thread, origin.get(), name);
}

Value parametersOfAlias(Thread& thread, Value self) {
    auto* const alias = self.as<GenericAlias>();
    if (alias->parameters.isNull()) {
        const Value found = parametersOf(thread, alias->args);
        if (found.isNull()) return found;
        const Ref old(std::exchange(alias->parameters, found));
    }
    return newRef(alias->parameters);
}

Value subscriptAlias(Thread& thread, Value self, Value key) {
    const auto* alias = self.as<GenericAlias>();
    const Ref parameters(parametersOfAlias(thread, self));
    if (!parameters) return Value::null();
    const Ref args(substituteParameters(thread, self, alias->args, parameters.get(), key));
    if (!args) return Value::null();
    const Value made = makeAlias(thread, thread.types->generic_alias, alias->origin, args.get());
    if (!made.isNull()) made.as<GenericAlias>()->is_starred = alias->is_starred;
    return made;
}

// *alias: one item, the alias with its star.
Value iterateAlias(Thread& thread, Value self) {
    const auto* alias = self.as<GenericAlias>();
    const Ref starred(makeAlias(thread, self.asObject()->type, alias->origin, alias->args));
    if (!starred) return Value::null();
    starred.as<GenericAlias>()->is_starred = true;
    const Value item = starred.get();
    const Ref items(Value::of(makeTuple(thread, &item, 1)));
    return items ? getIter(thread, items.get()) : Value::null();
}

Value mroEntries(Thread& thread, Value self, const Value*, size_t) {
    return Value::of(makeTuple(thread, &self.as<GenericAlias>()->origin, 1));
}

template <const char* const& Message>
Value refuse(Thread& thread, Value, const Value*, size_t) {
    return raiseText(thread, ExceptionKind::kTypeError, Message);
}
constexpr const char* kNoInstances = "isinstance() argument 2 cannot be a parameterized generic";
constexpr const char* kNoSubclasses = "issubclass() argument 2 cannot be a parameterized generic";

// (GenericAlias, (origin, args)); a copy has no star.
Value reduceAlias(Thread& thread, Value self, const Value*, size_t) {
    const auto* alias = self.as<GenericAlias>();
    const Ref parts(Value::of(makeTuple(thread, alias->origin, alias->args)));
    if (!parts) return Value::null();
    return Value::of(makeTuple(thread, Value::of(self.asObject()->type), parts.get()));
}

Value dirOfAlias(Thread& thread, Value self, const Value*, size_t) {
    const Ref origin = Ref::borrow(self.as<GenericAlias>()->origin);
    Ref names(isType(origin.get()) ? dirOfClass(thread, origin.get())
                                   : dirOfObject(thread, origin.get()));
    if (!names) return Value::null();
    for (const char* const own : kOwnAttributes) {
        const Ref name(Value::of(internStr(thread, own)));
        const int known = name ? contains(thread, names.get(), name.get()) : -1;
        if (known < 0) return Value::null();
        if (known == 0 && !listAppend(thread, names.as<List>(), name.get())) return Value::null();
    }
    return names.release();
}

Value getUnpacked(Thread& thread, Value self) {
    return boolValue(thread, self.as<GenericAlias>()->is_starred);
}

Value getUnpackedArgs(Thread& thread, Value self) {
    const auto* alias = self.as<GenericAlias>();
    const bool is_unpacked = alias->is_starred && alias->origin == Value::of(thread.types->tuple);
    return is_unpacked ? newRef(alias->args) : thread.singletons->none;
}

Value classGetItem(Thread& thread, Value self, const Value* args, size_t) {
    return newGenericAlias(thread, self, args[0]);
}

}  // namespace

bool isGenericAlias(const Thread& thread, Value value) {
    return isInstanceOf(thread, value, thread.types->generic_alias);
}

Value newGenericAlias(Thread& thread, Value origin, Value args) {
    return makeAlias(thread, thread.types->generic_alias, origin, args);
}

void addClassGetItem(Thread& thread, Type* type) {
    addClassMethod(thread, type, "__class_getitem__", classGetItem, 1, 1);
}

void initGenericAliasType(Thread& thread) {
    Type* const type = thread.types->generic_alias;
    setNativeLayout(type, CellFamily::kOther, sizeof(GenericAlias),
                    kTypeAllowsSubclass | kTypeHasWeakrefs);
    AliasValues::setSlots(type);
    type->slots.construct = constructAlias;
    type->slots.repr = reprAlias;
    type->slots.hash = hashAlias;
    type->slots.compare = compareAliases;
    type->slots.call = callAlias;
    type->slots.get_attribute = getAliasAttribute;
    type->slots.get_item = subscriptAlias;
    type->slots.iter = iterateAlias;
    type->slots.binary[static_cast<size_t>(BinaryOp::kOr)] = uniteTypes;
    addMember(thread, type, "__origin__", offsetof(GenericAlias, origin), false, false);
    addMember(thread, type, "__args__", offsetof(GenericAlias, args), false, false);
    addGetSet(thread, type, "__parameters__", parametersOfAlias, nullptr);
    addGetSet(thread, type, "__unpacked__", getUnpacked, nullptr);
    addGetSet(thread, type, "__typing_unpacked_tuple_args__", getUnpackedArgs, nullptr);
    addMethod(thread, type, "__mro_entries__", mroEntries, 1, 1);
    addMethod(thread, type, "__instancecheck__", refuse<kNoInstances>, 1, 1);
    addMethod(thread, type, "__subclasscheck__", refuse<kNoSubclasses>, 1, 1);
    addMethod(thread, type, "__reduce__", reduceAlias, 0, 0);
    addMethod(thread, type, "__dir__", dirOfAlias, 0, 0);
    const Ref doc(Value::of(makeStr(thread, kAliasDoc)));
    if (doc) addConstant(thread, type, "__doc__", doc.get());
}

}  // namespace tagproof
