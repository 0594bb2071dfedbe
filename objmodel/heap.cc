// Address space:   base | page 0 | page 1 | ... used | ... committed | ... reserved
// Pages are handed out in order and never returned. Size classes: steps of 16 bytes to 512, then
// four per power of two; a class whose cell does not fit a page takes runs of pages, one cell each.

#include "objmodel/heap.h"

#include <malloc.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <utility>

#include "objmodel/allocation_observer.h"
#include "objmodel/error.h"
#include "objmodel/str.h"
#include "objmodel/type_attributes.h"
#include "objmodel/values_block.h"

namespace tagproof {
namespace {

constexpr uint64_t kCommitStep = uint64_t{1} << 20;
constexpr size_t kSmallLimit = 512;
constexpr size_t kSmallClasses = kSmallLimit / kCellAlignment;
constexpr int kSmallLimitLog2 = 9;
constexpr int kStepsLog2 = 2;  // classes per power of two

struct SizeClass {
    size_t index;
    size_t cell_size;
};

SizeClass sizeClassOf(size_t size) {
    if (size <= kSmallLimit) {
        const size_t index = (size + kCellAlignment - 1) / kCellAlignment;
        return {index, index * kCellAlignment};
    }
    const size_t last = size - 1;
    const int power = static_cast<int>(std::bit_width(last)) - 1;
    const int step_log2 = power - kStepsLog2;
    const size_t step = (last >> step_log2) - (size_t{1} << kStepsLog2);
    const size_t doublings = static_cast<size_t>(power - kSmallLimitLog2);
    return {kSmallClasses + (doublings << kStepsLog2) + step + 1, ((last >> step_log2) + 1)
                                                                      << step_log2};
}

char* mapReservation(uint64_t base, size_t bytes) {
    void* const hint = std::bit_cast<void*>(base);
    void* const got =
        mmap(hint, bytes, PROT_NONE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (got == MAP_FAILED) return nullptr;
    if (got == hint) return static_cast<char*>(got);
    munmap(got, bytes);
    return nullptr;
}

// The first free place at or above `base`; anywhere, page-aligned, when there is none.
char* reserveNear(uint64_t base, size_t bytes) {
    constexpr uint64_t kPlaces = 64;
    for (uint64_t place = 0; place < kPlaces; ++place) {
        char* const got = mapReservation(base + place * bytes, bytes);
        if (got != nullptr) return got;
    }
    void* const got = mmap(nullptr, bytes + kPageSize, PROT_NONE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (got == MAP_FAILED) return nullptr;
    char* const start = static_cast<char*>(got);
    const size_t skip = (kPageSize - std::bit_cast<uint64_t>(got) % kPageSize) % kPageSize;
    if (skip > 0) munmap(start, skip);
    if (skip < kPageSize) munmap(start + skip + bytes, kPageSize - skip);
    return start + skip;
}

Type* newRawType(Heap& heap, Pool* pool, Type* metatype) {
    char* const cell = takeCell<CheckedCells>(*pool);
    if (cell == nullptr) return nullptr;
    auto* type = new (cell) Type;
    type->head.refcount = layout::kImmortalRefcount;
    type->head.type = metatype;
    type->cell_kind = cellKind(CellFamily::kPlain, false);
    type->instance_size = sizeof(Object);
    type->slots_begin = sizeof(Object);
    type->pool = heap.poolFor(type->cell_kind, sizeof(Object));
    return type;
}

// One bare type object per row of core_types.def and exceptions.def.
bool makeRawTypes(Heap& heap) {
    Pool* const pool = heap.poolFor(cellKind(CellFamily::kType, false), sizeof(Type));
    CoreTypes& types = heap.types;
    heap.dead_type = newRawType(heap, pool, nullptr);
    if (heap.dead_type == nullptr) return false;
#define CORE_TYPE(field, name, base) \
    if ((types.field = newRawType(heap, pool, nullptr)) == nullptr) return false;
#include "objmodel/core_types.def"
#undef CORE_TYPE
#define CORE_TYPE(field, name, base_field) \
    types.field->head.type = types.type;   \
    types.field->base = types.base_field;
#include "objmodel/core_types.def"
#undef CORE_TYPE
    types.object->base = nullptr;
    heap.dead_type->head.type = types.type;
    for (Type*& type : types.exceptions) {
        type = newRawType(heap, pool, types.type);
        if (type == nullptr) return false;
    }
    return true;
}

}  // namespace

std::unique_ptr<Heap> Heap::create(const HeapOptions& options) {
    std::unique_ptr<Heap> heap(new Heap);
    heap->raw_list_ = {&heap->raw_list_, &heap->raw_list_};
    heap->memory_limit_ = options.memory_limit;
    heap->attribute_cache = new TypeAttributeCache;
    heap->values_ops = &ValuesBlocks<CheckedCells>::kOps;
    if (!heap->reserve(options) || !makeRawTypes(*heap)) return nullptr;
    return heap;
}

Heap::~Heap() {
    if (base_ == 0) return;
    forEachObject(
        [](Object* object, void*) {
            if (object->type->slots.discard != nullptr) object->type->slots.discard(object);
        },
        nullptr);
    delete attribute_cache;
    for (const FreeRaw& free : free_raw_) {
        for (RawHeader* raw = free.first; raw != nullptr;) std::free(std::exchange(raw, raw->next));
    }
    for (RawHeader* raw = raw_list_.next; raw != &raw_list_;) {
        std::free(std::exchange(raw, raw->next));
    }
    showBytes(std::bit_cast<void*>(base_), used_);
    munmap(std::bit_cast<void*>(base_), reserved_);
}

void Heap::attach(Thread& thread) {
    thread_ = &thread;
    thread.heap = this;
    thread.types = &types;
    thread.singletons = &singletons;
}

// --- pages -------------------------------------------------------------------------------------

bool Heap::reserve(const HeapOptions& options) {
    constexpr std::array<size_t, 3> kSizes = {size_t{32} << 30, size_t{8} << 30, size_t{1} << 30};
    const uint64_t base = options.base & ~(kPageSize - 1);
    for (const size_t bytes : kSizes) {
        const char* const start = reserveNear(base, bytes);
        if (start == nullptr) continue;
        base_ = std::bit_cast<uint64_t>(start);
        reserved_ = bytes;
        return true;
    }
    return false;
}

bool Heap::commit(uint64_t bytes) {
    if (bytes <= committed_) return true;
    const uint64_t target =
        std::min<uint64_t>((bytes + kCommitStep - 1) & ~(kCommitStep - 1), reserved_);
    void* const begin = std::bit_cast<void*>(base_ + committed_);
    if (mprotect(begin, target - committed_, PROT_READ | PROT_WRITE) != 0) return false;
    committed_ = target;
    return true;
}

Page* Heap::takePages(Pool& pool, size_t pages) {
    const uint64_t bytes = pages * kPageSize;
    if (!mayAllocate(*this, AllocationKind::kPages, bytes)) return nullptr;
    if (bytes > reserved_ - used_ || !account(static_cast<int64_t>(bytes))) return nullptr;
    if (!commit(used_ + bytes)) {
        static_cast<void>(account(-static_cast<int64_t>(bytes)));
        return nullptr;
    }
    auto* page = std::bit_cast<Page*>(base_ + used_);
    page->index = static_cast<uint32_t>(used_ / kPageSize);
    run_starts_.insert(run_starts_.end(), pages, page->index);
    used_ += bytes;
    pool.used_bytes = &used_;
    noteTaken(*this, AllocationKind::kPages, page, bytes);
    return page;
}

bool Heap::account(int64_t bytes) {
    const size_t total = accounted_ + static_cast<size_t>(bytes);
    const bool limited = memory_limit_ != 0 && !memory_reserve_open;
    if (bytes > 0 && limited && total > memory_limit_) return false;
    accounted_ = total;
    peak_ = std::max(peak_, total);
    return true;
}

// --- pools -------------------------------------------------------------------------------------

Pool* Heap::newPool(uint16_t kind, size_t cell_size) {
    auto pool = std::make_unique<Pool>();
    pool->heap = this;
    pool->base = base_;
    pool->used_bytes = &used_;
    pool->kind = kind;
    pool->cell_size = static_cast<uint32_t>(cell_size);
    pool->reciprocal = static_cast<uint32_t>((uint64_t{1} << 32) / cell_size + 1);
    pool->link_offset = kind == kValuesCellKind ? kFreeLinkOfValues : kFreeLinkOfObject;
    pool->run_pages = static_cast<uint32_t>((cell_size + sizeof(Page) + kPageSize - 1) / kPageSize);
    pool->out_of_line = pool->run_pages > 1 || observer_ != nullptr;
    pools_.push_back(std::move(pool));
    return pools_.back().get();
}

Pool* Heap::poolFor(uint16_t kind, size_t size) {
    const SizeClass size_class = sizeClassOf(size);
    if (size_class.index >= kSizeClasses) return nullptr;
    Pool*& pool = by_kind_[kind][size_class.index];
    if (pool == nullptr) [[unlikely]]
        pool = newPool(kind, size_class.cell_size);
    return pool;
}

Pool* Heap::newValuesPool(size_t capacity) {
    Pool* const pool = newPool(kValuesCellKind, valuesBlockSize(capacity));
    pool->values_capacity = static_cast<uint16_t>(capacity);
    by_capacity_[capacity] = pool;
    return pool;
}

// --- walks and queries -------------------------------------------------------------------------

template <typename Visit>
void Heap::forEachPage(Visit visit) const {
    for (size_t index = 0; index < run_starts_.size();) {
        auto* page = std::bit_cast<Page*>(base_ + index * kPageSize);
        index += page->run_pages;
        visit(page);
    }
}

namespace {

bool isLiveCell(const Object* object, const Type* dead_type) {
    return object->refcount != 0 && object->type != dead_type && object->type != nullptr;
}

bool isLiveBlock(const char* block, size_t capacity) {
    return static_cast<uint8_t>(block[valuesPrefixSize(capacity) - 1]) != 0;
}

}  // namespace

bool Heap::isLiveObject(const void* address) const {
    const auto offset = reinterpret_cast<uintptr_t>(address) - base_;
    if (offset >= used_) return false;
    const uint64_t start = run_starts_[offset / kPageSize];
    if (start != offset / kPageSize) return false;
    const Pool* pool = Page::of(address)->pool;
    return pool->kind != kValuesCellKind && pool->isCellStart(address) &&
           isLiveCell(static_cast<const Object*>(address), dead_type);
}

bool Heap::isLiveValuesBlock(const void* block) const {
    const auto offset = reinterpret_cast<uintptr_t>(block) - base_;
    if (offset >= used_) return false;
    if (run_starts_[offset / kPageSize] != offset / kPageSize) return false;
    const Pool* pool = Page::of(block)->pool;
    return pool->kind == kValuesCellKind && pool->isCellStart(block) &&
           isLiveBlock(static_cast<const char*>(block), pool->values_capacity);
}

void Heap::forEachObject(void (*visit)(Object*, void* context), void* context) const {
    forEachPage([&](Page* page) {
        if (page->pool->kind == kValuesCellKind) return;
        char* cell = page->cells();
        for (uint32_t k = 0; k < page->fresh; ++k, cell += page->pool->cell_size) {
            auto* object = reinterpret_cast<Object*>(cell);
            if (isLiveCell(object, dead_type)) visit(object, context);
        }
    });
}

void Heap::forEachValuesBlock(void (*visit)(char* block, Pool*, void* context),
                              void* context) const {
    forEachPage([&](Page* page) {
        if (page->pool->kind != kValuesCellKind) return;
        char* cell = page->cells();
        for (uint32_t k = 0; k < page->fresh; ++k, cell += page->pool->cell_size) {
            if (isLiveBlock(cell, page->pool->values_capacity)) visit(cell, page->pool, context);
        }
    });
}

void Heap::forEachRawBuffer(void (*visit)(const void* buffer, size_t room, void* context),
                            void* context) const {
    for (RawHeader* header = raw_list_.next; header != &raw_list_; header = header->next) {
        visit(header + 1, malloc_usable_size(header) - sizeof(RawHeader), context);
    }
}

void Heap::forEachCell(void (*visit)(Object*, const Pool&, void* context), void* context) const {
    forEachPage([&](Page* page) {
        if (page->pool->kind == kValuesCellKind) return;
        char* cell = page->cells();
        for (uint32_t k = 0; k < page->fresh; ++k, cell += page->pool->cell_size) {
            visit(reinterpret_cast<Object*>(cell), *page->pool, context);
        }
    });
}

void Heap::forEachPool(void (*visit)(const Pool&, void* context), void* context) const {
    for (const auto& pool : pools_) visit(*pool, context);
}

HeapStatistics Heap::statistics() const {
    HeapStatistics result;
    for (const auto& pool : pools_) {
        const bool values = pool->kind == kValuesCellKind;
        (values ? result.live_values_blocks : result.live_objects) += pool->live();
        (values ? result.values_blocks_allocated : result.objects_allocated) += pool->taken;
    }
    result.page_bytes = used_;
    result.raw_bytes = raw_bytes_;
    result.peak_bytes = peak_;
    result.types_modified = types_modified;
    return result;
}

void Heap::setAllocationObserver(const AllocationObserver* observer) {
    if (observer_ == nullptr) plain_values_ops = values_ops;
    observer_ = observer;
    values_ops = observer != nullptr ? &kObservedValuesBlocks : plain_values_ops;
    for (const auto& pool : pools_) pool->out_of_line = pool->run_pages > 1 || observer != nullptr;
}

// --- budgets of allocations ----------------------------------------------------------------------

void Heap::setAllocationHook(AllocationBudget budget, AllocationHook hook, uint64_t count) {
    settleBudgets();
    const bool waits = hook != nullptr && count != 0;
    budgets_[static_cast<size_t>(budget)] = waits ? Budget{hook, count} : Budget{};
    startCountdown();
}

// Takes what was allocated since the countdown began from every budget.
void Heap::settleBudgets() {
    const uint64_t allocated = countdown_start_ - allocations_left_;
    for (Budget& budget : budgets_) budget.left -= std::min(budget.left, allocated);
    countdown_start_ = allocations_left_;
}

// Counts down to the first budget that runs out.
void Heap::startCountdown() {
    uint64_t first = 0;
    for (const Budget& budget : budgets_) {
        if (budget.hook != nullptr && (first == 0 || budget.left < first)) first = budget.left;
    }
    allocations_left_ = countdown_start_ = first;
}

void Heap::runAllocationHooks() {
    settleBudgets();
    AllocationHook due[kAllocationBudgetCount] = {};
    for (size_t k = 0; k < kAllocationBudgetCount; ++k) {
        if (budgets_[k].left == 0) due[k] = std::exchange(budgets_[k].hook, nullptr);
    }
    startCountdown();
    for (const AllocationHook hook : due) {
        if (hook != nullptr) hook(*thread_);
    }
}

}  // namespace tagproof
