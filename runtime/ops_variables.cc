// Slow paths of variables: globals and builtins, names of class bodies, cells.

#include <utility>

#include "objmodel/cell.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "runtime/attr_cache.h"
#include "runtime/attr_lookup.h"
#include "runtime/code.h"
#include "runtime/ops.h"

namespace tagproof {

namespace {

// Gives an entry a namespace's cell; owned by the cache.
void setCellEntry(AttrEntry& entry, Dict* name_space, Cell* cell) {
    entry.kind = AttrKind::kModuleAttribute;
    entry.value = Value::of(name_space);
    entry.cell = newRef(cell);
}

// Globals and builtins as cells, where both namespaces have them.
void fillGlobalCache(Thread& thread, AttrCache& cache, Dict* globals, Dict* builtins, Str* name) {
    ++thread.cache_misses;
    if (cache.misses != UINT16_MAX) ++cache.misses;
    if (!globals->holds_cells || !builtins->holds_cells || hasOtherKeys(globals)) return;
    Cell* cell = dictEnsureCell(thread, globals, name);
    if (cell == nullptr) return clearPending(thread);
    clearCache(cache);
    cache.count = 1;
    cache.state = CacheState::kMono;
    setCellEntry(cache.entries[0], globals, cell);
    Cell* builtin = dictFindCell(builtins, name);
    if (builtin == nullptr) return;
    cache.count = 2;
    setCellEntry(cache.entries[1], builtins, builtin);
}

// The cell of the name in `globals`, when the cache is of that namespace; else null.
Cell* cachedGlobal(const AttrCache* cache, const Dict* globals) {
    if (cache == nullptr || cache->count == 0) return nullptr;
    const AttrEntry& entry = cache->entries[0];
    return entry.value.bits == reinterpret_cast<uint64_t>(globals) ? entry.cell : nullptr;
}

// The name's value in a namespace of any kind of mapping: 1 found (new reference), 0, -1.
int lookUpName(Thread& thread, Value names, Str* name, Value* value) {
    if (isExactly(names, thread.types->dict)) {
        *value = dictGetName(thread, names.as<Dict>(), name);
        if (!value->isNull()) return 1;
        return hasPending(thread) ? -1 : 0;
    }
    *value = getItem(thread, names, Value::of(name));
    if (!value->isNull()) return 1;
    if (!pendingMatches(thread, ExceptionKind::kKeyError)) return -1;
    clearPending(thread);
    return 0;
}

}  // namespace

extern "C" {

Value opLoadGlobal(Thread* thread, Dict* globals, Dict* builtins, Str* name, AttrCache* cache) {
    const Cell* cached = cachedGlobal(cache, globals);
    if (cached != nullptr && !cached->value.isNull()) return newRef(cached->value);
    Ref value(dictGetName(*thread, globals, name));
    if (!value && !hasPending(*thread)) value = Ref(dictGetName(*thread, builtins, name));
    if (!value) return hasPending(*thread) ? Value::null() : raiseNameError(*thread, name);
    if (cache != nullptr) fillGlobalCache(*thread, *cache, globals, builtins, name);
    return value.release();
}

int opStoreGlobal(Thread* thread, Dict* globals, Str* name, Value value, AttrCache* cache) {
    Cell* cached = cachedGlobal(cache, globals);
    if (cached != nullptr && !cached->value.isNull()) {
        const Ref old(std::exchange(cached->value, newRef(value)));
        return 0;
    }
    if (dictSetName(*thread, globals, name, value) < 0) return -1;
    if (cache == nullptr) return 0;
    ++thread->cache_misses;
    if (!globals->holds_cells) return 0;
    Cell* cell = dictFindCell(globals, name);
    if (cell == nullptr) return 0;
    clearCache(*cache);
    cache->count = 1;
    cache->state = CacheState::kMono;
    setCellEntry(cache->entries[0], globals, cell);
    return 0;
}

int opDeleteGlobal(Thread* thread, Dict* globals, Str* name) {
    const int deleted = dictDeleteName(*thread, globals, name);
    if (deleted != 0) return deleted < 0 ? -1 : 0;
    raiseNameError(*thread, name);
    return -1;
}

Value opLoadName(Thread* thread, Value names, Dict* globals, Dict* builtins, Str* name) {
    if (!names.isNull()) {
        Value value;
        const int found = lookUpName(*thread, names, name, &value);
        if (found != 0) return value;
    }
    return opLoadGlobal(thread, globals, builtins, name, nullptr);
}

int opStoreName(Thread* thread, Value names, Dict* globals, Str* name, Value value) {
    if (names.isNull()) return dictSetName(*thread, globals, name, value);
    if (isExactly(names, thread->types->dict)) {
        return dictSetName(*thread, names.as<Dict>(), name, value);
    }
    return setItem(*thread, names, Value::of(name), value);
}

int opDeleteName(Thread* thread, Value names, Dict* globals, Str* name) {
    if (names.isNull()) return opDeleteGlobal(thread, globals, name);
    if (isExactly(names, thread->types->dict)) {
        return opDeleteGlobal(thread, names.as<Dict>(), name);
    }
    if (delItem(*thread, names, Value::of(name)) == 0) return 0;
    if (!pendingMatches(*thread, ExceptionKind::kKeyError)) return -1;
    clearPending(*thread);
    raiseNameError(*thread, name);
    return -1;
}

Value opMakeCell(Thread* thread, Value initial) { return Value::of(newCell(*thread, initial)); }

Value opLoadCell(Thread* thread, Value cell, Code* code, uint32_t index) {
    const Value value = cell.as<Cell>()->value;
    if (!value.isNull()) return newRef(value);
    const std::string name = toUtf8(code->body->cell_names[index]);
    if (index < code->body->own_cells) {
        return raise(*thread, ExceptionKind::kUnboundLocalError,
                     "cannot access local variable '{}' where it is not associated with a value",
                     name);
    }
    return raise(*thread, ExceptionKind::kNameError,
                 "cannot access free variable '{}' where it is not associated with a value in "
                 "enclosing scope",
                 name);
}

void opStoreCell(Thread*, Value cell, Value value) { setCell(cell.as<Cell>(), value); }

int opDeleteCell(Thread* thread, Value cell, Code* code, uint32_t index) {
    if (cell.as<Cell>()->value.isNull()) {
        static_cast<void>(opLoadCell(thread, cell, code, index));
        return -1;
    }
    setCell(cell.as<Cell>(), Value::null());
    return 0;
}

Value opLoadClassCell(Thread* thread, Value names, Value cell, Code* code, uint32_t index) {
    if (!names.isNull()) {
        Value value;
        const int found = lookUpName(*thread, names, code->body->cell_names[index], &value);
        if (found != 0) return value;
    }
    return opLoadCell(thread, cell, code, index);
}

Value opUnboundLocal(Thread* thread, Code* code, uint32_t index) {
    return raise(*thread, ExceptionKind::kUnboundLocalError,
                 "cannot access local variable '{}' where it is not associated with a value",
                 toUtf8(code->body->local_names[index]));
}

}  // extern "C"

}  // namespace tagproof
