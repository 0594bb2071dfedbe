// Substring search. The needle is brought to the kind of the text, then glibc's memmem (two-way,
// linear) finds it; hits that do not start on a code point boundary are skipped.

#include <cstring>

#include "objmodel/str.h"
#include "objmodel/str_units.h"

namespace tagproof {

namespace {

template <typename Unit>
std::basic_string<Unit> widened(const Str* needle) {
    std::basic_string<Unit> result(needle->length, Unit{});
    withUnits(needle, [&](const auto* units) { copyUnits(result.data(), units, needle->length); });
    return result;
}

template <typename Unit>
int64_t findUnit(const Unit* text, uint64_t begin, uint64_t end, char32_t wanted) {
    if constexpr (sizeof(Unit) == 1) {
        const void* hit = std::memchr(text + begin, static_cast<int>(wanted), end - begin);
        return hit == nullptr ? -1 : static_cast<const Unit*>(hit) - text;
    } else {
        for (uint64_t k = begin; k < end; ++k) {
            if (text[k] == wanted) return static_cast<int64_t>(k);
        }
        return -1;
    }
}

template <typename Unit>
int64_t findUnits(
    const Unit* text, uint64_t begin, uint64_t end, const Unit* needle, uint64_t length) {
    const auto* base = reinterpret_cast<const char*>(text);
    const char* from = base + begin * sizeof(Unit);
    const char* stop = base + end * sizeof(Unit);
    while (from < stop) {
        const void* found =
            memmem(from, static_cast<size_t>(stop - from), needle, length * sizeof(Unit));
        if (found == nullptr) return -1;
        const auto offset = static_cast<size_t>(static_cast<const char*>(found) - base);
        if (offset % sizeof(Unit) == 0) return static_cast<int64_t>(offset / sizeof(Unit));
        from = base + (offset / sizeof(Unit) + 1) * sizeof(Unit);
    }
    return -1;
}

template <typename Unit>
int64_t rfindUnits(
    const Unit* text, uint64_t begin, uint64_t end, const Unit* needle, uint64_t length) {
    for (uint64_t k = end - length + 1; k-- > begin;) {
        if (text[k] == needle[0] && std::memcmp(text + k, needle, length * sizeof(Unit)) == 0) {
            return static_cast<int64_t>(k);
        }
    }
    return -1;
}

// True when text[begin:end] cannot contain the needle at all.
bool cannotContain(const Str* text, const Str* needle, uint64_t begin, uint64_t end) {
    return begin > end || end - begin < needle->length || needle->kind > text->kind;
}

}  // namespace

int64_t findStr(const Str* text, const Str* needle, uint64_t begin, uint64_t end) {
    if (cannotContain(text, needle, begin, end)) return -1;
    if (needle->length == 0) return static_cast<int64_t>(begin);
    return withUnits(text, [&](const auto* units) {
        using Unit = std::remove_cvref_t<decltype(*units)>;
        if (needle->length == 1) return findUnit(units, begin, end, needle->at(0));
        if (needle->kind == sizeof(Unit)) {
            return findUnits(units, begin, end, needle->units<Unit>(), needle->length);
        }
        const auto wide = widened<Unit>(needle);
        return findUnits(units, begin, end, wide.data(), needle->length);
    });
}

int64_t rfindStr(const Str* text, const Str* needle, uint64_t begin, uint64_t end) {
    if (cannotContain(text, needle, begin, end)) return -1;
    if (needle->length == 0) return static_cast<int64_t>(end);
    return withUnits(text, [&](const auto* units) {
        using Unit = std::remove_cvref_t<decltype(*units)>;
        if (needle->kind == sizeof(Unit)) {
            return rfindUnits(units, begin, end, needle->units<Unit>(), needle->length);
        }
        const auto wide = widened<Unit>(needle);
        return rfindUnits(units, begin, end, wide.data(), needle->length);
    });
}

}  // namespace tagproof
