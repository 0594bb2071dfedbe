#include "objmodel/str_unicode.h"

namespace tagproof {

int mapCase(char32_t code_point, CaseMapping mapping, char32_t out[3]) {
    const unicode::CharRecord& record = charRecord(code_point);
    const auto which = static_cast<size_t>(mapping);
    if (record.long_mapping == 0) {
        out[0] = code_point + static_cast<char32_t>(record.deltas[which]);
        return 1;
    }
    const char32_t* group = unicode::kLongMappings + record.long_mapping - 1 + 4 * which;
    for (int k = 0; k < 3; ++k) out[k] = group[1 + k];
    return static_cast<int>(group[0]);
}

std::string toAsciiDecimal(const Str* text) {
    if (text->ascii) return withBlanksAsSpaces(text->asciiView());
    std::string result;
    result.reserve(text->length);
    for (uint64_t k = 0; k < text->length; ++k) {
        const char32_t c = text->at(k);
        const unicode::CharRecord& record = charRecord(c);
        if ((record.flags & unicode::kSpace) != 0) {
            result.push_back(' ');
        } else if (c < 0x80) {
            result.push_back(static_cast<char>(c));
        } else {
            result.push_back(record.decimal < 0 ? '?' : static_cast<char>('0' + record.decimal));
        }
    }
    return result;
}

std::string withBlanksAsSpaces(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= '\t' && c <= '\r') c = ' ';
    }
    return result;
}

}  // namespace tagproof
