// dict.update(): from dicts, from objects with keys(), from iterables of pairs.

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

// The keys as a list: what keys() gives is done with before the first value is asked for.
Value listOfKeys(Thread& thread, Value source) {
    const Ref keys(callMethod(thread, source, thread.singletons->names.keys, nullptr, 0));
    if (!keys) return Value::null();
    const Ref iterator(getIter(thread, keys.get()));
    if (iterator) return Value::of(listFromIterable(thread, iterator.get()));
    if (!pendingMatches(thread, ExceptionKind::kTypeError)) return Value::null();
    clearPending(thread);
    return raise(thread, ExceptionKind::kTypeError, "{}.keys() returned a non-iterable (type {})",
                 typeName(typeOf(thread, source)), typeName(typeOf(thread, keys.get())));
}

// One element of a sequence of pairs; `number` is for the message.
bool updateFromPair(Thread& thread, Dict* dict, Value pair, uint64_t number) {
    Ref items(Value::of(listFromIterable(thread, pair)));
    if (!items) {
        if (!pendingMatches(thread, ExceptionKind::kTypeError)) return false;
        clearPending(thread);
        raise(thread, ExceptionKind::kTypeError,
              "cannot convert dictionary update sequence element #{} to a sequence", number);
        return false;
    }
    const auto* list = items.as<List>();
    if (list->size != 2) {
        raise(thread, ExceptionKind::kValueError,
              "dictionary update sequence element #{} has length {}; 2 is required", number,
              list->size);
        return false;
    }
    return dictSet(thread, dict, list->items[0], list->items[1]) == 0;
}

}  // namespace

bool iteratesAsDict(const Thread& thread, Value value) {
    return isDict(value) && typeOf(thread, value)->slots.iter == newDictKeyIterator;
}

bool dictUpdateFromMapping(Thread& thread, Dict* dict, Value source) {
    if (iteratesAsDict(thread, source)) {
        return dictMerge(thread, dict, source.as<Dict>(), true) == 0;
    }
    const Ref keys(listOfKeys(thread, source));
    if (!keys) return false;
    const List* const list = keys.as<List>();
    for (size_t k = 0; k < list->size; ++k) {
        const Ref key = Ref::borrow(list->items[k]);
        const Ref value(getItem(thread, source, key.get()));
        if (!value || dictSet(thread, dict, key.get(), value.get()) < 0) return false;
    }
    return true;
}

bool dictUpdate(Thread& thread, Dict* dict, Value source) {
    if (isExactDict(thread, source)) {
        return dictMerge(thread, dict, source.as<Dict>(), true) == 0;
    }
    const Ref keys(getAttrOrNull(thread, source, thread.singletons->names.keys));
    if (keys) return dictUpdateFromMapping(thread, dict, source);
    if (hasPending(thread)) return false;
    uint64_t number = 0;
    return forEach(thread, source,
                   [&](Value pair) { return updateFromPair(thread, dict, pair, number++); });
}

}  // namespace tagproof
