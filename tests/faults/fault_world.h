#pragma once
// A Vm with a workload of context managers, its functions compiled as the compiler does it (HIR,
// passes, lowering, executable pages), and the verifier's verdict on what a rewriter made of them,
// under the trusted tables that the compiler would give it. What is rejected can be run all the
// same: tests look at what a fault does.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jit/code_cache.h"
#include "jit/compiled_unit.h"
#include "jit/hir/ir.h"
#include "jit/verify/verify.h"
#include "jit/x64/lowering.h"
#include "runtime/vm.h"

namespace tagproof::faults {

// One guest function, compiled.
struct CompiledFunction {
    std::unique_ptr<hir::Function> hir;
    CompiledUnit unit;  // its bytes are the original's, published
    x64::MachineCode code;
    const Function* guest = nullptr;  // what it was compiled from
};

struct Judged {
    std::span<const uint8_t> bytes;  // as published
    verify::Verdict verdict;
};

class FaultWorld {
  public:
    explicit FaultWorld(uint64_t heap_base = kDefaultHeapBase);
    ~FaultWorld();

    [[nodiscard]] Thread& thread() { return vm_->thread(); }
    [[nodiscard]] Heap& heap() { return vm_->heap(); }
    [[nodiscard]] Value global(std::string_view name);
    void run(std::string_view source);

    // Compiles a function of the workload. Owned by the world.
    [[nodiscard]] CompiledFunction& compiled(std::string_view name, bool use_avx = false);
    // Publishes other bytes in the function's name and verifies them where they lie.
    [[nodiscard]] Judged judge(const CompiledFunction& function, std::span<const uint8_t> bytes);
    // Runs bytes of a function of two arguments; the result's repr, or "exception".
    std::string call(std::span<const uint8_t> bytes, Value first, Value second);

  private:
    std::unique_ptr<Vm> vm_;
    CodeCache cache_;
    std::vector<std::unique_ptr<CompiledFunction>> functions_;
};

// "slot-base at +0x1f `inc dword ptr [rax]`", one line each.
[[nodiscard]] std::string describe(const verify::Verdict& verdict);

}  // namespace tagproof::faults
