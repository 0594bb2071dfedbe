#pragma once
// Lowers, verifies and runs hand-written HIR.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "jit/code_cache.h"
#include "jit/compiled_unit.h"
#include "jit/hir/hir_test_support.h"
#include "jit/x64/lowering.h"

namespace tagproof::x64 {

class LoweredTest : public hir::HirTest {
  protected:
    LoweredTest();

    // Publishes and verifies the function's code. "" = accepted; else the assembler's error or the
    // first violations, with the listing.
    [[nodiscard]] std::string rejectionOf(const hir::Function& function, bool stress);
    // The code of a text that must be accepted.
    [[nodiscard]] const uint8_t* accepted(const hir::Function& function);
    // What the last of them published.
    [[nodiscard]] std::span<const uint8_t> lastCode() const { return units_.back()->unit.bytes; }
    [[nodiscard]] const std::vector<LineEntry>& lastLines() const {
        return units_.back()->code.lines;
    }

    bool use_avx_ = false;  // the form of instructions on doubles

  private:
    struct Unit {
        CompiledUnit unit;
        MachineCode code;
    };
    CodeCache cache_;
    std::vector<std::unique_ptr<Unit>> units_;  // what the tests publish
};

// A sample as HIR text: whole when it begins with "fun", else behind withArguments(); every $ is
// the frame state with both arguments as locals and an empty stack.
[[nodiscard]] std::string sampleText(std::string_view sample);

}  // namespace tagproof::x64
