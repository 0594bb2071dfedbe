#include "objmodel/bytes_builder.h"

#include <algorithm>
#include <cstring>

#include "objmodel/error.h"
#include "objmodel/heap.h"

namespace tagproof {

BytesBuilder::~BytesBuilder() { freeRaw(thread_, data_, capacity_); }

bool BytesBuilder::reserve(uint64_t more) {
    if (failed_) return false;
    const uint64_t needed = length_ + more;
    if (needed <= capacity_) return true;
    failed_ = more > kMaxBytesLength || needed > kMaxBytesLength;
    if (failed_) return false;
    const uint64_t capacity = std::max({needed, capacity_ + capacity_ / 2, uint64_t{32}});
    void* bigger = reallocateRaw(thread_, data_, capacity_, capacity);
    failed_ = bigger == nullptr;
    if (failed_) return false;
    data_ = static_cast<uint8_t*>(bigger);
    capacity_ = capacity;
    return true;
}

void BytesBuilder::append(BufferView piece) {
    if (piece.length == 0 || !reserve(piece.length)) return;
    std::memcpy(data_ + length_, piece.data, piece.length);
    length_ += piece.length;
}

void BytesBuilder::appendRepeated(char32_t unit, uint64_t count) {
    if (count == 0 || !reserve(count)) return;
    std::memset(data_ + length_, static_cast<int>(unit), count);
    length_ += count;
}

Bytes* BytesBuilder::finish() {
    if (failed_) {
        if (!hasPending(thread_)) raiseMemoryError(thread_);
        return nullptr;
    }
    Bytes* bytes = makeBytes(thread_, data_, length_);
    freeRaw(thread_, data_, capacity_);
    data_ = nullptr;
    length_ = 0;
    capacity_ = 0;
    return bytes;
}

}  // namespace tagproof
