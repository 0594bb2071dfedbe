// operator.attrgetter, itemgetter and methodcaller.

#include <algorithm>
#include <string>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/owned_values.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/call.h"
#include "runtime/modules/operator.h"

namespace tagproof::operators {

namespace {

// attrgetter: a tuple of names, those with dots as tuples of their parts. itemgetter: of keys.
// methodcaller: of the method's name and its arguments.
struct Getter {
    Object head;
    Value wanted;    // owned tuple
    Value shown;     // owned tuple of what the constructor was given
    Value keywords;  // owned dict of methodcaller, or null
};
using GetterValues = OwnedValues<Getter, &Getter::wanted, &Getter::shown, &Getter::keywords>;

Tuple* tupleOf(Value value) { return value.as<Tuple>(); }

Value newGetter(Thread& thread, Value callee, Ref wanted, const Value* args, size_t count) {
    Ref shown(wanted ? Value::of(makeTuple(thread, args, count)) : Value::null());
    if (!shown) return Value::null();
    auto* getter = allocateObject<Getter>(thread, callee.as<Type>());
    if (getter == nullptr) return Value::null();
    getter->wanted = wanted.release();
    getter->shown = shown.release();
    return Value::of(getter);
}

bool checkGetterArguments(
    Thread& thread, const char* name, size_t count, Value keyword_names, size_t max) {
    return rejectKeywords(thread, name, keyword_names) &&
           checkArgumentCount(thread, name, count, 1, count == 0 ? 1 : max);
}

// --- attrgetter ----------------------------------------------------------------------------------

// An attribute's name, interned; of one with dots the tuple of its parts.
Value namePath(Thread& thread, Value name) {
    const std::string text = toUtf8(name.as<Str>());
    if (text.find('.') == std::string::npos) return Value::of(internStr(thread, text));
    std::vector<Value> parts;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find('.', begin), text.size());
        const Value part = Value::of(internStr(thread, text.substr(begin, end - begin)));
        if (part.isNull()) break;
        parts.push_back(part);
        begin = end + 1;
    }
    return Value::of(makeTupleOwning(thread, parts.data(), parts.size()));
}

Value constructAttrGetter(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!checkGetterArguments(thread, "attrgetter", positional, keyword_names, SIZE_MAX)) {
        return Value::null();
    }
    Ref paths(Value::of(allocateTuple(thread, positional)));
    if (!paths) return Value::null();
    for (size_t k = 0; k < positional; ++k) {
        if (!isStr(args[k])) {
            return raise(thread, ExceptionKind::kTypeError, "attribute name must be a string");
        }
        const Value path = namePath(thread, args[k]);
        if (path.isNull()) return Value::null();
        tupleOf(paths.get())->items()[k] = path;
    }
    return newGetter(thread, callee, std::move(paths), args, positional);
}

Value followPath(Thread& thread, Value object, Value path) {
    if (!isTuple(path)) return getAttr(thread, object, path.as<Str>());
    Ref value = Ref::borrow(object);
    for (const Value name : *tupleOf(path)) {
        value = Ref(getAttr(thread, value.get(), name.as<Str>()));
        if (!value) break;
    }
    return value.release();
}

// --- calls ---------------------------------------------------------------------------------------

// get(thread, object, wanted) of the one thing that is wanted, or a tuple of all.
template <Value (*Get)(Thread&, Value, Value)>
Value fetch(Thread& thread, Value callee, Value object) {
    const Ref wanted = Ref::borrow(callee.as<Getter>()->wanted);
    if (!wanted) return raise(thread, ExceptionKind::kRuntimeError, "getter was cleared");
    Tuple* const all = tupleOf(wanted.get());
    if (all->size == 1) return Get(thread, object, all->items()[0]);
    Ref result(Value::of(allocateTuple(thread, all->size)));
    if (!result) return Value::null();
    for (uint64_t k = 0; k < all->size; ++k) {
        const Value value = Get(thread, object, all->items()[k]);
        if (value.isNull()) return Value::null();
        tupleOf(result.get())->items()[k] = value;
    }
    return result.release();
}

Value callAttrGetter(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const bool fits = checkGetterArguments(thread, "attrgetter", positional, keyword_names, 1);
    return fits ? fetch<followPath>(thread, callee, args[0]) : Value::null();
}

