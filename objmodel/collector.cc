// The steps of a collection (objmodel/collector.h has the outline).

#include "objmodel/collector.h"

#include <vector>

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/managed_dict.h"
#include "objmodel/ref.h"
#include "objmodel/reference_graph.h"
#include "objmodel/tracking.h"
#include "objmodel/type_object.h"
#include "objmodel/weakref.h"

namespace tagproof {
namespace {

class Collection {
  public:
    Collection(Thread& thread, const CollectionRequest& request)
        : thread_(thread), request_(request), graph_(*thread.heap) {}
    CollectionResult run();

  private:
    void letGoOfUnused();
    void hold();
    void giveUpOwners();
    void clearWeakReferences();
    void finalize();
    void dropRevived();
    void save();
    void clear();
    void release();
    [[nodiscard]] uint64_t countGarbage() const;

    Thread& thread_;
    const CollectionRequest& request_;
    ReferenceGraph graph_;
    std::vector<Object*> garbage_;  // unreachable, one reference to each held
    bool guest_ran_ = false;        // finalizers or callbacks: references may have changed
    uint64_t freed_weak_references_ = 0;
};

void Collection::letGoOfUnused() {
    const WeakOwners& owners = request_.weak_owners;
    if (owners.prepare != nullptr) owners.prepare(owners.context);
}

void Collection::hold() {
    garbage_ = graph_.unreachable();
    for (Object* const object : garbage_) incref(object);
}

// All references are dead before the first callback runs. Those that are garbage themselves have no
// callback any more: what it refers to may be garbage, too.
void Collection::clearWeakReferences() {
    std::vector<Value> waiting;
    for (Object* const object : garbage_) {
        if (object->weakrefs != nullptr) detachWeakRefs(object, &waiting);
    }
    for (const Value reference : waiting) {
        if (graph_.isReached(reference)) {
            guest_ran_ = true;
            runWeakRefCallback(thread_, reference.as<WeakRef>());
            if (reference.asObject()->refcount == 1) ++freed_weak_references_;
        }
        decref(reference);
    }
}

void Collection::finalize() {
    for (Object* const object : garbage_) {
        const bool waits =
            object->type->slots.finalize != nullptr && (object->flags & kFinalized) == 0;
        if (!waits) continue;
        guest_ran_ = true;
        callFinalizer(thread_, object);
    }
}

// Owners that do not stay are given up.
void Collection::giveUpOwners() {
    const WeakOwners& owners = request_.weak_owners;
    if (owners.give_up != nullptr) owners.give_up(owners.context, graph_);
}

// What finalizers and callbacks have made reachable again stays as it is; the rest does not, with
// the code that was compiled for it meanwhile.
void Collection::dropRevived() {
    if (!guest_ran_) return;
    letGoOfUnused();
    std::vector<Object*> revived;
    graph_.recount(garbage_, &revived, request_.weak_owners);
    giveUpOwners();
    for (Object* const object : revived) decref(object);
    // References that finalizers made to what is garbage after all.
    clearWeakReferences();
}

// What finalizers have left to the counts is not counted, as in CPython. Names of classes are cells
// of their namespaces, which are no objects of their own to a program.
uint64_t Collection::countGarbage() const {
    uint64_t count = 0;
    for (Object* const object : garbage_) {
        if (!graph_.isFreed(object) && isCollectable(thread_, object)) ++count;
        if (!hasFlag(object->type, kTypeIsDict)) continue;
        forEachNamespaceCell(reinterpret_cast<Dict*>(object), [&](Cell* cell) {
            if (!graph_.isReached(Value::of(cell)) && !graph_.isFreed(&cell->head)) --count;
        });
    }
    return count;
}

void Collection::save() {
    for (Object* const object : garbage_) {
        if (!isCollectable(thread_, object)) continue;
        if (!listAppend(thread_, request_.saved, Value::of(object))) clearPending(thread_);
    }
}

void Collection::clear() {
    for (Object* const object : garbage_) {
        if (hasFlag(object->type, kTypeIsType)) {
            retireType(thread_, reinterpret_cast<Type*>(object));
        }
    }
    for (Object* const object : garbage_) {
        if (request_.collectable != nullptr && isCollectable(thread_, object)) {
            request_.collectable(thread_, object);
        }
        clearReferences(thread_, object);
    }
}

// The last ones first, so that their cells are taken again in the order of addresses: objects made
// one after the other are mostly found in that order, and finalized in it as in CPython.
void Collection::release() {
    for (size_t k = garbage_.size(); k-- > 0;) decref(garbage_[k]);
}

CollectionResult Collection::run() {
    letGoOfUnused();
    if (!graph_.build(request_.weak_owners)) return {};
    CollectionResult result;
    result.cells = graph_.cells();
    result.examined = graph_.examined();
    hold();
    giveUpOwners();
    if (garbage_.empty()) return result;
    const Value pending = takePending(thread_);
    clearWeakReferences();
    finalize();
    dropRevived();
    result.collected = countGarbage() + freed_weak_references_;
    if (request_.saved != nullptr) {
        save();
    } else {
        clear();
    }
    release();
    restorePending(thread_, pending);
    return result;
}

}  // namespace

void clearReferences(Thread& thread, Object* object) {
    Type* const type = object->type;
    const Ref keep = Ref::borrow(Value::of(type));
    if (type->slots_count != 0) clearSlotWords(object, type);
    if (!object->slot.isEmpty()) managedClear(thread, object);
    if (type->slots.clear != nullptr) type->slots.clear(thread, object);
}

CollectionResult collectGarbage(Thread& thread, const CollectionRequest& request) {
    return Collection(thread, request).run();
}

}  // namespace tagproof
