#pragma once
// Which objects the collector and the gc module count as containers, in CPython's sense.

#include "objmodel/cell.h"
#include "objmodel/dict.h"
#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Thread;

// True when instances may own references that lead back to them.
[[nodiscard]] inline bool isContainer(const Type* type) {
    return (type->type_flags & (kTypeIsHeap | kTypeHasManagedDict)) != 0 ||
           type->slots.traverse != nullptr;
}

// gc.is_tracked(): containers but code, ranges and built-in classes, without dicts and tuples that
// hold nothing that is tracked.
[[nodiscard]] bool isTracked(const Thread& thread, Value value);

// Whether an unreachable container counts in the result of gc.collect(). Tuples do: CPython finds
// out that one is no container only when it survives.
[[nodiscard]] bool isCollectable(const Thread& thread, const Object* object);

// The cells that are the values of a namespace, absent names included.
template <typename Visit>
void forEachNamespaceCell(Dict* dict, Visit visit) {
    if (!dict->holds_cells || dict->table == nullptr) return;
    for (uint32_t k = 0; k < dict->table->entry_count; ++k) {
        const Value cell = dict->table->entries()[k].value;
        if (cell) visit(cell.as<Cell>());
    }
}

}  // namespace tagproof
