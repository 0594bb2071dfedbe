#include "tests/soundness/write_set/contract.h"

#include <cstring>

namespace tagproof::soundness {
namespace {

using verify::Abstract;
using verify::Field;
using verify::FieldKind;
using verify::Kind;

constexpr int32_t kItemsField = 0x48;
constexpr int32_t kLengthField = 0x50;

std::vector<Field> objectFields() {
    return {
        {.offset = 0x20, .count = 2, .width = 8, .kind = FieldKind::kInt, .writable = true},
        {.offset = 0x30, .count = 2, .width = 4, .kind = FieldKind::kInt, .writable = true},
        {.offset = 0x38, .count = 4, .width = 1, .kind = FieldKind::kInt, .writable = true},
        {.offset = 0x40, .kind = FieldKind::kDouble, .writable = true},
        {.offset = kItemsField, .kind = FieldKind::kItems},
        {.offset = kLengthField, .kind = FieldKind::kLength},
        {.offset = 0x58, .count = 2, .kind = FieldKind::kValue, .writable = true},
        {.offset = 0x68, .count = 2, .kind = FieldKind::kValueOrNull, .writable = true},
        {.offset = 0x78, .kind = FieldKind::kObject},
        {.offset = 0x80, .count = 4, .width = 2, .kind = FieldKind::kInt, .writable = true},
    };
}

std::vector<Field> threadFields() {
    return {
        {.offset = 0, .count = 2, .width = 4, .kind = FieldKind::kInt, .writable = true},
        {.offset = 8, .count = 3, .width = 8, .kind = FieldKind::kInt, .writable = true},
        {.offset = 0x20, .count = 8, .kind = FieldKind::kValue, .writable = true},
        {.offset = 0x60, .count = 4, .kind = FieldKind::kValueOrNull, .writable = true},
        {.offset = 0x80,
         .count = 4,
         .kind = FieldKind::kExitWord,
         .readable = false,
         .writable = true},
    };
}

struct CellRow {
    uint64_t offset;
    uint32_t size;
    uint8_t width;
    FieldKind kind;
    bool writable;
};
constexpr CellRow kCellRows[] = {
    {0x00, 0x40, 8, FieldKind::kInt, true},      {0x40, 0x20, 4, FieldKind::kInt, true},
    {0x60, 0x10, 1, FieldKind::kInt, true},      {0x80, 0x40, 8, FieldKind::kValueOrNull, true},
    {0xC0, 0x20, 8, FieldKind::kDouble, true},   {0xE0, 0x20, 8, FieldKind::kValue, false},
    {0x100, 0x20, 8, FieldKind::kObject, false},
};

uint64_t wordAt(std::span<const uint8_t> image, uint64_t offset) {
    uint64_t word = 0;
    std::memcpy(&word, image.data() + offset, sizeof word);
    return word;
}
void put(std::span<uint8_t> image, uint64_t offset, uint64_t word, size_t width = 8) {
    std::memcpy(image.data() + offset, &word, width);
}

verify::Trusted trustedOf(const verify::SharedTables& shared) {
    verify::Trusted trusted;
    trusted.shared = &shared;
    return trusted;
}

// Calls visit(arena offset, kind, width) for each field.
template <typename Visit>
void forEachField(std::span<const Field> fields, uint64_t start, const Visit& visit) {
    for (const Field& field : fields) {
        for (uint32_t k = 0; k < field.count; ++k) {
            visit(start + static_cast<uint64_t>(field.offset) + uint64_t{k} * field.width,
                  field.kind, field.width);
        }
    }
}

}  // namespace

bool Symbols::bind(uint32_t symbol, uint64_t word) {
    if (symbol == 0 || symbol >= words_.size()) return true;
    Word& at = words_[symbol];
    if (at.epoch == epoch_) return at.word == word;
    at = {epoch_, word};
    return true;
}

const uint64_t* Symbols::find(uint32_t symbol) const {
    if (symbol == 0 || symbol >= words_.size() || words_[symbol].epoch != epoch_) return nullptr;
    return &words_[symbol].word;
}

Contract::Contract(uint64_t base) : base_(base), trusted_(trustedOf(shared_)) {
    fields_[0] = fields_[1] = objectFields();
    type_fields_ = {{.offset = 0x20, .width = 4, .kind = FieldKind::kInt}};
    thread_fields_ = threadFields();
    for (uint32_t k = 0; k < 2; ++k) {
        types_.push_back({.address = at(Place::kType[k]),
                          .capacity = k == 0 ? kCapacity : 0,
                          .managed = k == 0,
                          .fields = fields_[k],
                          .name = k == 0 ? "managed" : "plain"});
    }
    for (const CellRow& row : kCellRows) {
        regions_.push_back({.address = at(Place::kCells + row.offset),
                            .size = row.size,
                            .width = row.width,
                            .kind = row.kind,
                            .writable = row.writable});
    }
    constants_ = {{.address = at(Place::kObject[2]), .type_row = 0}};
    shared_.types = types_;
    shared_.regions = regions_;
    shared_.constants = constants_;
    shared_.thread = thread_fields_;
    shared_.type_object = type_fields_;
    trusted_.arg_count = 5;
}

uint64_t Contract::valueWord(Random& random) const {
    const uint64_t choice = random();
    switch (choice % 8) {
        case 0:
        case 1:
            return at(Place::kObject[(choice >> 8) % 3]);
        case 2:
            return (random() & ~uint64_t{7}) | layout::kTagFixnum;
        case 3:
        case 4:
            return (random() & ~uint64_t{7}) | (2 + (choice >> 8) % 4);
        default:
            return (random() >> (choice >> 8) % 60) << 3 | 1;
    }
}

void Contract::fillMemory(std::span<uint8_t> image, Random& random) const {
    for (size_t k = 0; k + 8 <= image.size(); k += 8) put(image, k, random());
    const auto fill = [&](uint64_t offset, FieldKind kind, unsigned width) {
        switch (kind) {
            case FieldKind::kValue:
            case FieldKind::kInlineItems:
                return put(image, offset, valueWord(random));
            case FieldKind::kValueOrNull:
                return put(image, offset, random() % 4 == 0 ? 0 : valueWord(random));
            case FieldKind::kItems:
                return put(image, offset, at(Place::kItems));
            case FieldKind::kLength:
                return put(image, offset, kItemCount);
            case FieldKind::kObject:
                return put(image, offset, at(Place::kObject[random() % 3]));
            case FieldKind::kType:
                return put(image, offset, at(Place::kType[0]));
            case FieldKind::kInt:
            case FieldKind::kDouble:
            case FieldKind::kExitWord:
                return put(image, offset, random() >> (random() % 64), width);
        }
    };
    forEachPromise(fill);
    for (unsigned k = 0; k < 3; ++k) {
        const uint64_t object = Place::kObject[k];
        put(image, object + layout::kObjectType, at(Place::kType[typeOf(k)]));
        put(image, object + layout::kObjectSlot, typeOf(k) == 0 ? slotWord() : random());
    }
}

// Calls visit(arena offset, kind, width) for each word that the tables describe.
template <typename Visit>
void Contract::forEachPromise(const Visit& visit) const {
    forEachField(thread_fields_, Place::kThread, visit);
    for (const CellRow& row : kCellRows) {
        const Field cells{.count = row.size / row.width, .width = row.width, .kind = row.kind};
        forEachField({&cells, 1}, Place::kCells + row.offset, visit);
    }
    for (unsigned k = 0; k < 3; ++k) forEachField(fields_[typeOf(k)], Place::kObject[k], visit);
    for (uint64_t k = 0; k < kCapacity; ++k) {
        visit(Place::kValues + 8 * k, FieldKind::kValueOrNull, 8);
    }
    for (uint64_t k = 0; k < kItemCount; ++k) visit(Place::kItems + 8 * k, FieldKind::kValue, 8);
}

bool Contract::isObject(uint64_t word) const {
    for (const uint64_t place : Place::kObject) {
        if (word == at(place)) return true;
    }
    // A type object is an object too.
    return word == at(Place::kType[0]) || word == at(Place::kType[1]);
}

bool Contract::isValue(uint64_t word, bool nullable) const {
    const uint64_t tag = word & 7;
    if (tag == layout::kTagNever) return false;
    return tag != 0 || (word == 0 ? nullable : isObject(word));
}

bool Contract::keeps(FieldKind kind, uint64_t word) const {
    switch (kind) {
        case FieldKind::kValue:
        case FieldKind::kInlineItems:
            return isValue(word, false);
        case FieldKind::kValueOrNull:
            return isValue(word, true);
        case FieldKind::kItems:
            return word == at(Place::kItems);
        case FieldKind::kLength:
            return word == kItemCount;
        case FieldKind::kObject:
            return isObject(word);
        case FieldKind::kInt:
        case FieldKind::kDouble:
        case FieldKind::kType:
        case FieldKind::kExitWord:
            break;
    }
    return true;
}

std::string_view Contract::brokenPromise(std::span<const uint8_t> image) const {
    std::string_view broken;
    forEachPromise([&](uint64_t offset, FieldKind kind, unsigned) {
        if (!keeps(kind, wordAt(image, offset))) {
            broken = "a field of the arena does not hold what the tables promise";
        }
    });
    for (unsigned k = 0; k < 3; ++k) {
        const uint64_t slot = wordAt(image, Place::kObject[k] + layout::kObjectSlot);
        const uint64_t type = wordAt(image, Place::kObject[k] + layout::kObjectType);
        if (typeOf(k) == 0 && slot != slotWord()) broken = "a managed-dict slot was written";
        if (type != at(Place::kType[typeOf(k)])) broken = "a type word was written";
    }
    return broken;
}

bool Contract::describesInteger(const Abstract& a, uint64_t word, const Symbols& symbols) const {
    if (verify::has(a, verify::kHalfWord)) word &= 0xFFFFFFFF;
    const auto number = static_cast<int64_t>(word);
    if (number < a.lo || number > a.hi || (a.low >> (word & 7) & 1) == 0) return false;
    if (verify::has(a, verify::kNullOnly) && (word & 7) == 0 && word != 0) return false;
    if (verify::has(a, Abstract::kBounded) && (number < 0 || number >= int64_t{kItemCount})) {
        return false;
    }
    if (!verify::has(a, Abstract::kDerived)) return true;
    const uint64_t* from = symbols.find(a.aux);
    return from == nullptr || verify::mapAt(a.map, *from & 7) == (word & 7);
}

bool Contract::describesObject(const Abstract& a, uint64_t word) const {
    const uint64_t object = word - static_cast<uint64_t>(a.lo);
    if (!isObject(object)) return false;
    const bool is_type = object == at(Place::kType[0]) || object == at(Place::kType[1]);
    const unsigned type = object == at(Place::kObject[1]) ? 1 : 0;
    if (a.aux != verify::kNoType && (is_type || a.aux != type)) return false;
    if (verify::has(a, Abstract::kManaged) && (is_type || type != 0)) return false;
    return a.map == 0 || (!is_type && a.map <= kItemCount);
}

bool Contract::describes(const Abstract& a,
                         uint64_t word,
                         const Symbols& symbols,
                         std::span<const uint64_t, 16> registers_before) const {
    const uint64_t offset = static_cast<uint64_t>(a.lo);
    const bool null_ok = verify::has(a, Abstract::kNullable);
    const bool low_ok = (a.low >> (word & 7) & 1) != 0;
    switch (a.kind) {
        case Kind::kTop:
            return true;
        case Kind::kInt:
            return describesInteger(a, word, symbols);
        case Kind::kValue:
            return low_ok && isValue(word, null_ok);
        case Kind::kObj:
            return describesObject(a, word);
        case Kind::kSlot:
            return low_ok && (word == 0 ? null_ok : word == slotWord());
        case Kind::kVals:
            return a.aux == 0 && word - offset == at(Place::kValues);
        case Kind::kDict:
            return word != 0 && (word & 7) == 0;
        case Kind::kBuf:
            return word - offset == at(Place::kItems) && a.map <= kItemCount;
        case Kind::kLen:
            return word == kItemCount;
        case Kind::kType: {
            const uint64_t* owner = symbols.find(a.aux);
            if (owner == nullptr) {
                return word == at(Place::kType[0]) || word == at(Place::kType[1]);
            }
            return word == at(Place::kType[*owner == at(Place::kObject[1]) ? 1 : 0]);
        }
        case Kind::kStack:
            return word - offset == entryRsp();
        case Kind::kThread:
            return word - offset == at(Place::kThread);
        case Kind::kSaved:
            return a.aux < 16 && word == registers_before[a.aux];
    }
    return false;
}

}  // namespace tagproof::soundness
