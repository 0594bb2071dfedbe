#pragma once
// What strings of one heap share: the table of interned strings and the strings of one Latin-1
// character. Interned strings are immortal, so the table never shrinks. Lives in raw memory of the
// heap, which frees it (Heap::strings).

#include <cstddef>
#include <cstdint>

namespace tagproof {

struct Str;
struct Thread;

struct StrTable {
    Str** slots = nullptr;  // open addressing with linear probing; a power of two
    size_t capacity = 0;
    size_t count = 0;
    Str* characters[256] = {};  // made on first use, immortal
};

// The heap's table, made on first use; null + MemoryError.
[[nodiscard]] StrTable* strTable(Thread& thread);

}  // namespace tagproof
