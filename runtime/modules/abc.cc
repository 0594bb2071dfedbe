// The _abc module: what abc.ABCMeta (runtime/stdlib/abc.py) does often.
//
// A class of that metaclass has an _abc_impl, which knows by weak references:
//   registry   classes that were registered with it
//   cache      classes that are known to be subclasses
//   negative   classes that are known not to be; empty again after the next registration anywhere

#include <algorithm>
#include <utility>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/set.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/weakref.h"
#include "runtime/builtins.h"
#include "runtime/modules/library_state.h"
#include "runtime/modules/native_modules.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

struct AbcData {
    Object head;
    Value registry;              // owned set of weak references, or null: empty
    Value cache;                 // owned, alike
    Value negative;              // owned, alike
    int64_t negative_token = 0;  // the number of registrations for which `negative` holds
};

int64_t& token(Thread& thread) { return thread.vm->library().abc_token; }

void clearData(Thread&, Object* self) {
    auto* data = reinterpret_cast<AbcData*>(self);
    for (Value* const word : {&data->registry, &data->cache, &data->negative}) {
        decref(std::exchange(*word, Value::null()));
    }
}

void deallocData(Thread& thread, Object* self) {
    clearData(thread, self);
    freeObject(thread, self);
}

void traverseData(Object* self, VisitFunction visit, void* context) {
    const auto* data = reinterpret_cast<AbcData*>(self);
    for (const Value word : {data->registry, data->cache, data->negative}) {
        if (word) visit(word, context);
    }
}

void setUpData(Thread&, Type* type) {
    setNativeLayout(type, CellFamily::kOther, sizeof(AbcData), 0);
    type->slots.dealloc = deallocData;
    type->slots.traverse = traverseData;
    type->slots.clear = clearData;
}

// cls._abc_impl. New reference; null + pending.
Ref dataOf(Thread& thread, Value cls) {
    Ref data(getAttr(thread, cls, "_abc_impl"));
    if (!data || isExactly(data.get(), thread.vm->library().abc_data)) return data;
    raise(thread, ExceptionKind::kTypeError, "_abc_impl is set to a wrong type");
    return Ref();
}

// --- weak sets -----------------------------------------------------------------------------------

// Callback of a reference in a set: `self` is a weak reference to the set.
Value forgetReference(Thread& thread, Value self, const Value* args, size_t) {
    const Ref set(weakRefGet(self.as<WeakRef>()));
    if (set && setDiscard(thread, set.as<Set>(), args[0]) < 0) return Value::null();
    return thread.singletons->none;
}

// False + pending.
bool addWeakly(Thread& thread, Value* word, Value cls) {
    if (word->isNull()) *word = Value::of(makeSet(thread));
    if (word->isNull()) return false;
    const Ref set = Ref::borrow(*word);
    Ref to_set(newWeakRef(thread, set.get(), Value::null()));
    if (!to_set) return false;
    const NativeSignature signature{.code = forgetReference, .min_args = 1, .max_args = 1};
    const Ref callback(newNativeFunction(thread, "_destroy", signature, to_set.get()));
    if (!callback) return false;
    const Ref reference(newWeakRef(thread, cls, callback.get()));
    return reference && setAdd(thread, set.as<Set>(), reference.get());
}

// 1, 0, -1. What no weak reference can be made to is in no set.
int hasWeakly(Thread& thread, Value set, Value cls) {
    if (set.isNull() || set.as<Set>()->used == 0) return 0;
    const Ref keep = Ref::borrow(set);
    const Ref reference(newWeakRef(thread, cls, Value::null()));
    if (reference) return setContains(thread, set.as<Set>(), reference.get());
    if (!pendingMatches(thread, ExceptionKind::kTypeError)) return -1;
    clearPending(thread);
    return 0;
}

std::vector<Ref> livingMembers(Value set) {
    std::vector<Ref> members;
    uint64_t position = 0;
    Value key;
    int64_t hash = 0;
    while (!set.isNull() && setNext(set.as<Set>(), &position, &key, &hash)) {
        Ref member(weakRefGet(key.as<WeakRef>()));
        if (member) members.push_back(std::move(member));
    }
    return members;
}

void emptySet(Thread& thread, Value set) {
    if (!set.isNull()) setClear(thread, set.as<Set>());
}

// --- abstract methods ----------------------------------------------------------------------------

