// The _collections module: defaultdict, the attributes of named tuples, counting.

#include "runtime/modules/collections.h"

#include <string>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/owned_values.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/frame.h"
#include "runtime/modules/library_state.h"
#include "runtime/modules/native_modules.h"
#include "runtime/vm.h"

namespace tagproof {

namespace collections {

namespace {

// --- defaultdict ---------------------------------------------------------------------------------

struct DefaultDict {
    Dict dict;
    Value factory;  // owned; null or None: there is none
};

DefaultDict* defaultDictOf(Value self) { return self.as<DefaultDict>(); }

Value factoryOf(const Thread& thread, Value self) {
    const Value factory = defaultDictOf(self)->factory;
    return factory.isNull() ? thread.singletons->none : factory;
}

void clearDefaultDict(Thread& thread, Object* self) {
    decref(std::exchange(reinterpret_cast<DefaultDict*>(self)->factory, Value::null()));
    dictClear(thread, reinterpret_cast<Dict*>(self));
}

void deallocDefaultDict(Thread& thread, Object* self) {
    decref(std::exchange(reinterpret_cast<DefaultDict*>(self)->factory, Value::null()));
    dictDealloc(thread, self);
}

void traverseDefaultDict(Object* self, VisitFunction visit, void* context) {
    const Value factory = reinterpret_cast<DefaultDict*>(self)->factory;
    if (factory) visit(factory, context);
    dictTraverse(self, visit, context);
}

Value constructDefaultDict(Thread& thread, Value callee, const Value*, size_t, Value) {
    return Value::of(allocateObject(thread, callee.as<Type>()));
}

int initDefaultDict(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    const Value none = thread.singletons->none;
    const Value factory = positional > 0 ? args[0] : Value::null();
    if (factory && factory != none && !isCallable(thread, factory)) {
        raise(thread, ExceptionKind::kTypeError, "first argument must be callable or None");
        return -1;
    }
    const size_t skipped = positional > 0 ? 1 : 0;
    decref(std::exchange(defaultDictOf(self)->factory, newRef(factory)));
    return thread.types->dict->slots.init(thread, self, args + skipped, positional - skipped,
                                          keyword_names);
}

// defaultdict.__missing__
Value makeMissing(Thread& thread, Value self, const Value* args, size_t) {
    const Ref factory = Ref::borrow(factoryOf(thread, self));
    if (factory.get() == thread.singletons->none) {
        return raiseWithValue(thread, ExceptionKind::kKeyError, args[0]);
    }
    Ref value(call(thread, factory.get(), nullptr, 0));
    if (!value || setItem(thread, self, args[0], value.get()) < 0) return Value::null();
    return value.release();
}

// type(self)(factory, source)
Value remade(Thread& thread, Value self, Value source) {
    const Ref factory = Ref::borrow(factoryOf(thread, self));
    return call(thread, Value::of(self.asObject()->type), {factory.get(), source});
}

Value copyDefaultDict(Thread& thread, Value self, const Value*, size_t) {
    return remade(thread, self, self);
}

// (type, (factory,), None, None, iterator over items)
Value reduceDefaultDict(Thread& thread, Value self, const Value*, size_t) {
    const Value none = thread.singletons->none;
    const Value factory = factoryOf(thread, self);
    const Ref arguments(Value::of(makeTuple(thread, &factory, factory == none ? 0 : 1)));
    const Ref method(arguments ? getAttr(thread, self, "items") : Value::null());
    const Ref items(method ? call(thread, method.get(), nullptr, 0) : Value::null());
    const Ref iterator(items ? getIter(thread, items.get()) : Value::null());
    if (!iterator) return Value::null();
    const Value parts[] = {Value::of(self.asObject()->type), arguments.get(), none, none,
                           iterator.get()};
    return Value::of(makeTuple(thread, parts, std::size(parts)));
}

bool isDefaultDict(const Thread& thread, Value value) {
    return isInstanceOf(thread, value, thread.vm->library().default_dict);
}

Value unionOfDicts(Thread& thread, Value left, Value right) {
    const Value self = isDefaultDict(thread, left) ? left : right;
    if (!isDict(left) || !isDict(right)) return thread.singletons->not_implemented;
    Ref result(remade(thread, self, left));
    if (!result) return Value::null();
    if (!isDict(result.get())) {
        return raise(thread, ExceptionKind::kTypeError, "'{}' object is not a mapping",
                     typeName(typeOf(thread, result.get())));
    }
    return dictUpdate(thread, result.as<Dict>(), right) ? result.release() : Value::null();
}

// The repr of the factory; "..." when it is under way: a method of the dict itself.
Value reprFactory(Thread& thread, Value factory) {
    if (!factory.isObject()) return reprOf(thread, factory);
    const ReprScope scope(factory.asObject());
    return scope.first() ? reprOf(thread, factory) : Value::of(makeStr(thread, "..."));
}

Value reprDefaultDict(Thread& thread, Value self) {
    const Ref items(thread.types->dict->slots.repr(thread, self));
    if (!items) return Value::null();
    const Ref factory = Ref::borrow(factoryOf(thread, self));
    const Ref made_by(reprFactory(thread, factory.get()));
    if (!made_by) return Value::null();
    const std::string name = typeName(self.asObject()->type);
    return Value::of(
        makeStr(thread, fmt::format("{}({}, {})", name.substr(name.rfind('.') + 1),
                                    toUtf8(made_by.as<Str>()), toUtf8(items.as<Str>()))));
}

// --- attributes of named tuples ------------------------------------------------------------------

struct TupleGetter {
    Object head;
    Value index;  // owned int
    Value doc;    // owned
};

Value constructTupleGetter(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "_tuplegetter", keyword_names) ||
        !checkArgumentCount(thread, "_tuplegetter", positional, 2, 2)) {
        return Value::null();
    }
    Ref index(indexOf(thread, args[0]));
    if (!index) return Value::null();
    auto* getter = allocateObject<TupleGetter>(thread, callee.as<Type>());
    if (getter == nullptr) return Value::null();
    getter->index = index.release();
    getter->doc = newRef(args[1]);
    return Value::of(getter);
}

Value getTupleItem(Thread& thread, Value self, Value instance, Value) {
    const auto* getter = self.as<TupleGetter>();
    if (instance.isNull() || instance == thread.singletons->none) return newRef(self);
    const int64_t index = saturateInt64(thread, getter->index);
    if (!isTuple(instance)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object",
                     index, typeName(typeOf(thread, instance)));
    }
    auto* tuple = instance.as<Tuple>();
    if (index >= 0 && static_cast<uint64_t>(index) < tuple->size) {
        return newRef(tuple->items()[index]);
    }
    return raise(thread, ExceptionKind::kIndexError, "tuple index out of range");
}

