#pragma once
// The attributes of an instance with a managed-dict slot: every transition of the slot is here.
//
//   S0 empty slot -> S1 values -> S2 split dict that took the values over -> S3 combined dict
//
// S1 -> S2 -> S3 on a name that cannot be stored; S1 -> S2 whenever someone asks for the dict;
// * -> S0 on `del o.__dict__`. There is no way back to S1. The slot is always consistent before a
// count is dropped that can run guest code; on deallocation the block is taken out of the slot
// first (CPython leaves the values visible meanwhile).
//
// All functions require a type with kTypeHasManagedDict. Names are exact strings.

#include "objmodel/heap.h"
#include "objmodel/object.h"
#include "objmodel/shared_keys.h"
#include "objmodel/values_block.h"

namespace tagproof {

struct Dict;
struct Str;

// What object.__new__ gives: allocateObject, then a values block when the type has inline values.
// New reference, or null + MemoryError.
[[nodiscard]] Object* newInstance(Thread& thread, Type* type);

// The attribute, a new reference; null with or without pending. Runs guest code only where the dict
// has keys that are no plain strs: one of them may be equal to the name.
[[nodiscard]] Value managedGet(Thread& thread, Object* object, Str* name);

// Stores (value borrowed). 0, or -1 + pending. May run guest code: as managedGet, and last, by
// dropping the old value.
[[nodiscard]] int managedSet(Thread& thread, Object* object, Str* name, Value value);

// Deletes: 1 = deleted, 0 = no such attribute (the name has still joined the shared keys), -1 =
// exception.
[[nodiscard]] int managedDelete(Thread& thread, Object* object, Str* name);

// The instance's dict, made on first use (S1 -> S2: it takes the values block over). Borrowed from
// the slot, or null + MemoryError.
[[nodiscard]] Dict* managedDict(Thread& thread, Object* object);

// `o.__dict__ = dict` (a Dict, borrowed) or, with null, `del o.__dict__`. 0 or -1.
[[nodiscard]] int managedReplaceDict(Thread& thread, Object* object, Dict* dict);

// Deallocation and the collector's clear: empties the slot, then drops what it held.
void managedClear(Thread& thread, Object* object);

// Visits each owned value (values form) or the dict.
void managedTraverse(Object* object, VisitFunction visit, void* context);

// Number of attributes, whatever the form.
[[nodiscard]] size_t managedCount(const Object* object);

}  // namespace tagproof
