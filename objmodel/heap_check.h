#pragma once
// The heap checker: invariants I1-I10 over every live cell, and on demand a recount of references.
// Reports everything it finds as data; never stops at the first fault, never runs guest code.

#include <cstdint>
#include <string>
#include <vector>

#include "objmodel/heap.h"

namespace tagproof {

struct HeapViolation {
    std::string rule;  // "I1" ... "I10", "items" (room for those of a list or tuple),
                       // "pages" (the allocation table), "refcount"
    uint64_t address;  // of the object or block
    std::string type;  // of the object there, "values block", or "" when there is neither
    std::string text;  // one line
};
// "I1 at 0x5500000123a0 ('C'): slot 0x1000 of a 'C' is no live dict".
[[nodiscard]] std::string toText(const HeapViolation& violation);

struct HeapCheckOptions {
    // Visits every reference that is held outside the heap. Null: counts are not checked.
    void (*visit_roots)(VisitFunction visit, void* visit_context, void* context) = nullptr;
    void* roots_context = nullptr;
    // True: counts must be equal. False: a count below the references found is a violation, one
    // above it is taken to be held by C++ code under way.
    bool exact_counts = false;
};

[[nodiscard]] std::vector<HeapViolation> checkHeap(Heap& heap,
                                                   const HeapCheckOptions& options = {});

// Visits every reference that `object` owns, its type and managed attributes included.
void traverseObject(Object* object, VisitFunction visit, void* context);

}  // namespace tagproof