int refuseTupleItem(Thread& thread, Value, Value, Value value) {
    raise(thread, ExceptionKind::kAttributeError, "can't {} attribute",
          value.isNull() ? "delete" : "set");
    return -1;
}

Value reprTupleGetter(Thread& thread, Value self) {
    const auto* getter = self.as<TupleGetter>();
    const Ref index(reprOf(thread, getter->index));
    const Ref doc(index ? reprOf(thread, getter->doc) : Value::null());
    if (!doc) return Value::null();
    return Value::of(makeStr(thread, fmt::format("_tuplegetter({}, {})", toUtf8(index.as<Str>()),
                                                 toUtf8(doc.as<Str>()))));
}

Value reduceTupleGetter(Thread& thread, Value self, const Value*, size_t) {
    const auto* getter = self.as<TupleGetter>();
    const Ref arguments(Value::of(makeTuple(thread, getter->index, getter->doc)));
    if (!arguments) return Value::null();
    return Value::of(makeTuple(thread, Value::of(self.asObject()->type), arguments.get()));
}

// --- counting ------------------------------------------------------------------------------------

// One more of an item, in a dict without methods of its own. False + pending.
bool countItem(Thread& thread, Dict* dict, Value item) {
    const int64_t hash = dictHashKey(thread, item);
    if (hash == -1) return false;
    const auto key_hash = static_cast<uint64_t>(hash);
    const Ref before = Ref::borrow(dictGetHashed(thread, dict, item, key_hash));
    if (!before && hasPending(thread)) return false;
    const Ref after(before ? binaryOp(thread, BinaryOp::kAdd, before.get(), Value::fixnum(1))
                           : Value::fixnum(1));
    return after && dictSetHashed(thread, dict, item, key_hash, after.get()) == 0;
}

