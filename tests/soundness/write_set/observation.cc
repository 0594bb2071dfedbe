#include "tests/soundness/write_set/observation.h"

#include <algorithm>
#include <csignal>

#include "tests/soundness/meanings.h"

namespace tagproof::soundness {
namespace {

using verify::Family;
using verify::Instruction;

constexpr unsigned kRsp = 4;

unsigned digitOf(const Instruction& in, unsigned k) { return (in.form >> (3 * k)) & 7; }

// Every byte of the range is written, whatever the operands are.
bool writesAll(const Instruction& in) {
    return in.family == Family::kMove || in.family == Family::kVecMove ||
           in.family == Family::kPush || in.family == Family::kCall;
}

std::string_view wrongMemory(const Instruction& in, const Observation& seen) {
    const Range range = writtenRange(in, seen.test->cpu);
    const uint64_t end = range.address + range.bytes;
    for (const uint64_t address : seen.changed) {
        if (address < range.address || address >= end) return "write outside the model";
    }
    const bool faulted = seen.first.signal != 0;
    if (!faulted && writesAll(in) && seen.changed.size() != range.bytes) {
        return "not all of the model's bytes are written";
    }
    return "";
}

// May register `reg` have gone from `before` to `after`?
bool mayChange(
    const Instruction& in, const Effects& effects, unsigned reg, uint64_t before, uint64_t after) {
    if ((effects.implicit_writes >> reg & 1) != 0) return true;
    const bool writes[] = {effects.writes_first, effects.writes_second};
    for (unsigned k = 0; k < 2; ++k) {
        if (!writes[k] || digitOf(in, k) != verify::kReg || in.reg[k] != reg) continue;
        if (in.width == 8) return true;
        if (in.width == 4) return after >> 32 == 0;
        return in.width == 1 && (before ^ after) >> 8 == 0;
    }
    return false;
}

std::string_view wrongRegisters(const Instruction& in, const Observation& seen) {
    const Effects effects = effectsOf(in);
    const CpuState& before = seen.test->cpu;
    const CpuState& after = seen.first.state;
    for (unsigned reg = 0; reg < 16; ++reg) {
        const uint64_t old = before.reg[reg];
        const uint64_t now = after.reg[reg];
        if (old != now && !mayChange(in, effects, reg, old, now))
            return "register outside the model";
        const bool is_written =
            digitOf(in, 0) == verify::kVec && effects.writes_first && in.reg[0] == reg;
        if (before.vec[reg] != after.vec[reg] && !is_written) {
            return "vector register outside the model";
        }
    }
    const bool knows_flags = seen.test->before.empty();
    if (knows_flags && before.flags != after.flags && !effects.writes_flags) {
        return "flags outside the model";
    }
    return "";
}

std::string_view wrongStackPointer(const Instruction& in, const Observation& seen) {
    const uint64_t moved = seen.first.state.reg[kRsp] - seen.test->cpu.reg[kRsp];
    const bool pops_rsp = in.family == Family::kPop && in.reg[0] == kRsp;
    const bool down = in.family == Family::kPush || in.family == Family::kCall;
    const bool up = in.family == Family::kPop || in.family == Family::kReturn;
    if ((down && moved != ~uint64_t{7}) || (up && !pops_rsp && moved != 8)) {
        return "stack pointer outside the model";
    }
    return "";
}

std::string_view wrongFlow(const Instruction& in, const Observation& seen) {
    bool elsewhere = in.family == Family::kCall || in.family == Family::kReturn;
    if (in.family == Family::kJump) {
        elsewhere = in.op == verify::kAlways || holds(in.op, seen.first.state.flags);
    }
    return elsewhere == seen.first.at_second_exit ? "" : "control went elsewhere";
}

bool isExpectedSignal(const Instruction& in, int signal) {
    if (in.family == Family::kTrap) return signal == SIGILL || signal == SIGTRAP;
    return signal == 0 || (in.family == Family::kDiv && signal == SIGFPE);
}

}  // namespace

uint64_t addressOf(const Instruction& in, const CpuState& before) {
    auto address = static_cast<uint64_t>(int64_t{in.disp});
    if (in.base != verify::kNoRegister) address += before.reg[in.base & 15];
    if (in.index != verify::kNoRegister) address += before.reg[in.index & 15] * in.scale;
    return address;
}

Range writtenRange(const Instruction& in, const CpuState& before) {
    if (in.family == Family::kPush || in.family == Family::kCall) return {before.reg[kRsp] - 8, 8};
    if (digitOf(in, 0) != verify::kMem || !effectsOf(in).writes_first) return {};
    return {addressOf(in, before), in.width};
}

bool holds(unsigned code, uint64_t flags) {
    const bool carry = (flags & 1) != 0;
    const bool parity = (flags & 4) != 0;
    const bool zero = (flags & 0x40) != 0;
    const bool sign = (flags & 0x80) != 0;
    const bool overflow = (flags & 0x800) != 0;
    const bool positive[] = {overflow,
                             carry,
                             zero,
                             carry || zero,
                             sign,
                             parity,
                             sign != overflow,
                             zero || sign != overflow};
    return positive[code / 2 % 8] != ((code & 1) != 0);
}

std::string_view contradiction(const Instruction& in, const Observation& seen) {
    const int signal = seen.first.signal;
    if (!isExpectedSignal(in, signal) || seen.second.signal != signal) return "unexpected fault";
    if (const auto wrong = wrongMemory(in, seen); !wrong.empty()) return wrong;
    if (const auto wrong = wrongRegisters(in, seen); !wrong.empty()) return wrong;
    if (signal != 0) return "";
    if (const auto wrong = wrongStackPointer(in, seen); !wrong.empty()) return wrong;
    return wrongFlow(in, seen);
}

}  // namespace tagproof::soundness
