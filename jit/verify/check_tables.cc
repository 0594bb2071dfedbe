#include "jit/verify/check_tables.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <span>
#include <string_view>
#include <utility>

namespace tagproof::verify {

namespace {

// --- messages ------------------------------------------------------------------------------------

struct Hex {
    uint64_t number;
};

void append(std::string& text, std::string_view part) { text += part; }
void append(std::string& text, Hex part) {
    std::string digits;
    for (uint64_t rest = part.number; rest != 0 || digits.empty(); rest >>= 4) {
        digits.insert(digits.begin(), "0123456789abcdef"[rest & 15]);
    }
    text += "0x" + digits;
}
template <std::integral T>
void append(std::string& text, T number) {
    text += std::to_string(number);
}

template <typename... Parts>
std::string joined(const Parts&... parts) {
    std::string text;
    (append(text, parts), ...);
    return text;
}

class Faults {
  public:
    template <typename... Parts>
    void add(const std::string& place, const Parts&... what) {
        all.push_back({place, joined(what...)});
    }
    std::vector<TableFault> all;
};

std::string element(std::string_view list, size_t index) { return joined(list, "[", index, "]"); }

std::string_view nameOf(FieldKind kind) {
    constexpr std::string_view kNames[] = {"value",        "value-or-null", "int",  "double",
                                           "items",        "length",        "type", "object",
                                           "inline-items", "exit-word"};
    const auto index = static_cast<size_t>(kind);
    return index < std::size(kNames) ? kNames[index] : "?";
}

// Each key once, in rising order.
template <typename Row, typename Key>
void checkOrder(
    Faults& f, std::string_view list, std::span<const Row> rows, Key Row::*key, const char* name) {
    for (size_t i = 1; i < rows.size(); ++i) {
        const Key before = rows[i - 1].*key;
        const Key here = rows[i].*key;
        if (before == here) {
            f.add(element(list, i), name, " ", Hex{static_cast<uint64_t>(here)},
                  " stands twice, in ", element(list, i - 1), " too; keep one");
        }
        if (before > here) {
            f.add(element(list, i), name, " ", Hex{static_cast<uint64_t>(here)}, " comes after ",
                  Hex{static_cast<uint64_t>(before)}, "; sort the list by ", name);
        }
    }
}

void checkAddress(Faults& f, const std::string& place, uint64_t address, uint64_t alignment) {
    constexpr uint64_t kLowest = 0x1000;
    constexpr uint64_t kHighest = uint64_t{1} << 62;
    if (address < kLowest || address > kHighest || address % alignment != 0) {
        f.add(place, "address ", Hex{address}, " can be none; write a multiple of ", alignment,
              " from ", Hex{kLowest}, " to ", Hex{kHighest});
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

void checkHead(Faults& f, const HeadLayout& head) {
    constexpr const char* kPlace = "trusted.head";
    if (head.refcount_width != 0 && head.refcount_width != 4 && head.refcount_width != 8) {
        f.add(kPlace, "refcount_width ", head.refcount_width,
              " is none; write 4 or 8, or 0 when objects are not counted");
    }
    // Values pointers are 8-aligned, and the word that stands for one ends in 111.
    if ((static_cast<uint32_t>(head.prefix_from_values) & 7) != 7) {
        f.add(kPlace, "prefix_from_values ", head.prefix_from_values,
              " is none; a slot word ends in 111, so write -1, or -9");
    }
    constexpr int32_t kFarthest = 1 << 20;
    for (const int32_t offset : {head.refcount, head.type, head.slot, head.prefix_from_values}) {
        if (offset < -kFarthest || offset > kFarthest) {
            f.add(kPlace, offset, " is too far from the object; write ", -kFarthest, " to ",
                  kFarthest);
        }
    }
    const std::array<Extent, 3> words = headWords(head);
    for (size_t i = 0; i < words.size(); ++i) {
        for (size_t k = i + 1; k < words.size(); ++k) {
            if (!overlap(words[i].begin, words[i].end, words[k])) continue;
            f.add(kPlace, words[k].name, " at ", words[k].begin, " overlaps ", words[i].name,
                  " at ", words[i].begin, "; give each its own bytes");
        }
    }
}

// --- fields --------------------------------------------------------------------------------------

enum class Owner : uint8_t { kObject, kTypeObject, kThread };

bool isItemKind(FieldKind kind) {
    return kind == FieldKind::kItems || kind == FieldKind::kLength ||
           kind == FieldKind::kInlineItems;
}

void checkWidth(Faults& f, const std::string& place, FieldKind kind, uint8_t width) {
    const bool is_int = kind == FieldKind::kInt;
    if (width == 8 || (is_int && (width == 1 || width == 2 || width == 4))) return;
    f.add(place, "width ", width, " does not go with kind ", nameOf(kind), "; write ",
          is_int ? "1, 2, 4 or 8" : "8");
}

void checkAccess(Faults& f, const std::string& place, const Field& field, Owner owner) {
    const std::string_view kind = nameOf(field.kind);
    if (field.kind == FieldKind::kExitWord) {
        if (owner != Owner::kThread) f.add(place, "kind ", kind, " belongs to the thread only");
        if (field.readable) f.add(place, "kind ", kind, " is never read; leave \"readable\" out");
        return;
    }
    if (owner != Owner::kObject && isItemKind(field.kind)) {
        f.add(place, "kind ", kind, " belongs to fields of a type only");
    }
    const bool is_frozen =
        owner == Owner::kTypeObject || isItemKind(field.kind) || field.kind == FieldKind::kType;
    if (field.writable && is_frozen) {
        f.add(place,
              owner == Owner::kTypeObject ? std::string("a type object") : joined("kind ", kind),
              " is never written by emitted code; leave \"writable\" out");
    }
}

// The offset behind a field's last byte.
int64_t endOf(const Field& field) { return field.offset + int64_t{field.count} * field.width; }

void checkField(Faults& f, const std::string& place, const Field& field, Owner owner) {
    checkWidth(f, place, field.kind, field.width);
    checkAccess(f, place, field, owner);
    constexpr int64_t kFarthest = int64_t{1} << 30;
    if (field.count == 0 || (isItemKind(field.kind) && field.count != 1)) {
        f.add(place, "count ", field.count, " does not go with kind ", nameOf(field.kind),
              "; write 1");
    }
    if (field.offset < -kFarthest || endOf(field) > kFarthest) {
        f.add(place, "bytes [", field.offset, ", ", endOf(field),
              ") are too far from the object; stay within ", kFarthest, " bytes");
    }
}

void checkBesideHead(Faults& f,
                     const std::string& place,
                     const Field& field,
                     const HeadLayout& head) {
    constexpr int64_t kNoEnd = int64_t{1} << 40;
    const int64_t end = field.kind == FieldKind::kInlineItems ? kNoEnd : endOf(field);
    for (const Extent& word : headWords(head)) {
        if (!overlap(field.offset, end, word)) continue;
        f.add(place, "overlaps ", word.name, " at ", word.begin,
              "; the head is not described by fields");
    }
}

// A proven index is below "the" length of an object, so there is one, and one array.
void checkItems(Faults& f, const std::string& list, std::span<const Field> fields) {
    const auto count = [&](auto... kinds) {
        return std::ranges::count_if(
            fields, [&](const Field& field) { return ((field.kind == kinds) || ...); });
    };
    const auto arrays = count(FieldKind::kItems, FieldKind::kInlineItems);
    const auto lengths = count(FieldKind::kLength);
    if (arrays > 1) f.add(list, "has ", arrays, " item arrays; describe at most one");
    if (lengths > 1) f.add(list, "has ", lengths, " fields of kind length; describe at most one");
    if (arrays == 1 && lengths == 0) {
        f.add(list, "has items but no field of kind length, without which no index is proven");
    }
}

void checkFields(Faults& f,
                 const std::string& list,
                 std::span<const Field> fields,
                 const HeadLayout& head,
                 Owner owner) {
    checkOrder(f, list, fields, &Field::offset, "offset");
    for (size_t i = 0; i < fields.size(); ++i) {
        const std::string place = element(list, i);
        checkField(f, place, fields[i], owner);
        if (owner != Owner::kThread) checkBesideHead(f, place, fields[i], head);
        if (i == 0) continue;
        if (fields[i - 1].kind == FieldKind::kInlineItems) {
            f.add(place, "lies behind the inline items, which have no end; leave it out");
        }
        if (endOf(fields[i - 1]) > fields[i].offset) {
            f.add(place, "overlaps ", element(list, i - 1), ", which ends at ",
                  endOf(fields[i - 1]), "; shorten one");
        }
    }
    checkItems(f, list, fields);
}

void checkThread(Faults& f, std::span<const Field> fields) {
    checkFields(f, "trusted.thread", fields, HeadLayout{}, Owner::kThread);
    const auto is_exit_word = [](const Field& field) { return field.kind == FieldKind::kExitWord; };
    if (std::ranges::count_if(fields, is_exit_word) > 1) {
        f.add("trusted.thread", "has several fields of kind exit-word; there is one exit buffer");
    }
}

void checkTypes(Faults& f, const SharedTables& shared) {
    constexpr uint32_t kMostWords = 1 << 20;
    checkOrder(f, "trusted.types", shared.types, &TypeRow::address, "address");
    for (size_t i = 0; i < shared.types.size(); ++i) {
        const TypeRow& row = shared.types[i];
        const std::string place = element("trusted.types", i);
        checkAddress(f, place, row.address, 8);
        if (row.capacity > kMostWords) {
            f.add(place, "capacity ", row.capacity, " is more than ", kMostWords);
        }
        checkFields(f, place + ".fields", row.fields, shared.head, Owner::kObject);
    }
}

// --- calls and exits -----------------------------------------------------------------------------

void checkHelpers(Faults& f, std::span<const Helper> helpers) {
    checkOrder(f, "trusted.helpers", helpers, &Helper::address, "address");
    for (size_t i = 0; i < helpers.size(); ++i) {
        const Helper& helper = helpers[i];
        const std::string place = element("trusted.helpers", i);
        checkAddress(f, place, helper.address, 1);
        const bool takes_id = helper.arg_count >= 2 && (helper.args[1] == ArgKind::kInt ||
                                                        helper.args[1] == ArgKind::kConst);
        if (helper.is_exit && !takes_id) {
            f.add(
                place,
                "an exit helper takes the exit's id as its second argument; write its kind, const");
        }
        for (unsigned k = 0; k < helper.arg_count && k < kMaxArgs; ++k) {
            if (helper.args[k] != ArgKind::kHandle || helper.handle_sorts[k] != 0) continue;
            f.add(place, "argument ", k, " is a handle of no sort; say which");
        }
        if (helper.result_is_sentinel && helper.result != ResultKind::kInt) {
            f.add(place, "a sentinel is a result of kind int; write that");
        }
    }
}

void checkExits(Faults& f, std::span<const Exit> exits) {
    checkOrder(f, "trusted.exits", exits, &Exit::id, "id");
    for (size_t i = 0; i < exits.size(); ++i) {
        if (exits[i].words.size() <= kMaxExitWords) continue;
        f.add(element("trusted.exits", i), exits[i].words.size(),
              " words are too many; the exit buffer has ", kMaxExitWords);
    }
}

// --- memory by absolute address ------------------------------------------------------------------

void checkRegion(Faults& f, const std::string& place, const Region& region) {
    if (isItemKind(region.kind) || region.kind == FieldKind::kType ||
        region.kind == FieldKind::kExitWord) {
        f.add(place, "a region has no kind ", nameOf(region.kind),
              "; write value, value-or-null, int, double or object");
    }
    checkWidth(f, place, region.kind, region.width);
    checkAddress(f, place, region.address, region.width);
    if (region.size == 0 || region.size % region.width != 0) {
        f.add(place, "size ", region.size, " is no multiple of the width, ", region.width);
    }
}

void checkRegions(Faults& f, std::string_view list, std::span<const Region> regions) {
    checkOrder(f, list, regions, &Region::address, "address");
    for (size_t i = 0; i < regions.size(); ++i) {
        checkRegion(f, element(list, i), regions[i]);
        if (i != 0 && regions[i - 1].address + regions[i - 1].size > regions[i].address) {
            f.add(element(list, i), "overlaps ", element(list, i - 1), "; shorten one");
        }
    }
}

void checkConstants(Faults& f,
                    std::string_view list,
                    std::span<const Constant> constants,
                    std::span<const TypeRow> types) {
    checkOrder(f, list, constants, &Constant::address, "address");
    for (size_t i = 0; i < constants.size(); ++i) {
        checkAddress(f, element(list, i), constants[i].address, 8);
        if (constants[i].type_row == kNoType || constants[i].type_row < types.size()) continue;
        f.add(element(list, i), "type ", constants[i].type_row,
              " is no index into \"types\", which has ", types.size());
    }
}

void checkHandles(Faults& f, std::span<const Handle> handles) {
    checkOrder(f, "trusted.handles", handles, &Handle::address, "address");
    for (size_t i = 0; i < handles.size(); ++i) {
        checkAddress(f, element("trusted.handles", i), handles[i].address, 1);
        if (handles[i].sort == 0) {
            f.add(element("trusted.handles", i), "has no sort; say which, as in helpers");
        }
    }
}

void checkMemory(Faults& f, const Trusted& trusted) {
    const SharedTables& shared = *trusted.shared;
    checkRegions(f, "trusted.shared_regions", shared.regions);
    checkRegions(f, "trusted.regions", trusted.regions);
    checkConstants(f, "trusted.shared_constants", shared.constants, shared.types);
    checkConstants(f, "trusted.constants", trusted.constants, shared.types);
    checkOrder(f, "trusted.entry_cells", trusted.entry_cells, &EntryCell::address, "address");
    for (size_t i = 0; i < trusted.entry_cells.size(); ++i) {
        checkAddress(f, element("trusted.entry_cells", i), trusted.entry_cells[i].address, 8);
    }
    checkHandles(f, trusted.handles);
    for (size_t i = 0; i < trusted.constants.size(); ++i) {
        const uint64_t address = trusted.constants[i].address;
        if (!std::ranges::binary_search(shared.constants, address, {}, &Constant::address))
            continue;
        f.add(element("trusted.constants", i), "address ", Hex{address},
              " stands in \"shared_constants\" too; keep one");
    }
}

// --- bytes that two things share -----------------------------------------------------------------

// Bytes [begin, end) of something that exists once. Parts of one object have one owner.
struct Part {
    uint64_t begin;
    uint64_t end;
    uint64_t owner;
    size_t number;  // in the order of the tables: of two, the later is the one to blame
    std::string name;
};

class Parts {
  public:
    // Of something that has no other part.
    void add(uint64_t begin, uint64_t size, std::string name) {
        constexpr uint64_t kNoObject = uint64_t{1} << 63;
        addPart(begin, size, kNoObject + parts_.size(), std::move(name));
    }
    // The head of the object at `address`, and its fields, but for items without an end.
    void addObject(uint64_t address,
                   const HeadLayout& head,
                   std::span<const Field> fields,
                   const std::string& name) {
        for (const Extent& word : headWords(head)) {
            addPart(address + static_cast<uint64_t>(word.begin),
                    static_cast<uint64_t>(word.end - word.begin), address,
                    joined(word.name, " of ", name));
        }
        for (const Field& field : fields) {
            if (field.kind == FieldKind::kInlineItems || field.count == 0) continue;
            addPart(address + static_cast<uint64_t>(int64_t{field.offset}),
                    uint64_t{field.count} * field.width, address,
                    joined("the field at ", field.offset, " of ", name));
        }
    }
    void addRegions(std::string_view list, std::span<const Region> regions) {
        for (size_t i = 0; i < regions.size(); ++i) {
            add(regions[i].address, regions[i].size, element(list, i));
        }
    }
    void addConstants(std::string_view list,
                      std::span<const Constant> constants,
                      const SharedTables& shared) {
        for (size_t i = 0; i < constants.size(); ++i) {
            const uint32_t row = constants[i].type_row;
            const std::span<const Field> fields =
                row < shared.types.size() ? shared.types[row].fields : std::span<const Field>();
            addObject(constants[i].address, shared.head, fields, element(list, i));
        }
    }

    void check(Faults& f) {
        std::ranges::stable_sort(parts_, {}, &Part::begin);
        const Part* last = nullptr;  // that reaches farthest so far
        for (const Part& part : parts_) {
            if (last != nullptr && part.begin < last->end && part.owner != last->owner) {
                const bool in_order = last->number < part.number;
                const Part& later = in_order ? part : *last;
                const Part& earlier = in_order ? *last : part;
                f.add(later.name, "overlaps ", earlier.name, " at ", Hex{part.begin},
                      "; each byte has one owner");
            }
            if (last == nullptr || part.end > last->end) last = &part;
        }
    }

  private:
    void addPart(uint64_t begin, uint64_t size, uint64_t owner, std::string name) {
        if (size == 0) return;
        parts_.push_back({begin, begin + size, owner, parts_.size(), std::move(name)});
    }

    std::vector<Part> parts_;
};

void checkDisjoint(Faults& f, const Trusted& trusted, uint64_t address, size_t size) {
    const SharedTables& shared = *trusted.shared;
    Parts parts;
    parts.add(address, size, "the code");
    for (size_t i = 0; i < shared.types.size(); ++i) {
        parts.addObject(shared.types[i].address, shared.head, shared.type_object,
                        element("trusted.types", i));
    }
    parts.addConstants("trusted.shared_constants", shared.constants, shared);
    parts.addConstants("trusted.constants", trusted.constants, shared);
    for (size_t i = 0; i < trusted.entry_cells.size(); ++i) {
        parts.add(trusted.entry_cells[i].address, 8, element("trusted.entry_cells", i));
    }
    for (size_t i = 0; i < shared.helpers.size(); ++i) {
        parts.add(shared.helpers[i].address, 1, element("trusted.helpers", i));
    }
    parts.addRegions("trusted.shared_regions", shared.regions);
    parts.addRegions("trusted.regions", trusted.regions);
    parts.check(f);
}

}  // namespace

std::vector<TableFault> checkTables(const Trusted& trusted, uint64_t address, size_t size) {
    Faults f;
    if (trusted.shared == nullptr) {
        f.add("trusted.shared", "is missing; give it the tables that functions share");
        return f.all;
    }
    const SharedTables& shared = *trusted.shared;
    checkHead(f, shared.head);
    checkTypes(f, shared);
    checkFields(f, "trusted.type_object", shared.type_object, shared.head, Owner::kTypeObject);
    checkThread(f, shared.thread);
    checkHelpers(f, shared.helpers);
    checkExits(f, trusted.exits);
    checkMemory(f, trusted);
    checkDisjoint(f, trusted, address, size);
    return std::move(f.all);
}

}  // namespace tagproof::verify
