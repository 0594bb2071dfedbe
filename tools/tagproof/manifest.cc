#include "tools/tagproof/manifest.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace tagproof::cli {

namespace {

using nlohmann::json;
using namespace verify;

template <typename E, size_t N>
using Names = std::array<std::pair<std::string_view, E>, N>;

constexpr Names<FieldKind, 10> kFieldKinds{{{"value", FieldKind::kValue},
                                            {"value-or-null", FieldKind::kValueOrNull},
                                            {"int", FieldKind::kInt},
                                            {"double", FieldKind::kDouble},
                                            {"items", FieldKind::kItems},
                                            {"length", FieldKind::kLength},
                                            {"type", FieldKind::kType},
                                            {"object", FieldKind::kObject},
                                            {"inline-items", FieldKind::kInlineItems},
                                            {"exit-word", FieldKind::kExitWord}}};
constexpr Names<ArgKind, 8> kArgKinds{{{"thread", ArgKind::kThread},
                                       {"value", ArgKind::kValue},
                                       {"value-or-null", ArgKind::kValueOrNull},
                                       {"object", ArgKind::kObject},
                                       {"int", ArgKind::kInt},
                                       {"const", ArgKind::kConst},
                                       {"double", ArgKind::kDouble},
                                       {"cell", ArgKind::kCell}}};
constexpr Names<ResultKind, 8> kResultKinds{{{"none", ResultKind::kNone},
                                             {"value", ResultKind::kValue},
                                             {"value-or-null", ResultKind::kValueOrNull},
                                             {"object", ResultKind::kObject},
                                             {"object-or-null", ResultKind::kObjectOrNull},
                                             {"int", ResultKind::kInt},
                                             {"double", ResultKind::kDouble},
                                             {"never", ResultKind::kNever}}};
constexpr Names<CallEffect, 2> kCallEffects{
    {{"may-free", CallEffect::kMayFree}, {"leaf", CallEffect::kLeaf}}};
constexpr Names<WordKind, 3> kWordKinds{
    {{"tagged", WordKind::kTagged}, {"int64", WordKind::kInt64}, {"double", WordKind::kDouble}}};
constexpr Names<WordOwnership, 3> kOwnerships{{{"owned", WordOwnership::kOwned},
                                               {"borrowed", WordOwnership::kBorrowed},
                                               {"immediate", WordOwnership::kImmediate}}};
constexpr Names<EntryKind, 2> kEntryKinds{
    {{"normal", EntryKind::kNormal}, {"loop", EntryKind::kLoop}}};
constexpr Names<Kind, 13> kKinds{{{"top", Kind::kTop},
                                  {"int", Kind::kInt},
                                  {"value", Kind::kValue},
                                  {"obj", Kind::kObj},
                                  {"slot", Kind::kSlot},
                                  {"vals", Kind::kVals},
                                  {"dict", Kind::kDict},
                                  {"buf", Kind::kBuf},
                                  {"len", Kind::kLen},
                                  {"type", Kind::kType},
                                  {"stack", Kind::kStack},
                                  {"thread", Kind::kThread},
                                  {"saved", Kind::kSaved}}};

// A JSON object being read, with its place for messages. Every key must be asked for: a misspelled
// one would otherwise silently weaken what is trusted.
class Node {
  public:
    Node(const json& value, std::string place) : value_(value), place_(std::move(place)) {
        if (!value.is_object()) fail("must be an object");
    }

    [[noreturn]] void fail(std::string_view text) const {
        throw ManifestError(fmt::format("{}: {}", place_, text));
    }

    [[nodiscard]] bool has(const char* key) const { return value_.contains(key); }

    void allowOnly(std::initializer_list<std::string_view> keys) const {
        for (const auto& item : value_.items()) {
            if (std::find(keys.begin(), keys.end(), item.key()) == keys.end()) {
                fail(fmt::format("unknown key \"{}\"", item.key()));
            }
        }
    }

    // A number, or a string like "0x7f00" for what JSON numbers cannot write.
    template <typename T>
    void number(const char* key, T& out) const {
        if (!has(key)) return;
        const json& number = value_[key];
        if (number.is_string()) {
            out = convert<T>(parseUnsigned(key, number.get<std::string>()), key);
        } else if (number.is_number_unsigned()) {
            out = convert<T>(number.get<uint64_t>(), key);
        } else if (number.is_number_integer()) {
            out = convert<T>(number.get<int64_t>(), key);
        } else {
            fail(fmt::format("\"{}\" must be an integer", key));
        }
    }

