#include "tools/tagproof/manifest_check.h"

#include <algorithm>
#include <array>

#include "tools/tagproof/manifest_names.h"
#include "tools/tagproof/strict_json.h"

namespace tagproof::cli {

namespace {

using namespace verify;

template <typename... Args>
[[noreturn]] void fail(const std::string& place,
                       fmt::format_string<Args...> format,
                       Args&&... args) {
    throw DocumentError(place + ": " + fmt::format(format, std::forward<Args>(args)...));
}

std::string element(std::string_view list, size_t index) {
    return fmt::format("{}[{}]", list, index);
}

// Each key once, in rising order.
template <typename Row, typename Key>
void checkOrder(std::string_view list, std::span<const Row> rows, Key Row::*key, const char* name) {
    for (size_t i = 1; i < rows.size(); ++i) {
        const Key before = rows[i - 1].*key;
        const Key here = rows[i].*key;
        if (before == here) {
            fail(element(list, i), "{} {:#x} stands twice, in {} too; keep one", name, here,
                 element(list, i - 1));
        }
        if (before > here) {
            fail(element(list, i), "{} {:#x} comes after {:#x}; sort the list by {}", name, here,
                 before, name);
        }
    }
}

void checkAddress(const std::string& place, uint64_t address, uint64_t alignment) {
    constexpr uint64_t kLowest = 0x1000;
    constexpr uint64_t kHighest = uint64_t{1} << 62;
    if (address < kLowest || address > kHighest || address % alignment != 0) {
        fail(place, "address {:#x} can be none; write a multiple of {} from {:#x} to {:#x}",
             address, alignment, kLowest, kHighest);
    }
}

// --- the head ------------------------------------------------------------------------------------

// Bytes [begin, end) of an object.
struct Extent {
    int64_t begin;
    int64_t end;
    const char* name;
};

std::array<Extent, 3> headWords(const HeadLayout& head) {
    return {{{head.type, int64_t{head.type} + 8, "the head's type word"},
             {head.slot, int64_t{head.slot} + 8, "the head's managed-dict slot"},
             {head.refcount, int64_t{head.refcount} + head.refcount_width, "the head's count"}}};
}

bool overlap(int64_t begin, int64_t end, const Extent& other) {
    return begin < other.end && other.begin < end;
}

void checkHead(const HeadLayout& head) {
    constexpr const char* kPlace = "trusted.head";
    if (head.refcount_width != 0 && head.refcount_width != 4 && head.refcount_width != 8) {
        fail(kPlace, "refcount_width {} is none; write 4 or 8, or 0 when objects are not counted",
             head.refcount_width);
    }
    // Values pointers are 8-aligned, and the word that stands for one ends in 111.
    if ((static_cast<uint32_t>(head.prefix_from_values) & 7) != 7) {
        fail(kPlace, "prefix_from_values {} is none; a slot word ends in 111, so write -1, or -9",
             head.prefix_from_values);
    }
    constexpr int32_t kFarthest = 1 << 20;
    for (const int32_t offset : {head.refcount, head.type, head.slot, head.prefix_from_values}) {
        if (offset < -kFarthest || offset > kFarthest) {
            fail(kPlace, "{} is too far from the object; write {} to {}", offset, -kFarthest,
                 kFarthest);
        }
    }
    const std::array<Extent, 3> words = headWords(head);
    for (size_t i = 0; i < words.size(); ++i) {
        for (size_t k = i + 1; k < words.size(); ++k) {
            if (!overlap(words[i].begin, words[i].end, words[k])) continue;
            fail(kPlace, "{} at {} overlaps {} at {}; give each its own bytes", words[k].name,
                 words[k].begin, words[i].name, words[i].begin);
        }
    }
}

// --- fields --------------------------------------------------------------------------------------

enum class Owner : uint8_t { kObject, kTypeObject, kThread };

bool isItemKind(FieldKind kind) {
    return kind == FieldKind::kItems || kind == FieldKind::kLength ||
           kind == FieldKind::kInlineItems;
}

void checkWidth(const std::string& place, FieldKind kind, uint8_t width) {
    const bool is_int = kind == FieldKind::kInt;
    if (width == 8 || (is_int && (width == 1 || width == 2 || width == 4))) return;
    fail(place, "width {} does not go with kind {}; write {}", width, nameOf(kFieldKinds, kind),
         is_int ? "1, 2, 4 or 8" : "8");
}

void checkAccess(const std::string& place, const Field& field, Owner owner) {
    const std::string_view kind = nameOf(kFieldKinds, field.kind);
    if (field.kind == FieldKind::kExitWord) {
        if (owner != Owner::kThread) fail(place, "kind {} belongs to the thread only", kind);
        if (field.readable) fail(place, "kind {} is never read; leave \"readable\" out", kind);
        return;
    }
    if (owner != Owner::kObject && isItemKind(field.kind)) {
        fail(place, "kind {} belongs to fields of a type only", kind);
    }
    const bool is_frozen =
        owner == Owner::kTypeObject || isItemKind(field.kind) || field.kind == FieldKind::kType;
    if (field.writable && is_frozen) {
        fail(place, "{} is never written by emitted code; leave \"writable\" out",
             owner == Owner::kTypeObject ? std::string("a type object")
                                         : fmt::format("kind {}", kind));
    }
}

// The offset behind a field's last byte.
int64_t endOf(const Field& field) { return field.offset + int64_t{field.count} * field.width; }

void checkField(const std::string& place, const Field& field, Owner owner) {
    checkWidth(place, field.kind, field.width);
    checkAccess(place, field, owner);
    constexpr int64_t kFarthest = int64_t{1} << 30;
    if (field.count == 0 || (isItemKind(field.kind) && field.count != 1)) {
        fail(place, "count {} does not go with kind {}; write 1", field.count,
             nameOf(kFieldKinds, field.kind));
    }
    if (field.offset < -kFarthest || endOf(field) > kFarthest) {
        fail(place, "bytes [{}, {}) are too far from the object; stay within {} bytes",
             field.offset, endOf(field), kFarthest);
    }
}

void checkBesideHead(const std::string& place, const Field& field, const HeadLayout& head) {
    constexpr int64_t kNoEnd = int64_t{1} << 40;
    const int64_t end = field.kind == FieldKind::kInlineItems ? kNoEnd : endOf(field);
    for (const Extent& word : headWords(head)) {
        if (!overlap(field.offset, end, word)) continue;
        fail(place, "overlaps {} at {}; the head is not described by fields", word.name,
             word.begin);
    }
}

// A proven index is below "the" length of an object, so there is one, and one array.
void checkItems(const std::string& list, std::span<const Field> fields) {
    const auto count = [&](auto... kinds) {
        return std::ranges::count_if(
            fields, [&](const Field& field) { return ((field.kind == kinds) || ...); });
    };
    const auto arrays = count(FieldKind::kItems, FieldKind::kInlineItems);
    const auto lengths = count(FieldKind::kLength);
    if (arrays > 1) fail(list, "has {} item arrays; describe at most one", arrays);
    if (lengths > 1) fail(list, "has {} fields of kind length; describe at most one", lengths);
    if (arrays == 1 && lengths == 0) {
        fail(list, "has items but no field of kind length, without which no index is proven");
    }
}

void checkFields(const std::string& list,
                 std::span<const Field> fields,
                 const HeadLayout& head,
                 Owner owner) {
    checkOrder(list, fields, &Field::offset, "offset");
    for (size_t i = 0; i < fields.size(); ++i) {
        const std::string place = element(list, i);
        checkField(place, fields[i], owner);
        if (owner != Owner::kThread) checkBesideHead(place, fields[i], head);
        if (i == 0) continue;
        if (fields[i - 1].kind == FieldKind::kInlineItems) {
            fail(place, "lies behind the inline items, which have no end; leave it out");
        }
        if (endOf(fields[i - 1]) > fields[i].offset) {
            fail(place, "overlaps {}, which ends at {}; shorten one", element(list, i - 1),
                 endOf(fields[i - 1]));
        }
    }
    checkItems(list, fields);
}

void checkThread(std::span<const Field> fields) {
    checkFields("trusted.thread", fields, HeadLayout{}, Owner::kThread);
    const auto is_exit_word = [](const Field& field) { return field.kind == FieldKind::kExitWord; };
    if (std::ranges::count_if(fields, is_exit_word) > 1) {
        fail("trusted.thread", "has several fields of kind exit-word; there is one exit buffer");
    }
}

void checkTypes(const SharedTables& shared) {
    constexpr uint32_t kMostWords = 1 << 20;
    checkOrder("trusted.types", shared.types, &TypeRow::address, "address");
    for (size_t i = 0; i < shared.types.size(); ++i) {
        const TypeRow& row = shared.types[i];
        const std::string place = element("trusted.types", i);
        checkAddress(place, row.address, 8);
        if (row.capacity > kMostWords) {
            fail(place, "capacity {} is more than {}", row.capacity, kMostWords);
        }
        checkFields(place + ".fields", row.fields, shared.head, Owner::kObject);
    }
}

// --- calls and exits -----------------------------------------------------------------------------

void checkHelpers(std::span<const Helper> helpers) {
    checkOrder("trusted.helpers", helpers, &Helper::address, "address");
    for (size_t i = 0; i < helpers.size(); ++i) {
        const Helper& helper = helpers[i];
        const std::string place = element("trusted.helpers", i);
        checkAddress(place, helper.address, 1);
        const bool takes_id = helper.arg_count >= 2 && (helper.args[1] == ArgKind::kInt ||
                                                        helper.args[1] == ArgKind::kConst);
        if (helper.is_exit && !takes_id) {
            fail(place,
                 "an exit helper takes the exit's id as its second argument; write its "
                 "kind, const");
        }
        if (helper.result_is_sentinel && helper.result != ResultKind::kInt) {
            fail(place, "a sentinel is a result of kind int; write that");
        }
    }
}

void checkExits(std::span<const Exit> exits) {
    checkOrder("trusted.exits", exits, &Exit::id, "id");
    for (size_t i = 0; i < exits.size(); ++i) {
        if (exits[i].words.size() <= kMaxExitWords) continue;
        fail(element("trusted.exits", i), "{} words are too many; the exit buffer has {}",
             exits[i].words.size(), kMaxExitWords);
    }
}

// --- memory by absolute address ------------------------------------------------------------------

void checkRegion(const std::string& place, const Region& region) {
    if (isItemKind(region.kind) || region.kind == FieldKind::kType ||
        region.kind == FieldKind::kExitWord) {
        fail(place, "a region has no kind {}; write value, value-or-null, int, double or object",
             nameOf(kFieldKinds, region.kind));
    }
    checkWidth(place, region.kind, region.width);
    checkAddress(place, region.address, region.width);
    if (region.size == 0 || region.size % region.width != 0) {
        fail(place, "size {} is no multiple of the width, {}", region.size, region.width);
    }
}

void checkRegions(std::string_view list, std::span<const Region> regions) {
    checkOrder(list, regions, &Region::address, "address");
    for (size_t i = 0; i < regions.size(); ++i) {
        checkRegion(element(list, i), regions[i]);
        if (i != 0 && regions[i - 1].address + regions[i - 1].size > regions[i].address) {
            fail(element(list, i), "overlaps {}; shorten one", element(list, i - 1));
        }
    }
}

// The index of the region that has a byte of [begin, end), or the number of regions.
size_t regionAt(std::span<const Region> regions, uint64_t begin, uint64_t end) {
    const auto after = std::ranges::lower_bound(regions, end, {}, &Region::address);
    const auto index = static_cast<size_t>(after - regions.begin());
    if (index == 0) return regions.size();
    const Region& last = regions[index - 1];
    return last.address + last.size > begin ? index - 1 : regions.size();
}

// Where what may lie in no region is, with the names of both for messages.
class RegionGuard {
  public:
    RegionGuard(std::string_view list, std::span<const Region> regions)
        : list_(list), regions_(regions) {}