// _count_elements(mapping, iterable): mapping[item] = mapping.get(item, 0) + 1 for each.
Value countElements(Thread& thread, Value, const Value* args, size_t) {
    const Value mapping = args[0];
    const Type* const type = typeOf(thread, mapping);
    const Type* const dict = thread.types->dict;
    Str* const get_name = internStr(thread, "get");
    if (get_name == nullptr) return Value::null();
    const bool plain = isDict(mapping) && type->slots.set_item == dict->slots.set_item &&
                       lookupTypeAttribute(thread, typeOf(thread, mapping), get_name) ==
                           lookupTypeAttribute(thread, thread.types->dict, get_name);
    const Ref get(plain ? Value::null() : getAttr(thread, mapping, get_name));
    if (!plain && !get) return Value::null();
    const bool done = forEach(thread, args[1], [&](Value item) {
        if (plain) return countItem(thread, mapping.as<Dict>(), item);
        const Ref before(call(thread, get.get(), {item, Value::fixnum(0)}));
        if (!before) return false;
        const Ref after(binaryOp(thread, BinaryOp::kAdd, before.get(), Value::fixnum(1)));
        return after && setItem(thread, mapping, item, after.get()) == 0;
    });
    return done ? thread.singletons->none : Value::null();
}

// __name__ of the module whose code called the function that calls this; None where nobody did.
Value callerModule(Thread& thread, Value, const Value*, size_t) {
    const Frame* const frame = thread.frame == nullptr ? nullptr : thread.frame->previous;
    if (frame == nullptr) return thread.singletons->none;
    const Value name = dictGetStr(frame->globals, thread.singletons->names.name);
    return name ? newRef(name) : Value::of(makeStr(thread, "__main__"));
}

constexpr LibraryTypeRow kTypes[] = {
    {&LibraryState::deque, "collections.deque", setUpDeque},
    {&LibraryState::deque_iterator, "_collections._deque_iterator", setUpDequeIterator},
    {&LibraryState::deque_reverse_iterator, "_collections._deque_reverse_iterator",
     setUpDequeReverseIterator},
    {&LibraryState::default_dict, "collections.defaultdict", setUpDefaultDict, true,
     &CoreTypes::dict},
    {&LibraryState::tuple_getter, "_collections._tuplegetter", setUpTupleGetter},
};

constexpr FunctionRow kFunctions[] = {
    {"_caller_module", callerModule, 0, 0},
    {"_count_elements", countElements, 2, 2},
};

}  // namespace

void setUpDefaultDict(Thread& thread, Type* type) {
    setNativeLayout(type, CellFamily::kDict, sizeof(DefaultDict),
                    kTypeAllowsSubclass | kTypeIsDict);
    type->slots.dealloc = deallocDefaultDict;
    type->slots.traverse = traverseDefaultDict;
    type->slots.clear = clearDefaultDict;
    type->slots.construct = constructDefaultDict;
    type->slots.init = initDefaultDict;
    type->slots.repr = reprDefaultDict;
    type->slots.binary[static_cast<size_t>(BinaryOp::kOr)] = unionOfDicts;
    addMember(thread, type, "default_factory", offsetof(DefaultDict, factory), true, true);
    addMethod(thread, type, "__missing__", makeMissing, 1, 1);
    addMethod(thread, type, "copy", copyDefaultDict, 0, 0);
    addMethod(thread, type, "__copy__", copyDefaultDict, 0, 0);
    addMethod(thread, type, "__reduce__", reduceDefaultDict, 0, 0);
}

void setUpTupleGetter(Thread& thread, Type* type) {
    using Owned = OwnedValues<TupleGetter, &TupleGetter::index, &TupleGetter::doc>;
    setNativeLayout(type, CellFamily::kOther, sizeof(TupleGetter), 0);
    Owned::setSlots(type);
    type->slots.construct = constructTupleGetter;
    type->slots.descriptor_get = getTupleItem;
    type->slots.descriptor_set = refuseTupleItem;
    type->slots.repr = reprTupleGetter;
    addMember(thread, type, "__doc__", offsetof(TupleGetter, doc), true, true);
    addMethod(thread, type, "__reduce__", reduceTupleGetter, 0, 0);
}

}  // namespace collections

bool initCollectionsModule(Thread& thread, Value module) {
    return addLibraryTypes(thread, module, collections::kTypes) &&
           addFunctions(thread, module, collections::kFunctions);
}

}  // namespace tagproof
