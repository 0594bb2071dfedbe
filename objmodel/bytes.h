#pragma once
// Bytes: immutable sequences of integers from 0 to 255. The bytes follow the struct and end with a
// NUL that is no part of them. The empty one and those of length 1 are immortal objects, one each.
//
// Bytes-like is what has TypeSlots::buffer: bytes and whatever else lends its memory.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Singletons;
struct Str;
struct Thread;

// Memory that somebody else owns. Valid until guest code runs, or while the owner is immutable and
// lives.
struct BufferView {
    const uint8_t* data = nullptr;
    uint64_t length = 0;

    [[nodiscard]] uint8_t at(uint64_t index) const { return data[index]; }
    [[nodiscard]] std::string_view text() const {
        return {reinterpret_cast<const char*>(data), length};
    }
};

struct Bytes {
    Object head;
    uint64_t hash = 0;  // bytesHash, or 0 = not computed yet
    uint64_t length = 0;

    [[nodiscard]] const uint8_t* data() const { return reinterpret_cast<const uint8_t*>(this + 1); }
    [[nodiscard]] uint8_t* data() { return reinterpret_cast<uint8_t*>(this + 1); }
    [[nodiscard]] BufferView view() const { return {data(), length}; }
};

// A bytes or an instance of a subclass.
[[nodiscard]] inline bool isBytes(Value value) {
    return value.isObject() && hasFlag(value.asObject()->type, kTypeIsBytes);
}
[[nodiscard]] inline bool isBytesLike(Value value) {
    return value.isObject() && value.asObject()->type->slots.buffer != nullptr;
}
// Requires isBytesLike.
[[nodiscard]] inline BufferView bufferOf(Value value) {
    return value.asObject()->type->slots.buffer(value);
}
// False with TypeError "a bytes-like object is required, not 'T'" pending.
[[nodiscard]] bool readBuffer(Thread& thread, Value value, BufferView* view);

inline constexpr uint64_t kMaxBytesLength = uint64_t{1} << 45;  // more is MemoryError

// --- making: new reference, or null with MemoryError pending -----------------------------------
// To be filled by the caller, who asks for at least two.
[[nodiscard]] Bytes* allocateBytes(Thread& thread, uint64_t length);
[[nodiscard]] Bytes* makeBytes(Thread& thread, const uint8_t* data, uint64_t length);
[[nodiscard]] inline Bytes* makeBytes(Thread& thread, std::string_view text) {
    return makeBytes(thread, reinterpret_cast<const uint8_t*>(text.data()), text.size());
}
[[nodiscard]] inline Bytes* makeBytes(Thread& thread, BufferView view) {
    return makeBytes(thread, view.data, view.length);
}
// The whole of an exact bytes is that object itself.
[[nodiscard]] Bytes* sliceBytes(Thread& thread, Bytes* bytes, uint64_t begin, uint64_t end);
[[nodiscard]] Bytes* concatBytes(Thread& thread, BufferView left, BufferView right);
[[nodiscard]] Bytes* repeatBytes(Thread& thread, Bytes* bytes, int64_t count);
// bytes(value) of what is neither a count nor a text: __bytes__, a bytes-like object or an iterable
// of integers. Exactly a bytes or what __bytes__ gave. New reference, or null + pending.
[[nodiscard]] Value toBytes(Thread& thread, Value value);

// A result of __bytes__, taken over; null + TypeError when it is no bytes. Null in, null out.
[[nodiscard]] Value requireBytes(Thread& thread, Value result);

// --- looking -------------------------------------------------------------------------------------
[[nodiscard]] int64_t bytesHash(Bytes* bytes);                      // never -1
[[nodiscard]] int compareBytes(BufferView left, BufferView right);  // -1, 0, 1
// Index of `needle` in text[begin:end], or -1; `rfindBytes` the last one.
[[nodiscard]] int64_t findBytes(BufferView text, BufferView needle, uint64_t begin, uint64_t end);
[[nodiscard]] int64_t rfindBytes(BufferView text, BufferView needle, uint64_t begin, uint64_t end);
// repr(): b'...', escaped. New reference or null.
[[nodiscard]] Str* reprBytes(Thread& thread, BufferView bytes);
// A number as an item of bytes. False with ValueError "<what> must be in range(0, 256)" pending.
[[nodiscard]] bool checkByte(Thread& thread, int64_t number, const char* what, uint8_t* out);
// The same for any value with __index__, whose exception may be the pending one.
[[nodiscard]] bool toByte(Thread& thread, Value value, const char* what, uint8_t* out);

// The immortal empty bytes and those of length 1. False + MemoryError.
[[nodiscard]] bool makeBytesSingletons(Thread& thread, Singletons* singletons);
void initBytesType(Thread& thread);

}  // namespace tagproof
