#pragma once
// What the library modules written in C++ keep for their Vm: the types that they made, which live
// as long as the heap, and a few counters. A module that is imported again finds its types here.

#include <cstddef>
#include <cstdint>

#include "objmodel/core_types.h"
#include "objmodel/value.h"

namespace tagproof {

struct Thread;
struct Type;

struct LibraryState {
    Type* array = nullptr;  // array.array
    Type* array_iterator = nullptr;
    Type* struct_time = nullptr;  // time.struct_time
    Type* abc_data = nullptr;     // _abc._abc_data
    int64_t abc_token = 0;        // number of registrations so far
    // collections
    Type* default_dict = nullptr;
    Type* deque = nullptr;
    Type* deque_iterator = nullptr;
    Type* deque_reverse_iterator = nullptr;
    Type* tuple_getter = nullptr;
    // functools
    Type* key_wrapper = nullptr;
    Type* lru_cache = nullptr;
    Type* lru_link = nullptr;
    Type* partial = nullptr;
    // operator
    Type* attr_getter = nullptr;
    Type* item_getter = nullptr;
    Type* method_caller = nullptr;
    // itertools
    Type* tee = nullptr;
    Type* tee_block = nullptr;
    Type* grouper = nullptr;
    Type* accumulate = nullptr;
    Type* chain = nullptr;
    Type* combinations = nullptr;
    Type* combinations_with_replacement = nullptr;
    Type* compress = nullptr;
    Type* count = nullptr;
    Type* cycle = nullptr;
    Type* drop_while = nullptr;
    Type* filter_false = nullptr;
    Type* group_by = nullptr;
    Type* islice = nullptr;
    Type* pairwise = nullptr;
    Type* permutations = nullptr;
    Type* product = nullptr;
    Type* repeat = nullptr;
    Type* star_map = nullptr;
    Type* take_while = nullptr;
    Type* zip_longest = nullptr;
};

// A type of a module: made when the module is first imported.
struct LibraryTypeRow {
    Type* LibraryState::*field;
    const char* name;  // with its module in front
    // Layout, slots and methods of the bare type, which allows no subclasses unless they say so.
    void (*set_up)(Thread& thread, Type* type);
    bool is_public = true;  // an attribute of the module
    Type* CoreTypes::*base = &CoreTypes::object;
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
