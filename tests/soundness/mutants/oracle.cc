#include "tests/soundness/mutants/oracle.h"

#include <algorithm>

namespace tagproof::soundness {
namespace {

using verify::FieldKind;

struct BreachRow {
    std::string_view name;
    unsigned property;
    std::string_view text;
};
constexpr BreachRow kBreaches[] = {
    {"None", 0, "nothing"},
#define TAGPROOF_BREACH(id, property, text) {#id, property, text},
#include "tests/soundness/mutants/breaches.def"
#undef TAGPROOF_BREACH
};

// --- the instruction at hand ---------------------------------------------------------------------

struct Opcode {
    uint8_t byte;
    uint8_t modrm;
    [[nodiscard]] unsigned digit() const { return modrm >> 3 & 7; }
    [[nodiscard]] bool hasMemory() const { return modrm >> 6 != 3; }
};

constexpr bool isPrefix(uint8_t byte) {
    const bool is_segment = byte == 0x26 || byte == 0x2E || byte == 0x36 || byte == 0x3E ||
                            byte == 0x64 || byte == 0x65;
    const bool is_rex = byte >> 4 == 4;
    return is_segment || is_rex || byte == 0x66 || byte == 0x67 || byte == 0xF0 || byte == 0xF2 ||
           byte == 0xF3;
}

Opcode opcodeOf(const uint8_t* code) {
    constexpr int kMaxPrefixes = 13;
    for (int k = 0; k < kMaxPrefixes && isPrefix(*code); ++k) ++code;
    return {code[0], code[1]};
}

// inc, dec, add and sub of memory.
bool isCount(const uint8_t* code) {
    const Opcode op = opcodeOf(code);
    if (!op.hasMemory()) return false;
    if (op.byte == 0xFF) return op.digit() <= 1;
    if (op.byte == 0x81 || op.byte == 0x83) return op.digit() == 0 || op.digit() == 5;
    return op.byte == 0x01 || op.byte == 0x29;
}

bool isReturn(const uint8_t* code) { return opcodeOf(code).byte == 0xC3; }

bool isCallThroughMemory(const uint8_t* code) {
    const Opcode op = opcodeOf(code);
    return op.byte == 0xFF && op.digit() == 2 && op.hasMemory();
}

bool overlaps(uint64_t at, unsigned size, uint64_t begin, uint64_t length) {
    return at < begin + length && at + size > begin;
}

// The field of an object that `offset` lies in.
const verify::Field* fieldAt(const verify::TypeRow* type, uint64_t offset, const Cell& cell) {
    if (type == nullptr) return nullptr;
    for (const verify::Field& field : type->fields) {
        const bool is_inline = field.kind == FieldKind::kInlineItems;
        const uint64_t count = is_inline ? cell.length : field.count;
        if (offset - static_cast<uint64_t>(field.offset) < count * field.width) return &field;
    }
    return nullptr;
}

}  // namespace

std::string_view breachName(Breach breach) { return kBreaches[static_cast<size_t>(breach)].name; }
std::string_view breachText(Breach breach) { return kBreaches[static_cast<size_t>(breach)].text; }
unsigned propertyOf(Breach breach) { return kBreaches[static_cast<size_t>(breach)].property; }

// --- words ---------------------------------------------------------------------------------------

bool Oracle::isValue(uint64_t word, bool nullable) const {
    if (word == 0) return nullable;
    const uint64_t tag = word & layout::kTagMask;
    if (tag == layout::kTagPointer) return scene_.isObject(word);
    return tag != layout::kTagNever;
}

bool Oracle::isArgument(const verify::Helper& helper, unsigned argument, uint64_t word) const {
    switch (helper.args[argument]) {
        case verify::ArgKind::kThread:
            return word == kThread.base;
        case verify::ArgKind::kValue:
            return isValue(word, false);
        case verify::ArgKind::kValueOrNull:
            return isValue(word, true);
        case verify::ArgKind::kObject:
            return scene_.isObject(word);
        case verify::ArgKind::kInt:
            return !scene_.isSlotWord(word) && !kStack.contains(word);
        case verify::ArgKind::kCell: {
            const Cell* cell = scene_.find(word);
            return cell != nullptr && kTables.contains(word);
        }
        case verify::ArgKind::kHandle:
            return std::ranges::any_of(scene_.trusted().handles, [&](const verify::Handle& row) {
                return row.address == word && row.sort == helper.handle_sorts[argument];
            });
        case verify::ArgKind::kConst:
            return !kStack.contains(word) && !kHeap.contains(word) && !kThread.contains(word);
        case verify::ArgKind::kDouble:
            return true;
    }
    return false;
}

bool Oracle::fitsExit(uint64_t id) const {
    const auto exits = scene_.trusted().exits;
    const auto exit = std::ranges::find(exits, id, &verify::Exit::id);
    if (exit == exits.end()) return false;
    for (uint32_t k = 0; k < exit->words.size(); ++k) {
        const verify::ExitWord& want = exit->words[k];
        const uint64_t word =
            memory_.load(kThread.base + layout::kThreadDeoptValues + 8 * uint64_t{k});
        if (word == Scene::poison(k)) return false;
        if (want.kind != verify::WordKind::kTagged) continue;
        if (!isValue(word, want.nullable)) return false;
        const bool is_pointer = (word & layout::kTagMask) == layout::kTagPointer;
        if (want.ownership == verify::WordOwnership::kImmediate && is_pointer) return false;
    }
    return true;
}

// --- reads ---------------------------------------------------------------------------------------

Breach Oracle::read(const Access& access) const {
    if (kStack.contains(access.address)) return readStack(access);
    if (kThread.contains(access.address)) return readThread(access);
    const Cell* cell = scene_.find(access.address);
    if (cell == nullptr) {
        return access.address % 8 == 1 ? Breach::kSlotBase : Breach::kWildRead;
    }
    const uint64_t inside = access.address - cell->address;
    if (inside + access.size > cell->size) return Breach::kWildRead;
    switch (cell->kind) {
        case CellKind::kObject:
            return readObject(*cell, access);
        case CellKind::kValues:
            return outsideOfValues(*cell, access);
        case CellKind::kItems: {
            const bool whole = inside % 8 == 0 && access.size == 8;
            return whole && inside / 8 < cell->length ? Breach::kNone : Breach::kWildRead;
        }
        case CellKind::kRegion: {
            const unsigned width = cell->region->width;
            return inside % width + access.size <= width ? Breach::kNone : Breach::kWildRead;
        }
        case CellKind::kEntry:
            return isCallThroughMemory(access.code) ? Breach::kNone : Breach::kWildRead;
        case CellKind::kNothing:
            break;
    }
    return Breach::kWildRead;
}

Breach Oracle::readStack(const Access& access) const {
    if (access.address == kEntryRsp && isReturn(access.code)) return Breach::kNone;
    const bool inside = access.address >= access.rsp && access.address + access.size <= kEntryRsp;
    return inside ? Breach::kNone : Breach::kStackAccess;
}

Breach Oracle::readThread(const Access& access) const {
    const uint64_t offset = access.address - kThread.base;
    const verify::Field* field = scene_.threadField(offset);
    if (field == nullptr || !field->readable) return Breach::kWildRead;
    const uint64_t inside = (offset - static_cast<uint64_t>(field->offset)) % field->width;
    return inside + access.size <= field->width ? Breach::kNone : Breach::kWildRead;
}

Breach Oracle::outsideOfValues(const Cell& cell, const Access& access) {
    const uint64_t end = cell.values() + 8 * uint64_t{cell.capacity};
    if (access.address == cell.values() - 1) return Breach::kSlotBase;
    if (access.address < cell.values()) return Breach::kValuesPrefix;
    if (access.address + access.size > end) return Breach::kValuesPrefix;
    return cell.block == BlockState::kInSlot ? Breach::kNone : Breach::kValuesGone;
}

Breach Oracle::readObject(const Cell& cell, const Access& access) const {
    const uint64_t offset = access.address - cell.address;
    if (offset == layout::kObjectRefcount && access.size == 4) return Breach::kNone;
    if (offset == layout::kObjectType && access.size == 8) return Breach::kNone;
    if (overlaps(offset, access.size, layout::kObjectSlot, 8)) return Breach::kNone;
    if (cell.is_type) {
        for (const verify::Field& field : scene_.trusted().shared->type_object) {
            const uint64_t inside = offset - static_cast<uint64_t>(field.offset);
            if (inside + access.size <= uint64_t{field.count} * field.width) return Breach::kNone;
        }
    }
    const verify::Field* field = fieldAt(scene_.row(cell.type_row), offset, cell);
    if (field != nullptr && field->readable) {
        const uint64_t inside = (offset - static_cast<uint64_t>(field->offset)) % field->width;
        if (inside + access.size <= field->width) return Breach::kNone;
    }
    return offset % 8 == 1 && cell.is_dict ? Breach::kSlotBase : Breach::kWildRead;
}

// --- writes --------------------------------------------------------------------------------------

Breach Oracle::write(const Access& access) const {
    if (kStack.contains(access.address)) return writeStack(access);
    if (kThread.contains(access.address)) return writeThread(access);
    if (kCode.contains(access.address) || kHelpers.contains(access.address)) {
        return Breach::kCodeWrite;
    }
    const Cell* cell = scene_.find(access.address);
    if (cell == nullptr) return Breach::kForeignWrite;
    const uint64_t inside = access.address - cell->address;
    if (inside + access.size > cell->size) return Breach::kForeignWrite;
    switch (cell->kind) {
        case CellKind::kObject:
            return writeObject(*cell, access);
        case CellKind::kValues: {
            const Breach range = outsideOfValues(*cell, access);
            if (range != Breach::kNone) return range;
            if (access.size != 8 || (access.address - cell->values()) % 8 != 0) {
                return Breach::kValuesPart;
            }
            return isValue(access.word, true) ? Breach::kNone : Breach::kNoValue;
        }
        case CellKind::kRegion: {
            const verify::Region& region = *cell->region;
            const verify::Field field{
                .width = region.width, .kind = region.kind, .writable = region.writable};
            return writeField(field, inside % region.width, access);
        }
        case CellKind::kItems:
        case CellKind::kEntry:
        case CellKind::kNothing:
            break;
    }
    return Breach::kForeignWrite;
}

// A push writes before it moves rsp.
Breach Oracle::writeStack(const Access& access) const {
    const bool in_frame =
        access.address >= kEntryRsp - kFrameBytes && access.address + access.size <= kEntryRsp;
    return in_frame && access.address + 8 >= access.rsp ? Breach::kNone : Breach::kStackAccess;
}

Breach Oracle::writeThread(const Access& access) const {
    const uint64_t offset = access.address - kThread.base;
    const verify::Field* field = scene_.threadField(offset);
    if (field == nullptr) return Breach::kForeignWrite;
    return writeField(*field, (offset - static_cast<uint64_t>(field->offset)) % field->width,
                      access);
}

Breach Oracle::writeObject(const Cell& cell, const Access& access) const {
    const uint64_t offset = access.address - cell.address;
    if (overlaps(offset, access.size, layout::kObjectSlot, 8)) return Breach::kSlotWrite;
    if (overlaps(offset, access.size, layout::kObjectType, 8)) return Breach::kTypeWrite;
    if (overlaps(offset, access.size, layout::kObjectRefcount, 4)) {
        const bool whole = offset == layout::kObjectRefcount && access.size == 4;
        return whole && isCount(access.code) ? Breach::kNone : Breach::kRefcount;
    }
    const verify::Field* field = fieldAt(scene_.row(cell.type_row), offset, cell);
    if (field == nullptr) return Breach::kForeignWrite;
    return writeField(*field, (offset - static_cast<uint64_t>(field->offset)) % field->width,
                      access);
}

Breach Oracle::writeField(const verify::Field& field, uint64_t inside, const Access& access) const {
    if (!field.writable || inside != 0 || access.size != field.width) return Breach::kForeignWrite;
    switch (field.kind) {
        case FieldKind::kValue:
        case FieldKind::kValueOrNull:
            return isValue(access.word, field.kind == FieldKind::kValueOrNull) ? Breach::kNone
                                                                               : Breach::kNoValue;
        case FieldKind::kObject:
            return scene_.isObject(access.word) ? Breach::kNone : Breach::kNoValue;
        case FieldKind::kInt:
        case FieldKind::kDouble:
        case FieldKind::kExitWord:
            return Breach::kNone;
        case FieldKind::kItems:
        case FieldKind::kLength:
        case FieldKind::kType:
        case FieldKind::kInlineItems:
            return Breach::kForeignWrite;
    }
    return Breach::kForeignWrite;
}

}  // namespace tagproof::soundness
