#include "objmodel/str_builder.h"

#include <algorithm>
#include <cstring>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/str_units.h"

namespace tagproof {

StrBuilder::~StrBuilder() { release(); }

void StrBuilder::release() {
    if (data_ != own_) freeRaw(thread_, data_, capacity_ * kind_);
}

bool StrBuilder::reserve(uint64_t more, char32_t widest) {
    if (failed_) return false;
    const uint32_t kind = std::max(kind_, kindFor(widest));
    const uint64_t needed = length_ + more;
    if (kind == kind_ && needed <= capacity_) return true;
    failed_ = more > kMaxStrLength || needed > kMaxStrLength;
    if (failed_) return false;
    const uint64_t capacity = std::max({needed, capacity_ + capacity_ / 2, uint64_t{32}});
    const bool stays = kind == kind_ && data_ != own_;
    auto* bigger = static_cast<uint8_t*>(
        stays ? reallocateRaw(thread_, data_, capacity_ * kind_, capacity * kind)
              : allocateRaw(thread_, capacity * kind));
    failed_ = bigger == nullptr;
    if (failed_) return false;
    if (kind != kind_) {
        widen(bigger, kind);
        release();
    } else if (data_ == own_) {
        std::memcpy(bigger, own_, length_ * kind_);
    }
    data_ = bigger;
    capacity_ = capacity;
    kind_ = kind;
    return true;
}

// Copies the text so far to units of `kind` bytes.
void StrBuilder::widen(uint8_t* to, uint32_t kind) const {
    if (kind_ == 1 && kind == 2) {
        copyUnits(reinterpret_cast<char16_t*>(to), data_, length_);
    } else if (kind_ == 1) {
        copyUnits(reinterpret_cast<char32_t*>(to), data_, length_);
    } else {
        copyUnits(reinterpret_cast<char32_t*>(to), reinterpret_cast<const char16_t*>(data_),
                  length_);
    }
}

void StrBuilder::append(char32_t code_point) { appendRepeated(code_point, 1); }

template <typename Unit>
void StrBuilder::appendUnits(const Unit* units, uint64_t count) {
    if (kind_ == 1) {
        copyUnits(data_ + length_, units, count);
    } else if (kind_ == 2) {
        copyUnits(reinterpret_cast<char16_t*>(data_) + length_, units, count);
    } else {
        copyUnits(reinterpret_cast<char32_t*>(data_) + length_, units, count);
    }
    length_ += count;
}

void StrBuilder::append(const Str* text, uint64_t begin, uint64_t end) {
    if (begin >= end) return;
    withUnits(text, [&](const auto* units) {
        const char32_t widest = text->ascii ? 0x7f : widestBound(units + begin, end - begin);
        if (reserve(end - begin, widest)) appendUnits(units + begin, end - begin);
    });
}

void StrBuilder::appendAscii(std::string_view ascii) {
    if (ascii.empty() || !reserve(ascii.size(), 0x7f)) return;
    appendUnits(reinterpret_cast<const uint8_t*>(ascii.data()), ascii.size());
}

void StrBuilder::appendRepeated(char32_t code_point, uint64_t count) {
    if (count == 0 || !reserve(count, code_point)) return;
    if (kind_ == 1) {
        std::memset(data_ + length_, static_cast<int>(code_point), count);
    } else if (kind_ == 2) {
        std::fill_n(reinterpret_cast<char16_t*>(data_) + length_, count,
                    static_cast<char16_t>(code_point));
    } else {
        std::fill_n(reinterpret_cast<char32_t*>(data_) + length_, count, code_point);
    }
    length_ += count;
}

Str* StrBuilder::finish() {
    if (failed_) {
        if (!hasPending(thread_)) raiseMemoryError(thread_);
        return nullptr;
    }
    if (length_ == 0) return makeEmptyStr(thread_);
    char32_t widest = 0x10ffff;
    if (kind_ == 1) {
        widest = widestBound(data_, length_);
    } else if (kind_ == 2) {
        widest = 0xffff;  // a piece needed two bytes
    }
    Str* text = allocateStr(thread_, length_, widest);
    if (text != nullptr) std::memcpy(text->bytes(), data_, length_ * kind_);
    release();
    data_ = own_;
    length_ = 0;
    capacity_ = kOwnBytes;
    kind_ = 1;
    return text;
}

}  // namespace tagproof
