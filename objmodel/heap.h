#pragma once
// The heap of one Vm: address space reserved at a fixed base, type-stable pools (objmodel/pool.h)
// for every object, runs of pages for big ones, raw buffers, the memory limit, statistics, and what
// all objects share: built-in types, singletons, the type-attribute cache, the list of deferred
// deallocations. Single-threaded, like the Vm that owns it.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "objmodel/core_types.h"
#include "objmodel/object.h"
#include "objmodel/pool.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"

namespace tagproof {

struct AllocationObserver;
struct Str;
struct StrTable;
struct TypeAttributeCache;
struct ValuesBlockOps;

// What the first words of a cell's payload are; with "has a managed slot" and the size it names a
// pool. Types without a family of their own use kOther.
enum class CellFamily : uint16_t {
    kPlain,  // no native payload
    kInt,
    kFloat,
    kStr,
    kTuple,
    kList,
    kDict,
    kSet,
    kType,
    kCell,
    kException,
    kFunction,
    kCode,
    kGenerator,
    kModule,
    kOther,
    kCount,
};
[[nodiscard]] constexpr uint16_t cellKind(CellFamily family, bool managed) {
    return static_cast<uint16_t>(static_cast<unsigned>(family) * 2 + (managed ? 1 : 0));
}
[[nodiscard]] constexpr bool isManagedKind(uint16_t kind) { return (kind & 1) != 0; }
[[nodiscard]] constexpr CellFamily familyOf(uint16_t kind) {
    return static_cast<CellFamily>(kind / 2);
}
inline constexpr size_t kCellKindCount = static_cast<size_t>(CellFamily::kCount) * 2;
inline constexpr uint16_t kValuesCellKind = 0xffff;

// The default base: its low word has bit 31 clear (a slot word's low half is then not mistaken for
// an immortal count), and ASan and TSan allow it.
inline constexpr uint64_t kDefaultHeapBase = 0x5500'0000'0000;

struct HeapOptions {
    uint64_t base = kDefaultHeapBase;
    size_t memory_limit = 0;  // bytes of pages and raw buffers; 0 = none
};

struct HeapStatistics {
    uint64_t live_objects = 0;
    uint64_t live_values_blocks = 0;
    uint64_t objects_allocated = 0;
    uint64_t values_blocks_allocated = 0;
    uint64_t page_bytes = 0;
    uint64_t raw_bytes = 0;
    uint64_t peak_bytes = 0;  // of pages and raw buffers together
    uint64_t types_modified = 0;
};

// Called by the JIT's dependency tracking after a type got a new version. `name` is the attribute
// that changed, or null when more than one may have (bases, MRO, descriptor protocol).
using TypeModifiedHook = void (*)(Thread&, Type* type, Str* name);
// Called on the allocation that makes a budget run out (setAllocationHook).
using AllocationHook = void (*)(Thread&);
// Who counts allocations: each has a budget of its own.
enum class AllocationBudget : uint8_t { kCheckpoint, kCollector };
inline constexpr size_t kAllocationBudgetCount = 2;

// What the object model asks the layer above for. Null hooks: the feature has its plain meaning.
struct RuntimeHooks {
    TypeModifiedHook type_modified = nullptr;
    // __module__ of a class whose namespace has none: __name__ of the running code's globals. New
    // reference, or null without pending.
    Value (*current_module)(Thread&) = nullptr;
    // `super()` without arguments: the class and first argument of the running function, both
    // borrowed. 0, or -1 + RuntimeError ("super(): no arguments", ...).
    int (*super_arguments)(Thread&, Type** type, Value* self) = nullptr;
    // Prints an exception that can go nowhere. Both borrowed; leaves nothing pending.
    void (*unraisable)(Thread&, Value exception, Value where) = nullptr;
};

class Heap {
  public:
    // Reserves the address space and makes the raw type objects of core_types.def. Null when
    // memory cannot be had. When another heap of the process sits at the base, the next free
    // multiple of the reservation above it is taken.
    [[nodiscard]] static std::unique_ptr<Heap> create(const HeapOptions& options);
    ~Heap();
    Heap(const Heap&) = delete;
    Heap& operator=(const Heap&) = delete;

    // Makes `thread` the one that allocates and releases here; sets its heap, types, singletons.
    void attach(Thread& thread);
    [[nodiscard]] Thread& thread() const { return *thread_; }

