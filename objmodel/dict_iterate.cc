// Walks over dicts (declared in objmodel/dict.h). A position is the number of entries passed over,
// deleted ones included; in a split dict, of attributes in insertion order.

#include <utility>

#include "objmodel/dict.h"
#include "objmodel/dict_table.h"
#include "objmodel/error.h"
#include "objmodel/values_block.h"

namespace tagproof {
namespace {

// The attribute or entry at a position; false when it is a deleted one.
bool itemAt(Dict* dict, size_t position, Value* key, Value* value) {
    if (isSplit(dict)) {
        const size_t index = valuesOrderAt(dict->values, position);
        *key = Value::of(dict->keys->names[index]);
        *value = dict->values[index];
        return true;
    }
    const DictEntry& entry = dict->table->entries()[position];
    *key = entry.key;
    *value = entryValue(dict, entry);
    return !value->isNull();
}

bool finish(DictIterator* iterator) {
    Dict* const dict = std::exchange(iterator->dict, nullptr);
    decref(&dict->head);
    return false;
}

}  // namespace

size_t dictEndPosition(const Dict* dict) {
    if (isSplit(dict)) return valuesUsed(dict->values);
    return dict->table == nullptr ? 0 : dict->table->entry_count;
}

bool dictNext(Dict* dict, size_t* position, Value* key, Value* value) {
    const size_t end = dictEndPosition(dict);
    while (*position < end) {
        if (itemAt(dict, (*position)++, key, value)) return true;
    }
    return false;
}

uint64_t dictHashOfPassed(const Dict* dict, size_t position, Value key) {
    return isSplit(dict) ? hashOfStr(key.as<Str>()) : dict->table->entries()[position - 1].hash;
}

bool dictPrevious(Dict* dict, size_t* position, Value* key, Value* value) {
    const size_t end = dictEndPosition(dict);
    if (*position > end) *position = end;
    while (*position > 0) {
        if (itemAt(dict, --*position, key, value)) return true;
    }
    return false;
}

bool dictIterate(Thread& thread, DictIterator* iterator, Value* key, Value* value) {
    Dict* const dict = iterator->dict;
    if (dict == nullptr) return false;
    if (dict->used != iterator->expected_used) {
        iterator->expected_used = UINT64_MAX;
        raise(thread, ExceptionKind::kRuntimeError, "dictionary changed size during iteration");
        return false;
    }
    if (!dictNext(dict, &iterator->position, key, value)) return finish(iterator);
    if (iterator->remaining == 0) {
        raise(thread, ExceptionKind::kRuntimeError, "dictionary keys changed during iteration");
        return finish(iterator);
    }
    --iterator->remaining;
    return true;
}

}  // namespace tagproof
