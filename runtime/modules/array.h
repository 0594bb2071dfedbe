#pragma once
// array.array: numbers of one C type, or characters, side by side outside the object.

#include <cstddef>
#include <cstdint>

#include "objmodel/object.h"

namespace tagproof {

struct SlicePositions;
struct Thread;
struct Type;

// What the items of an array are.
struct ArrayKind {
    char code;
    uint8_t size;  // bytes of an item
    // New reference, or null + pending.
    Value (*load)(Thread&, const char* item);
    // Converts into `item`; may run guest code. False + TypeError or OverflowError.
    bool (*store)(Thread&, Value value, char* item);
};
inline constexpr size_t kLargestItem = 8;

// Null when there is no such typecode.
[[nodiscard]] const ArrayKind* findArrayKind(char32_t code);
inline constexpr const char* kArrayTypeCodes = "bBuhHiIlLqQfd";

struct Array {
    Object head;
    const ArrayKind* kind = nullptr;
    char* data = nullptr;   // owned raw buffer
    uint64_t size = 0;      // items in use
    uint64_t capacity = 0;  // items that fit

    [[nodiscard]] char* at(uint64_t index) const { return data + index * kind->size; }
};

[[nodiscard]] bool isArray(const Thread& thread, Value value);
// An empty array. New reference, or null + MemoryError.
[[nodiscard]] Value newArray(Thread& thread, Type* type, const ArrayKind* kind);
// `size` items of unknown content, those that fit kept. False + MemoryError.
[[nodiscard]] bool resizeArray(Thread& thread, Array* array, uint64_t size);
// A plain array of `count` items copied from `items`.
[[nodiscard]] Value copyItems(Thread& thread,
                              const ArrayKind* kind,
                              const char* items,
                              uint64_t count);

[[nodiscard]] Value loadItem(Thread& thread, const Array* array, uint64_t index);
// Opens a gap of one item and stores into it. False + pending.
[[nodiscard]] bool insertItem(Thread& thread, Array* array, uint64_t index, Value value);
void eraseItems(Array* array, uint64_t index, uint64_t count);
// Appends the items of an array of the same kind, or of any iterable. False + pending.
[[nodiscard]] bool extendArray(Thread& thread, Array* array, Value iterable);

// The part of the type that are slots: items, slices, operators, comparison, repr, iteration.
void setArraySlots(Type* type);
void setUpArrayIterator(Thread& thread, Type* type);

}  // namespace tagproof
