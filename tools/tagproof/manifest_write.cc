#include "tools/tagproof/manifest_write.h"

#include <nlohmann/json.hpp>

#include "tools/tagproof/manifest_names.h"

namespace tagproof::cli {

namespace {

using nlohmann::ordered_json;
using namespace verify;

std::string hex(uint64_t address) { return fmt::format("{:#x}", address); }

// One element per row.
template <typename Row, typename Write>
ordered_json list(std::span<const Row> rows, Write write) {
    ordered_json array = ordered_json::array();
    for (const Row& row : rows) array.push_back(write(row));
    return array;
}

// Adds the list unless it is empty.
template <typename Row, typename Write>
void add(ordered_json& object, const char* key, std::span<const Row> rows, Write write) {
    if (!rows.empty()) object[key] = list(rows, write);
}

ordered_json headJson(const HeadLayout& head) {
    return {{"refcount", head.refcount},
            {"refcount_width", head.refcount_width},
            {"type", head.type},
            {"slot", head.slot},
            {"prefix_from_values", head.prefix_from_values}};
}

ordered_json fieldJson(const Field& field) {
    ordered_json object = {{"offset", field.offset}, {"kind", nameOf(kFieldKinds, field.kind)}};
    if (field.width != Field{}.width) object["width"] = field.width;
    if (field.count != 1) object["count"] = field.count;
    if (!field.readable && field.kind != FieldKind::kExitWord) object["readable"] = false;
    if (field.writable) object["writable"] = true;
    return object;
}

ordered_json typeJson(const TypeRow& row) {
    ordered_json object = {{"address", hex(row.address)}};
    if (!row.name.empty()) object["name"] = row.name;
    if (row.managed) object["managed"] = true;
    if (row.capacity != 0) object["capacity"] = row.capacity;
    add(object, "fields", row.fields, fieldJson);
    return object;
}

ordered_json argumentJson(ArgKind kind, char handle_sort) {
    if (kind != ArgKind::kHandle) return nameOf(kArgKinds, kind);
    return {{"handle", std::string(1, handle_sort)}};
}

ordered_json helperJson(const Helper& helper) {
    ordered_json object = {{"address", hex(helper.address)}};
    if (!helper.name.empty()) object["name"] = helper.name;
    object["args"] = ordered_json::array();
    for (size_t k = 0; k < helper.arg_count; ++k) {
        object["args"].push_back(argumentJson(helper.args[k], helper.handle_sorts[k]));
    }
    object["result"] = nameOf(kResultKinds, helper.result);
    object["effect"] = nameOf(kCallEffects, helper.effect);
    if (helper.is_exit) object["exit"] = true;
    if (helper.result_is_sentinel) object["sentinel"] = true;
    return object;
}

ordered_json regionJson(const Region& region) {
    ordered_json object = {{"address", hex(region.address)},
                           {"kind", nameOf(kFieldKinds, region.kind)}};
    if (region.width != Region{}.width) object["width"] = region.width;
    if (region.size != region.width) object["size"] = region.size;
    if (region.writable) object["writable"] = true;
    return object;
}

ordered_json constantJson(const Constant& constant) {
    ordered_json object = {{"address", hex(constant.address)}};
    if (constant.type_row != kNoType) object["type"] = constant.type_row;
    return object;
}

ordered_json exitWordJson(const ExitWord& word) {
    ordered_json object = {{"kind", nameOf(kWordKinds, word.kind)},
                           {"ownership", nameOf(kOwnerships, word.ownership)}};
    if (word.nullable) object["nullable"] = true;
    return object;
}

ordered_json exitJson(const Exit& exit) {
    return {{"id", exit.id}, {"words", list(exit.words, exitWordJson)}};
}

ordered_json entryCellJson(const EntryCell& cell) {
    return {{"address", hex(cell.address)}, {"arg_count", cell.arg_count}};
}

ordered_json handleJson(const Handle& handle) {
    return {{"address", hex(handle.address)}, {"sort", std::string(1, handle.sort)}};
}

ordered_json hintEntryJson(const HintEntry& entry) {
    const Abstract& value = entry.value;
    const Abstract unset;
    ordered_json object = {{"location", entry.location}, {"kind", nameOf(kKinds, value.kind)}};
    const auto add_number = [&](const char* key, auto number, auto ordinary) {
        if (number != ordinary) object[key] = number;
    };
    add_number("low", value.low, unset.low);
    add_number("flags", value.flags, unset.flags);
    add_number("sym", value.sym, unset.sym);
    add_number("aux", value.aux, unset.aux);
    add_number("map", value.map, unset.map);
    add_number("lo", value.lo, unset.lo);
    add_number("hi", value.hi, unset.hi);
    return object;
}

ordered_json labelJson(const LabelHint& label) {
    return {{"offset", label.offset},
            {"stack_words", label.stack_words},
            {"symbol_count", label.symbol_count},
            {"entries", list(label.entries, hintEntryJson)}};
}

}  // namespace

ordered_json trustedJson(const Trusted& trusted) {
    const SharedTables& shared = *trusted.shared;
    ordered_json object = {{"head", headJson(shared.head)},
                           {"entry", nameOf(kEntryKinds, trusted.entry)},
                           {"arg_count", trusted.arg_count}};
    add(object, "types", shared.types, typeJson);
    add(object, "type_object", shared.type_object, fieldJson);
    add(object, "thread", shared.thread, fieldJson);
    add(object, "helpers", shared.helpers, helperJson);
    add(object, "shared_regions", shared.regions, regionJson);
    add(object, "regions", trusted.regions, regionJson);
    add(object, "shared_constants", shared.constants, constantJson);
    add(object, "constants", trusted.constants, constantJson);
    add(object, "entry_cells", trusted.entry_cells, entryCellJson);
    add(object, "handles", trusted.handles, handleJson);
    add(object, "exits", trusted.exits, exitJson);
    return object;
}

ordered_json manifestJson(uint64_t address, const Trusted& trusted, const Hints* hints) {
    ordered_json object = {{"address", hex(address)}, {"trusted", trustedJson(trusted)}};
    if (hints != nullptr) object["hints"] = {{"labels", list(hints->labels, labelJson)}};
    return object;
}

}  // namespace tagproof::cli
