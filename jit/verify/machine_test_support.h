#pragma once
// A machine for tests of single instructions: words are put into registers, instructions executed,
// conditions assumed, and words looked at.

#include <memory>

#include "jit/verify/machine.h"
#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {

class MachineTest : public ::testing::Test, public Reporter {
  protected:
    static constexpr uint32_t kRax = 0, kRcx = 1, kRdx = 2, kRbx = 3, kRsi = 6, kRdi = 7, kR8 = 8,
                              kR9 = 9;
    enum Code : unsigned { kO, kNO, kB, kAE, kE, kNE, kBE, kA, kS, kNS, kP, kNP, kL, kGE, kLE, kG };

    MachineTest();

    void report(const Instruction& at, RuleId rule, std::string_view message) override;

    [[nodiscard]] State& state() { return machine_.state; }
    [[nodiscard]] const Abstract& at(uint32_t location) { return machine_.state.at(location); }
    // Puts a word with a symbol of its own.
    void put(uint32_t location, const Abstract& a) { state().set(location, state().fresh(a)); }
    // Executes what `emit` assembles; the flow of the last instruction.
    Flow run(const std::function<void(x86::Assembler&)>& emit);
    // What the last run() broke, in order.
    std::vector<RuleId> broken;

    // `location` has this interval.
    void expectInterval(uint32_t location, int64_t lo, int64_t hi);
    // `location` has this word, symbols aside.
    void expectWord(uint32_t location, const Abstract& expected);
    // Under `code`, `locations` have these intervals; afterwards everything is as it was.
    struct Interval {
        uint32_t location;
        int64_t lo, hi;
    };
    void expectUnder(unsigned code, const std::vector<Interval>& expected);
    void expectImpossible(unsigned code);
    // Under `code`, looks at the state; afterwards everything is as it was.
    void under(unsigned code, const std::function<void()>& look);

    World world_;
    std::unique_ptr<MachineMemory> memory_;
    Machine machine_;
};

}  // namespace tagproof::verify::testing
