#pragma once
// The collector's view of the heap: for every container how many of its references come from
// outside, and whether it was reached. Kept in side arrays, one word a cell, which the pages point
// to (Page::collector_data) as long as the graph lives; object heads are never written.
//
//   word   kOutside    not looked at: free, immortal, frozen, dying or no container
//          kReached    alive
//          kDead       freed by the counts alone as soon as the collector lets go
//          else        references not accounted for so far; 0 in the end = unreachable

#include <cstdint>
#include <vector>

#include "objmodel/heap.h"

namespace tagproof {

struct WeakOwners;

class ReferenceGraph {
  public:
    explicit ReferenceGraph(Heap& heap) : heap_(heap) {}
    ~ReferenceGraph();
    ReferenceGraph(const ReferenceGraph&) = delete;
    ReferenceGraph& operator=(const ReferenceGraph&) = delete;

    // Finds all containers and what is reachable. False without memory for the side arrays.
    [[nodiscard]] bool build(const WeakOwners& weak_owners);

    // True when it is alive as far as is known: also for what is not looked at.
    [[nodiscard]] bool isReached(Value value) const;
    // Marks what the value leads to.
    void reach(Value value);

    // Everything that was not reached, in the order of addresses.
    [[nodiscard]] std::vector<Object*> unreachable() const;
    [[nodiscard]] uint64_t examined() const { return examined_; }
    [[nodiscard]] uint64_t cells() const { return cells_; }  // in side arrays

    // After guest code ran: which of `held` (not reached before, one count each held by the caller)
    // are unreachable still. The others are moved to `revived`.
    void recount(std::vector<Object*>& held,
                 std::vector<Object*>* revived,
                 const WeakOwners& weak_owners);
    // After recount: true for those that their counts free as soon as the caller lets go.
    [[nodiscard]] bool isFreed(const Object* object) const;

  private:
    static constexpr uint32_t kOutside = 0xffffffff;
    static constexpr uint32_t kReached = 0xfffffffe;
    static constexpr uint32_t kDead = 0xfffffffd;
    [[nodiscard]] static bool isOpen(uint32_t word) { return word < kDead; }

    // The word of an object, or null when its page holds no containers.
    [[nodiscard]] uint32_t* wordOf(const Object* object) const;
    static void subtractVisit(Value child, void* context);
    static void reachVisit(Value child, void* context);
    static void releaseVisit(Value child, void* context);
    template <typename Visit>
    void forEachContainer(Visit visit) const;
    [[nodiscard]] bool makeArrays();
    void findReferringKinds();
    void readCounts();
    void drain();
    void simulateRelease(const std::vector<Object*>& held);

    Heap& heap_;
    std::vector<Page*> pages_;          // of objects, oldest first
    bool refers_[kCellKindCount] = {};  // kinds of cells that containers lie in
    uint32_t* words_ = nullptr;         // all side arrays, owned
    std::vector<Object*> waiting_;      // reached, their references not yet followed
    uint64_t examined_ = 0;
    uint64_t cells_ = 0;
};

}  // namespace tagproof
