#include "tests/soundness/transfer/cpu.h"

#include <fmt/format.h>

namespace tagproof::soundness {
namespace {

constexpr const char* kRegisterNames[] = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
                                          "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15"};

z3::expr bit(const z3::expr& word, unsigned at) { return word.extract(at, at) == 1; }
z3::expr top(const z3::expr& word) { return bit(word, word.get_sort().bv_size() - 1); }

}  // namespace

Cpu::Cpu(Explorer& from)
    : explorer(&from),
      imm(from.variable("immediate", 64)),
      disp(from.variable("displacement", 64)),
      carry(from.variable("carry", 0)),
      zero(from.variable("zero", 0)),
      sign(from.variable("sign", 0)),
      overflow(from.variable("overflow", 0)),
      less(sign != overflow),
      parity(from.variable("parity", 0)),
      flag_source{FlagSource::Kind::kUnknown, imm, imm} {
    for (const char* name : kRegisterNames) regs.push_back(from.variable(name, 64));
    for (unsigned k = 0; k < kFrame; ++k) {
        frame.push_back(from.variable(fmt::format("frame word {}", k), 64));
    }
}

z3::expr Cpu::reg(unsigned number, unsigned bytes) const {
    return bytes == 8 ? regs[number] : regs[number].extract(8 * bytes - 1, 0);
}

void Cpu::setReg(unsigned number, unsigned bytes, const z3::expr& word) {
    switch (bytes) {
        case 8:
            regs[number] = word;
            return;
        case 4:
            regs[number] = z3::zext(word, 32);
            return;
        default:
            regs[number] = z3::concat(regs[number].extract(63, 8 * bytes), word);
    }
}

z3::expr Cpu::condition(unsigned code) const {
    const z3::expr bases[] = {overflow, carry,  zero, carry || zero,
                              sign,     parity, less, zero || less};
    return (code & 1) != 0 ? !bases[code / 2] : bases[code / 2];
}

z3::expr Cpu::unknown(unsigned bits) {
    return explorer->variable(fmt::format("unknown {}", unknowns_++), bits);
}

void Cpu::result(const z3::expr& word) {
    zero = word == 0;
    sign = top(word);
    less = sign != overflow;
}

// The low bits of an exact result.
z3::expr Cpu::low(Explorer::Exact function, const z3::expr& a, const z3::expr& b) const {
    const unsigned bits = a.get_sort().bv_size();
    const auto wide = [&](const z3::expr& e) { return bits == 64 ? e : z3::zext(e, 64 - bits); };
    if (computes_all || (computes_sums && function != Explorer::Exact::kProduct))
        return Explorer::definition(function, wide(a), wide(b)).extract(bits - 1, 0);
    const z3::expr exact = explorer->exact(function, wide(a), wide(b));
    explorer->watch(exact.extract(63, 0));
    return exact.extract(bits - 1, 0);
}

z3::expr Cpu::add(const z3::expr& a, const z3::expr& b) {
    z3::expr sum = low(Explorer::Exact::kSum, a, b);
    carry = z3::ult(sum, a);
    overflow = top(a) == top(b) && top(sum) != top(a);
    result(sum);
    flag_source = {FlagSource::Kind::kResult, sum, sum};
    return sum;
}

// The conditions by what is compared, as if there were no difference: lemma_proofs.cc.
z3::expr Cpu::subtract(const z3::expr& a, const z3::expr& b) {
    z3::expr difference = low(Explorer::Exact::kDifference, a, b);
    overflow = top(a) != top(b) && top(difference) != top(a);
    result(difference);
    carry = z3::ult(a, b);
    zero = a == b;
    less = a < b;
    flag_source = {FlagSource::Kind::kDifference, a, b};
    return difference;
}

z3::expr Cpu::logic(const z3::expr& word) { return test(word, word); }

z3::expr Cpu::test(const z3::expr& a, const z3::expr& b) {
    z3::expr word = z3::eq(a, b) ? a : a & b;
    carry = overflow = explorer->context().bool_val(false);
    result(word);
    flag_source = {FlagSource::Kind::kMasked, a, b};
    return word;
}

void Cpu::setFlags(const FlagSource& source) {
    switch (source.kind) {
        case FlagSource::Kind::kUnknown:
            return;
        case FlagSource::Kind::kDifference:
            static_cast<void>(subtract(source.a, source.b));
            return;
        case FlagSource::Kind::kMasked:
            static_cast<void>(test(source.a, source.b));
            return;
        case FlagSource::Kind::kResult:
            setResultFlags(source.a);
            return;
    }
}

void Cpu::setResultFlags(const z3::expr& word) {
    carry = unknown(0);
    overflow = unknown(0);
    result(word);
    flag_source = {FlagSource::Kind::kResult, word, word};
}

z3::expr Cpu::increment(const z3::expr& a, bool down) {
    const z3::expr carry_before = carry;
    const z3::expr one = number(1, a.get_sort().bv_size());
    z3::expr word = down ? subtract(a, one) : add(a, one);
    carry = carry_before;
    flag_source = {FlagSource::Kind::kResult, word, word};
    return word;
}

z3::expr Cpu::negate(const z3::expr& a) {
    z3::expr word = subtract(number(0, a.get_sort().bv_size()), a);
    flag_source = {FlagSource::Kind::kResult, word, word};
    return word;
}

z3::expr Cpu::sum(const z3::expr& a, const z3::expr& b) const {
    explorer->watch(a);
    explorer->watch(b);
    return low(Explorer::Exact::kSum, a, b);
}

z3::expr Cpu::multiply(const z3::expr& a, const z3::expr& b) const {
    return low(Explorer::Exact::kProduct, a, b);
}

z3::expr Cpu::immediate(unsigned bytes) const {
    return bytes == 8 ? imm : imm.extract(8 * bytes - 1, 0);
}

}  // namespace tagproof::soundness
