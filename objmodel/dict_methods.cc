// The Python-visible type dict: constructor, slots, methods.

#include "objmodel/dict_methods.h"

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/set.h"
#include "objmodel/str_builder.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

Value none(Thread& thread) { return newRef(thread.singletons->none); }
Value notImplemented(Thread& thread) { return newRef(thread.singletons->not_implemented); }

// --- construction --------------------------------------------------------------------------------

Value constructDict(Thread& thread, Value callee, const Value*, size_t, Value) {
    Type* type = callee.as<Type>();
    if (type == thread.types->dict) return Value::of(newDict(thread));
    return Value::of(allocateObject(thread, type));
}

// f(source, **keywords) of dict() and update().
bool updateFromArguments(Thread& thread,
                         const char* name,
                         Dict* dict,
                         const Value* args,
                         size_t positional,
                         Value keyword_names) {
    if (!checkArgumentCount(thread, name, positional, 0, 1)) return false;
    if (positional == 1 && !dictUpdate(thread, dict, args[0])) return false;
    if (keyword_names.isNull()) return true;
    // CPython merges a dict of keywords: an empty split dict then becomes a copy of it.
    if (isSplit(dict) && dict->used == 0 && dictUnsplit(thread, dict) < 0) return false;
    auto* names = keyword_names.as<Tuple>();
    for (uint64_t k = 0; k < names->size; ++k) {
        auto* keyword = names->items()[k].as<Str>();
        if (dictSetName(thread, dict, keyword, args[positional + k]) < 0) return false;
    }
    return true;
}

int initDict(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    auto* dict = self.as<Dict>();
    return updateFromArguments(thread, "dict", dict, args, positional, keyword_names) ? 0 : -1;
}

// --- slots ---------------------------------------------------------------------------------------

void clearDict(Thread& thread, Object* self) { dictClear(thread, reinterpret_cast<Dict*>(self)); }

bool appendRepr(Thread& thread, Value value, StrBuilder* out) {
    Ref text(reprOf(thread, value));
    if (!text) return false;
    out->append(text.as<Str>());
    return true;
}

Value reprDict(Thread& thread, Value self) {
    const ReprScope repr_scope(self.asObject());
    StrBuilder out(thread);
    out.appendAscii(repr_scope.first() ? "{" : "{...}");
    if (!repr_scope.first()) return Value::of(out.finish());
    const RecursionScope scope(thread, " while getting the repr of an object");
    if (!scope.entered()) return Value::null();
    size_t position = 0;
    Value key;
    Value value;
    for (bool first = true; dictNext(self.as<Dict>(), &position, &key, &value); first = false) {
        Ref owned_key = Ref::borrow(key);
        Ref owned_value = Ref::borrow(value);
        if (!first) out.appendAscii(", ");
        if (!appendRepr(thread, key, &out)) return Value::null();
        out.appendAscii(": ");
        if (!appendRepr(thread, value, &out)) return Value::null();
    }
    out.appendAscii("}");
    return Value::of(out.finish());
}

// 1, 0, -1.
int equalDicts(Thread& thread, Dict* left, Dict* right) {
    if (left->used != right->used) return 0;
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(left, &position, &key, &value)) {
        Ref owned_key = Ref::borrow(key);
        Ref owned_value = Ref::borrow(value);
        Ref other = Ref::borrow(dictGet(thread, right, key));
        if (!other) return hasPending(thread) ? -1 : 0;
        const int equal = compareBool(thread, value, other.get(), CompareOp::kEq);
        if (equal <= 0) return equal;
    }
    return 1;
}

Value compareDicts(Thread& thread, Value left, Value right, CompareOp op) {
    const bool equality = op == CompareOp::kEq || op == CompareOp::kNe;
    if (!equality || !isDict(left) || !isDict(right)) return notImplemented(thread);
    const int equal = equalDicts(thread, left.as<Dict>(), right.as<Dict>());
    return equal < 0 ? Value::null() : boolValue(thread, (equal != 0) == (op == CompareOp::kEq));
}

int64_t lengthOfDict(Thread&, Value self) { return static_cast<int64_t>(self.as<Dict>()->used); }

