#pragma once
// The abstract machine of jit/verify beside the CPU: after each accepted instruction, and under
// each condition that the CPU's flags fulfil, every abstract word must describe the word that the
// CPU has.

#include <memory>
#include <string_view>

#include "jit/verify/machine.h"
#include "tests/soundness/write_set/observation.h"

namespace tagproof::soundness {

class Model {
  public:
    Model();

    // Executes the case's instructions. Empty: it agrees, or rejects one of them.
    [[nodiscard]] std::string_view contradiction(const Contract& contract,
                                                 std::span<const verify::Instruction> records,
                                                 const Observation& seen);
    // Of the last call.
    [[nodiscard]] bool accepted() const { return accepted_; }
    uint64_t words_compared = 0;
    uint64_t conditions_assumed = 0;

  private:
    // False: the case's own abstract words do not describe its words.
    [[nodiscard]] bool load(const Contract& contract,
                            const Observation& seen,
                            verify::Machine& machine);
    [[nodiscard]] bool agrees(const Contract& contract,
                              const verify::State& state,
                              const CpuState& cpu,
                              std::span<const uint8_t> memory,
                              const CpuState& before);
    [[nodiscard]] std::string_view afterwards(const Contract& contract,
                                              const Observation& seen,
                                              verify::Machine& machine,
                                              bool flags_known);

    std::unique_ptr<verify::MachineMemory> memory_;
    std::unique_ptr<Symbols> symbols_;
    verify::Program program_;
    bool accepted_ = false;
};

}  // namespace tagproof::soundness
