// Releasing objects (declared in objmodel/object.h). Order, as CPython's subtype_dealloc: __del__,
// weak references, __slots__ and attributes, native payload, cell, reference to the type.

#include "objmodel/object.h"

#include <cstddef>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/cell.h"
#include "objmodel/collector.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/managed_dict.h"
#include "objmodel/ref.h"
#include "objmodel/slot_words.h"
#include "objmodel/weakref.h"

namespace tagproof {

static_assert(offsetof(Object, refcount) == layout::kObjectRefcount);
static_assert(offsetof(Object, flags) == layout::kObjectFlags);
static_assert(offsetof(Object, type) == layout::kObjectType);
static_assert(offsetof(Object, weakrefs) == layout::kObjectWeakrefs);
static_assert(offsetof(Object, slot) == layout::kObjectSlot);
static_assert(offsetof(Object, weakrefs) == kFreeLinkOfObject);
static_assert(offsetof(Type, version_tag) == layout::kTypeVersionTag);
static_assert(offsetof(Cell, value) == layout::kCellValue);
static_assert(offsetof(Thread, poll) == layout::kThreadPoll);
static_assert(offsetof(Thread, recursion_depth) == layout::kThreadRecursionDepth);
static_assert(offsetof(Thread, entry_limit) == layout::kThreadEntryLimit);
static_assert(offsetof(Thread, pending) == layout::kThreadPending);
static_assert(offsetof(Thread, callee) == layout::kThreadCallee);
static_assert(offsetof(Thread, args) == layout::kThreadArgs);
static_assert(offsetof(Thread, osr_values) == layout::kThreadOsrValues);
static_assert(offsetof(Thread, deopt_values) == layout::kThreadDeoptValues);

namespace {

// Heap::release_depth counts all deallocations under way in its lower half, those of containers in
// the upper one as well. Deeper ones wait in Heap::deferred_releases: those of containers as in
// CPython, whose trashcan decides when what a container held is finalized.
constexpr uint32_t kAnyLevel = 1;
constexpr uint32_t kContainerLevel = (1u << 16) + 1;
constexpr uint32_t kMaxLevels = 200;
constexpr uint32_t kMaxContainerLevels = 50;

// What the deallocation of an instance adds to the depth.
uint32_t levelOf(const Type* type) {
    constexpr uint32_t kContainers =
        kTypeIsHeap | kTypeIsList | kTypeIsTuple | kTypeIsDict | kTypeIsSet | kTypeIsException;
    return (type->type_flags & kContainers) != 0 ? kContainerLevel : kAnyLevel;
}

bool isTooDeep(uint32_t depth, uint32_t level) {
    const uint32_t levels = depth & 0xffff;
    if (levels < kMaxContainerLevels) [[likely]]
        return false;
    return levels >= kMaxLevels ||
           (level == kContainerLevel && (depth >> 16) >= kMaxContainerLevels);
}

bool isInContainer(uint32_t depth) { return (depth >> 16) != 0; }

// Runs __del__ once. True when the object came back to life.
bool runFinalizer(Thread& thread, Object* object) {
    object->refcount = 1;
    callFinalizer(thread, object);
    return --object->refcount != 0;
}

[[gnu::always_inline]] inline void releaseNow(Thread& thread, Object* object) {
    if (object->type->slots.finalize != nullptr && (object->flags & kFinalized) == 0) {
        if (runFinalizer(thread, object)) return;
    }
    Type* const type = object->type;
    if (object->weakrefs != nullptr) clearWeakRefs(thread, object);
    if (type->slots_count != 0) clearSlotWords(object, type);
    if (!object->slot.isEmpty()) managedClear(thread, object);
    type->slots.dealloc(thread, object);
}

// One level below the container that the first of them waited for.
void releaseDeferred(Thread& thread, Heap& heap) {
    heap.release_depth += kContainerLevel;
    while (!heap.deferred_releases.empty()) {
        Object* const object = heap.deferred_releases.back();
        heap.deferred_releases.pop_back();
        const uint32_t level = levelOf(object->type);
        heap.release_depth += level;
        releaseNow(thread, object);
        heap.release_depth -= level;
    }
    heap.release_depth -= kContainerLevel;
}

}  // namespace

void callFinalizer(Thread& thread, Object* object) {
    object->flags |= kFinalized;
    const Value pending = takePending(thread);
    // What runs may take the method from the class, or give the object another one.
    Str* const name = thread.singletons->names.del;
    const Ref method = Ref::borrow(lookupTypeAttribute(thread, object->type, name));
    if (object->type->slots.finalize(thread, object) < 0) reportUnraisable(thread, method.get());
    restorePending(thread, pending);
}

void clearSlotWords(Object* object, const Type* type) {
    Value* const words = slotWords(object);
    // What runs may give a class other bases, which have as many words: looked up for each part.
    for (uint32_t end = type->slots_count; end != 0;) {
        const Type* holder = type;
        while (holder->base->slots_count >= end) holder = holder->base;
        const uint32_t begin = holder->base->slots_count;
        for (uint32_t k = begin; k < end; ++k) {
            decref(std::exchange(words[k], Value::null()));
        }
        end = begin;
    }
}

void releaseObject(Object* object) {
    Heap& heap = heapOf(object);
    const uint32_t depth = heap.release_depth;
    const uint32_t level = levelOf(object->type);
    if (isTooDeep(depth, level)) [[unlikely]] {
        heap.deferred_releases.push_back(object);
        return;
    }
    heap.release_depth = depth + level;
    Thread& thread = heap.thread();
    releaseNow(thread, object);
    heap.release_depth = depth;
    if (!isInContainer(depth) && !heap.deferred_releases.empty()) [[unlikely]] {
        releaseDeferred(thread, heap);
    }
}

}  // namespace tagproof
