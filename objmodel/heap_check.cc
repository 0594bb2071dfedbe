// What is checked where (the invariants are listed in objmodel/README.md):
//
//   slots      I1 I6 I9   every managed-dict slot against the allocation table and the type
//   blocks     I2 I3 I7   prefix, order bytes and value words of each owned values block
//   owners     I4         one owner per live block, none without
//   dicts      I5 I8      form, and agreement of table, entries and count
//   items      I7 items   each word of a list or tuple, and that there is room for all of them
//   weakrefs   I7         each weak reference of a live object is live and refers to it
//   free cells I10        count, type and slot of each free cell; the free lists
//   pages      pages      the allocation table itself: headers, pools, runs; first of all
//   counts     refcount   against the references found, when roots are given
//
// Objects whose deallocation is under way (count 0) are left out: their state is private. What is
// noted about a cell stands in arrays with an element for each 16 bytes of pages.

#include "objmodel/heap_check.h"

#include <fmt/format.h>

#include <bit>
#include <bitset>
#include <cstring>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "objmodel/dict.h"
#include "objmodel/list.h"
#include "objmodel/managed_dict.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/values_block.h"
#include "objmodel/weakref.h"

namespace tagproof {
namespace {

// What the allocation table has at an address.
std::string kindOf(const Heap& heap, const void* address) {
    if (heap.isLiveValuesBlock(address)) return "values block";
    if (!heap.isLiveObject(address)) return "";
    const Type* const type = static_cast<const Object*>(address)->type;
    return heap.isLiveObject(type) ? typeName(type) : "";
}

class Checker {
  public:
    Checker(Heap& heap, const HeapCheckOptions& options)
        : heap_(heap), options_(options), owners_(heap.usedBytes() / kCellAlignment) {}

    std::vector<HeapViolation> run();

  private:
    template <typename... Args>
    void report(const char* rule,
                const void* address,
                fmt::format_string<Args...> format,
                Args&&... args) {
        violations_.push_back({rule, reinterpret_cast<uintptr_t>(address), kindOf(heap_, address),
                               fmt::format(format, std::forward<Args>(args)...)});
    }

    void checkPages();
    [[nodiscard]] const char* faultOf(const Page* page, uint64_t index) const;
    void checkObject(Object* object);
    void checkWeakRefs(Object* object);
    void checkSlot(Object* object);
    void checkValuesForm(Object* object, Value* values);
    void checkDictForm(Object* object, const void* dict);
    void checkBlock(const void* owner, Value* values, const SharedKeys* keys);
    void checkOrder(const void* owner, Value* values, const SharedKeys* keys, size_t capacity);
    void checkValueWord(const void* owner, Value value, const char* where, size_t index);
    void claimBlock(const void* owner, const char* block);
    void checkDict(Dict* dict);
    void checkTable(Dict* dict);
    void checkList(const List* list);
    void checkTuple(const Tuple* tuple);
    void checkFreeCell(Object* object);
    void checkPool(const Pool& pool);
    void checkOrphans();
    void checkCounts();
    void countReference(Value child);
    [[nodiscard]] size_t cellOf(const void* address) const {
        return (reinterpret_cast<uintptr_t>(address) - heap_.base()) / kCellAlignment;
    }
    [[nodiscard]] uint64_t addressOf(size_t cell) const {
        return heap_.base() + cell * kCellAlignment;
    }

