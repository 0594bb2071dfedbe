// Taking and giving back objects and raw buffers (declared in objmodel/heap.h).

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "objmodel/allocation_observer.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/poison.h"

namespace tagproof {
namespace {

constexpr uint64_t kOsPage = 4096;

// A run that was given back keeps its addresses but not its memory.
bool accountRun(Pool& pool, bool taken) {
    const auto bytes = static_cast<int64_t>((pool.run_pages - 1) * kPageSize);
    return pool.heap->account(taken ? bytes : -bytes);
}

Object* startObject(char* cell, Type* type) {
    auto* object = reinterpret_cast<Object*>(cell);
    TAGPROOF_DCHECK(object->refcount == 0, "a free cell was counted");
    object->refcount = 1;
    object->flags = 0;
    object->type = type;
    object->weakrefs = nullptr;
    object->slot.encodeEmpty();
    incref(&type->head);
    return object;
}

// Of pools whose objects are taken out of line. Null without pending.
[[gnu::noinline]] Object* takeOutOfLine(Type* type, Pool& pool) {
    const Heap& heap = *pool.heap;
    if (!mayAllocate(heap, AllocationKind::kObject, pool.cell_size)) return nullptr;
    const bool reused_run = pool.run_pages > 1 && pool.free_list != nullptr;
    if (reused_run && !accountRun(pool, true)) return nullptr;
    char* const cell = takeCell<CheckedCells>(pool);
    if (cell == nullptr) return nullptr;
    Object* const object = startObject(cell, type);
    noteTaken(heap, AllocationKind::kObject, object, pool.cell_size);
    return object;
}

// Of a cell that is in its free list again.
[[gnu::noinline]] void freedOutOfLine(Object* object, Pool& pool) {
    if (pool.run_pages > 1) {
        static_cast<void>(accountRun(pool, false));
        char* const run = reinterpret_cast<char*>(Page::of(object));
        madvise(run + kOsPage, pool.run_pages * kPageSize - kOsPage, MADV_DONTNEED);
    }
    noteFreed(*pool.heap, AllocationKind::kObject, object, pool.cell_size);
}

Object* takeObject(Thread& thread, Type* type, Pool* pool) {
    thread.heap->noteAllocation();
    if (pool == nullptr) return raiseMemoryError(thread).as<Object>();
    if (pool->out_of_line) [[unlikely]] {
        Object* const object = takeOutOfLine(type, *pool);
        return object != nullptr ? object : raiseMemoryError(thread).as<Object>();
    }
    char* const cell = takeCell<CheckedCells>(*pool);
    if (cell == nullptr) [[unlikely]]
        return raiseMemoryError(thread).as<Object>();
    return startObject(cell, type);
}

}  // namespace

Object* allocateObject(Thread& thread, Type* type) {
    Object* object = takeObject(thread, type, type->pool);
    if (object == nullptr) [[unlikely]]
        return nullptr;
    const size_t payload = type->instance_size - sizeof(Object);
    if (payload != 0) std::memset(static_cast<void*>(object + 1), 0, payload);
    return object;
}

Object* allocateSized(Thread& thread, Type* type, size_t size) {
    return takeObject(thread, type, thread.heap->poolFor(type->cell_kind, size));
}

void freeObject(Thread& thread, Object* object) {
    Type* const type = object->type;
    Heap& heap = *thread.heap;
    Pool& pool = *Page::of(object)->pool;
    TAGPROOF_CHECK(object->slot.isEmpty(), "an object is freed with its managed-dict slot set");
    TAGPROOF_CHECK(type != heap.dead_type, "an object is freed twice");
    object->refcount = 0;
    object->flags = 0;
    object->type = heap.dead_type;
    freeCell<CheckedCells>(pool, reinterpret_cast<char*>(object));
    if (pool.out_of_line) [[unlikely]]
        freedOutOfLine(object, pool);
    decref(&type->head);
}

void deallocPlain(Thread& thread, Object* self) { freeObject(thread, self); }

// --- raw buffers: [ ring links 16 bytes | buffer ] ----------------------------------------------

// Where their memory comes from: malloc, or what was freed of the size class.
class RawBlocks {
  public:
    using Header = Heap::RawHeader;

    static Header* take(Heap& heap, size_t bytes) {
        const size_t size_class = classOf(bytes);
        if (size_class >= Heap::kRawClasses) return newBlock(bytes);
        Heap::FreeRaw& free = heap.free_raw_[size_class];
        if (free.first == nullptr) return newBlock(size_class * Heap::kRawClassBytes);
        --free.count;
        return std::exchange(free.first, free.first->next);
    }

