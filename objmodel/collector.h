#pragma once
// The cycle collector: frees what only garbage refers to. Counts alone free everything else, at
// once; the collector looks for the rest in CPython's way (Modules/gcmodule.c, PEP 442):
//
//   counts     of every container; less the references found inside the heap, the rest is held
//              from outside (objmodel/reference_graph.h)
//   reached    what is held from outside, and all that it leads to; the rest is unreachable
//   weak refs  to the unreachable are cleared; callbacks run of those references that live on
//   finalizers __del__, once per object; what is reachable again afterwards stays alive
//   clear      containers give up their references: the counts do the rest
//
// Anything alive has a counted reference from outside the heap at the beginning of its chain:
// frames, C++ locals, compiled code's registers. What these merely borrow is owned by something
// they keep alive. So nothing needs to be scanned but the heap, and a collection may run wherever
// guest code may: at polls and in gc.collect(), never inside an allocation.
//
// While finalizers, callbacks and clears run, the collector holds a reference to every unreachable
// object: none is freed before all have been cleared. Immortal and frozen objects, and those whose
// deallocation has begun, are not looked at; what they refer to is held from outside.

#include <cstdint>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

class ReferenceGraph;
struct List;
struct Thread;

// Owners outside the heap whose counted references keep nothing alive: compiled code. An owner that
// refers to something unreachable is given up. All null: there are none.
struct WeakOwners {
    void* context = nullptr;
    // Before anything is counted: lets go of what is not used any more. May run guest code.
    void (*prepare)(void* context) = nullptr;
    // Visits each of their references.
    void (*visit)(void* context, VisitFunction visit, void* visit_context) = nullptr;
    // All other references have been followed: keeps in the graph what owners that stay need.
    void (*keep)(void* context, ReferenceGraph& graph) = nullptr;
    // Gives up the owners that did not stay: their references go. Runs no guest code, as everything
    // unreachable is held meanwhile.
    void (*give_up)(void* context, const ReferenceGraph& graph) = nullptr;
};

struct CollectionRequest {
    WeakOwners weak_owners;
    // gc.DEBUG_SAVEALL: garbage is put here (borrowed) and not cleared.
    List* saved = nullptr;
    // gc.DEBUG_COLLECTABLE: shown each object that is about to be cleared.
    void (*collectable)(Thread& thread, Object* object) = nullptr;
};

struct CollectionResult {
    uint64_t cells = 0;     // walked over, free ones included
    uint64_t examined = 0;  // containers that were looked at
    uint64_t collected =
        0;  // as gc.collect() counts: containers, and weak references with callbacks
};

// Collects now. Runs guest code; keeps what is pending. Does nothing when memory for the side
// arrays cannot be had. Not to be called while another collection runs.
CollectionResult collectGarbage(Thread& thread, const CollectionRequest& request);

// --- parts ---------------------------------------------------------------------------------------

// Gives up an object's references: __slots__, attributes, what its type's clear knows. The object
// stays sound: it can be cleared again, asked for its parts and deallocated.
void clearReferences(Thread& thread, Object* object);

// Its __slots__ alone.
void clearSlotWords(Object* object, const Type* type);

// Runs __del__ and marks the object so that it never runs again. Errors are reported.
void callFinalizer(Thread& thread, Object* object);

}  // namespace tagproof