// The truth of value.__isabstractmethod__: 1, 0, -1.
int isAbstract(Thread& thread, Value value) {
    const Ref mark(getAttrOrNull(thread, value, thread.singletons->names.isabstractmethod));
    if (!mark) return hasPending(thread) ? -1 : 0;
    return isTrue(thread, mark.get());
}

bool addOwnAbstract(Thread& thread, Type* cls, Set* names) {
    std::vector<std::pair<Ref, Ref>> items;  // what is asked may change the class
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(cls->attributes, &position, &key, &value)) {
        items.emplace_back(Ref::borrow(key), Ref::borrow(value));
    }
    for (const auto& [name, attribute] : items) {
        const int abstract = isAbstract(thread, attribute.get());
        if (abstract < 0) return false;
        if (abstract > 0 && !setAdd(thread, names, name.get())) return false;
    }
    return true;
}

// Abstract methods of `base` that are still abstract in `cls`.
bool addInheritedAbstract(Thread& thread, Value cls, Value base, Set* names) {
    const Ref inherited(getAttrOrNull(thread, base, thread.singletons->names.abstractmethods));
    if (!inherited) return !hasPending(thread);
    return forEach(thread, inherited.get(), [&](Value name) {
        if (!isStr(name)) {
            raise(thread, ExceptionKind::kTypeError, "attribute name must be string, not '{}'",
                  typeName(typeOf(thread, name)));
            return false;
        }
        const Ref attribute(getAttrOrNull(thread, cls, name.as<Str>()));
        if (!attribute) return !hasPending(thread);
        const int abstract = isAbstract(thread, attribute.get());
        return abstract == 0 || (abstract > 0 && setAdd(thread, names, name));
    });
}

bool setAbstractMethods(Thread& thread, Value cls) {
    const Ref names(Value::of(makeSet(thread)));
    if (!names || !addOwnAbstract(thread, cls.as<Type>(), names.as<Set>())) return false;
    const Ref bases = Ref::borrow(Value::of(cls.as<Type>()->bases));
    for (const Value base : *bases.as<Tuple>()) {
        if (!addInheritedAbstract(thread, cls, base, names.as<Set>())) return false;
    }
    const Ref frozen(makeFrozenSet(thread, names.get()));
    Str* const name = thread.singletons->names.abstractmethods;
    return frozen && setAttr(thread, cls, name, frozen.get()) == 0;
}

// --- patterns ------------------------------------------------------------------------------------

constexpr uint32_t kPatternFlags = kTypeMatchesSequence | kTypeMatchesMapping;

// A class may say by __abc_tpflags__, in CPython's bits, which patterns match its instances. False
// + pending.
bool readPatternFlags(Thread& thread, Type* cls) {
    constexpr int64_t kPublicSequence = 1 << 5;
    constexpr int64_t kPublicMapping = 1 << 6;
    const Ref name(Value::of(internStr(thread, "__abc_tpflags__")));
    if (!name) return false;
    const Value flags = dictGetStr(cls->attributes, name.as<Str>());
    if (flags.isNull() || !flags.isFixnum()) return true;
    const int64_t bits = flags.asFixnum();
    if ((bits & kPublicSequence) != 0) cls->type_flags |= kTypeMatchesSequence;
    if ((bits & kPublicMapping) != 0) cls->type_flags |= kTypeMatchesMapping;
    return storeTypeAttribute(thread, cls, name.as<Str>(), Value::null()) == 0;
}

// A registered class and those below it match what the other one does.
void givePatternFlags(const Type* cls, Type* subclass) {
    uint32_t flags = cls->type_flags & kPatternFlags;
    if (flags == 0) return;
    const auto give = [](Type* type, void* context) {
        if (!hasFlag(type, kTypeIsHeap)) return;
        type->type_flags &= ~kPatternFlags;
        type->type_flags |= *static_cast<uint32_t*>(context);
    };
    forEachSubtype(subclass, give, &flags);
}

// _abc_init(cls)
Value initClass(Thread& thread, Value, const Value* args, size_t) {
    if (!isType(args[0])) return raiseNoAttribute(thread, args[0], thread.singletons->names.dict);
    if (!setAbstractMethods(thread, args[0]) || !readPatternFlags(thread, args[0].as<Type>())) {
        return Value::null();
    }
    Type* const type = thread.vm->library().abc_data;
    const Ref data(Value::of(allocateObject<AbcData>(thread, type)));
    const Ref name(Value::of(internStr(thread, "_abc_impl")));
    if (!data || !name) return Value::null();
    data.as<AbcData>()->negative_token = token(thread);
    if (setAttr(thread, args[0], name.as<Str>(), data.get()) < 0) return Value::null();
    return thread.singletons->none;
}

