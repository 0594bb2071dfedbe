// Where everything of a scene lies.

#include <algorithm>

#include "tests/soundness/mutants/scene.h"

namespace tagproof::soundness {
namespace {

constexpr uint32_t kHeadBytes = layout::kObjectPayload;
constexpr uint32_t kInlineItems = 6;
constexpr uint32_t kTypeBytes = 0x40;
constexpr uint32_t kDictBytes = 0x40;
constexpr size_t kManyRows = 12;

constexpr uint32_t roundUp(uint32_t n, uint32_t to) { return (n + to - 1) / to * to; }

// Bytes of an object of that row: its fields, and room for some inline items.
uint32_t bytesOf(const verify::TypeRow* row) {
    uint32_t end = kHeadBytes;
    if (row == nullptr) return end;
    for (const verify::Field& field : row->fields) {
        const bool has_items = field.kind == verify::FieldKind::kInlineItems;
        const uint32_t count = has_items ? kInlineItems : field.count;
        end = std::max(end, static_cast<uint32_t>(field.offset) + count * field.width);
    }
    return roundUp(end, 16);
}

bool hasField(const verify::TypeRow& row, verify::FieldKind kind) {
    return std::ranges::any_of(row.fields,
                               [kind](const auto& field) { return field.kind == kind; });
}

}  // namespace

Scene::Scene(const verify::Trusted& trusted, const Memory& memory)
    : trusted_(trusted),
      memory_(memory),
      cells_(1),
      heap_index_(kHeap.size / 8),
      tables_index_(kTables.size / 8),
      thread_index_(kThread.size / 4),
      heap_sites_(kHeap.size / 8),
      tables_sites_(kTables.size / 8),
      thread_sites_(kThread.size / 8),
      of_row_(trusted.shared->types.size() + 1) {
    layOutTables();
    layOutHeap();
    indexThread();
}

uint32_t Scene::addCell(const Cell& cell) {
    const auto index = static_cast<uint32_t>(cells_.size());
    const bool in_heap = kHeap.contains(cell.address);
    const Area& area = in_heap ? kHeap : kTables;
    std::vector<uint16_t>& table = in_heap ? heap_index_ : tables_index_;
    const uint64_t first = (cell.address - area.base) / 8;
    const uint64_t last = (cell.address - area.base + cell.size - 1) / 8;
    if (index > UINT16_MAX || last >= table.size()) {
        fits_ = false;
        return 0;
    }
    cells_.push_back(cell);
    for (uint64_t k = first; k <= last; ++k) table[k] = static_cast<uint16_t>(index);
    return index;
}

// The objects that the tables name: types and constants. One address may be both.
std::map<uint64_t, Cell> Scene::namedObjects() const {
    std::map<uint64_t, Cell> named;
    for (const verify::TypeRow& row : trusted_.shared->types) {
        named[row.address] = Cell{
            .kind = CellKind::kObject, .size = kTypeBytes, .is_constant = true, .is_type = true};
    }
    for (const auto* table : {&trusted_.shared->constants, &trusted_.constants}) {
        for (const verify::Constant& constant : *table) {
            Cell& cell = named[constant.address];
            const verify::TypeRow* type = row(constant.type_row);
            cell.kind = CellKind::kObject;
            cell.is_constant = true;
            cell.home_row = cell.type_row = constant.type_row;
            cell.managed = type != nullptr && type->managed;
            if (!cell.is_type) cell.size = bytesOf(type);
        }
    }
    return named;
}

// The tables name addresses, not sizes: a cell ends where the next one begins.
void Scene::layOutTables() {
    std::map<uint64_t, Cell> named = namedObjects();
    for (const auto* table : {&trusted_.shared->regions, &trusted_.regions}) {
        for (const verify::Region& region : *table) {
            named[region.address] =
                Cell{.kind = CellKind::kRegion, .size = region.size, .region = &region};
        }
    }
    for (size_t k = 0; k < trusted_.entry_cells.size(); ++k) {
        named[trusted_.entry_cells[k].address] =
            Cell{.kind = CellKind::kEntry, .size = 8, .entry = static_cast<uint32_t>(k)};
    }
    for (auto at = named.begin(); at != named.end(); ++at) {
        const auto next = std::next(at);
        Cell& cell = at->second;
        cell.address = at->first;
        if (next != named.end()) {
            cell.size =
                static_cast<uint32_t>(std::min<uint64_t>(cell.size, next->first - cell.address));
        }
        const uint32_t index = addCell(cell);
        if (cell.kind == CellKind::kObject && index != 0) constants_.push_back(index);
    }
}

uint32_t Scene::addHeapCell(Cell cell) {
    cell.address = next_;
    next_ += roundUp(cell.size, 16);
    if (!kHeap.contains(next_)) {
        fits_ = false;
        return 0;
    }
    return addCell(cell);
}

void Scene::addObject(uint32_t type_row, bool managed) {
    Cell cell{.kind = CellKind::kObject, .size = bytesOf(row(type_row))};
    cell.home_row = cell.type_row = type_row;
    cell.managed = managed;
    const uint32_t index = addHeapCell(cell);
    of_row_[std::min<size_t>(type_row, of_row_.size() - 1)].push_back(index);
}

// Two blocks for one object: the present one and the next. Those of every other object are larger
// than their row says.
uint32_t Scene::addStorage(uint32_t capacity) {
    const uint32_t slack = cells_.size() % 4 < 2 ? 0 : 1;
    Cell block{.kind = CellKind::kValues};
    block.capacity = std::max(capacity + slack, 1U);
    block.prefix = roundUp(block.capacity + 2, 8);
    block.size = roundUp(block.prefix + 8 * block.capacity, 16);
    const uint32_t first = addHeapCell(block);
    static_cast<void>(addHeapCell(block));
    return first;
}

uint32_t Scene::addItems() {
    constexpr uint32_t kItems = 8;
    return addHeapCell(Cell{.kind = CellKind::kItems, .size = 8 * kItems});
}

void Scene::layOutHeap() {
    const auto rows = static_cast<uint32_t>(trusted_.shared->types.size());
    for (uint64_t* type : {&unknown_types_[0], &unknown_types_[1], &dead_type_}) {
        Cell cell{.kind = CellKind::kObject, .size = kTypeBytes, .is_type = true};
        *type = next_;
        static_cast<void>(addHeapCell(cell));
    }
    for (uint32_t copy = 0; copy < (rows > kManyRows ? 1 : 2); ++copy) {
        for (uint32_t k = 0; k < rows; ++k) addObject(k, trusted_.shared->types[k].managed);
        addObject(verify::kNoType, copy == 0);
    }
    for (int k = 0; k < 3; ++k) {
        Cell cell{.kind = CellKind::kObject, .size = kDictBytes};
        cell.is_dict = true;
        dicts_.push_back(addHeapCell(cell));
    }
    const size_t objects = cells_.size();
    for (size_t k = 1; fits_ && k < objects; ++k) {
        if (cells_[k].kind == CellKind::kObject) addContents(k);
    }
}

// Values blocks and item arrays of an object.
void Scene::addContents(size_t object) {
    constexpr uint32_t kUnknownCapacity = 4;
    const verify::TypeRow* type = row(cells_[object].home_row);
    if (cells_[object].managed) {
        const uint32_t first = addStorage(type == nullptr ? kUnknownCapacity : type->capacity);
        cells_[object].storage = first;
    }
    if (type == nullptr || !hasField(*type, verify::FieldKind::kItems)) return;
    for (int array = 0; array < 2; ++array) {
        const uint32_t items = addItems();
        cells_[object].items[array] = items;
    }
}

void Scene::indexThread() {
    for (const verify::Exit& exit : trusted_.exits) {
        exit_words_ = std::max(exit_words_, static_cast<uint32_t>(exit.words.size()));
    }
    const auto fields = trusted_.shared->thread;
    for (size_t k = 0; k < fields.size(); ++k) {
        const auto begin = static_cast<uint64_t>(fields[k].offset) / 4;
        const uint64_t end = begin + uint64_t{fields[k].count} * fields[k].width / 4;
        if (end > thread_index_.size()) {
            fits_ = false;
            return;
        }
        for (uint64_t at = begin; at < end; ++at) {
            thread_index_[at] = static_cast<uint16_t>(k + 1);
        }
    }
}

const verify::TypeRow* Scene::row(uint32_t index) const {
    const auto types = trusted_.shared->types;
    return index < types.size() ? &types[index] : nullptr;
}

const verify::Field* Scene::threadField(uint64_t offset) const {
    const uint64_t at = offset / 4;
    if (at >= thread_index_.size() || thread_index_[at] == 0) return nullptr;
    return &trusted_.shared->thread[thread_index_[at] - 1];
}

const Cell* Scene::find(uint64_t address) const {
    uint16_t index = 0;
    if (kHeap.contains(address)) index = heap_index_[(address - kHeap.base) / 8];
    if (kTables.contains(address)) index = tables_index_[(address - kTables.base) / 8];
    if (index == 0) return nullptr;
    const Cell& cell = cells_[index];
    return address - cell.address < cell.size ? &cell : nullptr;
}

uint32_t Scene::siteOf(uint64_t address) const {
    if (kHeap.contains(address)) return heap_sites_[(address - kHeap.base) / 8];
    if (kTables.contains(address)) return tables_sites_[(address - kTables.base) / 8];
    if (kThread.contains(address)) return thread_sites_[(address - kThread.base) / 8];
    return 0;
}

bool Scene::isObject(uint64_t word) const {
    const Cell* cell = find(word);
    return cell != nullptr && cell->kind == CellKind::kObject && cell->address == word;
}

// The words that are neither values nor numbers: a slot's word, the values pointer in it, items.
bool Scene::isSlotWord(uint64_t word) const {
    const Cell* cell = find(word);
    if (cell == nullptr) return false;
    if (cell->kind == CellKind::kItems) return word == cell->address;
    if (cell->kind != CellKind::kValues) return false;
    return word == cell->values() || word == cell->values() - 1;
}

}  // namespace tagproof::soundness
