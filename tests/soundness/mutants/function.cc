#include "tests/soundness/mutants/function.h"

#include <algorithm>

namespace tagproof::soundness {
namespace {

template <typename Row>
std::vector<Row> movedRows(std::span<const Row> rows,
                           const std::function<uint64_t(uint64_t)>& moved) {
    std::vector<Row> copy(rows.begin(), rows.end());
    for (Row& row : copy) row.address = moved(row.address);
    return copy;
}

}  // namespace

std::span<const verify::Field> OwnedTables::keep(std::span<const verify::Field> fields) {
    return fields_.emplace_back(fields.begin(), fields.end());
}

OwnedTables::OwnedTables(const verify::Trusted& from,
                         const std::function<uint64_t(uint64_t)>& moved)
    : shared_(*from.shared),
      trusted_(from),
      types_(movedRows(from.shared->types, moved)),
      helpers_(movedRows(from.shared->helpers, moved)),
      shared_regions_(movedRows(from.shared->regions, moved)),
      regions_(movedRows(from.regions, moved)),
      shared_constants_(movedRows(from.shared->constants, moved)),
      constants_(movedRows(from.constants, moved)),
      entry_cells_(movedRows(from.entry_cells, moved)),
      handles_(movedRows(from.handles, moved)),
      exits_(from.exits.begin(), from.exits.end()) {
    for (verify::TypeRow& row : types_) {
        row.fields = keep(row.fields);
        row.name = names_.emplace_back(row.name);
    }
    for (verify::Helper& row : helpers_) row.name = names_.emplace_back(row.name);
    for (verify::Exit& exit : exits_) {
        exit.words = exit_words_.emplace_back(exit.words.begin(), exit.words.end());
    }
    std::ranges::sort(handles_, {}, &verify::Handle::address);  // some lie beside constants
    shared_.types = types_;
    shared_.helpers = helpers_;
    shared_.regions = shared_regions_;
    shared_.constants = shared_constants_;
    shared_.thread = keep(from.shared->thread);
    shared_.type_object = keep(from.shared->type_object);
    trusted_.shared = &shared_;
    trusted_.exits = exits_;
    trusted_.regions = regions_;
    trusted_.constants = constants_;
    trusted_.entry_cells = entry_cells_;
    trusted_.handles = handles_;
}

}  // namespace tagproof::soundness
