#include "objmodel/type_parameters.h"

#include <algorithm>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

bool hasItem(const List* list, Value item) {
    return std::find(list->items, list->items + list->size, item) != list->items + list->size;
}

bool appendOnce(Thread& thread, List* list, Value item) {
    return hasItem(list, item) || listAppend(thread, list, item);
}

bool collectParameters(Thread& thread, Value argument, List* found) {
    if (isType(argument)) return true;
    const Names& names = thread.singletons->names;
    const Ref substitute(getAttrOrNull(thread, argument, names.typing_subst));
    if (substitute) return appendOnce(thread, found, argument);
    if (hasPending(thread)) return false;
    const Ref inner(getAttrOrNull(thread, argument, names.parameters));
    if (!inner) return !hasPending(thread);
    if (!isTuple(inner.get())) return true;
    return std::all_of(inner.as<Tuple>()->begin(), inner.as<Tuple>()->end(),
                       [&](Value parameter) { return appendOnce(thread, found, parameter); });
}

// What the program passed, as its parameters want it: a tuple, or one item.
Ref prepareItem(Thread& thread, Value self, Tuple* parameters, Value item) {
    Ref prepared = Ref::borrow(item);
    for (const Value parameter : *parameters) {
        const Ref prepare(
            getAttrOrNull(thread, parameter, thread.singletons->names.typing_prepare_subst));
        if (!prepare && hasPending(thread)) return Ref();
        if (!prepare || prepare.get() == thread.singletons->none) continue;
        const Value one = prepared.get();
        const Ref given(isTuple(one) ? newRef(one) : Value::of(makeTuple(thread, &one, 1)));
        if (!given) return Ref();
        prepared = Ref(call(thread, prepare.get(), {self, given.get()}));
        if (!prepared) return Ref();
    }
    return prepared;
}

struct Substitution {
    Tuple* parameters;
    const Value* items;  // one for each parameter

    // Borrowed; `parameter` itself when it is none of ours.
    [[nodiscard]] Value of(Value parameter) const {
        const Value* const found = std::find(parameters->begin(), parameters->end(), parameter);
        return found == parameters->end() ? parameter : items[found - parameters->begin()];
    }
};

// A new reference to what stands for `argument`; null + pending.
Value replaceIn(Thread& thread, Value argument, const Substitution& substitution) {
    if (isType(argument)) return newRef(argument);
    const Names& names = thread.singletons->names;
    const Ref substitute(getAttrOrNull(thread, argument, names.typing_subst));
    if (substitute) return call(thread, substitute.get(), {substitution.of(argument)});
    if (hasPending(thread)) return Value::null();
    const Ref inner(getAttrOrNull(thread, argument, names.parameters));
    if (!inner && hasPending(thread)) return Value::null();
    if (!inner || !isTuple(inner.get()) || inner.as<Tuple>()->size == 0) return newRef(argument);
    std::vector<Value> items;
    for (const Value parameter : *inner.as<Tuple>()) items.push_back(substitution.of(parameter));
    const Ref key(Value::of(makeTuple(thread, items.data(), items.size())));
    return key ? getItem(thread, argument, key.get()) : Value::null();
}

bool raiseWithRepr(Thread& thread, const char* before, Value self, const std::string& after) {
    const Ref text(reprOf(thread, self));
    if (!text) return false;
    raiseText(thread, ExceptionKind::kTypeError, before + toUtf8(text.as<Str>()) + after);
    return false;
}

// Whether it is an alias, which has a text of its own. With or without pending.
bool hasArguments(Thread& thread, Value argument) {
    const Names& names = thread.singletons->names;
    const Ref origin(getAttrOrNull(thread, argument, names.origin));
    const Ref args(origin ? getAttrOrNull(thread, argument, names.generic_args) : Value::null());
    return static_cast<bool>(args);
}

// `module.qualname` of what has both; empty, with or without pending, for anything else.
std::string qualifiedTypeName(Thread& thread, Value argument) {
    const Names& names = thread.singletons->names;
    if (hasArguments(thread, argument) || hasPending(thread)) return "";
    const Ref qualified(getAttrOrNull(thread, argument, names.qualname));
    if (!qualified) return "";
    const Ref module(getAttrOrNull(thread, argument, names.module));
    if (!module || module.get() == thread.singletons->none) return "";
    const Ref name(strOf(thread, qualified.get()));
    const Ref module_name(strOf(thread, module.get()));
    if (!name || !module_name) return "";
    std::string text = toUtf8(name.as<Str>());
    if (strEqual(module_name.as<Str>(), "builtins")) return text;
    return toUtf8(module_name.as<Str>()) + "." + text;
}

}  // namespace

Value parametersOf(Thread& thread, Value args) {
    const Ref found(Value::of(makeList(thread)));
    if (!found) return Value::null();
    for (const Value argument : *args.as<Tuple>()) {
        if (!collectParameters(thread, argument, found.as<List>())) return Value::null();
    }
    return Value::of(makeTuple(thread, found.as<List>()->items, found.as<List>()->size));
}

Value substituteParameters(Thread& thread, Value self, Value args, Value parameters, Value item) {
    auto* const expected = parameters.as<Tuple>();
    if (expected->size == 0) {
        raiseWithRepr(thread, "", self, " is not a generic class");
        return Value::null();
    }
    const Ref prepared = prepareItem(thread, self, expected, item);
    if (!prepared) return Value::null();
    const Value one = prepared.get();
    const Ref given(isTuple(one) ? newRef(one) : Value::of(makeTuple(thread, &one, 1)));
    if (!given) return Value::null();
    const size_t count = given.as<Tuple>()->size;
    if (count != expected->size) {
        raiseWithRepr(
            thread, count > expected->size ? "Too many arguments for " : "Too few arguments for ",
            self,
            "; actual " + std::to_string(count) + ", expected " + std::to_string(expected->size));
        return Value::null();
    }
    const Substitution substitution{expected, given.as<Tuple>()->items()};
    const Ref result(Value::of(makeList(thread)));
    if (!result) return Value::null();
    for (const Value argument : *args.as<Tuple>()) {
        const Ref replaced(replaceIn(thread, argument, substitution));
        if (!replaced || !listAppend(thread, result.as<List>(), replaced.get())) {
            return Value::null();
        }
    }
    return Value::of(makeTuple(thread, result.as<List>()->items, result.as<List>()->size));
}

bool appendTypeText(Thread& thread, Value argument, std::string* text) {
    if (argument == thread.singletons->ellipsis) {
        *text += "...";
        return true;
    }
    const std::string name = qualifiedTypeName(thread, argument);
    if (hasPending(thread)) return false;
    if (!name.empty()) {
        *text += name;
        return true;
    }
    const Ref shown(reprOf(thread, argument));
    if (shown) *text += toUtf8(shown.as<Str>());
    return static_cast<bool>(shown);
}

}  // namespace tagproof
