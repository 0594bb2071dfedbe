// UTF-8 in and out. Surrogates pass as their three-byte form, so that every str survives a round
// trip; other malformed bytes become U+FFFD.

#include <cstring>

#include "objmodel/str.h"
#include "objmodel/str_units.h"

namespace tagproof {

namespace {

constexpr char32_t kReplacement = 0xfffd;

bool isContinuation(uint8_t byte) { return (byte & 0xc0) == 0x80; }

// Number of continuation bytes that a lead byte promises; -1 for none at all.
int continuationCount(uint8_t lead) {
    if (lead >= 0xc2 && lead <= 0xdf) return 1;
    if (lead >= 0xe0 && lead <= 0xef) return 2;
    return lead >= 0xf0 && lead <= 0xf4 ? 3 : -1;
}

// Reads one code point at `position` and moves on.
char32_t decodeNext(std::string_view bytes, size_t* position) {
    const auto lead = static_cast<uint8_t>(bytes[(*position)++]);
    if (lead < 0x80) return lead;
    const int count = continuationCount(lead);
    if (count < 0) return kReplacement;
    char32_t code_point = lead & (0x3fu >> count);
    size_t at = *position;
    for (int k = 0; k < count; ++k, ++at) {
        if (at >= bytes.size() || !isContinuation(static_cast<uint8_t>(bytes[at]))) {
            return kReplacement;
        }
        code_point = (code_point << 6) | (static_cast<uint8_t>(bytes[at]) & 0x3f);
    }
    const bool overlong =
        (count == 2 && code_point < 0x800) || (count == 3 && code_point < 0x10000);
    if (overlong || code_point > 0x10ffff) return kReplacement;
    *position = at;
    return code_point;
}

bool isAscii(std::string_view bytes) {
    uint64_t all = 0;
    size_t k = 0;
    for (; k + 8 <= bytes.size(); k += 8) {
        uint64_t word = 0;
        std::memcpy(&word, bytes.data() + k, sizeof word);
        all |= word;
    }
    for (; k < bytes.size(); ++k) all |= static_cast<uint8_t>(bytes[k]);
    return (all & 0x8080808080808080) == 0;
}

void appendUtf8(std::string* out, char32_t c) {
    const auto put = [out](char32_t byte) { out->push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6));
        put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        put(0xe0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    } else {
        put(0xf0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3f));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    }
}

}  // namespace

Str* makeStr(Thread& thread, std::string_view utf8) {
    if (isAscii(utf8)) return makeAsciiStr(thread, utf8);
    std::u32string code_points;
    code_points.reserve(utf8.size());
    for (size_t position = 0; position < utf8.size();) {
        code_points.push_back(decodeNext(utf8, &position));
    }
    return makeStr(thread, code_points.data(), code_points.size());
}

std::string toUtf8(const Str* text) {
    if (text->ascii) return std::string(text->asciiView());
    std::string result;
    result.reserve(text->length + text->length / 2);
    withUnits(text, [&](const auto* units) {
        for (uint64_t k = 0; k < text->length; ++k) appendUtf8(&result, units[k]);
    });
    return result;
}

}  // namespace tagproof
