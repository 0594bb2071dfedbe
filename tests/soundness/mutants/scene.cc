// What is in a scene, and what calls change.

#include "tests/soundness/mutants/scene.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace tagproof::soundness {
namespace {

using verify::FieldKind;

// Sites of choices: one range a purpose, kSitesPerCell for each cell.
constexpr uint32_t kSitesPerCell = 48;
constexpr uint32_t kThemeSite = 1;
constexpr uint32_t kThreadSite = 100;
constexpr uint32_t kGarbageSite = 200;
constexpr uint32_t kCellSite = 1000;

constexpr uint32_t kThreadWords = 16;  // different ones in each of its areas

// Values of numbers that code compares with, and of indices.
uint64_t smallNumber(uint64_t x) { return x % 12 - 3; }

uint64_t doubleWord(double number) {
    return std::rotl(std::bit_cast<uint64_t>(number), layout::kDoubleRotate) ^ layout::kDoubleXor;
}

constexpr double kDoubles[] = {
    0.0, 1.0, -1.0, 2.5, 1e10, -3e-5, std::numeric_limits<double>::infinity(), 0.5};

}  // namespace

// --- words ---------------------------------------------------------------------------------------

uint64_t Scene::fixnum(uint64_t x) {
    const uint64_t pick = x >> 8;
    uint64_t number = 0;
    switch (x & 7) {
        case 0:
            number = uint64_t{1} << 60;
            break;
        case 1:
            number = pick;
            break;
        case 2:
            number = (uint64_t{1} << 59) - 1 + pick % 3;
            break;
        default:
            number = smallNumber(pick);
            break;
    }
    return number << layout::kFixnumShift | layout::kTagFixnum;
}

uint64_t Scene::number(uint64_t x) const {
    const uint64_t pick = x >> 8;
    switch (x & 15) {
        case 0:
            return pick * 0x9E3779B97F4A7C15;
        case 1:
            return ~uint64_t{0} >> (pick & 63);
        case 2:
            return object(pick) + 8 * (pick >> 20 & 3);
        case 3:
        case 4:
            return fixnum(pick);
        case 5:
        case 6:
        case 7:
            return 1;
        default:
            return smallNumber(pick);
    }
}

uint64_t Scene::object(uint64_t x) const {
    const uint64_t pick = x >> 8;
    const unsigned among = x & 31;
    if (among < 3 && !constants_.empty()) {
        return cells_[constants_[pick % constants_.size()]].address;
    }
    if (among == 3) return cells_[dicts_[pick % dicts_.size()]].address;
    if (among == 4) return unknown_types_[pick & 1];
    const size_t group = among < 14   ? favoured_[0]
                         : among < 24 ? favoured_[1]
                                      : (pick >> 16) % of_row_.size();
    const std::vector<uint32_t>& cells = of_row_[group];
    return cells.empty() ? unknown_types_[0] : cells_[cells[pick % cells.size()]].address;
}

uint64_t Scene::value(uint64_t x) const {
    static constexpr uint8_t kObjects[] = {13, 4, 8, 3};  // of 16, by mood
    static constexpr uint8_t kFixnums[] = {15, 14, 12, 5};
    const unsigned among = x & 15;
    const uint64_t pick = mix(x);
    if (among < kObjects[mood_]) return object(pick);
    if (among < kFixnums[mood_]) return fixnum(pick);
    if ((pick & 15) == 0) return pick >> 8 << 3 | (2 + (pick >> 4 & 3));
    return doubleWord(kDoubles[(pick >> 8) % std::size(kDoubles)]);
}

uint64_t Scene::garbage(uint64_t x) const { return garbage_[x % garbage_.size()]; }

uint64_t Scene::word(FieldKind kind, uint64_t x) const {
    switch (kind) {
        case FieldKind::kValue:
        case FieldKind::kInlineItems:
            return value(x);
        case FieldKind::kValueOrNull:
            return (x & 7) == 0 ? 0 : value(x >> 3);
        case FieldKind::kObject:
            return object(x);
        case FieldKind::kType:
            return unknown_types_[x & 1];
        case FieldKind::kInt:
            return number(x);
        case FieldKind::kDouble:
            return std::bit_cast<uint64_t>(kDoubles[x % std::size(kDoubles)]);
        case FieldKind::kItems:
        case FieldKind::kLength:
        case FieldKind::kExitWord:
            return 0;
    }
    return 0;
}

