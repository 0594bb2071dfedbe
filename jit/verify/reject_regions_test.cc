// Accesses outside the items, cells and thread fields of the trusted tables.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class RejectRegions : public ::testing::TestWithParam<Case> {};
TEST_P(RejectRegions, ByRule) { expectRejected(GetParam()); }

Mem exitWord(int k) { return qword_ptr(rdi, layout::kThreadDeoptValues + 8 * k); }

const Case kRegions[] = {
    {"LoadAcrossTheEndOfAHead",
     [](Emit& e) {
         e.guardObject(rsi);
         e.fault(), e.a.mov(rax, qword_ptr(rsi, layout::kObjectSlot + 1));
         e.returnNone();
     },
     RuleId::kLoadRange},
    {"WideLoadOfASlot",
     [](Emit& e) {
         e.guardObject(rsi);
         e.fault(), e.a.movdqa(xmm0, xmmword_ptr(rsi, layout::kObjectSlot));
         e.returnNone();
     },
     RuleId::kLoadRange},
    {"ItemBeyondLength",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.a.sar(rdx, 3);
         e.a.cmp(rdx, qword_ptr(rsi, layout::kListSize));
         e.a.ja(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.fault(), e.a.mov(rax, qword_ptr(rcx, rdx, 3));
         e.a.ret();
     },
     RuleId::kBase},
    {"ItemSignedCompareOnly",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.a.sar(rdx, 3);
         e.a.cmp(rdx, qword_ptr(rsi, layout::kListSize));
         e.a.jge(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.fault(), e.a.mov(rax, qword_ptr(rcx, rdx, 3));
         e.a.ret();
     },
     RuleId::kBase},
    {"ItemLengthOfAnotherList",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.guardType(rdx, kListType);
         e.a.mov(rax, kCounter);
         e.a.mov(eax, dword_ptr(rax));
         e.a.cmp(rax, qword_ptr(rdx, layout::kListSize));
         e.a.jae(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.fault(), e.a.mov(rax, qword_ptr(rcx, rax, 3));
         e.a.ret();
     },
     RuleId::kLoadRange},
    {"ItemIndexAdvancedAfterCheck",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.a.sar(rdx, 3);
         e.a.cmp(rdx, qword_ptr(rsi, layout::kListSize));
         e.a.jae(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.a.inc(rdx);
         e.fault(), e.a.mov(rax, qword_ptr(rcx, rdx, 3));
         e.a.ret();
     },
     RuleId::kBase},
    {"ItemStore",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.a.mov(rax, kCounter);
         e.a.mov(eax, dword_ptr(rax));
         e.a.cmp(rax, qword_ptr(rsi, layout::kListSize));
         e.a.jae(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.fault(), e.a.mov(qword_ptr(rcx, rax, 3), rdx);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"TupleConstantIndexUnproven",
     [](Emit& e) {
         e.guardType(rsi, kTupleType);
         e.a.cmp(qword_ptr(rsi, layout::kTupleSize), 2);
         e.a.jne(e.exit);
         e.fault(), e.a.mov(rax, qword_ptr(rsi, layout::kTupleItems + 16));
         e.a.ret();
     },
     RuleId::kLoadRange},
    {"LengthWritten",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.fault(), e.a.mov(qword_ptr(rsi, layout::kListSize), 3);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"FrozenCellWritten",
     [](Emit& e) {
         e.a.mov(rcx, kFrozenCell);
         e.fault(), e.a.mov(qword_ptr(rcx), rsi);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"CellNotInTable",
     [](Emit& e) {
         e.a.mov(rcx, kValueCell + 64);
         e.fault(), e.a.mov(qword_ptr(rcx), rsi);
         e.returnNone();
     },
     RuleId::kBase},
    {"CellPartly",
     [](Emit& e) {
         e.a.mov(rcx, kValueCell);
         e.fault(), e.a.mov(dword_ptr(rcx), esi);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"CellPastTheEnd",
     [](Emit& e) {
         e.a.mov(rcx, kCounter);
         e.fault(), e.a.mov(qword_ptr(rcx), rsi);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"EntryCellWritten",
     [](Emit& e) {
         e.a.mov(rcx, kEntryCell);
         e.fault(), e.a.mov(qword_ptr(rcx), rsi);
         e.returnNone();
     },
     RuleId::kBase},
    {"ThreadArgumentRaw",
     [](Emit& e) {
         e.a.sar(rsi, 3);
         e.fault(), e.a.mov(qword_ptr(rdi, layout::kThreadArgs), rsi);
         e.returnNone();
     },
     RuleId::kStoreValue},
    {"ThreadPollWritten",
     [](Emit& e) {
         e.fault(), e.a.mov(dword_ptr(rdi), 0);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"ThreadUnknownField",
     [](Emit& e) {
         e.fault(), e.a.mov(dword_ptr(rdi, 12), 0);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"ThreadIndexed",
     [](Emit& e) {
         e.fault(), e.a.mov(qword_ptr(rdi, rdx, 3, layout::kThreadArgs), rsi);
         e.returnNone();
     },
     RuleId::kBase},
    {"ExitBufferRead",
     [](Emit& e) {
         e.fault(), e.a.mov(rax, exitWord(0));
         e.a.ret();
     },
     RuleId::kLoadRange},
    {"NullIntoValueField",
     [](Emit& e) {
         e.a.xor_(eax, eax);
         e.fault(), e.a.mov(qword_ptr(rdi, layout::kThreadCallee), rax);
         e.returnNone();
     },
     RuleId::kStoreValue},
};

INSTANTIATE_TEST_SUITE_P(Regions, RejectRegions, ::testing::ValuesIn(kRegions), CaseName());

}  // namespace
}  // namespace tagproof::verify::testing
