#pragma once
// One accepted function with everything that its proof assumed: what mutants are made of.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "jit/verify/verify.h"

namespace tagproof::soundness {

using Bytes = std::vector<uint8_t>;

// A deep copy of trusted tables, with each address replaced by `moved(address)`, which must keep
// the order within each table.
class OwnedTables {
  public:
    OwnedTables(const verify::Trusted& from, const std::function<uint64_t(uint64_t)>& moved);
    OwnedTables(const OwnedTables&) = delete;
    OwnedTables& operator=(const OwnedTables&) = delete;

    [[nodiscard]] const verify::Trusted& trusted() const { return trusted_; }

  private:
    std::span<const verify::Field> keep(std::span<const verify::Field> fields);

    verify::SharedTables shared_;
    verify::Trusted trusted_;
    std::deque<std::vector<verify::Field>> fields_;
    std::deque<std::vector<verify::ExitWord>> exit_words_;
    std::deque<std::string> names_;
    std::vector<verify::TypeRow> types_;
    std::vector<verify::Helper> helpers_;
    std::vector<verify::Region> shared_regions_, regions_;
    std::vector<verify::Constant> shared_constants_, constants_;
    std::vector<verify::EntryCell> entry_cells_;
    std::vector<verify::Handle> handles_;
    std::vector<verify::Exit> exits_;
};

struct Function {
    std::string name;  // "tests/conformance/with/nested.py: f", "random program 17"
    Bytes code;
    std::unique_ptr<OwnedTables> tables;

    [[nodiscard]] const verify::Trusted& trusted() const { return tables->trusted(); }
};

}  // namespace tagproof::soundness