Value constructItemGetter(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!checkGetterArguments(thread, "itemgetter", positional, keyword_names, SIZE_MAX)) {
        return Value::null();
    }
    Ref keys(Value::of(makeTuple(thread, args, positional)));
    return newGetter(thread, callee, std::move(keys), args, positional);
}

Value callItemGetter(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const bool fits = checkGetterArguments(thread, "itemgetter", positional, keyword_names, 1);
    return fits ? fetch<getItem>(thread, callee, args[0]) : Value::null();
}

// --- methodcaller --------------------------------------------------------------------------------

Value constructMethodCaller(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (positional < 1) {
        return raise(thread, ExceptionKind::kTypeError,
                     "methodcaller needs at least one argument, the method name");
    }
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "method name must be a string");
    }
    Ref keywords(Value::of(newDict(thread)));
    for (size_t k = 0; keywords && k < keywordCount(keyword_names); ++k) {
        Str* const name = tupleOf(keyword_names)->items()[k].as<Str>();
        if (dictSetStr(thread, keywords.as<Dict>(), name, args[positional + k]) < 0) {
            return Value::null();
        }
    }
    Ref arguments(keywords ? Value::of(makeTuple(thread, args + 1, positional - 1))
                           : Value::null());
    Ref caller(newGetter(thread, callee, std::move(arguments), args, positional));
    if (!caller) return Value::null();
    caller.as<Getter>()->keywords = keywords.release();
    return caller.release();
}

Value callMethodCaller(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!checkGetterArguments(thread, "methodcaller", positional, keyword_names, 1)) {
        return Value::null();
    }
    const auto* caller = callee.as<Getter>();
    const Ref wanted = Ref::borrow(caller->wanted);
    const Ref shown = Ref::borrow(caller->shown);
    const Ref keywords = Ref::borrow(caller->keywords);
    if (!wanted || !shown) {
        return raise(thread, ExceptionKind::kRuntimeError, "getter was cleared");
    }
    Str* const name = tupleOf(shown.get())->items()[0].as<Str>();
    const Ref method(getAttr(thread, args[0], name));
    if (!method) return Value::null();
    return callExpanded(thread, method.get(), tupleOf(wanted.get()), keywords.as<Dict>());
}

// --- repr and copies -----------------------------------------------------------------------------

// "operator.itemgetter(1, 2)", with the arguments as they were given.
Value reprGetter(Thread& thread, Value self) {
    const ReprScope scope(self.asObject());
    const auto* getter = self.as<Getter>();
    std::string text = typeName(self.asObject()->type) + "(";
    if (!scope.first()) return Value::of(makeStr(thread, text + "...)"));
    const Ref shown = Ref::borrow(getter->shown);
    const char* separator = "";
    for (const Value argument : *tupleOf(shown.get())) {
        const Ref part(reprOf(thread, argument));
        if (!part) return Value::null();
        text += separator + toUtf8(part.as<Str>());
        separator = ", ";
    }
    const Ref keywords = Ref::borrow(getter->keywords);
    size_t position = 0;
    Value key;
    Value value;
    while (keywords && dictNext(keywords.as<Dict>(), &position, &key, &value)) {
        const Ref part(reprOf(thread, value));
        if (!part) return Value::null();
        text += ", " + toUtf8(key.as<Str>()) + "=" + toUtf8(part.as<Str>());
    }
    return Value::of(makeStr(thread, text + ")"));
}

// (type, arguments)
Value reduceGetter(Thread& thread, Value self, const Value*, size_t) {
    return Value::of(makeTuple(thread, Value::of(self.asObject()->type), self.as<Getter>()->shown));
}

void setUpGetter(Type* type, CallFunction construct, CallFunction called) {
    setNativeLayout(type, CellFamily::kOther, sizeof(Getter), 0);
    GetterValues::setSlots(type);
    type->slots.construct = construct;
    type->slots.call = called;
    type->slots.repr = reprGetter;
}

}  // namespace

void setUpAttrGetter(Thread& thread, Type* type) {
    setUpGetter(type, constructAttrGetter, callAttrGetter);
    addMethod(thread, type, "__reduce__", reduceGetter, 0, 0);
}

void setUpItemGetter(Thread& thread, Type* type) {
    setUpGetter(type, constructItemGetter, callItemGetter);
    addMethod(thread, type, "__reduce__", reduceGetter, 0, 0);
}

void setUpMethodCaller(Thread&, Type* type) {
    setUpGetter(type, constructMethodCaller, callMethodCaller);
}

}  // namespace tagproof::operators
