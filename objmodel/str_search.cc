// Substring search: the needle is brought to the kind of the text.

#include "objmodel/str.h"
#include "objmodel/str_units.h"
#include "objmodel/unit_search.h"

namespace tagproof {

namespace {

template <typename Unit>
std::basic_string<Unit> widened(const Str* needle) {
    std::basic_string<Unit> result(needle->length, Unit{});
    withUnits(needle, [&](const auto* units) { copyUnits(result.data(), units, needle->length); });
    return result;
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
