#pragma once
// Fills the verifier's trusted tables from the runtime: the layout of the thread and of built-in
// objects, the helper table, and what one unit may name. This is the only place where the runtime
// tells the verifier anything.

#include <cstdint>
#include <deque>
#include <vector>

#include "jit/hir/ir.h"
#include "jit/verify/verify.h"
#include "jit/x64/lowering.h"

namespace tagproof {

struct CompiledUnit;
struct Function;
struct Thread;
struct Type;

class TrustedTables {
  public:
    // For one unit; `function` is the HIR its bytes were made from: only the objects, cells and
    // types that it names and the objects that it keeps alive are taken from it. `guest`: the
    // function it was made from, whose globals and built-ins helpers may take; null: none may. Keep
    // all of them and the tables alive while verifying.
    TrustedTables(const Thread& thread,
                  const hir::Function& function,
                  const CompiledUnit& unit,
                  const std::vector<x64::Exit>& exits,
                  const Function* guest);

    [[nodiscard]] const verify::Trusted& trusted() const { return trusted_; }

  private:
    void addTypes(const Thread& thread, const hir::Function& function);
    void addType(const Type* type, std::vector<verify::Field> native);
    void addCells(const hir::Function& function, const CompiledUnit& unit);
    void addHandles(const hir::Function& function, const CompiledUnit& unit, const Function* guest);
    [[nodiscard]] bool isPlainClass(Value value) const;
    void addExits(const std::vector<x64::Exit>& exits, uint32_t first_id);
    void addConstants(const hir::Function& function);
    void addBooleans();
    void sortHandles();
    void finish(const hir::Function& function);

    const Thread& thread_;
    verify::SharedTables shared_;
    verify::Trusted trusted_;
    std::vector<verify::TypeRow> types_;
    std::deque<std::vector<verify::Field>> fields_;  // of the type rows
    std::deque<std::string> names_;                  // of the type rows
    std::vector<verify::Region> regions_;
    std::vector<verify::Constant> constants_;
    std::vector<verify::EntryCell> entry_cells_;
    std::vector<verify::Handle> handles_;
    std::vector<verify::Exit> exits_;
    std::deque<std::vector<verify::ExitWord>> exit_words_;
};

}  // namespace tagproof
