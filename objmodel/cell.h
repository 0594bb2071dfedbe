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

// In a cell's flags: its namespace is gone. Another one may have its address by now, so that a
// cache which holds on to the cell must not conclude that the name is unbound there.
inline constexpr uint32_t kCellDetached = 0x100;
[[nodiscard]] inline bool isDetached(const Cell* cell) {
    return (cell->head.flags & kCellDetached) != 0;
}

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
