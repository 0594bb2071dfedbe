#include "objmodel/shared_keys.h"

#include <cstring>

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "objmodel/type_object.h"

namespace tagproof {

SharedKeys* newSharedKeys(Thread& thread, Type* type) {
    void* const memory = allocateRaw(thread, sizeof(SharedKeys));
    if (memory == nullptr) return nullptr;
    auto* keys = new (memory) SharedKeys;
    keys->type = type;
    std::memset(keys->table, SharedKeys::kEmpty, sizeof(keys->table));
    return keys;
}

void retainSharedKeys(SharedKeys* keys) { ++keys->references; }

void releaseSharedKeys(Heap& heap, SharedKeys* keys) {
    if (keys == nullptr || --keys->references != 0) return;
    freeRaw(heap, keys, sizeof(SharedKeys));
}

// Whether it matters to caches of the type that its instances may have `name` now: the class has an
// attribute of that name, or a __getattr__ that is called when nobody has it.
static bool isFoundElsewhere(Thread& thread, Type* type, Str* name) {
    return lookupTypeAttribute(thread, type, name) ||
           lookupTypeAttribute(thread, type, thread.singletons->names.getattr);
}

int findOrAddSharedKey(Thread& thread, SharedKeys* keys, Str* name) {
    const int found = findSharedKey(keys, name);
    if (found >= 0 || keys->usable == 0) return found;
    Str* const interned = internStr(thread, newRef(name));
    if (interned == nullptr) {
        clearPending(thread);
        return -1;
    }
    const auto hash = static_cast<uint64_t>(strHash(interned));
    size_t slot = hash % SharedKeys::kTableSize;
    while (keys->table[slot] != SharedKeys::kEmpty) slot = (slot + 1) % SharedKeys::kTableSize;
    const uint32_t index = keys->count;
    keys->table[slot] = static_cast<uint8_t>(index);
    keys->names[index] = interned;
    keys->hashes[index] = hash;
    ++keys->count;
    --keys->usable;
    if (keys->type != nullptr && isFoundElsewhere(thread, keys->type, interned)) {
        typeModified(thread, keys->type, interned);
    }
    return static_cast<int>(index);
}

}  // namespace tagproof
