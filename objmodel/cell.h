#pragma once
// A cell: one variable that others hold on to. Closures share cells; namespaces (type attributes,
// module globals) keep one per name, so that compiled code can read a global or a class attribute
// at a fixed address. An empty cell means the variable is unbound.

#include "objmodel/object.h"

namespace tagproof {

struct Thread;

struct Cell {
    Object head;
    Value value;  // owned, or null when unbound
};

// Makes a cell holding a new reference to `value` (null = unbound). New reference, or null +
// MemoryError.
[[nodiscard]] Cell* newCell(Thread& thread, Value value);

// Replaces the content: first writes, then gives the old value back, which may run guest code.
inline void setCell(Cell* cell, Value value) {
    const Value old = cell->value;
    cell->value = newRef(value);
    decref(old);
}

void initCellType(Thread& thread);

}  // namespace tagproof