    void flag(const char* key, bool& out) const {
        if (!has(key)) return;
        if (!value_[key].is_boolean()) fail(fmt::format("\"{}\" must be true or false", key));
        out = value_[key].get<bool>();
    }

    [[nodiscard]] std::string text(const char* key) const {
        if (!has(key)) return {};
        if (!value_[key].is_string()) fail(fmt::format("\"{}\" must be a string", key));
        return value_[key].get<std::string>();
    }

    template <typename E, size_t N>
    void name(const char* key, const Names<E, N>& names, E& out) const {
        if (has(key)) out = find(text(key), names);
    }

    template <typename E, size_t N>
    [[nodiscard]] E find(std::string_view text, const Names<E, N>& names) const {
        for (const auto& [name, value] : names) {
            if (name == text) return value;
        }
        fail(fmt::format("unknown name \"{}\"", text));
    }

    // Calls read(Node of the element) for each element of the array.
    template <typename Read>
    void each(const char* key, Read read) const {
        if (!has(key)) return;
        const json& array = value_[key];
        if (!array.is_array()) fail(fmt::format("\"{}\" must be an array", key));
        for (size_t i = 0; i < array.size(); ++i) {
            read(Node(array[i], fmt::format("{}.{}[{}]", place_, key, i)));
        }
    }

    [[nodiscard]] std::vector<std::string> texts(const char* key) const {
        try {
            return has(key) ? value_[key].get<std::vector<std::string>>()
                            : std::vector<std::string>{};
        } catch (const json::exception&) {
            fail(fmt::format("\"{}\" must be an array of strings", key));
        }
    }

  private:
    uint64_t parseUnsigned(const char* key, const std::string& text) const {
        size_t end = 0;
        uint64_t result = 0;
        try {
            result = std::stoull(text, &end, 0);
        } catch (const std::exception&) {
            end = std::string::npos;
        }
        if (end != text.size()) fail(fmt::format("\"{}\": \"{}\" is no number", key, text));
        return result;
    }

    template <typename T, typename From>
    T convert(From number, const char* key) const {
        if (!std::in_range<T>(number)) fail(fmt::format("\"{}\": {} does not fit", key, number));
        return static_cast<T>(number);
    }

    const json& value_;
    std::string place_;
};

Field readField(const Node& node) {
    node.allowOnly({"offset", "count", "width", "kind", "readable", "writable"});
    Field field;
    node.number("offset", field.offset);
    node.number("count", field.count);
    node.number("width", field.width);
    node.name("kind", kFieldKinds, field.kind);
    node.flag("readable", field.readable);
    node.flag("writable", field.writable);
    return field;
}

std::vector<Field> readFields(const Node& node, const char* key) {
    std::vector<Field> fields;
    node.each(key, [&](const Node& element) { fields.push_back(readField(element)); });
    return fields;
}

Region readRegion(const Node& node) {
    node.allowOnly({"address", "size", "width", "kind", "writable"});
    Region region;
    node.number("address", region.address);
    node.number("size", region.size);
    node.number("width", region.width);
    node.name("kind", kFieldKinds, region.kind);
    node.flag("writable", region.writable);
    return region;
}

Constant readConstant(const Node& node) {
    node.allowOnly({"address", "type"});
    Constant constant;
    node.number("address", constant.address);
    node.number("type", constant.type_row);
    return constant;
}

Helper readHelper(const Node& node) {
    node.allowOnly({"address", "name", "args", "result", "effect", "exit", "sentinel"});
    Helper helper;
    node.number("address", helper.address);
    for (const std::string& kind : node.texts("args")) {
        if (helper.arg_count == kMaxArgs) node.fail("too many arguments");
        helper.args[helper.arg_count++] = node.find(kind, kArgKinds);
    }
    node.name("result", kResultKinds, helper.result);
    node.name("effect", kCallEffects, helper.effect);
    node.flag("exit", helper.is_exit);
    node.flag("sentinel", helper.result_is_sentinel);
    return helper;
}

ExitWord readExitWord(const Node& node) {
    node.allowOnly({"kind", "ownership", "nullable"});
    ExitWord word;
    node.name("kind", kWordKinds, word.kind);
    node.name("ownership", kOwnerships, word.ownership);
    node.flag("nullable", word.nullable);
    return word;
}

HintEntry readHintEntry(const Node& node) {
    node.allowOnly({"location", "kind", "low", "flags", "sym", "aux", "map", "lo", "hi"});
    HintEntry entry;
    node.number("location", entry.location);
    node.name("kind", kKinds, entry.value.kind);
    node.number("low", entry.value.low);
    node.number("flags", entry.value.flags);
    node.number("sym", entry.value.sym);
    node.number("aux", entry.value.aux);
    node.number("map", entry.value.map);
    node.number("lo", entry.value.lo);
    node.number("hi", entry.value.hi);
    return entry;
}

}  // namespace