    void exclude(uint64_t begin, uint64_t end, const std::string& owner) const {
        const size_t found = regionAt(regions_, begin, end);
        if (found == regions_.size()) return;
        fail(element(list_, found), "overlaps {}; take that out of the region", owner);
    }

    void excludeHead(uint64_t object, const HeadLayout& head, const std::string& owner) const {
        for (const Extent& word : headWords(head)) {
            const uint64_t begin = object + static_cast<uint64_t>(word.begin);
            const auto size = static_cast<uint64_t>(word.end - word.begin);
            if (size != 0) exclude(begin, begin + size, fmt::format("{} of {}", word.name, owner));
        }
    }

  private:
    std::string_view list_;
    std::span<const Region> regions_;
};

void checkConstants(std::string_view list,
                    std::span<const Constant> constants,
                    std::span<const TypeRow> types) {
    checkOrder(list, constants, &Constant::address, "address");
    for (size_t i = 0; i < constants.size(); ++i) {
        checkAddress(element(list, i), constants[i].address, 8);
        if (constants[i].type_row == kNoType || constants[i].type_row < types.size()) continue;
        fail(element(list, i), "type {} is no index into \"types\", which has {}",
             constants[i].type_row, types.size());
    }
}

// Nothing that regions allow reaches a head or a cell that holds an entry.
void checkRegionsAgainstRest(const Trusted& trusted, const RegionGuard& regions) {
    const SharedTables& shared = *trusted.shared;
    for (size_t i = 0; i < shared.types.size(); ++i) {
        regions.excludeHead(shared.types[i].address, shared.head, element("trusted.types", i));
    }
    for (size_t i = 0; i < shared.constants.size(); ++i) {
        regions.excludeHead(shared.constants[i].address, shared.head,
                            element("trusted.shared_constants", i));
    }
    for (size_t i = 0; i < trusted.constants.size(); ++i) {
        regions.excludeHead(trusted.constants[i].address, shared.head,
                            element("trusted.constants", i));
    }
    for (size_t i = 0; i < trusted.entry_cells.size(); ++i) {
        const uint64_t address = trusted.entry_cells[i].address;
        regions.exclude(address, address + 8, element("trusted.entry_cells", i));
    }
}

void checkMemory(const Trusted& trusted) {
    const SharedTables& shared = *trusted.shared;
    checkRegions("trusted.shared_regions", shared.regions);
    checkRegions("trusted.regions", trusted.regions);
    checkConstants("trusted.shared_constants", shared.constants, shared.types);
    checkConstants("trusted.constants", trusted.constants, shared.types);
    checkOrder("trusted.entry_cells", trusted.entry_cells, &EntryCell::address, "address");
    for (size_t i = 0; i < trusted.entry_cells.size(); ++i) {
        checkAddress(element("trusted.entry_cells", i), trusted.entry_cells[i].address, 8);
    }
    const RegionGuard ours("trusted.shared_regions", shared.regions);
    checkRegionsAgainstRest(trusted, ours);
    checkRegionsAgainstRest(trusted, RegionGuard("trusted.regions", trusted.regions));
    for (size_t i = 0; i < trusted.regions.size(); ++i) {
        const Region& region = trusted.regions[i];
        ours.exclude(region.address, region.address + region.size, element("trusted.regions", i));
    }
    for (size_t i = 0; i < trusted.constants.size(); ++i) {
        const uint64_t address = trusted.constants[i].address;
        if (!std::ranges::binary_search(shared.constants, address, {}, &Constant::address))
            continue;
        fail(element("trusted.constants", i),
             "address {:#x} stands in \"shared_constants\" too; keep one", address);
    }
}

}  // namespace

void checkTables(const Trusted& trusted) {
    const SharedTables& shared = *trusted.shared;
    checkHead(shared.head);
    checkTypes(shared);
    checkFields("trusted.type_object", shared.type_object, shared.head, Owner::kTypeObject);
    checkThread(shared.thread);
    checkHelpers(shared.helpers);
    checkExits(trusted.exits);
    checkMemory(trusted);
}

}  // namespace tagproof::cli
