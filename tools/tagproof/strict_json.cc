#include "tools/tagproof/strict_json.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace tagproof::cli {

namespace {

using nlohmann::json;

// Follows the parser through the document.
class Watch {
  public:
    bool operator()(int depth, json::parse_event_t event, const json& value) {
        switch (event) {
            case json::parse_event_t::object_start:
            case json::parse_event_t::array_start:
                if (depth >= kMaxNesting) {
                    throw DocumentError(fmt::format(
                        "nested more than {} levels deep; no part of the format is", kMaxNesting));
                }
                keys_.emplace_back();
                break;
            case json::parse_event_t::object_end:
            case json::parse_event_t::array_end:
                keys_.pop_back();
                break;
            case json::parse_event_t::key:
                if (!keys_.back().insert(value.get<std::string>()).second) {
                    throw DocumentError(fmt::format(
                        "the key {} stands twice in one object; keep one", value.dump()));
                }
                break;
            case json::parse_event_t::value:
                break;
        }
        return true;
    }

  private:
    std::vector<std::set<std::string>> keys_;  // of the objects and arrays that are open
};

// "[json.exception.parse_error.101] parse error at line 1, ..." without the library's own prefix.
std::string messageOf(const json::exception& error) {
    const std::string_view text = error.what();
    const size_t end = text.find("] ");
    return std::string(end == std::string_view::npos ? text : text.substr(end + 2));
}

// A value as messages show it.
std::string shown(const json& value) {
    constexpr size_t kLongest = 40;
    if (value.is_object()) return "an object";
    if (value.is_array()) return "an array";
    std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
    if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
    return text;
}

[[noreturn]] void fail(const std::string& place, const std::string& text) {
    throw DocumentError(place + ": " + text);
}

bool contains(std::initializer_list<std::string_view> keys, std::string_view key) {
    return std::ranges::find(keys, key) != keys.end();
}

// The parser takes a NUL for the end of the text, and would not look at what is behind it.
void requireNoNul(std::string_view text) {
    const size_t at = text.find('\0');
    if (at == std::string_view::npos) return;
    const std::string_view before = text.substr(0, at);
    const size_t line_start = before.rfind('\n') + 1;  // 0 behind npos
    throw DocumentError(
        fmt::format("not JSON: parse error at line {}, column {}: a NUL character; remove it",
                    std::ranges::count(before, '\n') + 1, at - line_start + 1));
}

}  // namespace

json parseStrictly(const std::string& text) {
    try {
        Watch watch;
        json document = json::parse(text, std::ref(watch));
        requireNoNul(text);
        return document;
    } catch (const json::exception& error) {
        throw DocumentError("not JSON: " + messageOf(error));
    }
}

std::string oneOf(std::span<const std::string_view> names) {
    std::string text;
    for (size_t i = 0; i < names.size(); ++i) {
        if (i != 0) text += i + 1 == names.size() ? " or " : ", ";
        text += names[i];
    }
    return text;
}

ObjectReader::ObjectReader(const json& value,
                           std::string place,
                           std::initializer_list<std::string_view> required,
                           std::initializer_list<std::string_view> optional)
    : value_(value), place_(std::move(place)) {
    if (!value.is_object()) fail(place_, shown(value) + " where an object {...} belongs");
    for (const auto& item : value.items()) {
        if (contains(required, item.key()) || contains(optional, item.key())) continue;
        std::vector<std::string_view> known(required);
        known.insert(known.end(), optional.begin(), optional.end());
        fail(place_,
             fmt::format("unknown key {}; known here: {}", json(item.key()).dump(), oneOf(known)));
    }
    for (const std::string_view key : required) {
        if (!has(key)) fail(place_, fmt::format("has no \"{}\", which must be given", key));
    }
}

std::string ObjectReader::placeOf(std::string_view key) const {
    return fmt::format("{}.{}", place_, key);
}

void ObjectReader::flag(std::string_view key, bool& out) const {
    if (!has(key)) return;
    if (!at(key).is_boolean()) {
        fail(placeOf(key), shown(at(key)) + " where true or false belongs");
    }
    out = at(key).get<bool>();
}

void ObjectReader::text(std::string_view key, std::string& out) const {
    if (!has(key)) return;
    if (!at(key).is_string()) {
        fail(placeOf(key), shown(at(key)) + " where a string \"...\" belongs");
    }
    out = at(key).get<std::string>();
}

const json& ObjectReader::arrayAt(std::string_view key) const {
    if (!at(key).is_array()) fail(placeOf(key), shown(at(key)) + " where an array [...] belongs");
    return at(key);
}

void ObjectReader::failName(const json& value,
                            const std::string& place,
                            std::span<const std::string_view> names) {
    fail(place,
         fmt::format("{} is no name that belongs here; write {}", shown(value), oneOf(names)));
}

void ObjectReader::failNumber(const json& value,
                              const std::string& place,
                              const std::string& lowest,
                              const std::string& highest) {
    fail(place, fmt::format("{} is no integer from {} to {}; write one, or a string like \"0x20\"",
                            shown(value), lowest, highest));
}

bool ObjectReader::parseUnsigned(const std::string& text, uint64_t& out) {
    const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
    const char* const first = text.data() + (is_hex ? 2 : 0);
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(first, last, out, is_hex ? 16 : 10);
    return error == std::errc() && end == last;
}

}  // namespace tagproof::cli
