// Wrong or missing guards, wrong counts and fields: rejected by the named rule at the marked
// instruction.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class RejectGuards : public ::testing::TestWithParam<Case> {};
TEST_P(RejectGuards, ByRule) { expectRejected(GetParam()); }

const Case kGuards[] = {
    {"UntestedValue",
     [](Emit& e) {
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"NullNotTested",
     [](Emit& e) {
         e.a.mov(rcx, qword_ptr(rdi, layout::kThreadPending));
         e.guardHeap(rcx);
         e.fault(), e.a.inc(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kBase},
    {"TagNotTested",
     [](Emit& e) {
         e.a.mov(rcx, qword_ptr(rdi, layout::kThreadPending));
         e.exit_used = true;
         e.a.test(rcx, rcx);
         e.a.jz(e.exit);
         e.fault(), e.a.inc(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kBase},
    {"GuardInverted",
     [](Emit& e) {
         e.exit_used = true;
         e.a.test(sil, 7);
         e.a.jz(e.exit);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"PartOfAnObjectMayBeNull",  // rsi - 0x1000 is 0 if the object lies there
     [](Emit& e) {
         const asmjit::Label null = e.a.newLabel();
         e.guardHeap(rsi);
         e.a.lea(rcx, qword_ptr(rsi, -0x1000));
         e.a.test(rcx, rcx);
         e.a.jz(null);
         e.returnNone();
         e.a.bind(null);
         e.fault(), e.a.inc(dword_ptr(rdx));
         e.returnNone();
     },
     RuleId::kBase},
    {"GuardMaskTooSmall",
     [](Emit& e) {
         e.exit_used = true;
         e.a.test(sil, 3);
         e.a.jnz(e.exit);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"GuardComparesBeyondTheTag",  // unequal numbers may end in the same bits
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(ecx, esi);
         e.a.and_(ecx, 7);
         for (int tag = 1; tag <= 7; ++tag) {
             e.a.cmp(ecx, 8 + tag);
             e.a.je(e.exit);
         }
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"UnequalIsNotNeverReached",
     [](Emit& e) {
         e.exit_used = true;
         e.a.xor_(ecx, ecx);
         e.a.cmp(rcx, 1000);
         e.a.je(e.exit);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"GuardFlagsClobbered",
     [](Emit& e) {
         e.exit_used = true;
         e.a.test(sil, 7);
         e.a.add(edx, 8);
         e.a.jnz(e.exit);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"GuardOfAnotherRegister",
     [](Emit& e) {
         e.guardHeap(rdx);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"GuardBeforeOverwrite",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.mov(rsi, rdx);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"TypeGuardOfWrongAddress",
     [](Emit& e) {
         e.guardType(rsi, kFunction);
         e.fault(), e.a.mov(rcx, qword_ptr(rsi, 0x20));
         e.returnNone();
     },
     RuleId::kLoadRange},
    {"TypeGuardLow32Bits",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.cmp(dword_ptr(rsi, 8), static_cast<uint32_t>(kSlotsType));
         e.a.jne(e.exit);
         e.fault(), e.a.mov(rcx, qword_ptr(rsi, 0x20));
         e.returnNone();
     },
     RuleId::kLoadRange},
    {"FieldOfUnknownType",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x20), rdx);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"FieldOfAnotherType",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x20), rdx);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"FieldPartly",
     [](Emit& e) {
         e.guardType(rsi, kSlotsType);
         e.fault(), e.a.mov(dword_ptr(rsi, 0x24), edx);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"FieldStraddled",
     [](Emit& e) {
         e.guardType(rsi, kSlotsType);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x24), rdx);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"TypeWordWritten",
     [](Emit& e) {
         e.guardType(rsi, kSlotsType);
         e.fault(), e.a.mov(qword_ptr(rsi, 8), rdx);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"WeakrefsWritten",
     [](Emit& e) {
         e.guardType(rsi, kSlotsType);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x10), rdx);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"FlagsWritten",
     [](Emit& e) {
         e.guardType(rsi, kSlotsType);
         e.fault(), e.a.mov(dword_ptr(rsi, 4), edx);
         e.returnNone();
     },
     RuleId::kStoreRange},
    {"RefcountStored",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.mov(dword_ptr(rsi), 1);
         e.returnNone();
     },
     RuleId::kRefcount},
    {"RefcountWide",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.inc(qword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kRefcount},
    {"RefcountMasked",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.and_(dword_ptr(rsi), 1);
         e.returnNone();
     },
     RuleId::kRefcount},
    {"RefcountByte",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.add(byte_ptr(rsi), 1);
         e.returnNone();
     },
     RuleId::kRefcount},
    {"RefcountOffsetByTwo",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.inc(dword_ptr(rsi, 2));
         e.returnNone();
     },
     RuleId::kRefcount},
};

INSTANTIATE_TEST_SUITE_P(Guards, RejectGuards, ::testing::ValuesIn(kGuards), CaseName());

}  // namespace
}  // namespace tagproof::verify::testing