void Manifest::readShared(const json& trusted) {
    const Node node(trusted, "trusted");
    if (node.has("head")) {
        const Node head(trusted["head"], "trusted.head");
        head.allowOnly({"refcount", "type", "slot", "prefix_from_values"});
        head.number("refcount", shared_.head.refcount);
        head.number("type", shared_.head.type);
        head.number("slot", shared_.head.slot);
        head.number("prefix_from_values", shared_.head.prefix_from_values);
    }
    node.each("types", [&](const Node& element) {
        element.allowOnly({"address", "capacity", "managed", "name", "fields"});
        TypeRow row;
        element.number("address", row.address);
        element.number("capacity", row.capacity);
        element.flag("managed", row.managed);
        row.name = names_.emplace_back(element.text("name"));
        row.fields = fields_.emplace_back(readFields(element, "fields"));
        types_.push_back(row);
    });
    node.each("helpers", [&](const Node& element) {
        helpers_.push_back(readHelper(element));
        helpers_.back().name = names_.emplace_back(element.text("name"));
    });
    node.each("shared_regions", [&](const Node& e) { shared_regions_.push_back(readRegion(e)); });
    node.each("shared_constants",
              [&](const Node& e) { shared_constants_.push_back(readConstant(e)); });
    shared_.types = types_;
    shared_.helpers = helpers_;
    shared_.regions = shared_regions_;
    shared_.constants = shared_constants_;
    shared_.thread = fields_.emplace_back(readFields(node, "thread"));
}

void Manifest::readFunction(const json& trusted) {
    const Node node(trusted, "trusted");
    trusted_.shared = &shared_;
    node.name("entry", kEntryKinds, trusted_.entry);
    node.number("arg_count", trusted_.arg_count);
    node.each("exits", [&](const Node& element) {
        element.allowOnly({"id", "words"});
        Exit exit;
        element.number("id", exit.id);
        std::vector<ExitWord>& words = exit_words_.emplace_back();
        element.each("words", [&](const Node& word) { words.push_back(readExitWord(word)); });
        exit.words = words;
        exits_.push_back(exit);
    });
    node.each("regions", [&](const Node& e) { regions_.push_back(readRegion(e)); });
    node.each("constants", [&](const Node& e) { constants_.push_back(readConstant(e)); });
    node.each("entry_cells", [&](const Node& element) {
        element.allowOnly({"address", "arg_count"});
        EntryCell& cell = entry_cells_.emplace_back();
        element.number("address", cell.address);
        element.number("arg_count", cell.arg_count);
    });
    trusted_.exits = exits_;
    trusted_.regions = regions_;
    trusted_.constants = constants_;
    trusted_.entry_cells = entry_cells_;
}

void Manifest::readHints(const json& hints) {
    const Node node(hints, "hints");
    node.allowOnly({"labels"});
    node.each("labels", [&](const Node& element) {
        element.allowOnly({"offset", "stack_words", "symbol_count", "entries"});
        LabelHint label;
        element.number("offset", label.offset);
        element.number("stack_words", label.stack_words);
        element.number("symbol_count", label.symbol_count);
        std::vector<HintEntry>& entries = hint_entries_.emplace_back();
        element.each("entries", [&](const Node& e) { entries.push_back(readHintEntry(e)); });
        label.entries = entries;
        labels_.push_back(label);
    });
    hints_ = Hints{labels_};
}

Manifest::Manifest(const std::string& text) {
    const json root = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (root.is_discarded()) throw ManifestError("the manifest is not JSON");
    const Node node(root, "manifest");
    node.allowOnly({"address", "trusted", "hints"});
    node.number("address", address_);
    if (!node.has("trusted")) node.fail("has no \"trusted\"");
    const json& trusted = root["trusted"];
    Node(trusted, "trusted")
        .allowOnly({"head", "types", "helpers", "shared_regions", "shared_constants", "thread",
                    "entry", "arg_count", "exits", "regions", "constants", "entry_cells"});
    readShared(trusted);
    readFunction(trusted);
    if (node.has("hints")) readHints(root["hints"]);
}

}  // namespace tagproof::cli
