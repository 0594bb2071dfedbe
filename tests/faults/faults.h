#pragma once
// The faults that this project is about, as edits of compiled code: what each puts into the
// machine code of the workload, what the verifier says to it, and what it does to an instance when
// it runs all the same. README.md shows them as a table, which a test keeps equal to kFaults.

#include <functional>
#include <map>
#include <ostream>
#include <span>

#include "jit/compiled_unit.h"
#include "tests/faults/code_rewriter.h"

namespace tagproof::faults {

// An access to an attribute in values form, as the compiler emits it:
//   load  mov word, [object + 0x18]     test  test word8, 1     branch  jz exit     then the access
struct AttributeUse {
    size_t load, test, branch;  // indices of instructions
    x86::Gp object, word;

    [[nodiscard]] size_t access() const { return branch + 1; }
};

// Collects the edits of one fault.
class Plan {
  public:
    Plan(const CodeRewriter& code, const CompiledUnit& unit) : code_(code), unit_(unit) {}

    // The n-th access to an attribute in the code.
    [[nodiscard]] AttributeUse use(size_t n) const;
    // The first instruction from `from` on that `matches`.
    [[nodiscard]] size_t find(size_t from,
                              const std::function<bool(const verify::Instruction&)>& matches) const;
    [[nodiscard]] const verify::Instruction& at(size_t index) const;
    [[nodiscard]] const CompiledUnit& unit() const { return unit_; }

    void replace(size_t index, Replacement with) { edits_[index] = std::move(with); }
    // In front of an instruction.
    void insert(size_t index, Replacement what);

    [[nodiscard]] const std::map<size_t, Replacement>& edits() const { return edits_; }

  private:
    const CodeRewriter& code_;
    const CompiledUnit& unit_;
    std::map<size_t, Replacement> edits_;
};

// What running the faulty code once does to the manager it is given.
struct Effect {
    bool runs = false;           // false: it would do more than is looked at here
    uint64_t slot_mask = ~0ULL;  // slot word afterwards = (before & slot_mask) + slot_delta
    int64_t slot_delta = 0;
    int prefix = 8;           // prefix byte afterwards; 8 before
    int64_t value_delta = 0;  // of value word 0
    const char* result = "0";
};

struct Fault {
    const char* name;
    const char* form;      // how it shows in machine code
    const char* function;  // of the workload
    const char* rule;      // that the verifier names at the faulty instruction; null: accepted
    const char* reason;    // the property that is broken; accepted: why no verifier of code sees it
    void (*plan)(Plan& plan);
    Effect effect = {};

    friend std::ostream& operator<<(std::ostream& out, const Fault& fault) {
        return out << fault.name << ", " << fault.form;
    }
};

[[nodiscard]] std::span<const Fault> allFaults();

}  // namespace tagproof::faults
