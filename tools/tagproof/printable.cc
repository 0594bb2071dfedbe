#include "tools/tagproof/printable.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>

namespace tagproof::cli {

namespace {

uint8_t byteAt(std::string_view text, size_t at) { return static_cast<uint8_t>(text[at]); }

bool isContinuation(uint8_t byte) { return (byte & 0xC0U) == 0x80U; }

// Bytes that the character begun by `first` should have; 0: none begins so.
size_t lengthAfter(uint8_t first) {
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;
    if (first < 0xE0) return 2;
    if (first < 0xF0) return 3;
    return first < 0xF5 ? 4 : 0;
}

// Bytes of the character at the front of `text`, which is not empty; 0: it is no UTF-8.
size_t characterLength(std::string_view text) {
    const uint8_t first = byteAt(text, 0);
    const size_t length = lengthAfter(first);
    if (length == 0 || length > text.size()) return 0;
    for (size_t i = 1; i < length; ++i) {
        if (!isContinuation(byteAt(text, i))) return 0;
    }
    if (length < 3) return length;
    const uint8_t second = byteAt(text, 1);
    const bool is_overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool is_no_character =
        (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);  // surrogates; beyond
    return is_overlong || is_no_character ? 0 : length;
}

bool isControl(std::string_view character) {
    const uint8_t first = byteAt(character, 0);
    if (character.size() == 1) return first < 0x20 || first == 0x7F;
    return first == 0xC2 && byteAt(character, 1) < 0xA0;  // U+0080 to U+009F
}

void makePrintable(std::string& text) { text = printable(text); }

void makePrintable(nlohmann::ordered_json& json) {
    if (json.is_string()) {
        makePrintable(json.get_ref<std::string&>());
    } else if (json.is_structured()) {
        for (nlohmann::ordered_json& part : json) makePrintable(part);
    }
}

void makePrintable(verify::ExplainedLine& line) {
    makePrintable(line.name);
    for (verify::Known& known : line.state) makePrintable(known.what);
    if (!line.write) return;
    for (std::string* text :
         {&line.write->base, &line.write->region, &line.write->row, &line.write->word}) {
        makePrintable(*text);
    }
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const size_t length = characterLength(text);
        const std::string_view character = text.substr(0, length == 0 ? 1 : length);
        if (length != 0 && !isControl(character)) {
            out += character;
        } else {
            for (const char byte : character) {
                fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<uint8_t>(byte));
            }
        }
        text.remove_prefix(character.size());
    }
    return out;
}

std::string shortened(std::string_view text, size_t most) {
    constexpr std::string_view kMore = "...";
    if (text.size() <= most) return std::string(text);
    size_t end = most - kMore.size();
    while (end > 0 && isContinuation(byteAt(text, end))) --end;
    return std::string(text.substr(0, end)) + std::string(kMore);
}

void makePrintable(FunctionProof& proof) {
    makePrintable(proof.function);
    makePrintable(proof.place);
    makePrintable(proof.assumptions);
    for (verify::Violation& violation : proof.verdict.violations) {
        makePrintable(violation.state);
        makePrintable(violation.message);
    }
    for (verify::ExplainedLine& line : proof.explanation.lines) makePrintable(line);
    for (verify::Annotation& annotation : proof.source) makePrintable(annotation.text);
}

}  // namespace tagproof::cli