int setDictItem(Thread& thread, Value self, Value key, Value value) {
    auto* dict = self.as<Dict>();
    if (!value.isNull()) return dictSet(thread, dict, key, value);
    const int deleted = dictDelete(thread, dict, key);
    if (deleted == 0) raiseWithValue(thread, ExceptionKind::kKeyError, key);
    return deleted > 0 ? 0 : -1;
}

int dictContainsSlot(Thread& thread, Value self, Value key) {
    return dictContains(thread, self.as<Dict>(), key);
}

Value unionOfDicts(Thread& thread, Value left, Value right) {
    if (!isDict(left) || !isDict(right)) return notImplemented(thread);
    Ref result(Value::of(dictCopy(thread, left.as<Dict>())));
    if (!result || !dictUpdate(thread, result.as<Dict>(), right)) return Value::null();
    return result.release();
}

Value updateInPlace(Thread& thread, Value left, Value right) {
    return dictUpdate(thread, left.as<Dict>(), right) ? newRef(left) : Value::null();
}

// --- methods -------------------------------------------------------------------------------------

Value methodGet(Thread& thread, Value self, const Value* args, size_t count) {
    const Value value = dictGet(thread, self.as<Dict>(), args[0]);
    if (!value.isNull()) return newRef(value);
    if (hasPending(thread)) return Value::null();
    return count > 1 ? newRef(args[1]) : none(thread);
}

Value methodSetDefault(Thread& thread, Value self, const Value* args, size_t count) {
    const Value value = count > 1 ? args[1] : thread.singletons->none;
    return dictSetDefault(thread, self.as<Dict>(), args[0], value);
}

Value methodPop(Thread& thread, Value self, const Value* args, size_t count) {
    // An empty dict does not even ask for the hash.
    if (self.as<Dict>()->used != 0) {
        const Value value = dictPop(thread, self.as<Dict>(), args[0]);
        if (!value.isNull() || hasPending(thread)) return value;
    }
    if (count > 1) return newRef(args[1]);
    return raiseWithValue(thread, ExceptionKind::kKeyError, args[0]);
}

Value methodPopItem(Thread& thread, Value self, const Value*, size_t) {
    Value items[2];
    if (!dictPopLast(thread, self.as<Dict>(), &items[0], &items[1])) {
        if (hasPending(thread)) return Value::null();
        return raise(thread, ExceptionKind::kKeyError, "popitem(): dictionary is empty");
    }
    return Value::of(makeTupleOwning(thread, items, 2));
}

Value methodUpdate(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    auto* dict = self.as<Dict>();
    const bool good = updateFromArguments(thread, "update", dict, args, positional, keyword_names);
    return good ? none(thread) : Value::null();
}

Value methodClear(Thread& thread, Value self, const Value*, size_t) {
    dictClear(thread, self.as<Dict>());
    return none(thread);
}

Value methodCopy(Thread& thread, Value self, const Value*, size_t) {
    return Value::of(dictCopy(thread, self.as<Dict>()));
}

Value methodKeys(Thread& thread, Value self, const Value*, size_t) {
    return dictKeys(thread, self);
}
Value methodValues(Thread& thread, Value self, const Value*, size_t) {
    return dictValues(thread, self);
}
Value methodItems(Thread& thread, Value self, const Value*, size_t) {
    return dictItems(thread, self);
}

bool fromKeysOfDict(Thread& thread, Dict* result, Dict* source, Value value) {
    size_t position = 0;
    Value key;
    Value passed;
    while (dictNext(source, &position, &key, &passed)) {
        const Ref keep = Ref::borrow(key);
        const uint64_t hash = dictHashOfPassed(source, position, key);
        if (dictSetHashed(thread, result, key, hash, value) < 0) return false;
    }
    return true;
}

bool fromKeysOfSet(Thread& thread, Dict* result, Set* source, Value value) {
    uint64_t position = 0;
    Value key;
    int64_t hash;
    while (setNext(source, &position, &key, &hash)) {
        const Ref keep = Ref::borrow(key);
        if (dictSetHashed(thread, result, key, static_cast<uint64_t>(hash), value) < 0)
            return false;
    }
    return true;
}