    Heap& heap_;
    const HeapCheckOptions& options_;
    std::vector<HeapViolation> violations_;
    std::unordered_set<const Pool*> pools_;
    std::unordered_map<const void*, size_t> raw_rooms_;  // bytes of each raw buffer
    std::vector<uint32_t> owners_;      // of values blocks: the owner's cell + 1; 0: none so far
    std::vector<uint32_t> counts_;      // of objects: references found
    const Object* referrer_ = nullptr;  // whose references are being counted; null: the roots'
};

// The block that `values` points into as its pool sees it; null when it is no values pointer.
char* blockOf(const Heap& heap, Value* values) {
    const auto offset = reinterpret_cast<uintptr_t>(values) - heap.base();
    if (offset >= heap.usedBytes()) return nullptr;
    const Pool* const pool = Page::of(values)->pool;
    if (pool->kind != kValuesCellKind) return nullptr;
    char* const block = reinterpret_cast<char*>(values) - valuesPrefixSize(pool->values_capacity);
    return heap.isLiveValuesBlock(block) ? block : nullptr;
}

std::string nameOfType(const Object* object) { return typeName(object->type); }

// --- slots ---------------------------------------------------------------------------------------

void Checker::checkSlot(Object* object) {
    const ManagedDictSlot slot = object->slot;
    if (slot.isEmpty()) return;
    if (!hasFlag(object->type, kTypeHasManagedDict)) {
        report("I1", object, "slot {:#x} of a '{}', which has no managed dict", slot.rawWord(),
               nameOfType(object));
    } else if (slot.isValues()) {
        checkValuesForm(object, slot.values());
    } else {
        checkDictForm(object, slot.dict());
    }
}

void Checker::checkValuesForm(Object* object, Value* values) {
    const auto address = reinterpret_cast<uintptr_t>(values);
    if (address % sizeof(Value) != 0) {
        report("I1", object, "slot {:#x}: the values pointer of a '{}' is not aligned",
               object->slot.rawWord(), nameOfType(object));
        return;
    }
    if (blockOf(heap_, values) == nullptr) {
        const bool inside = address - heap_.base() < heap_.usedBytes() &&
                            Page::of(values)->pool->kind == kValuesCellKind;
        report(inside ? "I6" : "I1", object, "slot {:#x} of a '{}' is no encoded values pointer",
               object->slot.rawWord(), nameOfType(object));
        return;
    }
    const SharedKeys* const keys = object->type->shared_keys;
    if (keys == nullptr || !hasFlag(object->type, kTypeHasInlineValues)) {
        report("I9", object, "a '{}' in values form: its type has none", nameOfType(object));
        return;
    }
    checkBlock(object, values, keys);
}

void Checker::checkDictForm(Object* object, const void* dict) {
    const bool live = reinterpret_cast<uintptr_t>(dict) % kCellAlignment == 0 &&
                      heap_.isLiveObject(dict) &&
                      hasFlag(static_cast<const Object*>(dict)->type, kTypeIsDict);
    if (live) return;
    report("I1", object, "slot {:#x} of a '{}' is no live dict", object->slot.rawWord(),
           nameOfType(object));
}

// --- blocks --------------------------------------------------------------------------------------

void Checker::claimBlock(const void* owner, const char* block) {
    uint32_t& place = owners_[cellOf(block)];
    if (place == 0) {
        place = static_cast<uint32_t>(cellOf(owner) + 1);
        return;
    }
    report("I4", block, "values block owned by {:#x} and {:#x}", addressOf(place - 1),
           reinterpret_cast<uintptr_t>(owner));
}

void Checker::checkBlock(const void* owner, Value* values, const SharedKeys* keys) {
    char* const block = blockOf(heap_, values);
    if (block == nullptr) {
        report("I1", owner, "values pointer to no live block");
        return;
    }
    claimBlock(owner, block);
    const size_t capacity = Page::of(values)->pool->values_capacity;
    const unsigned prefix = valuesBytes(values)[layout::kValuesPrefixSize];
    if (prefix != valuesPrefixSize(capacity)) {
        report("I2", owner, "prefix byte is {}, capacity {} makes it {}", prefix, capacity,
               valuesPrefixSize(capacity));
    }
    if (capacity < keys->count) {
        report("I3", owner, "block of {} values, {} shared keys", capacity, keys->count);
        return;
    }
    checkOrder(owner, values, keys, capacity);
}

void Checker::checkOrder(const void* owner,
                         Value* values,
                         const SharedKeys* keys,
                         size_t capacity) {
    const size_t used = valuesUsed(values);
    if (used > capacity) {
        report("I2", owner, "{} values used of {}", used, capacity);
        return;
    }
    std::bitset<256> seen;
    for (size_t k = 0; k < used; ++k) {
        const size_t index = valuesOrderAt(values, k);
        if (index >= keys->count) {
            report(index >= capacity ? "I2" : "I9", owner,
                   "order byte {} is {}: the type has {} shared keys", k, index, keys->count);
            return;
        }
        if (seen[index]) report("I2", owner, "index {} stands twice in the order", index);
        if (values[index].isNull()) report("I2", owner, "value {} in the order is empty", index);
        seen.set(index);
    }
    for (size_t index = 0; index < capacity; ++index) {
        if (values[index].isNull()) continue;
        if (!seen[index]) report("I2", owner, "value {} is not in the order", index);
        checkValueWord(owner, values[index], "value", index);
    }
}

void Checker::checkValueWord(const void* owner, Value value, const char* where, size_t index) {
    const bool bad_tag = value.tag() == layout::kTagNever;
    const bool dangling = value.isObject() && !heap_.isLiveObject(value.asObject());
    if (!bad_tag && !dangling) return;
    report("I7", owner, "{} {} is {:#x}: {}", where, index, value.bits,
           bad_tag ? "no value has this tag" : "no live object is there");
}

// --- dicts ---------------------------------------------------------------------------------------

void Checker::checkDict(Dict* dict) {
    if (!isSplit(dict)) {
        if (dict->values != nullptr) report("I5", dict, "values block without shared keys");
        if (dict->table != nullptr) checkTable(dict);
        return;
    }
    if (dict->values == nullptr || dict->table != nullptr || dict->holds_cells) {
        report("I5", dict, "split dict without values block, or with a table");
        return;
    }
    const Type* const type = dict->keys->type;
    if (type != nullptr && type->shared_keys != dict->keys) {
        report("I5", dict, "the keys of a split dict are not those of '{}'", typeName(type));
    }
    checkBlock(dict, dict->values, dict->keys);
    if (dict->used != valuesUsed(dict->values)) {
        report("I8", dict, "{} entries counted, {} used", dict->used, valuesUsed(dict->values));
    }
}

void Checker::checkTable(Dict* dict) {
    DictTable* const table = dict->table;
    uint64_t present = 0;
    for (uint32_t k = 0; k < table->entry_count; ++k) {
        const DictEntry& entry = table->entries()[k];
        if (entry.key.isNull()) continue;
        checkValueWord(dict, entry.key, "key", k);
        checkValueWord(dict, entry.value, "value", k);
        const bool is_cell = dict->holds_cells && entry.value.isObject() &&
                             heap_.isLiveObject(entry.value.asObject());
        const bool empty_cell = is_cell && entry.value.as<Cell>()->value.isNull();
        if (!empty_cell) ++present;
    }
    uint64_t indexed = 0;
    for (size_t slot = 0; slot < size_t{1} << table->log2_size; ++slot) {
        const int32_t at = table->index()[slot];
        if (at < 0) continue;
        ++indexed;
        const bool sound =
            static_cast<uint32_t>(at) < table->entry_count && table->entries()[at].key;
        if (!sound) report("I8", dict, "index slot {} leads to no entry", slot);
    }
    if (present != dict->used || indexed < present) {
        report("I8", dict, "{} entries counted, {} present, {} in the index", dict->used, present,
               indexed);
    }
}

// --- items ---------------------------------------------------------------------------------------

void Checker::checkList(const List* list) {
    const auto buffer = raw_rooms_.find(list->items);
    const size_t room = buffer == raw_rooms_.end() ? 0 : buffer->second / sizeof(Value);
    if (list->size > list->capacity || list->capacity > room) {
        report("items", list, "{} items, capacity {}, memory for {}", list->size, list->capacity,
               room);
        return;
    }
    for (size_t k = 0; k < list->size; ++k) checkValueWord(list, list->items[k], "item", k);
}

void Checker::checkTuple(const Tuple* tuple) {
    const size_t room = (Page::of(tuple)->pool->cell_size - sizeof(Tuple)) / sizeof(Value);
    if (tuple->size > room) {
        report("items", tuple, "{} items, memory for {}", tuple->size, room);
        return;
    }
    for (size_t k = 0; k < tuple->size; ++k) checkValueWord(tuple, tuple->items()[k], "item", k);
}

// --- objects, free cells, pools ------------------------------------------------------------------

void Checker::checkObject(Object* object) {
    if (!heap_.isLiveObject(object->type)) {
        report("I10", object, "the type is no live object");
        return;
    }
    checkSlot(object);
    if (object->weakrefs != nullptr) checkWeakRefs(object);
    if (hasFlag(object->type, kTypeIsDict)) checkDict(reinterpret_cast<Dict*>(object));
    if (hasFlag(object->type, kTypeIsList)) checkList(reinterpret_cast<const List*>(object));
    if (hasFlag(object->type, kTypeIsTuple)) checkTuple(reinterpret_cast<const Tuple*>(object));
}

// Of the type, of a class that extends it, or proxies.
bool isWeakRef(const Heap& heap, const WeakRef* link) {
    return heap.isLiveObject(link) &&
           link->head.type->slots.traverse == heap.types.weakref->slots.traverse;
}

void Checker::checkWeakRefs(Object* object) {
    const WeakRef* previous = nullptr;
    for (const WeakRef* link = object->weakrefs; link != nullptr; link = link->next) {
        const bool sound =
            isWeakRef(heap_, link) && link->referent == object && link->previous == previous;
        if (!sound) {
            report("I7", object, "the list of weak references to a '{}' is broken at {:#x}",
                   nameOfType(object), reinterpret_cast<uintptr_t>(link));
            return;
        }
        previous = link;
    }
}

void Checker::checkFreeCell(Object* object) {
    if (object->type != heap_.dead_type) return;
    if (object->refcount != 0) {
        report("I10", object, "a free cell has count {}", object->refcount);
    }
    if (!object->slot.isEmpty()) {
        report("I10", object, "a free cell has slot {:#x}", object->slot.rawWord());
    }
}

void Checker::checkPool(const Pool& pool) {
    uint64_t free_cells = 0;
    std::unordered_set<const char*> seen;
    for (char* cell = pool.free_list; cell != nullptr; ++free_cells) {
        if (!pool.isCellStart(cell)) {
            report("I10", cell, "the free list of {}-byte cells leads to no cell", pool.cell_size);
            return;
        }
        if (heap_.isLiveObject(cell) || heap_.isLiveValuesBlock(cell)) {
            report("I10", cell, "a live cell stands in the free list");
        }
        if (!seen.insert(cell).second) {
            report("I10", cell, "a cell stands twice in its free list");
            return;
        }
        std::memcpy(&cell, cell + pool.link_offset, sizeof(cell));
    }
    uint64_t cells = 0;
    for (const Page* page = pool.pages; page != nullptr; page = page->next) cells += page->fresh;
    if (pool.live() + free_cells != cells) {
        report("I10", &pool, "{} live and {} free cells of {} taken ({} bytes each)", pool.live(),
               free_cells, cells, pool.cell_size);
    }
}

void Checker::checkOrphans() {
    const auto visit = [](char* block, Pool*, void* context) {
        auto* checker = static_cast<Checker*>(context);
        if (checker->owners_[checker->cellOf(block)] != 0) return;
        checker->report("I4", block, "live values block without an owner");
    };
    if (heap_.release_depth == 0) heap_.forEachValuesBlock(visit, this);
}

// --- counts --------------------------------------------------------------------------------------

void Checker::countReference(Value child) {
    if (!child.isObject()) return;
    const Object* const object = child.asObject();
    const bool outside = child.bits - heap_.base() >= heap_.usedBytes();
    if (outside || object->type == heap_.dead_type) {
        report("refcount", referrer_, "{} refers to {:#x}, where no live object is",
               referrer_ == nullptr ? "a root" : "'" + nameOfType(referrer_) + "'", child.bits);
    } else if (heap_.isLiveObject(object)) {
        ++counts_[cellOf(object)];
    }
}

void Checker::checkCounts() {
    const VisitFunction count = [](Value child, void* context) {
        static_cast<Checker*>(context)->countReference(child);
    };
    counts_.resize(owners_.size());
    options_.visit_roots(count, this, options_.roots_context);
    countReference(heap_.thread().pending);
    heap_.forEachObject(
        [](Object* object, void* context) {
            static_cast<Checker*>(context)->referrer_ = object;
            traverseObject(
                object,
                [](Value child, void* checker) {
                    static_cast<Checker*>(checker)->countReference(child);
                },
                context);
        },
        this);
    heap_.forEachObject(
        [](Object* object, void* context) {
            auto* checker = static_cast<Checker*>(context);
            if (isImmortal(object)) return;
            const uint32_t found = checker->counts_[checker->cellOf(object)];
            const bool exact = checker->options_.exact_counts;
            if (object->refcount == found || (!exact && object->refcount > found)) return;
            checker->report("refcount", object, "count of a '{}' is {}, {} references found",
                            nameOfType(object), object->refcount, found);
        },
        this);
}

// --- pages ---------------------------------------------------------------------------------------

// What is wrong with the header of the page at `index`; null when nothing is.
const char* Checker::faultOf(const Page* page, uint64_t index) const {
    if (page->heap != &heap_ || !pools_.contains(page->pool)) return "no pool has it";
    if (page->index != index) return "it has the number of another";
    if (page->run_pages != page->pool->run_pages) return "its run has another length";
    const uint64_t cells = page->run_pages > 1 ? 1 : kPageCellArea / page->pool->cell_size;
    return page->cell_count != cells || page->fresh > cells ? "its cells are miscounted" : nullptr;
}

// Nothing else can be walked when this finds something.
void Checker::checkPages() {
    heap_.forEachPool([](const Pool& pool,
                         void* context) { static_cast<Checker*>(context)->pools_.insert(&pool); },
                      this);
    const uint64_t pages = heap_.usedBytes() / kPageSize;
    for (uint64_t index = 0; index < pages;) {
        const auto* page = std::bit_cast<const Page*>(heap_.base() + index * kPageSize);
        const char* fault = faultOf(page, index);
        if (fault != nullptr) {
            violations_.push_back({"pages", reinterpret_cast<uintptr_t>(page), "",
                                   fmt::format("page {} of {}: {}", index, pages, fault)});
            return;
        }
        index += page->run_pages;
    }
}

std::vector<HeapViolation> Checker::run() {
    checkPages();
    if (!violations_.empty()) return std::move(violations_);
    heap_.forEachRawBuffer(
        [](const void* buffer, size_t room, void* context) {
            static_cast<Checker*>(context)->raw_rooms_.emplace(buffer, room);
        },
        this);
    heap_.forEachObject(
        [](Object* object, void* context) { static_cast<Checker*>(context)->checkObject(object); },
        this);
    heap_.forEachCell([](Object* object, const Pool&,
                         void* context) { static_cast<Checker*>(context)->checkFreeCell(object); },
                      this);
    heap_.forEachPool(
        [](const Pool& pool, void* context) { static_cast<Checker*>(context)->checkPool(pool); },
        this);
    checkOrphans();
    // References are followed only through a heap that is sound.
    if (options_.visit_roots != nullptr && violations_.empty()) checkCounts();
    return std::move(violations_);
}

}  // namespace

std::string toText(const HeapViolation& violation) {
    const std::string kind = violation.type.empty() ? "" : fmt::format(" ('{}')", violation.type);
    return fmt::format("{} at {:#x}{}: {}", violation.rule, violation.address, kind,
                       violation.text);
}

std::vector<HeapViolation> checkHeap(Heap& heap, const HeapCheckOptions& options) {
    return Checker(heap, options).run();
}

}  // namespace tagproof
