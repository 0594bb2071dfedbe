#include "runtime/frontend/unicode_names.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

namespace tagproof::frontend {

namespace {

// One row for each name, sorted: the upper 43 bits are those of the FNV-1a hash of the name, the
// lower 21 are the code point. All names have different hashes; that a text that is no name has
// the hash of one has the probability 4e-9.
#include "runtime/frontend/unicode_names.inc"

constexpr int kCodePointBits = 21;
constexpr std::string_view kIdeographPrefix = "CJK UNIFIED IDEOGRAPH-";
constexpr std::string_view kSyllablePrefix = "HANGUL SYLLABLE ";

std::uint64_t hashOf(std::string_view name) {
    std::uint64_t hash = 0xCBF29CE484222325;
    for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    return hash;
}

std::optional<std::uint32_t> findHashed(std::string_view name) {
    std::string upper(name);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c & ~0x20);
    }
    const std::uint64_t hash = hashOf(upper) >> kCodePointBits;
    const auto* found =
        std::partition_point(std::begin(kHashedNames), std::end(kHashedNames),
                             [=](auto row) { return row >> kCodePointBits < hash; });
    if (found == std::end(kHashedNames) || *found >> kCodePointBits != hash) return std::nullopt;
    return static_cast<std::uint32_t>(*found & ((1U << kCodePointBits) - 1));
}

bool isUnifiedIdeograph(std::uint32_t code) {
    constexpr std::uint32_t kRanges[][2] = {
        {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B738},
        {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A}};
    return std::any_of(std::begin(kRanges), std::end(kRanges),
                       [=](const auto& range) { return range[0] <= code && code <= range[1]; });
}

// Four or five upper-case hexadecimal digits.
std::optional<std::uint32_t> findIdeograph(std::string_view digits) {
    if (digits.size() != 4 && digits.size() != 5) return std::nullopt;
    std::uint32_t code = 0;
    for (char c : digits) {
        const std::size_t digit = std::string_view("0123456789ABCDEF").find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        code = code << 4 | static_cast<std::uint32_t>(digit);
    }
    return isUnifiedIdeograph(code) ? std::optional(code) : std::nullopt;
}

// The index of the longest of the letters that `name` starts with; removes it.
template <std::size_t N>
std::optional<std::uint32_t> takeJamo(std::string_view& name, const std::string_view (&jamos)[N]) {
    std::optional<std::uint32_t> longest;
    for (std::uint32_t i = 0; i < N; ++i) {
        if (name.starts_with(jamos[i]) && (!longest || jamos[i].size() > jamos[*longest].size())) {
            longest = i;
        }
    }
    if (longest) name.remove_prefix(jamos[*longest].size());
    return longest;
}

// The Unicode Standard, 3.12: the name of a syllable is composed of those of its letters.
std::optional<std::uint32_t> findSyllable(std::string_view name) {
    constexpr std::string_view kLeads[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                           "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
    constexpr std::string_view kVowels[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                            "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                            "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
    constexpr std::string_view kTrails[] = {
        "",   "G",  "GG", "GS", "N",  "NJ", "NH", "D",  "L", "LG", "LM", "LB", "LS", "LT",
        "LP", "LH", "M",  "B",  "BS", "S",  "SS", "NG", "J", "C",  "K",  "T",  "P",  "H"};
    const auto lead = takeJamo(name, kLeads);
    const auto vowel = takeJamo(name, kVowels);
    const auto trail = takeJamo(name, kTrails);
    if (!lead || !vowel || !trail || !name.empty()) return std::nullopt;
    return 0xAC00 + (*lead * 21 + *vowel) * 28 + *trail;
}

}  // namespace

std::optional<std::uint32_t> findCodePointNamed(std::string_view name) {
    if (name.starts_with(kSyllablePrefix)) return findSyllable(name.substr(kSyllablePrefix.size()));
    if (name.starts_with(kIdeographPrefix)) {
        return findIdeograph(name.substr(kIdeographPrefix.size()));
    }
    return findHashed(name);
}

}  // namespace tagproof::frontend