uint64_t Scene::poison(uint32_t exit_word) {
    return 0xDEAD'BEEF'0000'0007 + (uint64_t{exit_word} << 8);
}

// --- a run ---------------------------------------------------------------------------------------

void Scene::chooseTheme() {
    const uint64_t x = draw(kThemeSite);
    mood_ = static_cast<unsigned>(x & 3);
    calm_ = (x >> 8 & 1) != 0;
    for (unsigned k = 0; k < 2; ++k) {
        favoured_[k] = static_cast<unsigned>(draw(kThemeSite + 1 + k) % of_row_.size());
    }
}

void Scene::reset(const Genome& genome) {
    genome_ = &genome;
    chooseTheme();
    for (Cell& cell : cells_) {
        cell.block = BlockState::kFree;
        if (!cell.is_constant) cell.type_row = cell.home_row;
    }
    for (uint32_t k = 1; k < cells_.size(); ++k) {
        const uint32_t site = kCellSite + kSitesPerCell * k;
        switch (cells_[k].kind) {
            case CellKind::kObject:
                fillObject(cells_[k], site);
                break;
            case CellKind::kRegion:
                fillRegion(cells_[k], site);
                break;
            case CellKind::kEntry:
                memory_.store(cells_[k].address, kBridges + kBridgeStride * cells_[k].entry);
                break;
            case CellKind::kNothing:
            case CellKind::kValues:
            case CellKind::kItems:
                break;
        }
    }
    fillGarbage();
    fillThread(kThreadSite);
    poisonExitWords();
    constexpr uint64_t kRedZone = 512;
    const uint64_t bottom = kEntryRsp - kFrameBytes - kRedZone;
    for (uint64_t at = bottom; at < kEntryRsp; at += 8) {
        memory_.store(at, garbage_[at / 8 % garbage_.size()]);
    }
    memory_.store(kEntryRsp, kReturn);
}

void Scene::poisonExitWords() {
    for (const verify::Field& field : trusted_.shared->thread) {
        if (field.kind != FieldKind::kExitWord) continue;
        for (uint32_t k = 0; k < std::min(field.count, exit_words_ + 1); ++k) {
            memory_.store(kThread.base + field.offset + 8 * uint64_t{k}, poison(k));
        }
    }
}

void Scene::disturb(uint32_t call) {
    const uint32_t base = kSitesPerCall * (1 + call % 64);
    const uint64_t rate = calm_ ? 31 : 3;  // one in so many
    for (uint32_t k = 1; k < cells_.size(); ++k) {
        Cell& cell = cells_[k];
        const uint32_t site = base + kSitesPerCell * k;
        if (cell.kind != CellKind::kObject && cell.kind != CellKind::kRegion) continue;
        const uint64_t x = draw(site);
        if ((x & rate) != 0) continue;
        if (cell.kind == CellKind::kRegion) {
            fillRegion(cell, site + 1);
            continue;
        }
        changeType(cell, x >> 8);
        fillObject(cell, site + 1);
    }
    if ((draw(base) & rate) == 0) fillThread(base + kSitesPerCall / 2);
}

// Freed and taken again as another object of that kind, or given another class.
void Scene::changeType(Cell& cell, uint64_t x) {
    if (cell.is_constant || cell.is_type || cell.is_dict) return;
    const verify::TypeRow* home = row(cell.home_row);
    const auto types = trusted_.shared->types;
    if ((x & 1) == 0) {
        cell.type_row = cell.home_row;
    } else if (home == nullptr || !home->fields.empty() || (x & 6) == 0) {
        cell.type_row = verify::kNoType;
    } else {
        const auto other = static_cast<uint32_t>((x >> 8) % types.size());
        const bool fits = types[other].fields.empty() && types[other].managed == cell.managed;
        cell.type_row = fits ? other : verify::kNoType;
    }
}

