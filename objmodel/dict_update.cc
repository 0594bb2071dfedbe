// dict.update(): from dicts, from objects with keys(), from iterables of pairs.

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"

namespace tagproof {

namespace {

bool updateFromKeys(Thread& thread, Dict* dict, Value source, Value keys_method) {
    Ref keys(call(thread, keys_method, nullptr, 0));
    if (!keys) return false;
    return forEach(thread, keys.get(), [&](Value key) {
        Ref value(getItem(thread, source, key));
        return value && dictSet(thread, dict, key, value.get()) == 0;
    });
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

bool dictUpdate(Thread& thread, Dict* dict, Value source) {
    if (iteratesAsDict(thread, source)) {
        return dictMerge(thread, dict, source.as<Dict>(), true) == 0;
    }
    Ref keys(getAttrOrNull(thread, source, thread.singletons->names.keys));
    if (keys) return updateFromKeys(thread, dict, source, keys.get());
    if (hasPending(thread)) return false;
    uint64_t number = 0;
    return forEach(thread, source,
                   [&](Value pair) { return updateFromPair(thread, dict, pair, number++); });
}

}  // namespace tagproof
