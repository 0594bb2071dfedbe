#include "tools/tagproof/manifest.h"

#include <nlohmann/json.hpp>

#include "tools/tagproof/manifest_names.h"
#include "tools/tagproof/printable.h"

namespace tagproof::cli {

namespace {

using nlohmann::json;
using namespace verify;

Field readField(const json& value, const std::string& place) {
    const ObjectReader object(value, place, {"offset", "kind"},
                              {"count", "width", "readable", "writable"});
    Field field;
    object.name("kind", kFieldKinds, field.kind);
    field.readable = field.kind != FieldKind::kExitWord;
    object.number("offset", field.offset);
    object.number("count", field.count);
    object.number("width", field.width);
    object.flag("readable", field.readable);
    object.flag("writable", field.writable);
    return field;
}

std::vector<Field> readFields(const ObjectReader& object, const char* key) {
    std::vector<Field> fields;
    object.each(key, [&](const json& value, const std::string& place) {
        fields.push_back(readField(value, place));
    });
    return fields;
}

std::vector<Region> readRegions(const ObjectReader& object, const char* key) {
    std::vector<Region> regions;
    object.each(key, [&](const json& value, const std::string& place) {
        const ObjectReader element(value, place, {"address", "kind"},
                                   {"size", "width", "writable"});
        Region region;
        element.number("address", region.address);
        element.name("kind", kFieldKinds, region.kind);
        element.number("width", region.width);
        region.size = region.width;
        element.number("size", region.size);
        element.flag("writable", region.writable);
        regions.push_back(region);
    });
    return regions;
}

std::vector<Constant> readConstants(const ObjectReader& object, const char* key) {
    std::vector<Constant> constants;
    object.each(key, [&](const json& value, const std::string& place) {
        const ObjectReader element(value, place, {"address"}, {"type"});
        Constant constant;
        element.number("address", constant.address);
        element.number("type", constant.type_row);
        constants.push_back(constant);
    });
    return constants;
}

void readHead(const json& value, HeadLayout& head) {
    const ObjectReader object(value, "trusted.head", {"refcount", "type", "slot"},
                              {"refcount_width", "prefix_from_values"});
    object.number("refcount", head.refcount);
    object.number("refcount_width", head.refcount_width);
    object.number("type", head.type);
    object.number("slot", head.slot);
    object.number("prefix_from_values", head.prefix_from_values);
}

ExitWord readExitWord(const json& value, const std::string& place) {
    const ObjectReader object(value, place, {"kind"}, {"ownership", "nullable"});
    ExitWord word;
    object.name("kind", kWordKinds, word.kind);
    object.name("ownership", kOwnerships, word.ownership);
    object.flag("nullable", word.nullable);
    return word;
}

HintEntry readHintEntry(const json& value, const std::string& place) {
    const ObjectReader object(value, place, {"location", "kind"},
                              {"low", "flags", "sym", "aux", "map", "lo", "hi"});
    HintEntry entry;
    object.number("location", entry.location);
    object.name("kind", kKinds, entry.value.kind);
    object.number("low", entry.value.low);
    object.number("flags", entry.value.flags);
    object.number("sym", entry.value.sym);
    object.number("aux", entry.value.aux);
    object.number("map", entry.value.map);
    object.number("lo", entry.value.lo);
    object.number("hi", entry.value.hi);
    return entry;
}

// Names are for messages only, where longer ones would be cut in the middle of a character.
void readName(const ObjectReader& object, std::string& name) {
    constexpr size_t kLongest = 256;
    object.text("name", name);
    name = shortened(name, kLongest);
}

void readSort(const ObjectReader& object, std::string_view key, char& sort) {
    std::string letter;
    object.text(key, letter);
    const bool is_letter = letter.size() == 1 && ((letter[0] >= 'A' && letter[0] <= 'Z') ||
                                                  (letter[0] >= 'a' && letter[0] <= 'z'));
    if (!is_letter) {
        throw DocumentError(object.placeOf(key) +
                            ": a sort is one letter of your choice, a to z or A to Z");
    }
    sort = letter[0];
}

// A kind, or {"handle": "N"}.
void readArgument(const json& value, const std::string& place, Helper& helper) {
    if (value == "handle") {
        throw DocumentError(place + R"(: write a handle with its sort: {"handle": "N"})");
    }
    const uint8_t k = helper.arg_count++;
    if (!value.is_object()) {
        helper.args[k] = ObjectReader::toName(value, place, kArgKinds);
        return;
    }
    helper.args[k] = ArgKind::kHandle;
    readSort(ObjectReader(value, place, {"handle"}, {}), "handle", helper.handle_sorts[k]);
}

}  // namespace

void Manifest::readTypes(const ObjectReader& trusted) {
    trusted.each("types", [&](const json& value, const std::string& place) {
        const ObjectReader object(value, place, {"address"},
                                  {"capacity", "managed", "name", "fields"});
        TypeRow& row = types_.emplace_back();
        object.number("address", row.address);
        object.number("capacity", row.capacity);
        object.flag("managed", row.managed);
        std::string& name = names_.emplace_back();
        readName(object, name);
        row.name = name;
        row.fields = fields_.emplace_back(readFields(object, "fields"));
    });
    shared_.types = types_;
}

void Manifest::readHelpers(const ObjectReader& trusted) {
    trusted.each("helpers", [&](const json& value, const std::string& place) {
        const ObjectReader object(value, place, {"address", "args", "result"},
                                  {"name", "effect", "exit", "sentinel"});
        Helper& helper = helpers_.emplace_back();
        object.number("address", helper.address);
        std::string& name = names_.emplace_back();
        readName(object, name);
        helper.name = name;
        object.each("args", [&](const json& argument, const std::string& where) {
            if (helper.arg_count == kMaxArgs) {
                throw DocumentError(
                    fmt::format("{}: a helper takes at most {} arguments; pass the "
                                "rest through the thread",
                                where, kMaxArgs));
            }
            readArgument(argument, where, helper);
        });
        object.name("result", kResultKinds, helper.result);
        object.name("effect", kCallEffects, helper.effect);
        object.flag("exit", helper.is_exit);
        object.flag("sentinel", helper.result_is_sentinel);
    });
    shared_.helpers = helpers_;
}

void Manifest::readShared(const ObjectReader& trusted) {
    if (trusted.has("head")) readHead(trusted.at("head"), shared_.head);
    readTypes(trusted);
    readHelpers(trusted);
    shared_regions_ = readRegions(trusted, "shared_regions");
    shared_constants_ = readConstants(trusted, "shared_constants");
    shared_.regions = shared_regions_;
    shared_.constants = shared_constants_;
    shared_.thread = fields_.emplace_back(readFields(trusted, "thread"));
    shared_.type_object = fields_.emplace_back(readFields(trusted, "type_object"));
}

void Manifest::readExits(const ObjectReader& trusted) {
    trusted.each("exits", [&](const json& value, const std::string& place) {
        const ObjectReader object(value, place, {"id", "words"}, {});
        Exit& exit = exits_.emplace_back();
        object.number("id", exit.id);
        std::vector<ExitWord>& words = exit_words_.emplace_back();
        object.each("words", [&](const json& word, const std::string& where) {
            words.push_back(readExitWord(word, where));
        });
        exit.words = words;
    });
    trusted_.exits = exits_;
}

void Manifest::readFunction(const ObjectReader& trusted) {
    trusted_.shared = &shared_;
    trusted.name("entry", kEntryKinds, trusted_.entry);
    trusted.number("arg_count", trusted_.arg_count);
    readExits(trusted);
    regions_ = readRegions(trusted, "regions");
    constants_ = readConstants(trusted, "constants");
    trusted.each("entry_cells", [&](const json& value, const std::string& place) {
        const ObjectReader object(value, place, {"address", "arg_count"}, {});
        EntryCell& cell = entry_cells_.emplace_back();
        object.number("address", cell.address);
        object.number("arg_count", cell.arg_count);
    });
    trusted.each("handles", [&](const json& value, const std::string& place) {
        const ObjectReader object(value, place, {"address", "sort"}, {});
        Handle& handle = handles_.emplace_back();
        object.number("address", handle.address);
        readSort(object, "sort", handle.sort);
    });
    trusted_.regions = regions_;
    trusted_.constants = constants_;
    trusted_.entry_cells = entry_cells_;
    trusted_.handles = handles_;
}

void Manifest::readHints(const json& hints) {
    const ObjectReader object(hints, "hints", {"labels"}, {});
    object.each("labels", [&](const json& value, const std::string& place) {
        const ObjectReader element(value, place, {"offset"},
                                   {"stack_words", "symbol_count", "entries"});
        LabelHint& label = labels_.emplace_back();
        element.number("offset", label.offset);
        element.number("stack_words", label.stack_words);
        element.number("symbol_count", label.symbol_count);
        std::vector<HintEntry>& entries = hint_entries_.emplace_back();
        element.each("entries", [&](const json& entry, const std::string& where) {
            entries.push_back(readHintEntry(entry, where));
        });
        label.entries = entries;
    });
    hints_ = Hints{labels_};
}

Manifest::Manifest(const std::string& text) {
    const json root = parseStrictly(text);
    const ObjectReader object(root, "manifest", {"trusted"}, {"address", "hints"});
    object.number("address", address_);
    const ObjectReader trusted(
        root["trusted"], "trusted", {},
        {"head", "types", "helpers", "shared_regions", "shared_constants", "thread", "type_object",
         "entry", "arg_count", "exits", "regions", "constants", "entry_cells", "handles"});
    readShared(trusted);
    readFunction(trusted);
    if (object.has("hints")) readHints(root["hints"]);
    requireSound(0);
}

void Manifest::requireSound(size_t code_size) const {
    const std::vector<verify::TableFault> faults =
        verify::checkTables(trusted_, address_, code_size);
    if (!faults.empty()) throw DocumentError(faults[0].place + ": " + faults[0].what);
}

}  // namespace tagproof::cli