void Scene::put(uint64_t address, unsigned width, uint64_t word, uint32_t site) {
    if (width == 8) {
        memory_.store(address, word);
    } else {
        for (unsigned b = 0; b < width; ++b) {
            memory_.fill(address + b, static_cast<uint8_t>(word >> 8 * b), 1);
        }
    }
    if (kHeap.contains(address)) heap_sites_[(address - kHeap.base) / 8] = site;
    if (kTables.contains(address)) tables_sites_[(address - kTables.base) / 8] = site;
    if (kThread.contains(address)) thread_sites_[(address - kThread.base) / 8] = site;
}

// --- contents ------------------------------------------------------------------------------------

uint64_t Scene::typeWord(const Cell& cell) const {
    const verify::TypeRow* type = row(cell.type_row);
    return type != nullptr ? type->address : unknown_types_[cell.address / 16 & 1];
}

void Scene::fillObject(Cell& cell, uint32_t site) {
    const uint64_t x = draw(site);
    const bool is_dead = !cell.is_constant && !cell.is_type && (x & 31) == 0;
    static constexpr uint32_t kCounts[] = {1, 2, 7, layout::kImmortalRefcount, 1, 3, 1, 2};
    memory_.store(cell.address, is_dead ? 0 : kCounts[x >> 8 & 7]);
    if (cell.size < layout::kObjectPayload) return;
    memory_.store(cell.address + layout::kObjectType, is_dead ? dead_type_ : typeWord(cell));
    memory_.store(cell.address + layout::kObjectWeakrefs, is_dead ? garbage_[0] : 0);
    memory_.store(cell.address + layout::kObjectSlot, 0);
    if (cell.managed && !is_dead) fillSlot(cell, site + 1);
    const verify::TypeRow* type = row(cell.home_row);
    if (type == nullptr) {
        for (uint64_t at = layout::kObjectPayload; at + 8 <= cell.size; at += 8) {
            memory_.store(cell.address + at, cell.is_type ? 77 : garbage_[at / 8 & 15]);
        }
        return;
    }
    cell.length_site = site + 2;
    const uint64_t length = draw(site + 2);
    cell.length = (length & 1) != 0 ? 3 : static_cast<uint32_t>((length >> 1) % 7);
    for (const verify::Field& field : type->fields) {
        fillField(cell, field, site + 3);
        site += 8;
    }
}

// S0 empty, S1 values, S2 a dict that took over the values, S3 a dict. The block that is not used
// any more is free.
void Scene::fillSlot(Cell& cell, uint32_t state_site) {
    const uint64_t x = draw(state_site);
    Cell* blocks = &cells_[cell.storage];
    for (int k = 0; k < 2; ++k) blocks[k].block = BlockState::kFree;
    Cell& block = blocks[x >> 8 & 1];
    const uint64_t dict = cells_[dicts_[(x >> 9) % dicts_.size()]].address;
    const verify::TypeRow* type = row(cell.type_row);
    const bool too_small = type != nullptr && type->capacity > block.capacity;
    const unsigned state = static_cast<unsigned>(x & 15);
    uint64_t slot = 0;
    if (state >= 4 && !too_small) {
        block.block = BlockState::kInSlot;
        slot = block.values() - layout::kSlotValuesTag;
    } else if (state != 0) {
        block.block = state == 1 ? BlockState::kInDict : BlockState::kFree;
        slot = dict;
    }
    fillBlock(block, state_site + 1);
    put(cell.address + layout::kObjectSlot, 8, slot, state_site);
}

void Scene::fillBlock(Cell& block, uint32_t site) {
    memory_.fill(block.address, 0xEE, block.prefix);
    const uint64_t bits = draw(site);
    for (uint32_t k = 0; k < block.capacity; ++k) {
        const bool is_set = (bits & 3) != 0 || (bits >> (8 + k) & 1) != 0;
        const uint64_t word = is_set ? value(draw(site + 1 + k % 24)) : 0;
        put(block.values() + 8 * uint64_t{k}, 8, word, site + 1 + k % 24);
    }
    memory_.fill(block.values() + layout::kValuesPrefixSize, static_cast<uint8_t>(block.prefix), 1);
}

