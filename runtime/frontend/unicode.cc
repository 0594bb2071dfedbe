#include "runtime/frontend/unicode.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "objmodel/str_unicode.h"

namespace tagproof::frontend {

namespace {

struct Decomposition {
    std::uint32_t code_point;
    std::uint16_t offset;  // in kDecomposedCodes
    std::uint8_t length;
};

struct CombiningClass {
    std::uint32_t first;
    std::uint32_t last;
    std::uint8_t value;
};

struct Composition {
    std::uint32_t first;
    std::uint32_t second;
    std::uint32_t composed;
};

#include "runtime/frontend/normalization_tables.inc"

// Hangul syllables are composed by arithmetic (The Unicode Standard, 3.12).
constexpr std::uint32_t kHangulBase = 0xAC00;
constexpr std::uint32_t kLeadBase = 0x1100;
constexpr std::uint32_t kVowelBase = 0x1161;
constexpr std::uint32_t kTrailBase = 0x11A7;
constexpr std::uint32_t kLeadCount = 19;
constexpr std::uint32_t kVowelCount = 21;
constexpr std::uint32_t kTrailCount = 28;
constexpr std::uint32_t kSyllableCount = kLeadCount * kVowelCount * kTrailCount;

bool isAsciiAlpha(std::uint32_t code_point) {
    return (code_point | 0x20U) - 'a' < 26 || code_point == '_';
}

std::uint8_t combiningClass(std::uint32_t code_point) {
    const auto* found =
        std::partition_point(std::begin(kCombiningClasses), std::end(kCombiningClasses),
                             [=](const CombiningClass& row) { return row.last < code_point; });
    const bool is_listed = found != std::end(kCombiningClasses) && found->first <= code_point;
    return is_listed ? found->value : 0;
}

void appendDecomposed(std::vector<std::uint32_t>& codes, std::uint32_t code_point) {
    const std::uint32_t syllable = code_point - kHangulBase;
    if (syllable < kSyllableCount) {
        codes.push_back(kLeadBase + syllable / (kVowelCount * kTrailCount));
        codes.push_back(kVowelBase + syllable / kTrailCount % kVowelCount);
        if (syllable % kTrailCount != 0) codes.push_back(kTrailBase + syllable % kTrailCount);
        return;
    }
    const auto* found =
        std::partition_point(std::begin(kDecompositions), std::end(kDecompositions),
                             [=](const Decomposition& d) { return d.code_point < code_point; });
    if (found == std::end(kDecompositions) || found->code_point != code_point) {
        codes.push_back(code_point);
        return;
    }
    const std::uint32_t* first = kDecomposedCodes + found->offset;
    codes.insert(codes.end(), first, first + found->length);
}

// Sorts each run of combining marks by class, stably (Canonical Ordering Algorithm).
void orderCombiningMarks(std::vector<std::uint32_t>& codes) {
    auto is_mark = [](std::uint32_t code) { return combiningClass(code) != 0; };
    for (auto run = codes.begin(); run != codes.end();) {
        run = std::find_if(run, codes.end(), is_mark);
        const auto run_end = std::find_if_not(run, codes.end(), is_mark);
        std::stable_sort(run, run_end, [](std::uint32_t a, std::uint32_t b) {
            return combiningClass(a) < combiningClass(b);
        });
        run = run_end;
    }
}

// The canonical composition of two code points; 0: there is none.
std::uint32_t compose(std::uint32_t first, std::uint32_t second) {
    if (first - kLeadBase < kLeadCount && second - kVowelBase < kVowelCount) {
        return kHangulBase +
               ((first - kLeadBase) * kVowelCount + (second - kVowelBase)) * kTrailCount;
    }
    if (first - kHangulBase < kSyllableCount && (first - kHangulBase) % kTrailCount == 0 &&
        second - kTrailBase - 1 < kTrailCount - 1) {
        return first + (second - kTrailBase);
    }
    const auto* found = std::partition_point(
        std::begin(kCompositions), std::end(kCompositions), [=](const Composition& c) {
            return c.first < first || (c.first == first && c.second < second);
        });
    const bool is_pair =
        found != std::end(kCompositions) && found->first == first && found->second == second;
    return is_pair ? found->composed : 0;
}

// Composes in place (Canonical Composition Algorithm).
void composeMarks(std::vector<std::uint32_t>& codes) {
    std::size_t kept = 0;
    std::size_t starter = 0;
    int last_class = -1;  // of the last code kept after the starter; -1: none
    bool has_starter = false;
    for (std::uint32_t code : codes) {
        const int code_class = combiningClass(code);
        if (has_starter && last_class < code_class) {
            if (const std::uint32_t composed = compose(codes[starter], code); composed != 0) {
                codes[starter] = composed;
                continue;
            }
        }
        if (code_class == 0) {
            starter = kept;
            has_starter = true;
        }
        last_class = code_class == 0 ? -1 : code_class;
        codes[kept++] = code;
    }
    codes.resize(kept);
}

// The length of the valid UTF-8 sequence (no surrogates) at the start of `bytes`; 0: there is none.
std::size_t sequenceLength(std::string_view bytes) {
    auto at = [&](std::size_t i) -> std::uint32_t {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    auto continues = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    const std::uint32_t lead = at(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4 || !continues(1)) return 0;
    if (lead < 0xE0) return 2;
    if (!continues(2)) return 0;
    if (lead < 0xF0) {
        const bool is_bad = (lead == 0xE0 && at(1) < 0xA0) || (lead == 0xED && at(1) >= 0xA0);
        return is_bad ? 0 : 3;
    }
    const bool is_bad = (lead == 0xF0 && at(1) < 0x90) || (lead == 0xF4 && at(1) >= 0x90);
    return is_bad || !continues(3) ? 0 : 4;
}

}  // namespace

void appendUtf8(std::string& text, std::uint32_t code_point) {
    auto append = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (code_point < 0x80) {
        append(code_point);
        return;
    }
    if (code_point < 0x800) {
        append(0xC0U | code_point >> 6);
    } else {
        if (code_point < 0x10000) {
            append(0xE0U | code_point >> 12);
        } else {
            append(0xF0U | code_point >> 18);
            append(0x80U | (code_point >> 12 & 0x3FU));
        }
        append(0x80U | (code_point >> 6 & 0x3FU));
    }
    append(0x80U | (code_point & 0x3FU));
}

std::uint32_t nextCodePoint(std::string_view text, std::size_t& position) {
    auto next = [&]() -> std::uint32_t { return static_cast<unsigned char>(text[position++]); };
    const std::uint32_t lead = next();
    if (lead < 0x80) return lead;
    const int continuations = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    std::uint32_t code_point = lead & (0x3FU >> continuations);
    for (int i = 0; i < continuations; ++i) code_point = code_point << 6 | (next() & 0x3FU);
    return code_point;
}

std::size_t findInvalidUtf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequenceLength(text.substr(i, 4));
        if (length == 0) return i;
        i += length;
    }
    return std::string_view::npos;
}

std::size_t countCodePoints(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

bool isIdentifierStart(std::uint32_t code_point) {
    if (code_point < 0x80) return isAsciiAlpha(code_point);
    return hasCharFlag(code_point, unicode::kIdentifierStart);
}

bool isIdentifierContinue(std::uint32_t code_point) {
    if (code_point < 0x80) return isAsciiAlpha(code_point) || code_point - '0' < 10;
    return hasCharFlag(code_point, unicode::kIdentifierContinue);
}

bool isPrintable(std::uint32_t code_point) { return isPrintableChar(code_point); }

std::string normalizeIdentifier(std::string_view identifier) {
    std::vector<std::uint32_t> codes;
    for (std::size_t i = 0; i < identifier.size();) {
        appendDecomposed(codes, nextCodePoint(identifier, i));
    }
    orderCombiningMarks(codes);
    composeMarks(codes);
    std::string result;
    for (std::uint32_t code : codes) appendUtf8(result, code);
    return result;
}

}  // namespace tagproof::frontend
