#include "objmodel/reference_graph.h"

#include <algorithm>
#include <cstdlib>

#include "objmodel/collector.h"
#include "objmodel/heap_check.h"
#include "objmodel/tracking.h"

namespace tagproof {

ReferenceGraph::~ReferenceGraph() {
    for (Page* const page : pages_) page->collector_data = nullptr;
    std::free(words_);
}

// --- words ---------------------------------------------------------------------------------------

// Whoever damaged the heap shall not have the collector free or write anything.
uint32_t* ReferenceGraph::wordOf(const Object* object) const {
    const auto address = reinterpret_cast<uintptr_t>(object);
    TAGPROOF_CHECK(address - heap_.base() < heap_.usedBytes(), "a reference leads out of the heap");
    const Page* const page = Page::of(object);
    if (page->collector_data == nullptr) return nullptr;
    const uint64_t offset = address % kPageSize - sizeof(Page);
    const uint64_t cell = (offset * page->pool->reciprocal) >> 32;
    TAGPROOF_CHECK(cell * page->pool->cell_size == offset, "a reference leads into an object");
    return static_cast<uint32_t*>(page->collector_data) + cell;
}

bool ReferenceGraph::isReached(Value value) const {
    const uint32_t* const word = value.isObject() ? wordOf(value.asObject()) : nullptr;
    return word == nullptr || *word == kReached || *word == kOutside;
}

template <typename Visit>
void ReferenceGraph::forEachContainer(Visit visit) const {
    for (Page* const page : pages_) {
        auto* const words = static_cast<uint32_t*>(page->collector_data);
        if (words == nullptr) continue;
        char* cell = page->cells();
        const uint32_t size = page->pool->cell_size;
        for (uint32_t k = 0; k < page->cell_count; ++k, cell += size) {
            if (isOpen(words[k])) visit(reinterpret_cast<Object*>(cell), &words[k]);
        }
    }
}

// --- finding containers --------------------------------------------------------------------------

// Pages of strings and numbers need not be looked at, unless a class made by the program extends
// them.
void ReferenceGraph::findReferringKinds() {
    for (Page* const page : pages_) {
        if (familyOf(page->pool->kind) != CellFamily::kType) continue;
        const char* cell = page->cells();
        for (uint32_t k = 0; k < page->fresh; ++k, cell += page->pool->cell_size) {
            const auto* const type = reinterpret_cast<const Type*>(cell);
            if (type->head.refcount != 0 && isContainer(type)) refers_[type->cell_kind] = true;
        }
    }
}

bool ReferenceGraph::makeArrays() {
    heap_.forEachPool(
        [](const Pool& pool, void* context) {
            auto* const pages = static_cast<std::vector<Page*>*>(context);
            if (pool.kind == kValuesCellKind || pool.live() == 0) return;
            for (Page* page = pool.pages; page != nullptr; page = page->next) {
                pages->push_back(page);
            }
        },
        &pages_);
    std::sort(pages_.begin(), pages_.end(),
              [](const Page* left, const Page* right) { return left->index < right->index; });
    findReferringKinds();
    for (const Page* const page : pages_)
        cells_ += refers_[page->pool->kind] ? page->cell_count : 0;
    words_ = static_cast<uint32_t*>(std::malloc((cells_ + 1) * sizeof(uint32_t)));
    if (words_ == nullptr) return false;
    uint32_t* next = words_;
    for (Page* const page : pages_) {
        if (!refers_[page->pool->kind]) continue;
        page->collector_data = next;
        next += page->cell_count;
    }
    return true;
}

void ReferenceGraph::readCounts() {
    for (Page* const page : pages_) {
        auto* const words = static_cast<uint32_t*>(page->collector_data);
        if (words == nullptr) continue;
        const char* cell = page->cells();
        for (uint32_t k = 0; k < page->cell_count; ++k, cell += page->pool->cell_size) {
            const auto* const object = reinterpret_cast<const Object*>(cell);
            words[k] = kOutside;
            const bool alive =
                k < page->fresh && object->refcount != 0 && object->type != heap_.dead_type;
            if (!alive || isImmortal(object) || (object->flags & kFrozen) != 0) continue;
            if (!isContainer(object->type)) continue;
            words[k] = object->refcount;
            ++examined_;
        }
    }
}

// --- following references ------------------------------------------------------------------------

void ReferenceGraph::subtractVisit(Value child, void* context) {
    const auto* const graph = static_cast<ReferenceGraph*>(context);
    uint32_t* const word = child.isObject() ? graph->wordOf(child.asObject()) : nullptr;
    if (word == nullptr || !isOpen(*word)) return;
    TAGPROOF_CHECK(*word != 0, "more references to an object were found than are counted");
    --*word;
}

void ReferenceGraph::reachVisit(Value child, void* context) {
    auto* const graph = static_cast<ReferenceGraph*>(context);
    uint32_t* const word = child.isObject() ? graph->wordOf(child.asObject()) : nullptr;
    if (word == nullptr || *word == kOutside || *word == kReached) return;
    *word = kReached;
    graph->waiting_.push_back(child.asObject());
}

void ReferenceGraph::drain() {
    while (!waiting_.empty()) {
        Object* const object = waiting_.back();
        waiting_.pop_back();
        traverseObject(object, reachVisit, this);
    }
}

void ReferenceGraph::reach(Value value) {
    reachVisit(value, this);
    drain();
}

bool ReferenceGraph::build(const WeakOwners& weak_owners) {
    if (!makeArrays()) return false;
    readCounts();
    forEachContainer(
        [this](Object* object, const uint32_t*) { traverseObject(object, subtractVisit, this); });
    if (weak_owners.visit != nullptr) {
        weak_owners.visit(weak_owners.context, subtractVisit, this);
    }
    forEachContainer([this](Object* object, const uint32_t* word) {
        if (*word != 0) reach(Value::of(object));
    });
    if (weak_owners.keep != nullptr) weak_owners.keep(weak_owners.context, *this);
    return true;
}

std::vector<Object*> ReferenceGraph::unreachable() const {
    std::vector<Object*> result;
    forEachContainer([&](Object* object, const uint32_t*) { result.push_back(object); });
    return result;
}

// --- after finalizers ----------------------------------------------------------------------------

void ReferenceGraph::releaseVisit(Value child, void* context) {
    auto* const graph = static_cast<ReferenceGraph*>(context);
    uint32_t* const word = child.isObject() ? graph->wordOf(child.asObject()) : nullptr;
    if (word == nullptr || !isOpen(*word)) return;
    TAGPROOF_CHECK(*word != 0, "more references to an object were found than are counted");
    if (--*word == 0) graph->waiting_.push_back(child.asObject());
}

// What the counts would free if the collector let go now, as a finalizer broke its cycle.
void ReferenceGraph::simulateRelease(const std::vector<Object*>& held) {
    for (Object* const object : held) {
        if (*wordOf(object) == 0) waiting_.push_back(object);
    }
    while (!waiting_.empty()) {
        Object* const object = waiting_.back();
        waiting_.pop_back();
        *wordOf(object) = kDead;
        traverseObject(object, releaseVisit, this);
    }
}

void ReferenceGraph::recount(std::vector<Object*>& held,
                             std::vector<Object*>* revived,
                             const WeakOwners& weak_owners) {
    for (Object* const object : held) *wordOf(object) = object->refcount - 1;
    if (weak_owners.visit != nullptr) {
        weak_owners.visit(weak_owners.context, subtractVisit, this);
    }
    simulateRelease(held);
    for (Object* const object : held) {
        if (isOpen(*wordOf(object))) traverseObject(object, subtractVisit, this);
    }
    for (Object* const object : held) {
        const uint32_t word = *wordOf(object);
        if (isOpen(word) && word != 0) reach(Value::of(object));
    }
    if (weak_owners.keep != nullptr) weak_owners.keep(weak_owners.context, *this);
    const auto is_unreachable = [this](Object* object) { return *wordOf(object) != kReached; };
    const auto middle = std::stable_partition(held.begin(), held.end(), is_unreachable);
    revived->assign(middle, held.end());
    held.erase(middle, held.end());
}

bool ReferenceGraph::isFreed(const Object* object) const {
    const uint32_t* const word = wordOf(object);
    return word != nullptr && *word == kDead;
}

}  // namespace tagproof
