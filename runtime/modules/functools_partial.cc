// functools.partial.

#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/managed_dict.h"
#include "objmodel/native_function.h"
#include "objmodel/owned_values.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/call.h"
#include "runtime/modules/functools.h"

namespace tagproof::functools {

namespace {

struct Partial {
    Object head;
    Value function;   // owned
    Value arguments;  // owned tuple
    Value keywords;   // owned dict
};
using PartialValues =
    OwnedValues<Partial, &Partial::function, &Partial::arguments, &Partial::keywords>;

Value concatenate(Thread& thread, Tuple* front, const Value* items, size_t count) {
    Tuple* const result = allocateTuple(thread, front->size + count);
    if (result == nullptr) return Value::null();
    Value* out = result->items();
    for (const Value item : *front) *out++ = newRef(item);
    for (size_t k = 0; k < count; ++k) *out++ = newRef(items[k]);
    return Value::of(result);
}

// Keyword arguments into a dict. False + pending.
bool storeKeywords(Thread& thread, Dict* dict, const Value* values, Value keyword_names) {
    for (size_t k = 0; k < keywordCount(keyword_names); ++k) {
        Str* const name = keyword_names.as<Tuple>()->items()[k].as<Str>();
        if (dictSetName(thread, dict, name, values[k]) < 0) return false;
    }
    return true;
}

// The keywords of the partial with those of a call over them: a new dict.
Ref mergedKeywords(Thread& thread, Dict* own, const Value* values, Value keyword_names) {
    Ref merged(Value::of(dictCopy(thread, own)));
    if (!merged || !storeKeywords(thread, merged.as<Dict>(), values, keyword_names)) return Ref();
    return merged;
}

Value callPartial(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const auto* partial = callee.as<Partial>();
    if (partial->function.isNull()) {
        return raise(thread, ExceptionKind::kRuntimeError, "partial object was cleared");
    }
    const Ref function = Ref::borrow(partial->function);
    const Ref front = Ref::borrow(partial->arguments);
    auto* const own = partial->keywords.as<Dict>();
    if (own->used != 0) {
        const Ref keywords = mergedKeywords(thread, own, args + positional, keyword_names);
        const Ref all(keywords ? concatenate(thread, front.as<Tuple>(), args, positional)
                               : Value::null());
        if (!all) return Value::null();
        return callExpanded(thread, function.get(), all.as<Tuple>(), keywords.as<Dict>());
    }
    std::vector<Value> words(front.as<Tuple>()->begin(), front.as<Tuple>()->end());
    words.insert(words.end(), args, args + positional + keywordCount(keyword_names));
    return call(thread, function.get(), words.data(), front.as<Tuple>()->size + positional,
                keyword_names);
}

// --- making --------------------------------------------------------------------------------------

// A partial without attributes of its own gives its function and arguments to one made of it.
const Partial* asInner(const Thread& thread, Value callable) {
    if (typeOf(thread, callable)->slots.call != callPartial) return nullptr;
    return callable.asObject()->slot.isEmpty() ? callable.as<Partial>() : nullptr;
}

Value constructPartial(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (positional < 1) {
        return raise(thread, ExceptionKind::kTypeError,
                     "type 'partial' takes at least one argument");
    }
    const Partial* const inner = asInner(thread, args[0]);
    const Ref function = Ref::borrow(inner != nullptr ? inner->function : args[0]);
    if (!isCallable(thread, function.get())) {
        return raise(thread, ExceptionKind::kTypeError, "the first argument must be callable");
    }
    Ref arguments(inner != nullptr
                      ? concatenate(thread, inner->arguments.as<Tuple>(), args + 1, positional - 1)
                      : Value::of(makeTuple(thread, args + 1, positional - 1)));
    Ref keywords(Value::of(inner != nullptr ? dictCopy(thread, inner->keywords.as<Dict>())
                                            : newDict(thread)));
    if (!arguments || !keywords ||
        !storeKeywords(thread, keywords.as<Dict>(), args + positional, keyword_names)) {
        return Value::null();
    }
    auto* partial = allocateObject<Partial>(thread, callee.as<Type>());
    if (partial == nullptr) return Value::null();
    partial->function = newRef(function.get());
    partial->arguments = arguments.release();
    partial->keywords = keywords.release();
    return Value::of(partial);
}

// --- repr ----------------------------------------------------------------------------------------

// "functools" for the built-in type; classes made by programs show their bare name.
std::string shownName(const Type* type) { return toUtf8(type->name); }

bool appendRepr(Thread& thread, std::string* text, const char* before, Value value) {
    const Ref shown(reprOf(thread, value));
    if (!shown) return false;
    *text += before + toUtf8(shown.as<Str>());
    return true;
}

bool appendKeyword(Thread& thread, std::string* text, Value key, Value value) {
    const Ref name(strOf(thread, key));
    if (!name) return false;
    *text += ", " + toUtf8(name.as<Str>());
    return appendRepr(thread, text, "=", value);
}

Value reprPartial(Thread& thread, Value self) {
    const auto* partial = self.as<Partial>();
    const ReprScope scope(self.asObject());
    if (!scope.first()) return Value::of(makeStr(thread, "..."));
    const Ref function = Ref::borrow(partial->function);
    const Ref arguments = Ref::borrow(partial->arguments);
    const Ref keywords = Ref::borrow(partial->keywords);
    std::string text = shownName(self.asObject()->type) + "(";
    if (!appendRepr(thread, &text, "", function.get())) return Value::null();
    for (const Value argument : *arguments.as<Tuple>()) {
        if (!appendRepr(thread, &text, ", ", argument)) return Value::null();
    }
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(keywords.as<Dict>(), &position, &key, &value)) {
        const Ref keep_key = Ref::borrow(key);
        const Ref keep_value = Ref::borrow(value);
        if (!appendKeyword(thread, &text, key, value)) return Value::null();
    }
    return Value::of(makeStr(thread, text + ")"));
}

// --- copies --------------------------------------------------------------------------------------

// (type, (function,), (function, arguments, keywords, attributes or None))
Value reducePartial(Thread& thread, Value self, const Value*, size_t) {
    const auto* partial = self.as<Partial>();
    const Value attributes = self.asObject()->slot.isEmpty()
                                 ? thread.singletons->none
                                 : Value::of(managedDict(thread, self.asObject()));
    if (attributes.isNull()) return Value::null();
    const Value function = partial->function;
    const Ref first(Value::of(makeTuple(thread, &function, 1)));
    const Value parts[] = {function, partial->arguments, partial->keywords, attributes};
    const Ref state(Value::of(makeTuple(thread, parts, std::size(parts))));
    if (!first || !state) return Value::null();
    const Value result[] = {Value::of(self.asObject()->type), first.get(), state.get()};
    return Value::of(makeTuple(thread, result, std::size(result)));
}

// Whether a state has the form that reducePartial gives.
bool isState(Thread& thread, Value state) {
    if (!isTuple(state) || state.as<Tuple>()->size != 4) return false;
    const Value* const parts = state.as<Tuple>()->items();
    const Value none = thread.singletons->none;
    return isCallable(thread, parts[0]) && isTuple(parts[1]) &&
           (parts[2] == none || isDict(parts[2])) && (parts[3] == none || isDict(parts[3]));
}

Value setStateOfPartial(Thread& thread, Value self, const Value* args, size_t) {
    if (!isState(thread, args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "invalid partial state");
    }
    const Ref keep = Ref::borrow(args[0]);
    Value* const parts = keep.as<Tuple>()->items();
    const Value none = thread.singletons->none;
    Ref arguments(isExactTuple(thread, parts[1])
                      ? newRef(parts[1])
                      : Value::of(makeTuple(thread, parts[1].as<Tuple>()->items(),
                                            parts[1].as<Tuple>()->size)));
    Ref keywords(isExactDict(thread, parts[2]) ? newRef(parts[2])
                 : parts[2] == none            ? Value::of(newDict(thread))
                                               : Value::of(dictCopy(thread, parts[2].as<Dict>())));
    if (!arguments || !keywords) return Value::null();
    auto* const attributes = parts[3] == none ? nullptr : parts[3].as<Dict>();
    if (managedReplaceDict(thread, self.asObject(), attributes) < 0) return Value::null();
    auto* partial = self.as<Partial>();
    const Ref old[] = {Ref(std::exchange(partial->function, newRef(parts[0]))),
                       Ref(std::exchange(partial->arguments, arguments.release())),
                       Ref(std::exchange(partial->keywords, keywords.release()))};
    static_cast<void>(old);
    return none;
}

}  // namespace

void setUpPartial(Thread& thread, Type* type) {
    setNativeLayout(type, CellFamily::kOther, sizeof(Partial),
                    kTypeAllowsSubclass | kTypeHasManagedDict | kTypeHasWeakrefs);
    PartialValues::setSlots(type);
    type->slots.construct = constructPartial;
    type->slots.call = callPartial;
    type->slots.repr = reprPartial;
    addMember(thread, type, "func", offsetof(Partial, function), false, false);
    addMember(thread, type, "args", offsetof(Partial, arguments), false, false);
    addMember(thread, type, "keywords", offsetof(Partial, keywords), false, false);
    addMethod(thread, type, "__reduce__", reducePartial, 0, 0);
    addMethod(thread, type, "__setstate__", setStateOfPartial, 1, 1);
    addClassGetItem(thread, type);
    static_cast<void>(addManagedDictAttribute(thread, type));
}

}  // namespace tagproof::functools
