// Making, copying and comparing strings. Layout in the header.

#include "objmodel/str.h"

#include <algorithm>
#include <cstring>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/str_unicode.h"
#include "objmodel/str_units.h"
#include "objmodel/unit_search.h"

namespace tagproof {

namespace {

// A string with room for `spare` more bytes.
Str* allocateWithRoom(Thread& thread, uint64_t length, char32_t widest, uint64_t spare) {
    if (length > kMaxStrLength) {
        raiseMemoryError(thread);
        return nullptr;
    }
    const uint32_t kind = kindFor(widest);
    Str* text =
        allocateSized<Str>(thread, thread.types->str, sizeof(Str) + (length + 1) * kind + spare);
    if (text == nullptr) return nullptr;
    text->hash = 0;
    text->length = length;
    text->kind = kind;
    text->ascii = widest < 0x80;
    text->interned = false;
    text->reserved = 0;
    for (uint32_t k = 0; k < kind; ++k) text->bytes()[length * kind + k] = 0;
    return text;
}

}  // namespace

bool isExactStr(const Thread& thread, Value value) { return isExactly(value, thread.types->str); }

Str* allocateStr(Thread& thread, uint64_t length, char32_t widest) {
    return allocateWithRoom(thread, length, widest, 0);
}

Str* makeAsciiStr(Thread& thread, std::string_view ascii) {
    Str* text = allocateStr(thread, ascii.size(), 0x7f);
    if (text != nullptr && !ascii.empty()) std::memcpy(text->bytes(), ascii.data(), ascii.size());
    return text;
}

Str* makeStr(Thread& thread, const char32_t* code_points, size_t count) {
    Str* text = allocateStr(thread, count, widestBound(code_points, count));
    if (text == nullptr) return nullptr;
    if (text->kind == 1) {
        copyUnits(text->units<uint8_t>(), code_points, count);
    } else if (text->kind == 2) {
        copyUnits(text->units<char16_t>(), code_points, count);
    } else {
        copyUnits(text->units<char32_t>(), code_points, count);
    }
    return text;
}

Str* makeEmptyStr(Thread& thread) {
    const Value empty = thread.singletons->empty_str;
    return empty.isNull() ? allocateStr(thread, 0, 0) : newRef(empty.as<Str>());
}

void copyStr(Str* target, uint64_t at, const Str* source, uint64_t begin, uint64_t end) {
    if (target->kind == 1 && source->kind == 1) [[likely]] {
        copyBytes(target->bytes() + at, source->bytes() + begin, end - begin);
        return;
    }
    withUnits(source, [&](const auto* units) {
        if (target->kind == 1) {
            copyUnits(target->units<uint8_t>() + at, units + begin, end - begin);
        } else if (target->kind == 2) {
            copyUnits(target->units<char16_t>() + at, units + begin, end - begin);
        } else {
            copyUnits(target->units<char32_t>() + at, units + begin, end - begin);
        }
    });
}

void fillStr(Str* target, uint64_t at, uint64_t count, char32_t code_point) {
    if (target->kind == 1) {
        if (count != 0) std::memset(target->bytes() + at, static_cast<int>(code_point), count);
    } else if (target->kind == 2) {
        std::fill_n(target->units<char16_t>() + at, count, static_cast<char16_t>(code_point));
    } else {
        std::fill_n(target->units<char32_t>() + at, count, code_point);
    }
}

Str* sliceStr(Thread& thread, Str* text, uint64_t begin, uint64_t end) {
    if (begin >= end) return makeEmptyStr(thread);
    if (begin == 0 && end == text->length && text->head.type == thread.types->str) {
        return newRef(text);
    }
    if (end - begin == 1) return makeCharStr(thread, text->at(begin));
    const char32_t widest = text->ascii ? 0x7f : withUnits(text, [&](const auto* units) {
        return widestBound(units + begin, end - begin);
    });
    Str* slice = allocateStr(thread, end - begin, widest);
    if (slice != nullptr) copyStr(slice, 0, text, begin, end);
    return slice;
}

Str* concatStr(Thread& thread, Str* left, Str* right) {
    if (left->length == 0) return sliceStr(thread, right, 0, right->length);
    if (right->length == 0) return sliceStr(thread, left, 0, left->length);
    Str* result = allocateStr(thread, left->length + right->length,
                              std::max(widestBound(left), widestBound(right)));
    if (result == nullptr) return nullptr;
    copyStr(result, 0, left, 0, left->length);
    copyStr(result, left->length, right, 0, right->length);
    return result;
}

Str* appendToOwnedStr(Thread& thread, Str* left, Str* right, uint32_t references) {
    constexpr uint64_t kLeastSpare = 64;
    if (left->head.refcount != references || left->interned || left->length == 0 ||
        left->head.type != thread.types->str) {
        return nullptr;
    }
    const uint64_t old_length = left->length;
    const uint64_t length = old_length + right->length;
    const uint64_t room = Page::of(left)->pool->cell_size - sizeof(Str);
    Str* result = left;
    if (right->kind <= left->kind && (length + 1) * left->kind <= room) {
        left->hash = 0;
        left->length = length;
        left->ascii = left->ascii && right->ascii;
        incref(&left->head);
        std::memset(left->bytes() + length * left->kind, 0, left->kind);
    } else {
        const char32_t widest = std::max(widestBound(left), widestBound(right));
        const uint64_t spare = kLeastSpare + length * kindFor(widest) / 4;
        result = allocateWithRoom(thread, length, widest, spare);
        if (result == nullptr) return nullptr;
        copyStr(result, 0, left, 0, old_length);
    }
    copyStr(result, old_length, right, 0, right->length);
    return result;
}

Str* repeatStr(Thread& thread, Str* text, int64_t count) {
    if (count <= 0 || text->length == 0) return makeEmptyStr(thread);
    if (count == 1) return sliceStr(thread, text, 0, text->length);
    uint64_t length = 0;
    if (__builtin_mul_overflow(text->length, static_cast<uint64_t>(count), &length)) {
        raiseMemoryError(thread);
        return nullptr;
    }
    Str* result = allocateStr(thread, length, widestBound(text));
    if (result == nullptr) return nullptr;
    if (text->length == 1) {
        fillStr(result, 0, length, text->at(0));
        return result;
    }
    repeatUnits(result->bytes(), text->bytes(), text->length * text->kind, length * text->kind);
    return result;
}

Str* joinStr(Thread& thread, Str* separator, const Value* items, size_t count) {
    if (count == 0) return makeEmptyStr(thread);
    if (count == 1) {
        Str* only = items[0].as<Str>();
        return sliceStr(thread, only, 0, only->length);
    }
    uint64_t length = separator->length * (count - 1);
    char32_t widest = separator->length == 0 ? 0 : widestBound(separator);
    for (size_t k = 0; k < count; ++k) {
        length += items[k].as<Str>()->length;
        widest = std::max(widest, widestBound(items[k].as<Str>()));
    }
    Str* result = allocateStr(thread, length, widest);
    if (result == nullptr) return nullptr;
    uint64_t at = 0;
    for (size_t k = 0; k < count; ++k) {
        if (k != 0 && separator->length != 0) {
            copyStr(result, at, separator, 0, separator->length);
            at += separator->length;
        }
        const Str* item = items[k].as<Str>();
        copyStr(result, at, item, 0, item->length);
        at += item->length;
    }
    return result;
}

bool strEqual(const Str* left, const Str* right) {
    if (left == right) return true;
    if (left->length != right->length || left->kind != right->kind) return false;
    if (left->hash != 0 && right->hash != 0 && left->hash != right->hash) return false;
    return std::memcmp(left->bytes(), right->bytes(), left->length * left->kind) == 0;
}

bool strEqual(const Str* text, std::string_view ascii) {
    return text->ascii && text->asciiView() == ascii;
}

int compareStr(const Str* left, const Str* right) {
    const uint64_t common = std::min(left->length, right->length);
    if (left->kind == 1 && right->kind == 1) {
        const int order = std::memcmp(left->bytes(), right->bytes(), common);
        if (order != 0) return order < 0 ? -1 : 1;
    } else {
        for (uint64_t k = 0; k < common; ++k) {
            const char32_t a = left->at(k);
            const char32_t b = right->at(k);
            if (a != b) return a < b ? -1 : 1;
        }
    }
    if (left->length == right->length) return 0;
    return left->length < right->length ? -1 : 1;
}

std::u32string toCodePoints(const Str* text) {
    std::u32string result(text->length, U'\0');
    withUnits(text, [&](const auto* units) { copyUnits(result.data(), units, text->length); });
    return result;
}

bool isIdentifier(const Str* text) {
    if (text->length == 0 || !hasCharFlag(text->at(0), unicode::kIdentifierStart)) return false;
    for (uint64_t k = 1; k < text->length; ++k) {
        if (!hasCharFlag(text->at(k), unicode::kIdentifierContinue)) return false;
    }
    return true;
}

}  // namespace tagproof
