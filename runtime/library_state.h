#pragma once
// What the library modules written in C++ keep for their Vm: the types that they made, which live
// as long as the heap, and a few counters. A module that is imported again finds its types here.

#include <cstddef>
#include <cstdint>

#include "objmodel/value.h"

namespace tagproof {

struct Thread;
struct Type;

struct LibraryState {
    Type* abc_data = nullptr;  // _abc._abc_data
    int64_t abc_token = 0;     // number of registrations so far
};

// A type of a module: made when the module is first imported.
struct LibraryTypeRow {
    Type* LibraryState::*field;
    const char* name;  // with its module in front
    // Layout, slots and methods of the bare type.
    void (*set_up)(Thread& thread, Type* type);
    bool is_public = true;  // an attribute of the module
};

// Makes the types that are not there yet and adds the public ones to the module. False + pending.
[[nodiscard]] bool addLibraryTypes(Thread& thread,
                                   Value module,
                                   const LibraryTypeRow* rows,
                                   size_t count);
template <size_t N>
[[nodiscard]] bool addLibraryTypes(Thread& thread, Value module, const LibraryTypeRow (&rows)[N]) {
    return addLibraryTypes(thread, module, rows, N);
}

}  // namespace tagproof