    // The pool of objects of a kind and size; created when first asked for.
    [[nodiscard]] Pool* poolFor(uint16_t kind, size_t size);
    // The pool of values blocks of a capacity (1..kMaxSharedKeys).
    [[nodiscard]] Pool* valuesPool(size_t capacity) {
        Pool* const pool = by_capacity_[capacity];
        return pool != nullptr ? pool : newValuesPool(capacity);
    }

    // What the allocation table says about any address.
    [[nodiscard]] bool isLiveObject(const void* address) const;
    [[nodiscard]] bool isLiveValuesBlock(const void* block) const;
    // Pages and cells, oldest first. Objects whose deallocation has begun (count 0) are left out.
    void forEachObject(void (*visit)(Object*, void* context), void* context) const;
    void forEachValuesBlock(void (*visit)(char* block, Pool*, void* context), void* context) const;

    // Every cell of object pools that was ever taken, free ones included.
    void forEachCell(void (*visit)(Object*, const Pool&, void* context), void* context) const;
    // Every raw buffer with the bytes that its memory holds, at least those asked for.
    void forEachRawBuffer(void (*visit)(const void* buffer, size_t room, void* context),
                          void* context) const;
    void forEachPool(void (*visit)(const Pool&, void* context), void* context) const;

    [[nodiscard]] HeapStatistics statistics() const;
    [[nodiscard]] uint64_t base() const { return base_; }
    [[nodiscard]] size_t reservedBytes() const { return reserved_; }
    [[nodiscard]] uint64_t usedBytes() const { return used_; }  // of pages, from base() on
    [[nodiscard]] size_t memoryLimit() const { return memory_limit_; }
    void setMemoryLimit(size_t bytes) { memory_limit_ = bytes; }

    // After `count` more allocations of objects calls the hook, once; 0 = never. One count serves
    // all budgets: an allocation pays for it once, whoever waits.
    void setAllocationHook(AllocationBudget budget, AllocationHook hook, uint64_t count);

    // Shows `observer` every allocation from now on (objmodel/allocation_observer.h); null: none.
    // It is not owned. Costs nothing while there is none.
    void setAllocationObserver(const AllocationObserver* observer);
    [[nodiscard]] const AllocationObserver* allocationObserver() const { return observer_; }

    // Takes `pages` consecutive pages. Null when the limit or the reservation is reached.
    [[nodiscard]] Page* takePages(Pool& pool, size_t pages);

    // Accounts `bytes` more (or, negative, fewer). False, with nothing changed, above the limit.
    [[nodiscard]] bool account(int64_t bytes);

    void noteAllocation() {
        if (--allocations_left_ == 0) [[unlikely]]
            runAllocationHooks();
    }

    CoreTypes types;
    Singletons singletons;
    Type* dead_type = nullptr;                         // type of every free object cell
    TypeAttributeCache* attribute_cache = nullptr;     // owned (objmodel/type_attributes.h)
    StrTable* strings = nullptr;                       // interned strings; owned (objmodel/str.h)
    const ValuesBlockOps* values_ops = nullptr;        // checked, unless a lab replaced it; with an
                                                       // observer, those that report to it
    const ValuesBlockOps* plain_values_ops = nullptr;  // what values_ops was before the observer
    RuntimeHooks hooks;
    uint32_t next_version = 1;   // next type version; 0 = used up, types are uncacheable from then
    uint32_t release_depth = 0;  // nested deallocations under way
    bool memory_reserve_open = false;        // a MemoryError is being made: the limit is off
    Value last_memory_error;                 // pending when not even a MemoryError can be made
    std::vector<Object*> deferred_releases;  // count 0, to be released by the outermost release
    uint64_t types_modified = 0;

  private:
    friend void* allocateRaw(Thread& thread, size_t bytes);
    friend void* reallocateRaw(Thread& thread, void* buffer, size_t old_bytes, size_t bytes);
    friend void freeRaw(Heap& heap, void* buffer, size_t bytes);
    friend class RawBlocks;
    struct RawHeader {
        RawHeader* next;
        RawHeader* previous;
    };
    // Small raw buffers that were freed, kept for the next of their size class.
    struct FreeRaw {
        RawHeader* first = nullptr;  // linked by `next`
        uint32_t count = 0;
    };
    static constexpr size_t kRawClassBytes = 32;
    static constexpr size_t kRawClasses = 17;  // buffers of up to 512 bytes
    static constexpr uint32_t kMaxFreeRaw = 64;