// --- registration --------------------------------------------------------------------------------

// _abc_register(cls, subclass)
Value registerClass(Thread& thread, Value, const Value* args, size_t) {
    const Value cls = args[0];
    const Value subclass = args[1];
    if (!isType(subclass)) {
        return raise(thread, ExceptionKind::kTypeError, "Can only register classes");
    }
    const int known = isSubclass(thread, subclass, cls);
    if (known != 0) return known > 0 ? newRef(subclass) : Value::null();
    const int above = isSubclass(thread, cls, subclass);
    if (above < 0) return Value::null();
    if (above > 0) {
        return raise(thread, ExceptionKind::kRuntimeError,
                     "Refusing to create an inheritance cycle");
    }
    const Ref data = dataOf(thread, cls);
    if (!data || !addWeakly(thread, &data.as<AbcData>()->registry, subclass)) return Value::null();
    ++token(thread);
    if (isType(cls)) givePatternFlags(cls.as<Type>(), subclass.as<Type>());
    return newRef(subclass);
}

// --- checks --------------------------------------------------------------------------------------

// Remembers the answer. 0 or 1, or -1 + pending.
int remember(Thread& thread, AbcData* data, Value subclass, bool answer) {
    return addWeakly(thread, answer ? &data->cache : &data->negative, subclass) ? answer : -1;
}

// What the caches say: 1, 0, -1 + pending, -2 nothing.
int askCaches(Thread& thread, AbcData* data, Value subclass) {
    const int found = hasWeakly(thread, data->cache, subclass);
    if (found != 0) return found;
    if (data->negative_token < token(thread)) {
        emptySet(thread, data->negative);
        data->negative_token = token(thread);
        return -2;
    }
    const int excluded = hasWeakly(thread, data->negative, subclass);
    if (excluded == 0) return -2;
    return excluded > 0 ? 0 : -1;
}

// What __subclasshook__ says: 1, 0, -1 + pending, -2 NotImplemented.
int askHook(Thread& thread, Value cls, Value subclass) {
    const Ref answer(callMethod(thread, cls, thread.singletons->names.subclasshook, &subclass, 1));
    if (!answer) return -1;
    if (answer.get() == thread.singletons->true_) return 1;
    if (answer.get() == thread.singletons->false_) return 0;
    if (answer.get() == thread.singletons->not_implemented) return -2;
    raise(thread, ExceptionKind::kAssertionError,
          "__subclasshook__ must return either False, True, or NotImplemented");
    return -1;
}

bool isInMro(Value cls, Value subclass) {
    Tuple* const mro = subclass.as<Type>()->mro;
    return std::find(mro->begin(), mro->end(), cls) != mro->end();
}

// Whether one of the registered classes, or of the real subclasses, is above: 1, 0, -1.
int askDescendants(Thread& thread, Value cls, AbcData* data, Value subclass) {
    for (const Ref& registered : livingMembers(data->registry)) {
        const int answer = isSubclass(thread, subclass, registered.get());
        if (answer != 0) return answer;
    }
    const Ref method(getAttr(thread, cls, "__subclasses__"));
    const Ref subclasses(method ? call(thread, method.get(), nullptr, 0) : Value::null());
    if (!subclasses) return -1;
    if (!isList(subclasses.get())) {
        raise(thread, ExceptionKind::kTypeError, "__subclasses__() must return a list");
        return -1;
    }
    const auto* list = subclasses.as<List>();
    for (uint64_t k = 0; k < list->size; ++k) {
        const Ref it = Ref::borrow(list->items[k]);
        const int answer = isSubclass(thread, subclass, it.get());
        if (answer != 0) return answer;
    }
    return 0;
}

int checkSubclass(Thread& thread, Value cls, Value subclass) {
    const Ref holder = dataOf(thread, cls);
    if (!holder) return -1;
    auto* data = holder.as<AbcData>();
    const int known = askCaches(thread, data, subclass);
    if (known != -2) return known;
    int answer = askHook(thread, cls, subclass);
    if (answer == -2) {
        answer = isInMro(cls, subclass) ? 1 : askDescendants(thread, cls, data, subclass);
    }
    return answer < 0 ? -1 : remember(thread, data, subclass, answer > 0);
}

