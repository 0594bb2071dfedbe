#pragma once
// Type-stable pools of equal cells, in 64 KiB pages. A page belongs to one pool for as long as the
// heap lives, so a stale pointer into it can only ever meet a cell of the same kind and size. Free
// lists are last-in first-out; their links are where no slot and no value word of a live cell is:
//
//   free object cell                     free values block
//   +0x00 refcount 0 | flags 0           +0x00 link (prefix area)
//   +0x08 the dead type                  values[-1] = 0
//   +0x10 link
//   +0x18 slot 0
//
// Taking and freeing check, in every build, that the address is a cell start of that pool. The
// check is a policy: only a fault-injection lab instantiates TrustingCells.
//
// With TAGPROOF_POISON (debug builds) what else a free cell holds, payload or values, is kPoison,
// which is no value word; taking a cell checks that it still does. Under ASan these bytes are
// poisoned in its sense as well. Links and what marks a cell as free stay readable: heap walks
// look at them.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "objmodel/check.h"
#include "objmodel/layout.h"
#include "objmodel/poison.h"

namespace tagproof {

class Heap;
struct Pool;

inline constexpr size_t kPageSize = size_t{64} << 10;
inline constexpr size_t kCellAlignment = 16;
inline constexpr size_t kFreeLinkOfObject = 0x10;
inline constexpr size_t kFreeLinkOfValues = 0;

// The first 64 bytes of a page; cells follow. A cell larger than a page lies in a run of pages, of
// which only the first has a header.
struct Page {
    Heap* heap;
    Pool* pool;
    Page* next;            // next older page of the pool
    void* collector_data;  // side array of a running collection, or null
    uint32_t cell_count;
    uint32_t fresh;      // cells from this one on have never been taken
    uint32_t run_pages;  // pages of this run, 1 for ordinary pages
    uint32_t index;      // number of the first page, counted from the heap's base
    uint64_t reserved[2];

    // The page of a live object (also of one in a run: objects begin in the first page).
    [[nodiscard]] static Page* of(const void* object) {
        const char* const address = static_cast<const char*>(object);
        const size_t offset = reinterpret_cast<uintptr_t>(object) % kPageSize;
        // The header is memory of the heap, not of the object.
        return reinterpret_cast<Page*>(const_cast<char*>(address - offset));
    }
    [[nodiscard]] char* cells() { return reinterpret_cast<char*>(this) + sizeof(Page); }
};
static_assert(sizeof(Page) == 64);
inline constexpr size_t kPageCellArea = kPageSize - sizeof(Page);

struct Pool {
    Heap* heap = nullptr;
    char* free_list = nullptr;  // last cell freed, or null
    char* fresh = nullptr;      // next never-taken cell of the newest page
    char* fresh_end = nullptr;
    Page* pages = nullptr;  // newest first
    uint64_t taken = 0;     // cells ever taken
    uint64_t freed = 0;     // cells ever given back; apart from `taken`, never summed on the fly
    uint64_t base = 0;      // first address of the heap
    const uint64_t* used_bytes = nullptr;  // bytes of pages in use from there on (the heap's)
    uint32_t cell_size = 0;
    uint32_t reciprocal = 0;   // 2^32 / cell_size + 1: exact division of page offsets
    uint32_t link_offset = 0;  // kFreeLinkOfObject or kFreeLinkOfValues
    uint32_t run_pages = 1;    // pages that one run of cells takes
    uint16_t kind = 0;         // cellKind() of its objects, or kValuesCellKind
    uint16_t values_capacity = 0;
    bool out_of_line = false;  // objects are taken and freed the long way: cells are runs of
                               // pages, or an AllocationObserver is there

    [[nodiscard]] uint64_t live() const { return taken - freed; }

    // True when `cell` is the address of one of this pool's cells, live or free. Safe for any
    // address.
    [[nodiscard]] bool isCellStart(const void* cell) const;
};

// Fills what a free cell does not need with kPoison.
void poisonCell(const Pool& pool, char* cell);
// Checks that it is all still there, and makes the cell usable. Aborts with the cell's address and
// pool when it was written to while free.
void unpoisonCell(const Pool& pool, char* cell);

// Policies of takeCell and freeCell.
struct CheckedCells {
    static constexpr bool kPoisons = kPoisonFreeCells;
    static void check(const Pool& pool, const void* cell, const char* what) {
        if (!pool.isCellStart(cell)) [[unlikely]]
            fail(pool, cell, what);
    }
    [[noreturn]] static void fail(const Pool& pool, const void* cell, const char* what);
};
struct TrustingCells {
    static constexpr bool kPoisons = false;
    static void check(const Pool&, const void*, const char*) {}
};

// Adds a page (or run) to the pool. False when the memory limit or the reservation is reached.
[[nodiscard]] bool growPool(Pool& pool);

// An uninitialised cell, or null when memory is used up (nothing is pending then).
template <typename Policy>
[[nodiscard]] inline char* takeCell(Pool& pool) {
    char* cell = pool.free_list;
    if (cell != nullptr) [[likely]] {
        Policy::check(pool, cell, "the free list of a pool was overwritten");
        std::memcpy(&pool.free_list, cell + pool.link_offset, sizeof(char*));
        if constexpr (Policy::kPoisons) unpoisonCell(pool, cell);
    } else {
        if (pool.fresh == pool.fresh_end && !growPool(pool)) return nullptr;
        cell = pool.fresh;
        pool.fresh += pool.cell_size;
        ++pool.pages->fresh;
        showBytes(cell, pool.cell_size);
    }
    ++pool.taken;
    return cell;
}

// Gives a cell back. The caller has written what marks it as free (dead type, or prefix 0).
template <typename Policy>
inline void freeCell(Pool& pool, char* cell) {
    Policy::check(pool, cell, "the address freed is not a cell of its pool");
    if constexpr (Policy::kPoisons) poisonCell(pool, cell);
    std::memcpy(cell + pool.link_offset, &pool.free_list, sizeof(char*));
    pool.free_list = cell;
    ++pool.freed;
}

inline bool Pool::isCellStart(const void* cell) const {
    const auto address = reinterpret_cast<uintptr_t>(cell);
    if (address - base >= *used_bytes) return false;
    const Page* page = Page::of(cell);
    const uint64_t offset = (address & (kPageSize - 1)) - sizeof(Page);
    if (page->pool != this || offset >= kPageCellArea) return false;
    return ((offset * reciprocal) >> 32) * cell_size == offset;
}

}  // namespace tagproof