    Heap() = default;
    [[nodiscard]] bool reserve(const HeapOptions& options);
    [[nodiscard]] bool commit(uint64_t bytes);
    [[nodiscard]] Pool* newPool(uint16_t kind, size_t cell_size);
    [[nodiscard]] Pool* newValuesPool(size_t capacity);
    void settleBudgets();
    void startCountdown();
    void runAllocationHooks();
    template <typename Visit>
    void forEachPage(Visit visit) const;

    static constexpr size_t kSizeClasses = 128;
    uint64_t base_ = 0;
    size_t reserved_ = 0;     // bytes of address space
    uint64_t committed_ = 0;  // bytes readable and writable
    uint64_t used_ = 0;       // bytes of pages handed out
    size_t memory_limit_ = 0;
    size_t accounted_ = 0;  // bytes of pages and raw buffers
    size_t peak_ = 0;
    size_t raw_bytes_ = 0;
    uint64_t allocations_left_ = 0;  // counts down; 0 wraps and never fires again in practice
    const AllocationObserver* observer_ = nullptr;
    uint64_t countdown_start_ = 0;  // what allocations_left_ was when the countdown began
    struct Budget {
        AllocationHook hook = nullptr;  // null: nobody waits
        uint64_t left = 0;              // as of the start of the countdown
    };
    Budget budgets_[kAllocationBudgetCount];
    Thread* thread_ = nullptr;
    RawHeader raw_list_{};              // ring of all raw buffers
    FreeRaw free_raw_[kRawClasses];     // by size class
    std::vector<uint32_t> run_starts_;  // per used page: number of the first page of its run
    std::vector<std::unique_ptr<Pool>> pools_;
    Pool* by_kind_[kCellKindCount][kSizeClasses] = {};
    Pool* by_capacity_[layout::kMaxSharedKeys + 1] = {};
};

// --- objects -----------------------------------------------------------------------------------

// A fixed-size instance of `type` with count 1, an empty slot and a zeroed payload; a values block
// is not made here (objmodel/managed_dict.h: newInstance). New reference, or null + MemoryError.
[[nodiscard]] Object* allocateObject(Thread& thread, Type* type);
template <typename T>
[[nodiscard]] T* allocateObject(Thread& thread, Type* type) {
    return reinterpret_cast<T*>(allocateObject(thread, type));
}

// The same for an object of `size` bytes in all, head included: types with inline items (tuple,
// str, int). Only the head is initialised.
[[nodiscard]] Object* allocateSized(Thread& thread, Type* type, size_t size);
template <typename T>
[[nodiscard]] T* allocateSized(Thread& thread, Type* type, size_t size) {
    return reinterpret_cast<T*>(allocateSized(thread, type, size));
}

// The last act of every `dealloc`: gives the cell back and drops the reference to a heap type. The
// slot is empty and native references are gone (releaseObject has taken the managed state out).
void freeObject(Thread& thread, Object* object);

// For types whose objects own nothing: usable as TypeSlots::dealloc.
void deallocPlain(Thread& thread, Object* self);

// The heap an object lives in.
[[nodiscard]] inline Heap& heapOf(const void* object) { return *Page::of(object)->heap; }

// --- raw buffers -------------------------------------------------------------------------------

// malloc with accounting against the memory limit; what is left is freed with the heap. Sizes are
// given back on free and must be the ones asked for. Null + MemoryError pending; `bytes` may be 0.
[[nodiscard]] void* allocateRaw(Thread& thread, size_t bytes);
[[nodiscard]] void* reallocateRaw(Thread& thread, void* buffer, size_t old_bytes, size_t bytes);
void freeRaw(Heap& heap, void* buffer, size_t bytes);  // buffer may be null
inline void freeRaw(Thread& thread, void* buffer, size_t bytes) {
    freeRaw(*thread.heap, buffer, bytes);
}

// --- types of values ---------------------------------------------------------------------------

// The type of any value that a program can see. Borrowed.
[[nodiscard]] inline Type* typeOf(const Thread& thread, Value value) {
    if (value.isObject()) return value.asObject()->type;
    return value.isFixnum() ? thread.types->int_ : thread.types->float_;
}
[[nodiscard]] inline bool isExactly(Value value, const Type* type) {
    return value.isObject() && value.asObject()->type == type;
}
// True for instances of a built-in type and its subclasses, by flag (not for fixnums and immediate
// doubles: ask isFixnum() and isImmediateDouble() first).
[[nodiscard]] inline bool objectHasFlag(Value value, TypeFlag flag) {
    return value.isObject() && hasFlag(value.asObject()->type, flag);
}

}  // namespace tagproof
