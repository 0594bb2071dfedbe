#include "objmodel/pool.h"

#include <fmt/format.h>

#include <algorithm>

#include "objmodel/heap.h"
#include "objmodel/values_block.h"

namespace tagproof {
namespace {

// Of a cell, so much is poisoned: of a run of pages only the first survives when it is free.
constexpr size_t kPoisonedBytes = 2048;

size_t poisonBegin(const Pool& pool) {
    const bool values = pool.kind == kValuesCellKind;
    return values ? valuesPrefixSize(pool.values_capacity) : sizeof(Object);
}

size_t poisonEnd(const Pool& pool) { return std::min<size_t>(pool.cell_size, kPoisonedBytes); }

// What a free cell shows beside the pattern: an object's count and slot are zero, a block's prefix
// byte is.
bool isMarkedFree(const Pool& pool, const char* cell) {
    if (pool.kind == kValuesCellKind) return cell[poisonBegin(pool) - 1] == 0;
    const auto* object = reinterpret_cast<const Object*>(cell);
    return object->refcount == 0 && object->flags == 0 && object->slot.isEmpty() &&
           object->type == pool.heap->dead_type;
}

}  // namespace

void CheckedCells::fail(const Pool& pool, const void* cell, const char* what) {
    checkFailed(
        __FILE__, __LINE__,
        fmt::format("{} (address {:#x}, {} of {} bytes)", what, reinterpret_cast<uintptr_t>(cell),
                    pool.kind == kValuesCellKind ? "values blocks" : "objects", pool.cell_size));
}

void poisonCell(const Pool& pool, char* cell) {
    for (size_t at = poisonBegin(pool); at < poisonEnd(pool); at += sizeof(kPoison)) {
        std::memcpy(cell + at, &kPoison, sizeof(kPoison));
    }
    hideBytes(cell + poisonBegin(pool), pool.cell_size - poisonBegin(pool));
}

void unpoisonCell(const Pool& pool, char* cell) {
    showBytes(cell, pool.cell_size);
    bool is_whole = isMarkedFree(pool, cell);
    for (size_t at = poisonBegin(pool); at < poisonEnd(pool); at += sizeof(kPoison)) {
        is_whole = is_whole && std::memcmp(cell + at, &kPoison, sizeof(kPoison)) == 0;
    }
    if (!is_whole) CheckedCells::fail(pool, cell, "a free cell was written to");
}

bool growPool(Pool& pool) {
    Page* page = pool.heap->takePages(pool, pool.run_pages);
    if (page == nullptr) return false;
    page->heap = pool.heap;
    page->pool = &pool;
    page->next = pool.pages;
    page->run_pages = pool.run_pages;
    page->cell_count =
        pool.run_pages > 1 ? 1 : static_cast<uint32_t>(kPageCellArea / pool.cell_size);
    pool.pages = page;
    pool.fresh = page->cells();
    pool.fresh_end = pool.fresh + size_t{page->cell_count} * pool.cell_size;
    hideBytes(pool.fresh, static_cast<size_t>(pool.fresh_end - pool.fresh));
    return true;
}

}  // namespace tagproof
