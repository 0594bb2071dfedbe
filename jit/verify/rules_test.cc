// One accepted use of every row of rules.def: a row that nothing needs has no place in the table.

#include <map>

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

struct RowCase {
    const char* row;
    std::function<void(Assembler&)> emit;  // rcx, r8: numbers; [rsp]: own frame of 32 bytes
};
std::ostream& operator<<(std::ostream& out, const RowCase& c) { return out << c.row; }

Mem word() { return qword_ptr(rsp); }
Mem vector() { return xmmword_ptr(rsp); }

#define ROW(id, ...)                            \
    RowCase {                                   \
#id, [](Assembler & a) { __VA_ARGS__; } \
    }

#define ALU_ROWS(id, call)                                              \
    ROW(id##_rr, a.call(rcx, r8); a.call(cl, r8b)),                     \
        ROW(id##_rm, a.call(rcx, word()); a.call(ecx, dword_ptr(rsp))), \
        ROW(id##_mr, a.call(word(), rcx); a.call(dword_ptr(rsp), ecx)), \
        ROW(id##_ri, a.call(rcx, 1000); a.call(ecx, -1)),               \
        ROW(id##_mi, a.call(word(), 5); a.call(byte_ptr(rsp), 5))

#define SCALAR_ROWS(id, operand)                                       \
    ROW(id##_xx, a.id(xmm1, xmm2)), ROW(id##_xm, a.id(xmm1, operand)), \
        ROW(v##id##_xxx, a.v##id(xmm1, xmm2, xmm3)),                   \
        ROW(v##id##_xxm, a.v##id(xmm1, xmm2, operand))

#define MOVE_ROWS(id, operand)                                          \
    ROW(id##_xx, a.id(xmm1, xmm12)), ROW(id##_xm, a.id(xmm1, operand)), \
        ROW(id##_mx, a.id(operand, xmm9))

const RowCase kRows[] = {
    ROW(mov_rr, a.mov(rcx, r8); a.mov(ecx, r8d); a.mov(cl, r8b)),
    ROW(mov_rm, a.mov(rcx, word()); a.mov(ecx, dword_ptr(rsp, 4)); a.mov(cl, byte_ptr(rsp, 3))),
    ROW(mov_mr, a.mov(word(), rcx); a.mov(dword_ptr(rsp, 4), ecx); a.mov(byte_ptr(rsp, 3), cl)),
    ROW(mov_ri, a.mov(rcx, 0x123456789ABC); a.mov(rcx, -1); a.mov(ecx, 7); a.mov(cl, 1)),
    ROW(mov_mi, a.mov(word(), -1); a.mov(dword_ptr(rsp), 1); a.mov(byte_ptr(rsp), 1)),
    ROW(movzx_rr, a.movzx(ecx, r8b); a.movzx(rcx, r8w)),
    ROW(movzx_rm, a.movzx(ecx, byte_ptr(rsp)); a.movzx(ecx, word_ptr(rsp, 2))),
    ROW(movsx_rr, a.movsx(ecx, r8b); a.movsx(rcx, r8w)),
    ROW(movsx_rm, a.movsx(rcx, byte_ptr(rsp)); a.movsx(ecx, word_ptr(rsp))),
    ROW(movsxd_rr, a.movsxd(rcx, r8d)),
    ROW(movsxd_rm, a.movsxd(rcx, dword_ptr(rsp))),
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
    ROW(test_mr, a.test(word(), rcx)),
    ROW(test_ri, a.test(rcx, 7); a.test(cl, 7)),
    ROW(test_mi, a.test(byte_ptr(rsp), 7)),
    ROW(inc_r, a.inc(rcx); a.inc(ecx)),
    ROW(inc_m, a.inc(word()); a.inc(dword_ptr(rsp))),
    ROW(dec_r, a.dec(rcx)),
    ROW(dec_m, a.dec(dword_ptr(rsp))),
    ROW(neg_r, a.neg(rcx)),
    ROW(not_r, a.not_(rcx)),
    ROW(shl_ri, a.shl(rcx, 3); a.shl(rcx, 1); a.shl(ecx, 4)),
    ROW(shl_mi, a.shl(word(), 3)),
    ROW(shl_rr, a.shl(r8, cl)),
    ROW(shr_ri, a.shr(rcx, 3)),
    ROW(shr_mi, a.shr(word(), 3)),
    ROW(shr_rr, a.shr(r8, cl)),
    ROW(sar_ri, a.sar(rcx, 3); a.sar(ecx, 31)),
    ROW(sar_mi, a.sar(word(), 3)),
    ROW(sar_rr, a.sar(r8, cl)),
    ROW(rol_ri, a.rol(rcx, 5)),
    ROW(ror_ri, a.ror(rcx, 5)),
    ROW(imul_rr, a.imul(rcx, r8)),
    ROW(imul_rm, a.imul(rcx, word())),
    ROW(imul_rri, a.imul(rcx, r8, 100); a.imul(rcx, r8, 1000)),
    ROW(imul_rmi, a.imul(rcx, word(), 100)),
    ROW(idiv_r, a.mov(rax, r8); a.cqo(); a.idiv(rcx)),
    ROW(cdq, a.cdq()),
    ROW(cqo, a.cqo()),
    ROW(setcc_r, a.cmp(rcx, r8); a.setl(cl); a.seto(r8b); a.setp(al)),
    ROW(jcc, a.cmp(rcx, r8); asmjit::Label l = a.newLabel(); a.jg(l); a.js(l); a.jp(l); a.bind(l)),
    ROW(cmovcc_rr, a.cmp(rcx, r8); a.cmovb(rcx, r8); a.cmovs(ecx, r8d)),
    ROW(cmovcc_rm, a.cmp(rcx, r8); a.cmovbe(rcx, word())),
    ROW(jmp, asmjit::Label l = a.newLabel(); a.jmp(l); a.bind(l)),
    ROW(call_r, a.mov(rax, kOpPoll); a.call(rax)),
    ROW(call_m, a.mov(rax, kEntryCell); a.call(qword_ptr(rax))),
    ROW(ret, static_cast<void>(a)),
    ROW(ud2, asmjit::Label l = a.newLabel(); a.cmp(rsi, rdx); a.jnz(l); a.ud2(); a.bind(l)),
    ROW(int3, asmjit::Label l = a.newLabel(); a.cmp(rsi, rdx); a.jnz(l); a.int3(); a.bind(l)),
    MOVE_ROWS(movaps, vector()),
    MOVE_ROWS(movapd, vector()),
    MOVE_ROWS(movdqa, vector()),
    MOVE_ROWS(movsd, word()),
    MOVE_ROWS(movq, word()),
    MOVE_ROWS(vmovaps, vector()),
    MOVE_ROWS(vmovapd, vector()),
    MOVE_ROWS(vmovdqa, vector()),
    MOVE_ROWS(vmovq, word()),
    ROW(vmovsd_xxx, a.vmovsd(xmm1, xmm2, xmm3)),
    ROW(vmovsd_xm, a.vmovsd(xmm1, word())),
    ROW(vmovsd_mx, a.vmovsd(word(), xmm1)),
    ROW(movq_xr, a.movq(xmm1, rcx)),
    ROW(movq_rx, a.movq(rcx, xmm1)),
    ROW(vmovq_xr, a.vmovq(xmm1, rcx)),
    ROW(vmovq_rx, a.vmovq(rcx, xmm1)),
    SCALAR_ROWS(addsd, word()),
    SCALAR_ROWS(subsd, word()),
    SCALAR_ROWS(mulsd, word()),
    SCALAR_ROWS(divsd, word()),
    SCALAR_ROWS(sqrtsd, word()),
    SCALAR_ROWS(xorpd, vector()),
    SCALAR_ROWS(andpd, vector()),
    ROW(xorps_xx, a.xorps(xmm0, xmm0)),
    ROW(vxorps_xxx, a.vxorps(xmm0, xmm0, xmm0)),
    ROW(pxor_xx, a.pxor(xmm0, xmm0)),
    ROW(cvtsi2sd_xr, a.cvtsi2sd(xmm0, rcx); a.cvtsi2sd(xmm0, ecx)),
    ROW(cvtsi2sd_xm, a.cvtsi2sd(xmm0, word()); a.cvtsi2sd(xmm0, dword_ptr(rsp))),
    ROW(vcvtsi2sd_xxr, a.vcvtsi2sd(xmm0, xmm1, rcx)),
    ROW(vcvtsi2sd_xxm, a.vcvtsi2sd(xmm0, xmm1, word())),
    ROW(cvttsd2si_rx, a.cvttsd2si(rcx, xmm0)),
    ROW(cvttsd2si_rm, a.cvttsd2si(rcx, word())),
    ROW(vcvttsd2si_rx, a.vcvttsd2si(rcx, xmm0)),
    ROW(vcvttsd2si_rm, a.vcvttsd2si(rcx, word())),
    ROW(ucomisd_xx, a.ucomisd(xmm0, xmm1)),
    ROW(ucomisd_xm, a.ucomisd(xmm0, word())),
    ROW(vucomisd_xx, a.vucomisd(xmm0, xmm1)),
    ROW(vucomisd_xm, a.vucomisd(xmm0, word())),
};

Bytes functionOf(const RowCase& c) {
    return assemble([&](Assembler& a) {
        a.sub(rsp, 40);
        a.mov(ecx, 12);
        a.mov(r8d, 5);
        a.mov(qword_ptr(rsp), 77);
        a.mov(qword_ptr(rsp, 8), 78);
        c.emit(a);
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

INSTANTIATE_TEST_SUITE_P(Table, Rows, ::testing::ValuesIn(kRows), [](const auto& parameter) {
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
