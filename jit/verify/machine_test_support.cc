#include "jit/verify/machine_test_support.h"

namespace tagproof::verify::testing {

MachineTest::MachineTest()
    : memory_(std::make_unique<MachineMemory>()),
      machine_(world_.trusted, *memory_, this, nullptr) {
    machine_.enter();
}

void MachineTest::report(const Instruction& /*at*/, RuleId rule, std::string_view /*message*/) {
    broken.push_back(rule);
}

Flow MachineTest::run(const std::function<void(x86::Assembler&)>& emit) {
    const Bytes code = assemble(emit);
    Program program;
    decode(code, kCodeAddress, program);
    broken.clear();
    Flow flow = Flow::kNext;
    for (const Instruction& in : program.instructions) flow = machine_.step(in);
    return flow;
}

void MachineTest::expectInterval(uint32_t location, int64_t lo, int64_t hi) {
    const Abstract& a = at(location);
    EXPECT_EQ(a.kind, Kind::kInt) << location;
    EXPECT_EQ(a.lo, lo) << location;
    EXPECT_EQ(a.hi, hi) << location;
}

void MachineTest::expectWord(uint32_t location, const Abstract& expected) {
    Abstract a = at(location);
    a.sym = expected.sym;
    EXPECT_EQ(a, expected) << location << ": " << toString(a, machine_.tables()) << ", not "
                           << toString(expected, machine_.tables());
}

void MachineTest::under(unsigned code, const std::function<void()>& look) {
    std::vector<Abstract> before;
    for (uint32_t k = 0; k < state().locations(); ++k) before.push_back(at(k));
    const Machine::Fork fork = machine_.fork();
    EXPECT_TRUE(machine_.assume(code)) << code;
    look();
    machine_.rejoin(fork);
    for (uint32_t k = 0; k < state().locations(); ++k) EXPECT_EQ(at(k), before[k]) << k;
}

void MachineTest::expectUnder(unsigned code, const std::vector<Interval>& expected) {
    SCOPED_TRACE("condition " + std::to_string(code));
    under(code, [&] {
        for (const Interval& interval : expected) {
            expectInterval(interval.location, interval.lo, interval.hi);
        }
    });
}

void MachineTest::expectImpossible(unsigned code) {
    const Machine::Fork fork = machine_.fork();
    EXPECT_FALSE(machine_.assume(code)) << code;
    machine_.rejoin(fork);
}

}  // namespace tagproof::verify::testing