Value methodFromKeys(Thread& thread, Value type, const Value* args, size_t count) {
    Ref result(call(thread, type, nullptr, 0));
    if (!result) return Value::null();
    const Value value = count > 1 ? args[1] : thread.singletons->none;
    const bool exact = isExactDict(thread, result.get());
    if (exact && isExactDict(thread, args[0])) {
        return fromKeysOfDict(thread, result.as<Dict>(), args[0].as<Dict>(), value)
                   ? result.release()
                   : Value::null();
    }
    if (exact && isExactly(args[0], thread.types->set)) {
        return fromKeysOfSet(thread, result.as<Dict>(), args[0].as<Set>(), value) ? result.release()
                                                                                  : Value::null();
    }
    const bool good = forEach(thread, args[0], [&](Value key) {
        return (exact ? dictSet(thread, result.as<Dict>(), key, value)
                      : setItem(thread, result.get(), key, value)) == 0;
    });
    return good ? result.release() : Value::null();
}

Value methodReversed(Thread& thread, Value self, const Value*, size_t) {
    return newDictReverseKeyIterator(thread, self);
}

// With the table, or with the values where the keys are shared with others.
Value methodSizeOf(Thread&, Value self, const Value*, size_t) {
    const Dict* const dict = self.as<Dict>();
    size_t bytes = self.asObject()->type->instance_size;
    if (isSplit(dict)) {
        bytes += dict->used * sizeof(Value);
    } else if (dict->table != nullptr) {
        const size_t entries = dict->table->usable + dict->table->entry_count;
        bytes += sizeof(DictTable) + (size_t{1} << dict->table->log2_size) * sizeof(int32_t) +
                 entries * sizeof(DictEntry);
    }
    return Value::fixnum(static_cast<int64_t>(bytes));
}

void addDictMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "__sizeof__", methodSizeOf, 0, 0);
    addMethod(thread, type, "get", methodGet, 1, 2);
    addMethod(thread, type, "setdefault", methodSetDefault, 1, 2);
    addMethod(thread, type, "pop", methodPop, 1, 2);
    addMethod(thread, type, "popitem", methodPopItem, 0, 0);
    addKeywordMethod(thread, type, "update", methodUpdate);
    addMethod(thread, type, "clear", methodClear, 0, 0);
    addMethod(thread, type, "copy", methodCopy, 0, 0);
    addMethod(thread, type, "keys", methodKeys, 0, 0);
    addMethod(thread, type, "values", methodValues, 0, 0);
    addMethod(thread, type, "items", methodItems, 0, 0);
    addClassMethod(thread, type, "fromkeys", methodFromKeys, 1, 2);
    addMethod(thread, type, "__reversed__", methodReversed, 0, 0);
}

}  // namespace

bool isExactDict(const Thread& thread, Value value) { return isExactly(value, thread.types->dict); }

Value dictGetItem(Thread& thread, Value dict, Value key) {
    const Value value = dictGet(thread, dict.as<Dict>(), key);
    if (!value.isNull()) return newRef(value);
    if (hasPending(thread)) return Value::null();
    if (!isExactDict(thread, dict)) {
        Ref missing(lookupSpecial(thread, dict, thread.singletons->names.missing));
        if (missing) return call(thread, missing.get(), &key, 1);
        if (hasPending(thread)) return Value::null();
    }
    return raiseWithValue(thread, ExceptionKind::kKeyError, key);
}

void initDictType(Thread& thread) {
    Type* type = thread.types->dict;
    setNativeLayout(type, CellFamily::kDict, sizeof(Dict), kTypeAllowsSubclass | kTypeIsDict);
    TypeSlots& slots = type->slots;
    slots.dealloc = dictDealloc;
    slots.traverse = dictTraverse;
    slots.clear = clearDict;
    slots.construct = constructDict;
    slots.init = initDict;
    slots.repr = reprDict;
    slots.compare = compareDicts;
    slots.iter = newDictKeyIterator;
    slots.length = lengthOfDict;
    slots.get_item = dictGetItem;
    slots.set_item = setDictItem;
    slots.contains = dictContainsSlot;
    slots.binary[static_cast<size_t>(BinaryOp::kOr)] = unionOfDicts;
    slots.in_place[static_cast<size_t>(BinaryOp::kOr)] = updateInPlace;
    addDictMethods(thread, type);
    addClassGetItem(thread, type);
}

}  // namespace tagproof