void Scene::fillField(Cell& cell, const verify::Field& field, uint32_t site) {
    const uint64_t at = cell.address + static_cast<uint64_t>(field.offset);
    const uint64_t x = draw(site);
    switch (field.kind) {
        case FieldKind::kLength:
            put(at, 8, cell.length, cell.length_site);
            return;
        case FieldKind::kItems: {
            const uint32_t chosen = x & 1;
            if (cell.items[0] == 0) return;
            cells_[cell.items[chosen ^ 1]].length = 0;
            Cell& items = cells_[cell.items[chosen]];
            items.length = cell.length;
            for (uint32_t k = 0; k < items.size / 8; ++k) {
                const uint64_t content =
                    k < cell.length ? value(draw(site + 1 + k % 6)) : garbage_[k];
                put(items.address + 8 * uint64_t{k}, 8, content, site + 1 + k % 6);
            }
            memory_.store(at, cell.length == 0 && (x & 2) != 0 ? 0 : items.address);
            return;
        }
        default:
            break;
    }
    const uint64_t room = (cell.address + cell.size - at) / field.width;
    const bool is_inline = field.kind == FieldKind::kInlineItems;
    const uint64_t count = std::min<uint64_t>(room, is_inline ? cell.length : field.count);
    for (uint64_t k = 0; k < count; ++k) {
        const uint32_t of_word = site + 1 + static_cast<uint32_t>(k % 6);
        put(at + field.width * k, field.width, word(field.kind, draw(of_word)), of_word);
    }
}

void Scene::fillRegion(const Cell& cell, uint32_t site) {
    const verify::Region& region = *cell.region;
    for (uint32_t at = 0; at < cell.size; at += region.width) {
        const uint32_t of_word = site + at / region.width % 16;
        const uint64_t x = draw(of_word);
        // Mostly what lets code go on: valid, and counters that are not used up.
        const bool goes_on = region.kind == FieldKind::kInt && (x & 15) != 0;
        const uint64_t content = goes_on ? 1 + (x >> 8 & 63) : word(region.kind, x >> 4);
        put(cell.address + at, region.width, content, of_word);
    }
}

void Scene::fillThread(uint32_t site) {
    for (const verify::Field& field : trusted_.shared->thread) {
        if (field.kind == FieldKind::kExitWord) continue;
        const uint64_t at = kThread.base + static_cast<uint64_t>(field.offset);
        if (field.width == 4) {
            const uint64_t x = draw(site);
            const bool is_limit = field.offset == layout::kThreadEntryLimit;
            const bool is_poll = field.offset == layout::kThreadPoll;
            const uint64_t usual = is_limit ? 900 : is_poll ? 0 : x & 63;
            put(at, 4, (x >> 8 & 15) == 0 ? number(x >> 12) : usual, site++);
            continue;
        }
        uint64_t words[kThreadWords];
        const uint32_t different = std::min(field.count, kThreadWords);
        for (uint32_t k = 0; k < different; ++k) words[k] = word(field.kind, draw(site + k));
        for (uint32_t k = 0; k < field.count; ++k) {
            put(at + 8 * uint64_t{k}, 8, words[k % different], site + k % different);
        }
        site += different;
    }
}

// Addresses that must not be accessed, or not in any way that comes to mind.
void Scene::fillGarbage() {
    uint64_t slot = kHeap.base;
    uint64_t values = kHeap.base;
    uint64_t items = kHeap.base;
    const uint64_t x = draw(kGarbageSite);
    const size_t start = x % cells_.size();
    for (size_t k = 0; k < cells_.size(); ++k) {
        const Cell& cell = cells_[(start + k) % cells_.size()];
        if (cell.managed) slot = cell.address + layout::kObjectSlot;
        if (cell.kind == CellKind::kValues) values = cell.values();
        if (cell.kind == CellKind::kItems) items = cell.address;
    }
    garbage_ = {slot,
                values - 1,
                values,
                values - 2,
                items,
                kEntryRsp + 16,
                slot - layout::kObjectSlot + layout::kObjectType,
                slot + 1,
                kCode.base + 16,
                kTables.base + 8,
                values + 24,
                kThread.base + 8,
                0,
                x,
                ~x >> 40,
                cells_[dicts_[0]].address + 1};
}

}  // namespace tagproof::soundness