    static void give(Heap& heap, Header* block, size_t bytes) {
        const size_t size_class = classOf(bytes);
        if (size_class >= Heap::kRawClasses) return std::free(block);
        Heap::FreeRaw& free = heap.free_raw_[size_class];
        if (free.count >= kMostKept) return std::free(block);
        block->next = std::exchange(free.first, block);
        ++free.count;
    }

    // `block` with room for `bytes`, its old bytes kept as far as they fit. Null: as it was.
    static Header* resize(Heap& heap, Header* block, size_t old_bytes, size_t bytes) {
        const size_t old_class = classOf(old_bytes);
        const size_t size_class = classOf(bytes);
        if (size_class == old_class && size_class < Heap::kRawClasses) return block;
        if (size_class >= Heap::kRawClasses) {
            return static_cast<Header*>(std::realloc(block, bytes + sizeof(Header)));
        }
        Header* const other = take(heap, bytes);
        if (other == nullptr) return nullptr;
        std::memcpy(static_cast<void*>(other), block, sizeof(Header) + std::min(old_bytes, bytes));
        give(heap, block, old_bytes);
        return other;
    }

  private:
    // Kept memory would hide a use after free from the sanitizer.
    static constexpr uint32_t kMostKept = TAGPROOF_ADDRESS_SANITIZER != 0 ? 0 : Heap::kMaxFreeRaw;

    static size_t classOf(size_t bytes) {
        return bytes / Heap::kRawClassBytes + (bytes % Heap::kRawClassBytes != 0 ? 1 : 0);
    }
    static Header* newBlock(size_t bytes) {
        return static_cast<Header*>(std::malloc(bytes + sizeof(Header)));
    }
};

void* allocateRaw(Thread& thread, size_t bytes) {
    Heap& heap = *thread.heap;
    using Header = Heap::RawHeader;
    if (bytes > PTRDIFF_MAX - sizeof(Header) ||
        !mayAllocate(heap, AllocationKind::kRawBuffer, bytes) ||
        !heap.account(static_cast<int64_t>(bytes))) {
        raiseMemoryError(thread);
        return nullptr;
    }
    Header* const header = RawBlocks::take(heap, bytes);
    if (header == nullptr) {
        static_cast<void>(heap.account(-static_cast<int64_t>(bytes)));
        raiseMemoryError(thread);
        return nullptr;
    }
    header->next = &heap.raw_list_;
    header->previous = heap.raw_list_.previous;
    header->previous->next = header;
    heap.raw_list_.previous = header;
    heap.raw_bytes_ += bytes;
    noteTaken(heap, AllocationKind::kRawBuffer, header + 1, bytes);
    return header + 1;
}

void* reallocateRaw(Thread& thread, void* buffer, size_t old_bytes, size_t bytes) {
    if (buffer == nullptr) return allocateRaw(thread, bytes);
    Heap& heap = *thread.heap;
    using Header = Heap::RawHeader;
    const auto growth = static_cast<int64_t>(bytes - old_bytes);
    const bool refused = bytes > old_bytes && !mayAllocate(heap, AllocationKind::kRawBuffer, bytes);
    if (bytes > PTRDIFF_MAX - sizeof(Header) || refused || !heap.account(growth)) {
        raiseMemoryError(thread);
        return nullptr;
    }
    Header* const header =
        RawBlocks::resize(heap, static_cast<Header*>(buffer) - 1, old_bytes, bytes);
    if (header == nullptr) {
        static_cast<void>(heap.account(-growth));
        raiseMemoryError(thread);
        return nullptr;
    }
    header->next->previous = header;
    header->previous->next = header;
    heap.raw_bytes_ += bytes - old_bytes;
    noteFreed(heap, AllocationKind::kRawBuffer, buffer, old_bytes);
    noteTaken(heap, AllocationKind::kRawBuffer, header + 1, bytes);
    return header + 1;
}

void freeRaw(Heap& heap, void* buffer, size_t bytes) {
    if (buffer == nullptr) return;
    auto* header = static_cast<Heap::RawHeader*>(buffer) - 1;
    header->next->previous = header->previous;
    header->previous->next = header->next;
    heap.raw_bytes_ -= bytes;
    static_cast<void>(heap.account(-static_cast<int64_t>(bytes)));
    RawBlocks::give(heap, header, bytes);
    noteFreed(heap, AllocationKind::kRawBuffer, buffer, bytes);
}

}  // namespace tagproof
