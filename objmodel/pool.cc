#include "objmodel/pool.h"

#include <fmt/format.h>

#include "objmodel/heap.h"

namespace tagproof {

void CheckedCells::fail(const Pool& pool, const void* cell, const char* what) {
    checkFailed(
        __FILE__, __LINE__,
        fmt::format("{} (address {:#x}, {} of {} bytes)", what, reinterpret_cast<uintptr_t>(cell),
                    pool.kind == kValuesCellKind ? "values blocks" : "objects", pool.cell_size));
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
    return true;
}

}  // namespace tagproof