// _abc_subclasscheck(cls, subclass)
Value subclassCheck(Thread& thread, Value, const Value* args, size_t) {
    if (!isType(args[1])) {
        return raise(thread, ExceptionKind::kTypeError, "issubclass() arg 1 must be a class");
    }
    const int answer = checkSubclass(thread, args[0], args[1]);
    return answer < 0 ? Value::null() : boolValue(thread, answer > 0);
}

// _abc_instancecheck(cls, instance)
Value instanceCheck(Thread& thread, Value, const Value* args, size_t) {
    const Value cls = args[0];
    const Names& names = thread.singletons->names;
    const Ref holder = dataOf(thread, cls);
    if (!holder) return Value::null();
    auto* data = holder.as<AbcData>();
    const Ref subclass(getAttr(thread, args[1], names.class_));
    if (!subclass) return Value::null();
    const int known = hasWeakly(thread, data->cache, subclass.get());
    if (known != 0) return known > 0 ? thread.singletons->true_ : Value::null();
    const Ref type = Ref::borrow(Value::of(typeOf(thread, args[1])));
    const bool honest = type.get() == subclass.get();
    if (honest && data->negative_token == token(thread)) {
        const int excluded = hasWeakly(thread, data->negative, subclass.get());
        if (excluded != 0) return excluded > 0 ? thread.singletons->false_ : Value::null();
    }
    Value argument = subclass.get();
    Ref answer(callMethod(thread, cls, names.subclasscheck, &argument, 1));
    if (honest || !answer) return answer.release();
    const int truth = isTrue(thread, answer.get());
    if (truth != 0) return truth > 0 ? answer.release() : Value::null();
    argument = type.get();
    return callMethod(thread, cls, names.subclasscheck, &argument, 1);
}

// --- for tests and debugging ---------------------------------------------------------------------

Value cacheToken(Thread& thread, Value, const Value*, size_t) {
    return makeInt(thread, token(thread));
}

Value resetRegistry(Thread& thread, Value, const Value* args, size_t) {
    const Ref data = dataOf(thread, args[0]);
    if (!data) return Value::null();
    emptySet(thread, data.as<AbcData>()->registry);
    return thread.singletons->none;
}

Value resetCaches(Thread& thread, Value, const Value* args, size_t) {
    const Ref data = dataOf(thread, args[0]);
    if (!data) return Value::null();
    emptySet(thread, data.as<AbcData>()->cache);
    emptySet(thread, data.as<AbcData>()->negative);
    return thread.singletons->none;
}

// (registry, cache, negative cache, its version), the sets copied.
Value dump(Thread& thread, Value, const Value* args, size_t) {
    const Ref holder = dataOf(thread, args[0]);
    if (!holder) return Value::null();
    const auto* data = holder.as<AbcData>();
    Ref result(Value::of(allocateTuple(thread, 4)));
    if (!result) return Value::null();
    Value* out = result.as<Tuple>()->items();
    for (const Value set : {data->registry, data->cache, data->negative}) {
        *out = set.isNull() ? Value::of(makeSet(thread)) : setCopy(thread, set.as<Set>());
        if (out->isNull()) return Value::null();
        ++out;
    }
    *out = makeInt(thread, data->negative_token);
    return result.release();
}

constexpr LibraryTypeRow kTypes[] = {
    {&LibraryState::abc_data, "_abc._abc_data", setUpData, false},
};

constexpr FunctionRow kFunctions[] = {
    {"get_cache_token", cacheToken, 0, 0},       {"_abc_init", initClass, 1, 1},
    {"_abc_register", registerClass, 2, 2},      {"_abc_instancecheck", instanceCheck, 2, 2},
    {"_abc_subclasscheck", subclassCheck, 2, 2}, {"_get_dump", dump, 1, 1},
    {"_reset_caches", resetCaches, 1, 1},        {"_reset_registry", resetRegistry, 1, 1},
};

}  // namespace

bool initAbcModule(Thread& thread, Value module) {
    return addLibraryTypes(thread, module, kTypes) && addFunctions(thread, module, kFunctions);
}

}  // namespace tagproof
