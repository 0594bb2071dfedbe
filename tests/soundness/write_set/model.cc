#include "tests/soundness/write_set/model.h"

#include <cstring>

#include "tests/soundness/meanings.h"

namespace tagproof::soundness {
namespace {

using verify::Abstract;
using verify::Family;

class Rejections final : public verify::Reporter {
  public:
    void report(const verify::Instruction&, verify::RuleId, std::string_view) override { ++count; }
    unsigned count = 0;
};

// Control goes where the machine does not follow.
bool leaves(const verify::Instruction& in) {
    return in.family == Family::kCall || in.family == Family::kReturn || in.family == Family::kTrap;
}

}  // namespace

Model::Model()
    : memory_(std::make_unique<verify::MachineMemory>()), symbols_(std::make_unique<Symbols>()) {}

bool Model::load(const Contract& contract, const Observation& seen, verify::Machine& machine) {
    const TestCase& test = *seen.test;
    machine.enter();
    verify::State& state = machine.state;
    state.setStackWords(kFrameWords);
    for (unsigned reg = 0; reg < 16; ++reg) state.set(reg, test.reg[reg]);
    for (unsigned k = 0; k < kFrameWords; ++k) state.set(16 + k, test.frame[k]);
    state.next_symbol = test.symbols;
    symbols_->clear();
    static_cast<void>(symbols_->bind(kOwnerSymbol, contract.at(Place::kObject[0])));
    static_cast<void>(symbols_->bind(kOtherOwnerSymbol, contract.at(Place::kObject[1])));
    return agrees(contract, state, test.cpu, seen.memory_before, test.cpu);
}

// Equal symbols stand for equal words, and each word is described.
bool Model::agrees(const Contract& contract,
                   const verify::State& state,
                   const CpuState& cpu,
                   std::span<const uint8_t> memory,
                   const CpuState& before) {
    uint64_t words[16 + verify::kMaxStackWords];
    std::memcpy(words, cpu.reg.data(), sizeof cpu.reg);
    for (uint32_t k = 0; k < state.stack_words; ++k) {
        const uint64_t at = Place::kEntryRsp - 8 * (uint64_t{k} + 1);
        std::memcpy(&words[16 + k], memory.data() + at, sizeof words[0]);
    }
    words_compared += state.locations();
    for (uint32_t k = 0; k < state.locations(); ++k) {
        const Abstract& a = state.at(k);
        const uint64_t word = verify::has(a, verify::kHalfWord) && a.kind == verify::Kind::kInt
                                  ? words[k] & 0xFFFFFFFF
                                  : words[k];
        if (!symbols_->bind(a.sym, word)) return false;
    }
    for (uint32_t k = 0; k < state.locations(); ++k) {
        if (!contract.describes(state.at(k), words[k], *symbols_, before.reg)) return false;
    }
    return true;
}

std::string_view Model::afterwards(const Contract& contract,
                                   const Observation& seen,
                                   verify::Machine& machine,
                                   bool flags_known) {
    const CpuState& before = seen.test->cpu;
    const CpuState& after = seen.first.state;
    if (!agrees(contract, machine.state, after, seen.memory, before)) {
        return "a word is not what the transfer function says";
    }
    if (!flags_known) return "";
    for (unsigned code = 0; code < 16; ++code) {
        if (!holds(code, after.flags)) continue;
        ++conditions_assumed;
        const verify::Machine::Fork fork = machine.fork();
        if (!machine.assume(code)) return "a condition that holds is taken for impossible";
        const bool agree = agrees(contract, machine.state, after, seen.memory, before);
        machine.rejoin(fork);
        if (!agree) return "a word is not what a condition that holds says";
    }
    return "";
}

std::string_view Model::contradiction(const Contract& contract,
                                      std::span<const verify::Instruction> records,
                                      const Observation& seen) {
    accepted_ = false;
    if (leaves(records.back()) || seen.first.signal != 0) return "";
    Rejections rejections;
    verify::Statistics statistics;
    verify::Machine machine(contract.trusted(), *memory_, &rejections, &statistics);
    if (!load(contract, seen, machine)) return "the case contradicts itself";
    bool flags_known = false;
    const auto step = [&](const verify::Instruction& record) {
        static_cast<void>(machine.step(record));
        flags_known = flags_known || effectsOf(record).writes_flags;
    };
    if (!seen.test->before.empty()) {
        verify::decode(seen.test->before, 0, program_);
        step(program_.instructions.front());
    }
    for (const verify::Instruction& record : records) step(record);
    if (rejections.count != 0) return "";
    accepted_ = true;
    uint64_t writes = 0;
    for (const uint64_t count : statistics.writes) writes += count;
    if (!seen.changed.empty() && writes == 0) return "a write was accepted without a class";
    const auto wrong = afterwards(contract, seen, machine, flags_known);
    if (!wrong.empty() || seen.changed.empty()) return wrong;
    return contract.brokenPromise(seen.memory).empty() ? "" : "an accepted write breaks a promise";
}

}  // namespace tagproof::soundness
