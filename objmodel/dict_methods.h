#pragma once
// The Python-visible type dict on top of objmodel/dict.h: constructor, operators, methods, views
// and their iterators.

#include <cstddef>

#include "objmodel/dict.h"
#include "objmodel/object.h"

namespace tagproof {

struct Thread;

// keys(), values() and items() objects.
struct DictView {
    Object head;
    Value dict;  // owned
};

[[nodiscard]] inline bool isDict(Value value) {
    return value.isObject() && hasFlag(value.asObject()->type, kTypeIsDict);
}
[[nodiscard]] bool isExactDict(const Thread& thread, Value value);

// True for dicts, and those of subclasses that iterate as dicts do: they are copied directly.
[[nodiscard]] bool iteratesAsDict(const Thread& thread, Value value);

// dict.update(source): a dict, anything with keys(), or an iterable of pairs. False = exception.
[[nodiscard]] bool dictUpdate(Thread& thread, Dict* dict, Value source);
// The same for mappings only: AttributeError for what has no keys().
[[nodiscard]] bool dictUpdateFromMapping(Thread& thread, Dict* dict, Value source);
// dict[key] for any key, __missing__ of subclasses included; KeyError when absent. New reference.
[[nodiscard]] Value dictGetItem(Thread& thread, Value dict, Value key);
// New references, or null + MemoryError.
[[nodiscard]] Value dictKeys(Thread& thread, Value dict);
[[nodiscard]] Value dictValues(Thread& thread, Value dict);
[[nodiscard]] Value dictItems(Thread& thread, Value dict);
[[nodiscard]] Value newDictKeyIterator(Thread& thread, Value dict);
[[nodiscard]] Value newDictReverseKeyIterator(Thread& thread, Value dict);

void initDictType(Thread& thread);
// dict_keys, dict_values, dict_items and all dict iterators.
void initDictViewTypes(Thread& thread);

}  // namespace tagproof
