// The faults that the lab can inject, as far as machine code shows them: each must be rejected by
// the named rule at the marked instruction.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class RejectFaults : public ::testing::TestWithParam<Case> {};
TEST_P(RejectFaults, ByRule) { expectRejected(GetParam()); }

Mem exitWord(int k) { return qword_ptr(rdi, layout::kThreadDeoptValues + 8 * k); }
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

const Case kFaults[] = {
    {"OwnedTagLoad",
     [](Emit& e) {
         slotWord(e);
         e.fault(), e.a.inc(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kSlotBase},
    {"OwnedTagLoadTwice",
     [](Emit& e) {
         slotWord(e);
         e.a.mov(r8, qword_ptr(rsi, 0x18));
         e.a.mov(r9, r8);
         e.fault(), e.a.inc(dword_ptr(r9));
         e.a.inc(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kSlotBase},
    {"OwnedTagLoadBalanced",
     [](Emit& e) {
         slotWord(e);
         e.a.inc(dword_ptr(rcx));
         e.fault(), e.a.dec(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kSlotBase},
    {"OwnedTagLoadUnderTagTest",
     [](Emit& e) {
         valuesWord(e);
         e.fault(), e.a.inc(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kValuesRange},
    {"OwnedTagLoadGuardedIncref",
     [](Emit& e) {
         slotWord(e);
         asmjit::Label done = e.a.newLabel();
         e.a.test(cl, 7);
         e.a.jnz(done);
         e.a.test(rcx, rcx);
         e.a.jz(done);
         e.fault(), e.a.inc(dword_ptr(rcx));
         e.a.bind(done);
         e.returnNone();
     },
     RuleId::kSlotBase},
    {"OwnedTagLoadThroughSpill",
     [](Emit& e) {
         slotWord(e);
         e.a.sub(rsp, 24);
         e.a.mov(qword_ptr(rsp, 8), rcx);
         e.a.mov(r8, qword_ptr(rsp, 8));
         e.fault(), e.a.inc(dword_ptr(r8));
         e.a.add(rsp, 24);
         e.returnNone();
     },
     RuleId::kSlotBase},
    {"DecrefTag",
     [](Emit& e) {
         slotWord(e);
         e.fault(), e.a.dec(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kSlotBase},
    {"RefcountValuesPointer",
     [](Emit& e) {
         valuesWord(e);
         e.a.inc(rcx);
         e.fault(), e.a.inc(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kValuesRange},
    {"RefcountValuesPointerWide",
     [](Emit& e) {
         valuesWord(e);
         e.a.inc(rcx);
         e.fault(), e.a.inc(qword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kStoreValue},
    {"DecrefSlotAddress",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.a.lea(rcx, ptr(rsi, 0x18));
         e.fault(), e.a.dec(dword_ptr(rcx));
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"EncodedDisplacement",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.inc(dword_ptr(rsi, 0x18));
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"ClearLowestBit",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.fault(), e.a.and_(byte_ptr(rsi, 0x18), 0xFE);
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"Untag",
     [](Emit& e) {
         valuesWord(e);
         e.a.inc(rcx);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x18), rcx);
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"DoubleEncode",
     [](Emit& e) {
         slotWord(e);
         e.a.dec(rcx);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x18), rcx);
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"UnchangedSlotWordStored",
     [](Emit& e) {
         slotWord(e);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x18), rcx);
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"WideClip1",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.mov(byte_ptr(rsi, 0x1F), 0);
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"WideClip4At15",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.mov(dword_ptr(rsi, 0x15), 0);
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"WideClip8At11",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x11), 0);
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"WideClip8At1C",
     [](Emit& e) {
         e.guardType(rsi, kSlotsType);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x1C), rdx);
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"VectorClear",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.xorps(xmm0, xmm0);
         e.fault(), e.a.movaps(xmmword_ptr(rsi, 0x10), xmm0);
         e.returnNone();
     },
     RuleId::kSlotStore},
    {"PrefixByteByOrderIndex",
     [](Emit& e) {
         valuesWord(e);
         e.fault(), e.a.mov(byte_ptr(rcx, 1 + layout::kValuesOrder + 2), dl);
         e.returnNone();
     },
     RuleId::kValuesRange},
    {"PrefixByteInc",
     [](Emit& e) {
         valuesWord(e);
         e.fault(), e.a.add(byte_ptr(rcx), 1);
         e.returnNone();
     },
     RuleId::kValuesRange},
    {"IndexStale",
     [](Emit& e) {
         valuesWord(e);
         e.fault(), e.a.mov(qword_ptr(rcx, 1 + 8 * 4), rdx);
         e.returnNone();
     },
     RuleId::kValuesRange},
    {"IndexNegative",
     [](Emit& e) {
         valuesWord(e);
         e.fault(), e.a.mov(qword_ptr(rcx, 1 - 8), rdx);
         e.returnNone();
     },
     RuleId::kValuesRange},
    {"IndexUnbounded",
     [](Emit& e) {
         valuesWord(e);
         e.a.mov(r8, rdx);
         e.a.sar(r8, 3);
         e.fault(), e.a.mov(qword_ptr(rcx, r8, 3, 1), rdx);
         e.returnNone();
     },
     RuleId::kBase},
    {"IndexOneTooFar",
     [](Emit& e) {
         valuesWord(e);
         e.a.mov(rax, kCounter);
         e.a.mov(r8d, dword_ptr(rax));
         e.a.cmp(r8d, 4);
         e.a.ja(e.exit);
         e.fault(), e.a.mov(qword_ptr(rcx, r8, 3, 1), rdx);
         e.returnNone();
     },
     RuleId::kValuesRange},
    {"StaleValues",
     [](Emit& e) {
         e.a.push(rbx);
         e.a.push(rbp);
         e.a.sub(rsp, 8);
         asmjit::Label out = e.a.newLabel();
         e.a.test(sil, 7);
         e.a.jnz(out);
         e.a.mov(rax, kPointType);
         e.a.cmp(qword_ptr(rsi, 8), rax);
         e.a.jne(out);
         e.a.mov(rbx, qword_ptr(rsi, 0x18));
         e.a.test(bl, 1);
         e.a.jz(out);
         e.a.mov(rbp, rdx);
         e.a.mov(rax, kOpPoll);
         e.a.call(rax);
         e.fault(), e.a.mov(qword_ptr(rbx, 1), rbp);
         e.a.bind(out);
         e.a.add(rsp, 8);
         e.a.pop(rbp);
         e.a.pop(rbx);
         e.returnNone();
     },
     RuleId::kBase},
    {"StaleValuesInSpill",
     [](Emit& e) {
         asmjit::Label out = e.a.newLabel();
         e.a.sub(rsp, 24);
         e.a.test(sil, 7);
         e.a.jnz(out);
         e.a.mov(rax, kPointType);
         e.a.cmp(qword_ptr(rsi, 8), rax);
         e.a.jne(out);
         e.a.mov(rcx, qword_ptr(rsi, 0x18));
         e.a.test(cl, 1);
         e.a.jz(out);
         e.a.inc(rcx);
         e.a.mov(qword_ptr(rsp), rcx);
         e.a.mov(rax, kOpPoll);
         e.a.call(rax);
         e.a.mov(rcx, qword_ptr(rsp));
         e.fault(), e.a.mov(rax, qword_ptr(rcx));
         e.a.bind(out);
         e.a.add(rsp, 24);
         e.returnNone();
     },
     RuleId::kBase},
    {"StaleType",
     [](Emit& e) {
         e.a.push(rbx);
         e.a.mov(rbx, rsi);
         asmjit::Label out = e.a.newLabel();
         e.a.test(bl, 7);
         e.a.jnz(out);
         e.a.mov(rax, kPointType);
         e.a.cmp(qword_ptr(rbx, 8), rax);
         e.a.jne(out);
         e.a.mov(rax, kOpPoll);
         e.a.call(rax);
         e.a.mov(rcx, qword_ptr(rbx, 0x18));
         e.a.test(cl, 1);
         e.a.jz(out);
         e.fault(), e.a.mov(rcx, qword_ptr(rcx, 9));
         e.a.bind(out);
         e.a.pop(rbx);
         e.returnNone();
     },
     RuleId::kValuesRange},
    {"TornCacheAsBase",
     [](Emit& e) {
         e.a.mov(rcx, kCounter64);
         e.a.mov(rcx, qword_ptr(rcx));
         e.fault(), e.a.mov(qword_ptr(rcx), rsi);
         e.returnNone();
     },
     RuleId::kBase},
    {"TornCacheAsIndex",
     [](Emit& e) {
         valuesWord(e);
         e.a.mov(rax, kCounter64);
         e.a.mov(rax, qword_ptr(rax));
         e.fault(), e.a.mov(qword_ptr(rcx, rax, 3, 1), rdx);
         e.returnNone();
     },
     RuleId::kBase},
    {"DeoptOwnedTag",
     [](Emit& e) {
         slotWord(e);
         e.a.mov(exitWord(0), rcx);
         e.a.mov(esi, 1);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"DeoptOwnedTagAsInteger",
     [](Emit& e) {
         slotWord(e);
         e.a.mov(exitWord(0), rcx);
         e.a.mov(exitWord(1), 0);
         e.a.mov(exitWord(2), 0);
         e.a.mov(esi, 3);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"AliasSub",
     [](Emit& e) {
         valuesWord(e);
         e.a.mov(rdx, rcx);
         e.a.sub(rdx, rdx);
         e.fault(), e.a.mov(qword_ptr(rdx, 1), rsi);
         e.returnNone();
     },
     RuleId::kBase},
    {"AliasSubOfPointers",
     [](Emit& e) {
         valuesWord(e);
         e.a.sub(rcx, rsi);
         e.fault(), e.a.mov(qword_ptr(rcx, 1), rsi);
         e.returnNone();
     },
     RuleId::kBase},
};

INSTANTIATE_TEST_SUITE_P(Faults, RejectFaults, ::testing::ValuesIn(kFaults), CaseName());

}  // namespace
}  // namespace tagproof::verify::testing
