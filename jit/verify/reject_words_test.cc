// Words used as what they are not: slot words, derived pointers, numbers, partial registers.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class RejectWords : public ::testing::TestWithParam<Case> {};
TEST_P(RejectWords, ByRule) { expectRejected(GetParam()); }

// rcx = slot word of rsi, a Point; not tested.
void slotWord(Emit& e) {
    e.guardType(rsi, kPointType);
    e.a.mov(rcx, qword_ptr(rsi, 0x18));
}
// rcx = slot word of rsi in values form.
void valuesWord(Emit& e) {
    e.guardType(rsi, kPointType);
    e.loadSlot(rcx, rsi);
}

const Case kWords[] = {
    {"SlotOfUnmanagedIsNoSlot",
     [](Emit& e) {
         e.guardType(rsi, kSlotsType);
         e.a.mov(rcx, qword_ptr(rsi, 0x18));
         e.exit_used = true;
         e.a.test(cl, 1);
         e.a.jz(e.exit);
         e.fault(), e.a.mov(rax, qword_ptr(rcx, 1));
         e.a.ret();
     },
     RuleId::kBase},
    {"SlotReadTwiceInHalves",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.a.mov(ecx, dword_ptr(rsi, 0x18));
         e.fault(), e.a.mov(rax, qword_ptr(rcx, 1));
         e.a.ret();
     },
     RuleId::kBase},
    {"SlotMaskedToPointer",
     [](Emit& e) {
         slotWord(e);
         e.a.and_(rcx, -2);
         e.fault(), e.a.mov(rax, qword_ptr(rcx));
         e.a.ret();
     },
     RuleId::kBase},
    {"SlotTagTestedWrongWay",
     [](Emit& e) {
         slotWord(e);
         e.a.test(cl, 1);
         e.a.jnz(e.exit);
         e.fault(), e.a.mov(rax, qword_ptr(rcx, 1));
         e.a.ret();
     },
     RuleId::kSlotBase},
    {"DictAsBase",
     [](Emit& e) {
         slotWord(e);
         e.a.test(cl, 1);
         e.a.jnz(e.exit);
         e.a.test(rcx, rcx);
         e.a.jz(e.exit);
         e.fault(), e.a.mov(rax, qword_ptr(rcx, 8));
         e.a.ret();
     },
     RuleId::kSlotBase},
    {"SlotAsValueStored",
     [](Emit& e) {
         valuesWord(e);
         e.fault(), e.a.mov(qword_ptr(rcx, 1), rcx);
         e.returnNone();
     },
     RuleId::kStoreValue},
    {"ValuesPointerStored",
     [](Emit& e) {
         valuesWord(e);
         e.a.lea(r8, ptr(rcx, 1));
         e.fault(), e.a.mov(qword_ptr(rcx, 1), r8);
         e.returnNone();
     },
     RuleId::kStoreValue},
    {"DerivedPointerStored",
     [](Emit& e) {
         valuesWord(e);
         e.a.lea(r8, ptr(rsi, 8));
         e.fault(), e.a.mov(qword_ptr(rcx, 1), r8);
         e.returnNone();
     },
     RuleId::kStoreValue},
    {"IntegerStoredAsValue",
     [](Emit& e) {
         valuesWord(e);
         e.a.sar(rdx, 3);
         e.fault(), e.a.mov(qword_ptr(rcx, 1), rdx);
         e.returnNone();
     },
     RuleId::kStoreValue},
    {"UnknownConstantStoredAsValue",
     [](Emit& e) {
         valuesWord(e);
         e.a.mov(r8, 0x123456780);
         e.fault(), e.a.mov(qword_ptr(rcx, 1), r8);
         e.returnNone();
     },
     RuleId::kStoreValue},
    {"ForgedFixnumWithPointerTag",
     [](Emit& e) {
         e.a.mov(rax, rsi);
         e.a.and_(rax, -8);
         e.fault(), e.a.ret();
     },
     RuleId::kReturnValue},
    {"FixnumAddKeepsWrongTag",
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(ecx, esi);
         e.a.and_(ecx, 7);
         e.a.cmp(ecx, 1);
         e.a.jne(e.exit);
         e.a.lea(rax, ptr(rsi, -1));
         e.fault(), e.a.ret();
     },
     RuleId::kReturnValue},
    {"BoxWithoutRangeTest",
     [](Emit& e) {
         e.a.movq(rax, xmm0);
         e.a.rol(rax, 5);
         e.a.xor_(rax, 2);
         e.fault(), e.a.ret();
     },
     RuleId::kReturnValue},
    {"Partial8",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.mov(sil, 8);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"Partial8Add",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.add(sil, 8);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"Partial8Setcc",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.cmp(rdx, 0);
         e.a.sete(sil);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"Partial32Move",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.mov(esi, esi);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"Partial32Lea",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.lea(ecx, ptr(rsi));
         e.fault(), e.a.inc(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kBase},
    {"Partial32Add",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.add(esi, 0);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"Partial32Spill",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.test(sil, 7);
         asmjit::Label out = e.a.newLabel();
         e.a.jnz(out);
         e.a.mov(qword_ptr(rsp), rsi);
         e.a.mov(dword_ptr(rsp), 16);
         e.a.mov(rcx, qword_ptr(rsp));
         e.fault(), e.a.inc(dword_ptr(rcx));
         e.a.bind(out);
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kBase},
    {"UnalignedSpillReload",
     [](Emit& e) {
         e.a.sub(rsp, 24);
         e.a.mov(qword_ptr(rsp, 8), rsi);
         e.a.mov(rax, qword_ptr(rsp, 4));
         e.a.add(rsp, 24);
         e.fault(), e.a.ret();
     },
     RuleId::kReturnValue},
    {"CmovJoinsPointerAndNumber",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.sar(rdx, 3);
         e.a.cmp(rdx, 4);
         e.a.cmovl(rsi, rdx);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"SecondDestinationOfXchg",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.xchg(rdx, rsi);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"SecondDestinationOfIdiv",
     [](Emit& e) {
         e.guardHeap(rdx);
         e.a.mov(eax, 100);
         e.a.mov(ecx, 7);
         e.a.idiv(rcx);
         e.fault(), e.a.inc(dword_ptr(rdx));
         e.returnNone();
     },
     RuleId::kBase},
    {"CqoWritesRdx",
     [](Emit& e) {
         e.guardHeap(rdx);
         e.a.cqo();
         e.fault(), e.a.inc(dword_ptr(rdx));
         e.returnNone();
     },
     RuleId::kBase},
};

INSTANTIATE_TEST_SUITE_P(Words, RejectWords, ::testing::ValuesIn(kWords), CaseName());

}  // namespace
}  // namespace tagproof::verify::testing
