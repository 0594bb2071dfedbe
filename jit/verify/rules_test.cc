// One accepted use of every row of rules.def: a row that nothing needs has no place in the table.

#include <map>
#include <set>

#include "jit/verify/machine_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

struct RowCase {
    const char* row;
    // rcx, r8: numbers; [base]: own frame of 32 bytes
    std::function<void(Assembler& a, const Gp& base)> emit;
};
std::ostream& operator<<(std::ostream& out, const RowCase& c) { return out << c.row; }

Mem word(const Gp& base) { return qword_ptr(base); }
Mem vector(const Gp& base) { return xmmword_ptr(base); }

#define ROW(id, ...)                                                                              \
    RowCase {                                                                                     \
#id, []([[maybe_unused]] Assembler & a, [[maybe_unused]] const Gp& base) { __VA_ARGS__; } \
    }

#define ALU_ROWS(id, call)                                                   \
    ROW(id##_rr, a.call(rcx, r8); a.call(cl, r8b)),                          \
        ROW(id##_rm, a.call(rcx, word(base)); a.call(ecx, dword_ptr(base))), \
        ROW(id##_mr, a.call(word(base), rcx); a.call(dword_ptr(base), ecx)), \
        ROW(id##_ri, a.call(rcx, 1000); a.call(ecx, -1)),                    \
        ROW(id##_mi, a.call(word(base), 5); a.call(byte_ptr(base), 5))

#define SCALAR_ROWS(id, operand)                                       \
    ROW(id##_xx, a.id(xmm1, xmm2)), ROW(id##_xm, a.id(xmm1, operand)), \
        ROW(v##id##_xxx, a.v##id(xmm1, xmm2, xmm3)),                   \
        ROW(v##id##_xxm, a.v##id(xmm1, xmm2, operand))

#define MOVE_ROWS(id, operand)                                          \
    ROW(id##_xx, a.id(xmm1, xmm12)), ROW(id##_xm, a.id(xmm1, operand)), \
        ROW(id##_mx, a.id(operand, xmm9))

const RowCase kRows[] = {
    ROW(mov_rr, a.mov(rcx, r8); a.mov(ecx, r8d); a.mov(cl, r8b)),
    ROW(mov_rm, a.mov(rcx, word(base)); a.mov(ecx, dword_ptr(base, 4));
        a.mov(cl, byte_ptr(base, 3))),
    ROW(mov_mr, a.mov(word(base), rcx); a.mov(dword_ptr(base, 4), ecx);
        a.mov(byte_ptr(base, 3), cl)),
    ROW(mov_ri, a.mov(rcx, 0x123456789ABC); a.mov(rcx, -1); a.mov(ecx, 7); a.mov(cl, 1)),
    ROW(mov_mi, a.mov(word(base), -1); a.mov(dword_ptr(base), 1); a.mov(byte_ptr(base), 1)),
    ROW(movzx_rr, a.movzx(ecx, r8b); a.movzx(rcx, r8w)),
    ROW(movzx_rm, a.movzx(ecx, byte_ptr(base)); a.movzx(ecx, word_ptr(base, 2))),
    ROW(movsx_rr, a.movsx(ecx, r8b); a.movsx(rcx, r8w)),
    ROW(movsx_rm, a.movsx(rcx, byte_ptr(base)); a.movsx(ecx, word_ptr(base))),
    ROW(movsxd_rr, a.movsxd(rcx, r8d)),
    ROW(movsxd_rm, a.movsxd(rcx, dword_ptr(base))),
    ROW(lea_rm, a.lea(rcx, ptr(rcx, r8, 2, 9)); a.lea(ecx, ptr(r8, -1))),
    ROW(xchg_rr, a.xchg(rcx, r8); a.xchg(ecx, r8d)),
    ROW(push_r, a.push(rcx); a.pop(rcx)),
    ROW(pop_r, a.push(r12); a.pop(r12)),
    ROW(nop, a.nop(); a.db(0x66); a.db(0x90)),
    ROW(nop_m,
        for (const int byte
             : {0x0F, 0x1F, 0x44, 0x00, 0x00}) a.db(static_cast<uint8_t>(byte));
        for (const int byte
             : {0x66, 0x0F, 0x1F, 0x84, 0, 0, 0, 0, 0}) a.db(static_cast<uint8_t>(byte))),
    ALU_ROWS(add, add),
    ALU_ROWS(sub, sub),
    ALU_ROWS(and, and_),
    ALU_ROWS(or, or_),
    ALU_ROWS(xor, xor_),
    ALU_ROWS(cmp, cmp),
    ROW(test_rr, a.test(rcx, r8); a.test(cl, r8b)),
    ROW(test_mr, a.test(word(base), rcx)),
    ROW(test_ri, a.test(rcx, 7); a.test(cl, 7)),
    ROW(test_mi, a.test(byte_ptr(base), 7)),
    ROW(inc_r, a.inc(rcx); a.inc(ecx)),
    ROW(inc_m, a.inc(word(base)); a.inc(dword_ptr(base))),
    ROW(dec_r, a.dec(rcx)),
    ROW(dec_m, a.dec(dword_ptr(base))),
    ROW(neg_r, a.neg(rcx)),
    ROW(not_r, a.not_(rcx)),
    ROW(shl_ri, a.shl(rcx, 3); a.shl(rcx, 1); a.shl(ecx, 4)),
    ROW(shl_mi, a.shl(word(base), 3)),
    ROW(shl_rr, a.shl(r8, cl)),
    ROW(shr_ri, a.shr(rcx, 3)),
    ROW(shr_mi, a.shr(word(base), 3)),
    ROW(shr_rr, a.shr(r8, cl)),
    ROW(sar_ri, a.sar(rcx, 3); a.sar(ecx, 31)),
    ROW(sar_mi, a.sar(word(base), 3)),
    ROW(sar_rr, a.sar(r8, cl)),
    ROW(rol_ri, a.rol(rcx, 5)),
    ROW(ror_ri, a.ror(rcx, 5)),
    ROW(imul_rr, a.imul(rcx, r8)),
    ROW(imul_rm, a.imul(rcx, word(base))),
    ROW(imul_rri, a.imul(rcx, r8, 100); a.imul(rcx, r8, 1000)),
    ROW(imul_rmi, a.imul(rcx, word(base), 100)),
    ROW(idiv_r, a.mov(rax, r8); a.cqo(); a.idiv(rcx)),
    ROW(cdq, a.cdq()),
    ROW(cqo, a.cqo()),
    ROW(setcc_r, a.cmp(rcx, r8); a.setl(cl); a.seto(r8b); a.setp(al)),
    ROW(jcc, a.cmp(rcx, r8); asmjit::Label l = a.newLabel(); a.jg(l); a.js(l); a.jp(l); a.bind(l)),
    ROW(cmovcc_rr, a.cmp(rcx, r8); a.cmovb(rcx, r8); a.cmovs(ecx, r8d)),
    ROW(cmovcc_rm, a.cmp(rcx, r8); a.cmovbe(rcx, word(base))),
    ROW(jmp, asmjit::Label l = a.newLabel(); a.jmp(l); a.bind(l)),
    ROW(call_r, a.mov(rax, kOpPoll); a.call(rax)),
    ROW(call_m, a.mov(rax, kEntryCell); a.call(qword_ptr(rax))),
    ROW(ret, static_cast<void>(a)),
    ROW(ud2, asmjit::Label l = a.newLabel(); a.cmp(rsi, rdx); a.jnz(l); a.ud2(); a.bind(l)),
    ROW(int3, asmjit::Label l = a.newLabel(); a.cmp(rsi, rdx); a.jnz(l); a.int3(); a.bind(l)),
    MOVE_ROWS(movaps, vector(base)),
    MOVE_ROWS(movapd, vector(base)),
    MOVE_ROWS(movdqa, vector(base)),
    MOVE_ROWS(movsd, word(base)),
    MOVE_ROWS(movq, word(base)),
    MOVE_ROWS(vmovaps, vector(base)),
    MOVE_ROWS(vmovapd, vector(base)),
    MOVE_ROWS(vmovdqa, vector(base)),
    MOVE_ROWS(vmovq, word(base)),
    ROW(vmovsd_xxx, a.vmovsd(xmm1, xmm2, xmm3)),
    ROW(vmovsd_xm, a.vmovsd(xmm1, word(base))),
    ROW(vmovsd_mx, a.vmovsd(word(base), xmm1)),
    ROW(movq_xr, a.movq(xmm1, rcx)),
    ROW(movq_rx, a.movq(rcx, xmm1)),
    ROW(vmovq_xr, a.vmovq(xmm1, rcx)),
    ROW(vmovq_rx, a.vmovq(rcx, xmm1)),
    SCALAR_ROWS(addsd, word(base)),
    SCALAR_ROWS(subsd, word(base)),
    SCALAR_ROWS(mulsd, word(base)),
    SCALAR_ROWS(divsd, word(base)),
    SCALAR_ROWS(sqrtsd, word(base)),
    SCALAR_ROWS(xorpd, vector(base)),
    SCALAR_ROWS(andpd, vector(base)),
    ROW(xorps_xx, a.xorps(xmm0, xmm0)),
    ROW(vxorps_xxx, a.vxorps(xmm0, xmm0, xmm0)),
    ROW(pxor_xx, a.pxor(xmm0, xmm0)),
    ROW(cvtsi2sd_xr, a.cvtsi2sd(xmm0, rcx); a.cvtsi2sd(xmm0, ecx)),
    ROW(cvtsi2sd_xm, a.cvtsi2sd(xmm0, word(base)); a.cvtsi2sd(xmm0, dword_ptr(base))),
    ROW(vcvtsi2sd_xxr, a.vcvtsi2sd(xmm0, xmm1, rcx)),
    ROW(vcvtsi2sd_xxm, a.vcvtsi2sd(xmm0, xmm1, word(base))),
    ROW(cvttsd2si_rx, a.cvttsd2si(rcx, xmm0)),
    ROW(cvttsd2si_rm, a.cvttsd2si(rcx, word(base))),
    ROW(vcvttsd2si_rx, a.vcvttsd2si(rcx, xmm0)),
    ROW(vcvttsd2si_rm, a.vcvttsd2si(rcx, word(base))),
    ROW(ucomisd_xx, a.ucomisd(xmm0, xmm1)),
    ROW(ucomisd_xm, a.ucomisd(xmm0, word(base))),
    ROW(vucomisd_xx, a.vucomisd(xmm0, xmm1)),
    ROW(vucomisd_xm, a.vucomisd(xmm0, word(base))),
};

Bytes functionOf(const RowCase& c, const Gp& base = rsp) {
    return assemble([&](Assembler& a) {
        a.sub(rsp, 40);
        a.mov(ecx, 12);
        a.mov(r8d, 5);
        a.mov(qword_ptr(rsp), 77);
        a.mov(qword_ptr(rsp, 8), 78);
        c.emit(a, base);
        a.add(rsp, 40);
        a.mov(rax, kNone);
        a.ret();
    });
}

uint32_t rowNumber(std::string_view name) {
    for (uint32_t row = 0; row < rowCount(); ++row) {
        if (rowName(row) == name) return row;
    }
    return kMaxRows;
}

class Rows : public ::testing::TestWithParam<RowCase> {};

TEST_P(Rows, IsAcceptedAndCounted) {
    World world;
    const Bytes code = functionOf(GetParam());
    EXPECT_TRUE(accepted(world, code));
    const uint32_t row = rowNumber(GetParam().row);
    ASSERT_LT(row, rowCount());
    EXPECT_GT(run(world, code).statistics.row_uses[row], 0U);
}

// Memory operands are looked at: a base that is no proven pointer is rejected, once for each use of
// the row. lea and nop touch no memory.
TEST_P(Rows, AccessesAreChecked) {
    World world;
    const std::string_view name = GetParam().row;
    const uint32_t row = rowNumber(name);
    const Verdict verdict = run(world, functionOf(GetParam(), rbx));
    const size_t form = name.rfind('_');
    const bool has_memory =
        form != std::string_view::npos && name.substr(form).find('m') != std::string_view::npos;
    const bool is_access = has_memory && name != "lea_rm" && name != "nop_m" && name != "call_m";
    const auto refused = std::ranges::count(verdict.violations, RuleId::kBase, &Violation::rule);
    const unsigned own = name == "mov_mi" ? 2 : 0;  // of functionOf()
    EXPECT_EQ(refused, is_access ? verdict.statistics.row_uses[row] - own : 0);
}

INSTANTIATE_TEST_SUITE_P(Table, Rows, ::testing::ValuesIn(kRows), [](const auto& parameter) {
    return std::string(parameter.param.row);
});

// What single instructions change: the locations, the flags, the flow; and what they compute.
class RowEffects : public MachineTest, public ::testing::WithParamInterface<RowCase> {
  protected:
    void SetUp() override {
        const std::string_view name = GetParam().row;
        prefix_ = name.substr(0, name.rfind('_'));
        suffix_ = name.find('_') == std::string_view::npos ? "" : name.substr(name.rfind('_') + 1);
        code_ = functionOf(GetParam());
        decode(code_, kCodeAddress, program_);
    }

    // Executes all but the instructions of the row, which `look` gets.
    void forEachUse(const std::function<void(const Instruction&)>& look) {
        for (const Instruction& in : program_.instructions) {
            if (in.family == Family::kCall) continue;
            if (rowName(in.row) == GetParam().row) {
                look(in);
            } else {
                static_cast<void>(machine_.step(in));
            }
        }
    }
    // Puts `a` into all registers that tests use, and all words of the frame.
    void fill(const Abstract& a) {
        for (uint32_t k = 0; k < state().locations(); ++k) {
            if (k != kRsp && k != kRdi) put(k, a);
        }
    }
    // The stack word that a memory operand starts in.
    [[nodiscard]] uint32_t wordOf(const Instruction& in) {
        const int64_t offset = at(kRsp).lo + in.disp;
        return kRegisterCount + static_cast<uint32_t>((-offset - 1) / 8);
    }
    [[nodiscard]] bool prefixIs(std::initializer_list<std::string_view> names) const {
        return std::ranges::find(names, prefix_) != names.end();
    }
    [[nodiscard]] bool suffixIs(std::initializer_list<std::string_view> names) const {
        return std::ranges::find(names, suffix_) != names.end();
    }
    [[nodiscard]] std::set<uint32_t> destinations(const Instruction& in) {
        if (prefixIs({"cmp", "test", "nop"})) return {};
        if (prefix_ == "idiv") return {kRax, kRdx};
        if (prefixIs({"cdq", "cqo"})) return {kRdx};
        if (prefix_ == "xchg") return {in.reg[0], in.reg[1]};
        if (prefix_ == "push") return {kRsp, state().locations()};
        if (prefix_ == "pop") return {kRsp, in.reg[0]};
        if (suffixIs({"rr", "rm", "ri", "rri", "rmi", "r", "rx"})) return {in.reg[0]};
        if (!suffixIs({"mr", "mi", "m", "mx"})) return {};
        const uint32_t word = wordOf(in);
        return in.width == 16 ? std::set<uint32_t>{word, word - 1} : std::set<uint32_t>{word};
    }
    // Operand k as a place of the state.
    [[nodiscard]] uint32_t placeOf(const Instruction& in, unsigned k) {
        return ((in.form >> (3 * k)) & 7) == kReg ? in.reg[k] : wordOf(in);
    }

    std::string_view prefix_;  // of the row: "add"
    std::string_view suffix_;  // "rm"
    Bytes code_;
    Program program_;
};

TEST_P(RowEffects, ChangeWhatTheySay) {
    const bool writes_flags =
        prefixIs({"add", "sub", "and", "or", "xor", "cmp", "test", "inc", "dec", "neg", "shl",
                  "shr", "sar", "rol", "ror", "imul", "idiv", "ucomisd", "vucomisd"});
    const Flow flow = prefixIs({"ret", "ud2", "int3"}) ? Flow::kStop
                      : prefix_ == "jcc"               ? Flow::kBranch
                      : prefix_ == "jmp"               ? Flow::kJump
                                                       : Flow::kNext;
    forEachUse([&](const Instruction& in) {
        fill(integer(16, 99));
        run([](Assembler& a) { a.cmp(r15, 20); });
        const std::set<uint32_t> expected = destinations(in);
        std::vector<Abstract> before;
        for (uint32_t k = 0; k <= kRegisterCount + 8; ++k) before.push_back(at(k));
        EXPECT_EQ(machine_.step(in), flow);
        std::set<uint32_t> changed;
        for (uint32_t k = 0; k < before.size(); ++k) {
            if (at(k) != before[k]) changed.insert(k);
        }
        EXPECT_EQ(changed, expected);
        const Machine::Fork fork = machine_.fork();
        const bool kept = machine_.assume(kE) && at(15).hi == 20;
        EXPECT_EQ(kept, !writes_flags);
        machine_.rejoin(fork);
    });
}

int64_t compute(std::string_view op, int64_t a, int64_t b) {
    if (op == "add") return a + b;
    if (op == "sub") return a - b;
    if (op == "and") return a & b;
    if (op == "or") return a | b;
    if (op == "xor") return a ^ b;
    if (op == "inc") return a + 1;
    if (op == "dec") return a - 1;
    if (op == "neg") return -a;
    if (op == "not") return ~a;
    if (op == "shl") return a << b;
    return a >> b;
}

TEST_P(RowEffects, Compute) {
    const bool has_count = prefixIs({"shl", "shr", "sar"}) && suffix_ == "rr";  // in cl: unknown
    if (has_count || !prefixIs({"add", "sub", "and", "or", "xor", "inc", "dec", "neg", "not", "shl",
                                "shr", "sar"})) {
        return;
    }
    forEachUse([&](const Instruction& in) {
        const uint32_t to = placeOf(in, 0);
        if (to == kRsp) return static_cast<void>(machine_.step(in));
        fill(constant(10));
        const bool is_shift = in.family == Family::kShift;
        const int64_t a = is_shift && prefix_ == "sar" ? -77 : 12;
        put(to, in.width == 8 ? constant(a) : constant(a & 0x7FFFFFFF));
        const int64_t b = suffixIs({"ri", "mi"}) ? in.imm : 10;
        EXPECT_EQ(machine_.step(in), Flow::kNext);
        if (in.width == 1 && to >= kRegisterCount) return;  // a part of a stack word
        const int64_t operand = in.width == 8 ? a : a & 0x7FFFFFFF;
        const int64_t mask = in.width == 8 ? -1 : (int64_t{1} << (8 * in.width)) - 1;
        const int64_t expected = compute(prefix_, operand, b) & mask;
        expectInterval(to, expected, expected);
    });
}

TEST_P(RowEffects, RotateToAnything) {
    if (!prefixIs({"rol", "ror"})) return;
    forEachUse([&](const Instruction& in) {
        fill(constant(12));
        EXPECT_EQ(machine_.step(in), Flow::kNext);
        expectInterval(in.reg[0], kMin, kMax);
    });
}

TEST_P(RowEffects, Extend) {
    if (!prefixIs({"movzx", "movsx", "movsxd"})) return;
    forEachUse([&](const Instruction& in) {
        fill(constant(0xF0F0F0F0));
        EXPECT_EQ(machine_.step(in), Flow::kNext);
        const unsigned bits = 8 * in.src_width;
        const auto word = static_cast<int64_t>(0xF0F0F0F0U & ((uint64_t{1} << bits) - 1));
        const bool is_signed = prefix_ != "movzx";
        const int64_t wide = is_signed ? word - (int64_t{1} << bits) : word;
        const int64_t expected = in.width == 8 ? wide : wide & 0xFFFFFFFF;
        if (in.disp % 8 == 0) expectInterval(in.reg[0], expected, expected);
    });
}

// Equal words are not different; words without a bit in common have none that is set.
TEST_P(RowEffects, Compare) {
    const bool is_test = prefix_ == "test";
    if (prefix_ != "cmp" && !is_test) return;
    forEachUse([&](const Instruction& in) {
        fill(constant(4));
        const bool by_constant = suffixIs({"ri", "mi"});
        const int64_t mask = in.width == 8 ? -1 : (int64_t{1} << (8 * in.width)) - 1;
        const int64_t other = by_constant ? in.imm & mask : 4;
        put(placeOf(in, 0), constant(is_test ? 0 : other));
        EXPECT_EQ(machine_.step(in), Flow::kNext);
        expectImpossible(kNE);
    });
}

INSTANTIATE_TEST_SUITE_P(Table, RowEffects, ::testing::ValuesIn(kRows), [](const auto& parameter) {
    return std::string(parameter.param.row);
});

TEST(RowCoverage, EveryRowHasACase) {
    std::map<std::string_view, int> cases;
    for (const RowCase& c : kRows) ++cases[c.row];
    for (uint32_t row = 0; row < rowCount(); ++row) {
        EXPECT_EQ(cases[rowName(row)], 1) << rowName(row);
    }
    EXPECT_EQ(std::size(kRows), rowCount());
}

TEST(RowCoverage, EveryConditionCode) {
    World world;
    for (unsigned code = 0; code < 16; ++code) {
        const auto byte = static_cast<uint8_t>(code);
        // jcc +0; setcc cl; cmovcc rcx, r8; xor eax, eax; ret
        const Bytes bytes{static_cast<uint8_t>(0x70 | byte),
                          0x00,
                          0x0F,
                          static_cast<uint8_t>(0x90 | byte),
                          0xC1,
                          0x4C,
                          0x0F,
                          static_cast<uint8_t>(0x40 | byte),
                          0xC1,
                          0x31,
                          0xC0,
                          0xC3};
        EXPECT_TRUE(accepted(world, bytes)) << code;
    }
}

}  // namespace
}  // namespace tagproof::verify::testing
