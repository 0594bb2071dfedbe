// Faults: each must be rejected by the named rule at the marked instruction.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class Reject : public ::testing::TestWithParam<Case> {};
TEST_P(Reject, ByRule) { expectRejected(GetParam()); }

Mem exitWord(int k) { return qword_ptr(rdi, layout::kThreadDeoptValues + 8 * k); }
void bytes(Emit& e, std::initializer_list<uint8_t> list) {
    for (const uint8_t byte : list) e.a.db(byte);
}
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

// The faults that the lab can inject, as far as machine code shows them.
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

const Case kPointers[] = {
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
    {"GuardMaskTooSmall",
     [](Emit& e) {
         e.exit_used = true;
         e.a.test(sil, 3);
         e.a.jnz(e.exit);
         e.fault(), e.a.inc(dword_ptr(rsi));
         e.returnNone();
     },
     RuleId::kBase},
    {"GuardFlagsClobbered",
     [](Emit& e) {
         e.exit_used = true;
         e.a.test(sil, 7);
         e.a.add(edx, 2);
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

const Case kFlow[] = {
    {"UnknownHelper",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpAdd + 4);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kCallTarget},
    {"CallThroughValue",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.fault(), e.a.call(rsi);
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kCallTarget},
    {"CallThroughValueCell",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kValueCell);
         e.fault(), e.a.call(qword_ptr(rax));
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kCallTarget},
    {"CallThroughStack",
     [](Emit& e) {
         e.a.sub(rsp, 24);
         e.a.mov(rax, kOpPoll);
         e.a.mov(qword_ptr(rsp), rax);
         e.fault(), e.a.call(qword_ptr(rsp));
         e.a.add(rsp, 24);
         e.returnNone();
     },
     RuleId::kCallTarget},
    {"ArgumentNotThread",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rdi, rsi);
         e.a.mov(rax, kOpPoll);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kArgument},
    {"ArgumentRawForValue",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.sar(rsi, 3);
         e.a.mov(rax, kOpAdd);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kArgument},
    {"ArgumentSlotForValue",
     [](Emit& e) {
         slotWord(e);
         e.a.mov(rsi, rcx);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpAdd);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kArgument},
    {"ArgumentSlotForInteger",
     [](Emit& e) {
         slotWord(e);
         e.a.mov(rdi, rcx);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpLeaf);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kArgument},
    {"ArgumentValueForObject",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpDealloc);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kArgument},
    {"ArgumentClobbered",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpPoll);
         e.a.call(rax);
         e.a.mov(rax, kOpPoll);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kArgument},
    {"CompiledCallNullArgument",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rdx, qword_ptr(rdi, layout::kThreadPending));
         e.a.mov(rax, kEntryCell);
         e.fault(), e.a.call(qword_ptr(rax));
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kArgument},
    {"ExitUnknownId",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(esi, 99);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"ExitVariableId",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"ExitWordMissing",
     [](Emit& e) {
         e.a.mov(exitWord(0), rsi);
         e.a.mov(esi, 4);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"ExitWordOfAnotherBlock",
     [](Emit& e) {
         asmjit::Label next = e.a.newLabel();
         e.a.mov(exitWord(0), rsi);
         e.a.test(dl, 1);
         e.a.jz(next);
         e.a.bind(next);
         e.a.mov(esi, 1);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"ExitRawAsTagged",
     [](Emit& e) {
         e.a.sar(rsi, 3);
         e.a.mov(exitWord(0), rsi);
         e.a.mov(esi, 1);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"ExitPointerAsImmediate",
     [](Emit& e) {
         e.a.mov(exitWord(0), rsi);
         e.a.mov(esi, 2);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"ExitDoubleAsTagged",
     [](Emit& e) {
         e.a.movsd(exitWord(0), xmm0);
         e.a.mov(esi, 1);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"ExitNullWhereNotAllowed",
     [](Emit& e) {
         e.a.mov(exitWord(0), 0);
         e.a.mov(esi, 1);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpResume);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kExit},
    {"ReturnUnknown", [](Emit& e) { e.fault(), e.a.ret(); }, RuleId::kReturnValue},
    {"ReturnRaw",
     [](Emit& e) {
         e.a.mov(rax, rsi);
         e.a.sar(rax, 3);
         e.fault(), e.a.ret();
     },
     RuleId::kReturnValue},
    {"ReturnSlot",
     [](Emit& e) {
         slotWord(e);
         e.a.mov(rax, rcx);
         e.fault(), e.a.ret();
     },
     RuleId::kReturnValue},
    {"ReturnSentinelFromNormalEntry",
     [](Emit& e) {
         e.a.mov(eax, 6);
         e.fault(), e.a.ret();
     },
     RuleId::kReturnValue},
    {"CalleeSavedClobbered",
     [](Emit& e) {
         e.a.mov(rbx, rsi);
         e.a.mov(rax, kNone);
         e.fault(), e.a.ret();
     },
     RuleId::kCalleeSaved},
    {"CalleeSavedSwapped",
     [](Emit& e) {
         e.a.push(rbx);
         e.a.push(r12);
         e.a.pop(rbx);
         e.a.pop(r12);
         e.a.mov(rax, kNone);
         e.fault(), e.a.ret();
     },
     RuleId::kCalleeSaved},
    {"CalleeSavedLow32",
     [](Emit& e) {
         e.a.mov(ebx, ebx);
         e.a.mov(rax, kNone);
         e.fault(), e.a.ret();
     },
     RuleId::kCalleeSaved},
    {"ReturnWithFrame",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kNone);
         e.fault(), e.a.ret();
     },
     RuleId::kReturnStack},
    {"StackPointerAboveEntry",
     [](Emit& e) {
         e.fault(), e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kStackPointer},
    {"StackPointerMisaligned",
     [](Emit& e) {
         e.fault(), e.a.sub(rsp, 4);
         e.returnNone();
     },
     RuleId::kStackPointer},
    {"StackPointerFromValue",
     [](Emit& e) {
         e.fault(), e.a.mov(rsp, rsi);
         e.returnNone();
     },
     RuleId::kStackPointer},
    {"StackPointerMasked",
     [](Emit& e) {
         e.fault(), e.a.and_(rsp, -32);
         e.returnNone();
     },
     RuleId::kStackPointer},
    {"StackPointerExchanged",
     [](Emit& e) {
         e.fault(), e.a.xchg(rsp, rsi);
         e.returnNone();
     },
     RuleId::kStackPointer},
    {"StackPointerLow32",
     [](Emit& e) {
         e.fault(), e.a.mov(esp, 16);
         e.returnNone();
     },
     RuleId::kStackPointer},
    {"FrameTooLarge",
     [](Emit& e) {
         e.fault(), e.a.sub(rsp, 4104);
         e.returnNone();
     },
     RuleId::kFrameSize},
    {"FrameTooLargeByPush",
     [](Emit& e) {
         e.a.sub(rsp, 4096);
         e.fault(), e.a.push(rsi);
         e.returnNone();
     },
     RuleId::kFrameSize},
    {"StoreBelowStackPointer",
     [](Emit& e) {
         e.fault(), e.a.mov(qword_ptr(rsp, -8), rsi);
         e.returnNone();
     },
     RuleId::kStackRange},
    {"LoadBelowStackPointer",
     [](Emit& e) {
         e.fault(), e.a.mov(rax, qword_ptr(rsp, -8));
         e.a.ret();
     },
     RuleId::kStackRange},
    {"LiveBelowStackAcrossCall",
     [](Emit& e) {
         e.a.push(rsi);
         e.a.add(rsp, 8);
         e.callHelper(kOpPoll);
         e.a.sub(rsp, 8);
         e.a.pop(rax);
         e.fault(), e.a.ret();
     },
     RuleId::kReturnValue},
    {"ReturnAddressWritten",
     [](Emit& e) {
         e.fault(), e.a.mov(qword_ptr(rsp), rsi);
         e.returnNone();
     },
     RuleId::kStackRange},
    {"ReturnAddressPartlyWritten",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.fault(), e.a.mov(qword_ptr(rsp, 4), rsi);
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kStackRange},
    {"ReturnAddressRead",
     [](Emit& e) {
         e.fault(), e.a.mov(rax, qword_ptr(rsp));
         e.a.ret();
     },
     RuleId::kStackRange},
    {"CallersFrameWritten",
     [](Emit& e) {
         e.fault(), e.a.mov(qword_ptr(rsp, 16), rsi);
         e.returnNone();
     },
     RuleId::kStackRange},
    {"StackIndexed",
     [](Emit& e) {
         e.a.sub(rsp, 72);
         e.fault(), e.a.mov(qword_ptr(rsp, rdx, 3), rsi);
         e.a.add(rsp, 72);
         e.returnNone();
     },
     RuleId::kBase},
    {"VectorStoreOutsideFrame",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.fault(), e.a.movaps(xmmword_ptr(rsp), xmm0);
         e.a.add(rsp, 8);
         e.returnNone();
     },
     RuleId::kStackRange},
    {"MisalignedCall",
     [](Emit& e) {
         e.a.mov(rax, kOpPoll);
         e.fault(), e.a.call(rax);
         e.returnNone();
     },
     RuleId::kStackAlign},
    {"PopsReturnAddress",
     [](Emit& e) {
         e.fault(), e.a.pop(rax);
         e.a.ret();
     },
     RuleId::kStackRange},
    {"JumpOutside",
     [](Emit& e) {
         e.fault(), bytes(e, {0xEB, 0x40});
         e.returnNone();
     },
     RuleId::kBranchTarget},
    {"JumpBefore",
     [](Emit& e) {
         e.fault(), bytes(e, {0xEB, 0x80});
         e.returnNone();
     },
     RuleId::kBranchTarget},
    {"JumpIntoInstruction",
     [](Emit& e) {
         e.fault(), bytes(e, {0xEB, 0x01});
         e.a.mov(rax, kNone);
         e.a.ret();
     },
     RuleId::kBranchTarget},
    {"ConditionalJumpIntoInstruction",
     [](Emit& e) {
         e.a.test(sil, 7);
         e.fault(), bytes(e, {0x74, 0x03});
         e.a.mov(rax, kNone);
         e.a.ret();
     },
     RuleId::kBranchTarget},
    {"JumpToTheEnd",
     [](Emit& e) {
         e.fault(), bytes(e, {0xEB, 0x0B});
         e.a.mov(rax, kNone);
         e.a.ret();
     },
     RuleId::kBranchTarget},
    {"FallsOffTheEnd", [](Emit& e) { e.fault(), e.a.mov(eax, 9); }, RuleId::kFallOffEnd},
    {"ConditionalJumpLast",
     [](Emit& e) {
         asmjit::Label head = e.a.newLabel();
         e.a.bind(head);
         e.a.test(sil, 1);
         e.fault(), e.a.jz(head);
     },
     RuleId::kFallOffEnd},
    {"CallLast",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpPoll);
         e.fault(), e.a.call(rax);
     },
     RuleId::kFallOffEnd},
};

// Encodings that are never allowed.
struct Encoding {
    const char* name;
    std::vector<uint8_t> code;
    RuleId rule;
};
std::ostream& operator<<(std::ostream& out, const Encoding& e) { return out << e.name; }

const Encoding kEncodings[] = {
    {"AddressSize", {0x67, 0x8B, 0x06}, RuleId::kPrefix},
    {"AddressSizeSibWithoutBase", {0x67, 0x49, 0x89, 0x04, 0x25, 0, 0, 0, 0}, RuleId::kPrefix},
    {"SegmentFs", {0x64, 0x48, 0x8B, 0x06}, RuleId::kPrefix},
    {"SegmentGs", {0x65, 0x48, 0x8B, 0x06}, RuleId::kPrefix},
    {"SegmentDs", {0x3E, 0x48, 0x8B, 0x06}, RuleId::kPrefix},
    {"BranchHint", {0x2E, 0x74, 0x00}, RuleId::kPrefix},
    {"Lock", {0xF0, 0xFF, 0x06}, RuleId::kPrefix},
    {"OperandSizeBranch", {0x66, 0x74, 0x00}, RuleId::kPrefix},
    {"OperandSizeIgnored", {0x66, 0x48, 0x89, 0xC8}, RuleId::kPrefix},
    {"RexBeforePrefix", {0x48, 0x66, 0x89, 0xC8}, RuleId::kPrefix},
    {"RepRet", {0xF3, 0xC3}, RuleId::kPrefix},
    {"RepMovs", {0xF3, 0xA4}, RuleId::kNoRow},
    {"RepneScas", {0xF2, 0xAE}, RuleId::kNoRow},
    {"XreleaseStore", {0xF3, 0xC7, 0x06, 0, 0, 0, 0}, RuleId::kPrefix},
    {"BndJump", {0xF2, 0xEB, 0x00}, RuleId::kPrefix},
    {"Notrack", {0x3E, 0xFF, 0xD0}, RuleId::kPrefix},
    {"RepAdd", {0xF3, 0x01, 0xC8}, RuleId::kPrefix},
    {"TwoMandatory", {0x66, 0xF2, 0x0F, 0x58, 0xC1}, RuleId::kPrefix},
    {"RexTwice", {0x48, 0x48, 0x89, 0xC8}, RuleId::kPrefix},
    {"Stos", {0x48, 0xAB}, RuleId::kNoRow},
    {"Movs", {0xA4}, RuleId::kNoRow},
    {"Lods", {0xAC}, RuleId::kNoRow},
    {"BtsRegisterOffset", {0x48, 0x0F, 0xAB, 0x0E}, RuleId::kNoRow},
    {"BtrRegisterOffset", {0x48, 0x0F, 0xB3, 0x0E}, RuleId::kNoRow},
    {"BtcRegisterOffset", {0x48, 0x0F, 0xBB, 0x0E}, RuleId::kNoRow},
    {"BtRegisterOffset", {0x48, 0x0F, 0xA3, 0x0E}, RuleId::kNoRow},
    {"PushMemory", {0xFF, 0x36}, RuleId::kNoRow},
    {"PopMemory", {0x8F, 0x06}, RuleId::kNoRow},
    {"PushImmediate", {0x6A, 0x01}, RuleId::kNoRow},
    {"Pushf", {0x9C}, RuleId::kNoRow},
    {"Popf", {0x9D}, RuleId::kNoRow},
    {"Enter", {0xC8, 0x10, 0x00, 0x03}, RuleId::kNoRow},
    {"Leave", {0xC9}, RuleId::kNoRow},
    {"RetImmediate", {0xC2, 0x08, 0x00}, RuleId::kNoRow},
    {"FarRet", {0xCB}, RuleId::kNoRow},
    {"JumpRegister", {0xFF, 0xE0}, RuleId::kNoRow},
    {"JumpMemory", {0xFF, 0x26}, RuleId::kNoRow},
    {"FarJump", {0x48, 0xFF, 0x2E}, RuleId::kNoRow},
    {"FarCall", {0x48, 0xFF, 0x1E}, RuleId::kNoRow},
    {"CallRelative", {0xE8, 0, 0, 0, 0}, RuleId::kNoRow},
    {"Loop", {0xE2, 0xFE}, RuleId::kNoRow},
    {"Jrcxz", {0xE3, 0x00}, RuleId::kNoRow},
    {"Syscall", {0x0F, 0x05}, RuleId::kNoRow},
    {"Int80", {0xCD, 0x80}, RuleId::kNoRow},
    {"Hlt", {0xF4}, RuleId::kNoRow},
    {"Cpuid", {0x0F, 0xA2}, RuleId::kNoRow},
    {"Clzero", {0x0F, 0x01, 0xFC}, RuleId::kNoRow},
    {"Xadd", {0x48, 0x0F, 0xC1, 0x0E}, RuleId::kNoRow},
    {"XaddRegister", {0x48, 0x0F, 0xC1, 0xC8}, RuleId::kNoRow},
    {"XchgMemory", {0x48, 0x87, 0x0E}, RuleId::kNoRow},
    {"Cmpxchg", {0x48, 0x0F, 0xB1, 0x0E}, RuleId::kNoRow},
    {"MulTwoDestinations", {0x48, 0xF7, 0xE6}, RuleId::kNoRow},
    {"DivTwoDestinations", {0x48, 0xF7, 0xF6}, RuleId::kNoRow},
    {"Mulx", {0xC4, 0xE2, 0xF3, 0xF6, 0xC6}, RuleId::kNoRow},
    {"MovFromSegment", {0x48, 0x8C, 0x1E}, RuleId::kNoRow},
    {"X87Store", {0xDD, 0x1E}, RuleId::kNoRow},
    {"Fxsave", {0x0F, 0xAE, 0x06}, RuleId::kNoRow},
    {"Maskmovdqu", {0x66, 0x0F, 0xF7, 0xC1}, RuleId::kNoRow},
    {"VectorStore32", {0xC5, 0xFD, 0x7F, 0x06}, RuleId::kNoRow},
    {"Gather", {0xC4, 0xE2, 0xE9, 0x92, 0x0C, 0x06}, RuleId::kNoRow},
    {"Move16", {0x66, 0x89, 0x0E}, RuleId::kPrefix},
    {"Add16", {0x66, 0x01, 0xC8}, RuleId::kPrefix},
    {"MoffsStore", {0x48, 0xA3, 0, 0, 0, 0, 1, 0, 0, 0}, RuleId::kNoRow},
    {"WriteAh", {0xB4, 0x01}, RuleId::kHighByte},
    {"ReadBh", {0x8A, 0xC7}, RuleId::kHighByte},
    {"AddDh", {0x80, 0xC6, 0x01}, RuleId::kHighByte},
    {"RipRelativeStore", {0x48, 0x89, 0x05, 0, 0, 0, 0}, RuleId::kRipRelative},
    {"RipRelativeLoad", {0x48, 0x8B, 0x05, 0, 0, 0, 0}, RuleId::kRipRelative},
    {"RipRelativeLea", {0x48, 0x8D, 0x05, 0, 0, 0, 0}, RuleId::kRipRelative},
    {"RipRelativeCall", {0xFF, 0x15, 0, 0, 0, 0}, RuleId::kRipRelative},
    {"Undefined", {0x06}, RuleId::kUndecodable},
    {"AbsoluteStore", {0x48, 0x89, 0x04, 0x25, 0, 0, 1, 0}, RuleId::kBase},
    {"BsfRegister", {0x48, 0x0F, 0xBC, 0xC6}, RuleId::kNoRow},
    {"Bswap", {0x48, 0x0F, 0xCE}, RuleId::kNoRow},
    {"Crc32", {0xF2, 0x48, 0x0F, 0x38, 0xF1, 0xC6}, RuleId::kNoRow},
    {"Cld", {0xFC}, RuleId::kNoRow},
    {"Std", {0xFD}, RuleId::kNoRow},
    {"Ldmxcsr", {0x0F, 0xAE, 0x16}, RuleId::kNoRow},
    {"Wrfsbase", {0xF3, 0x48, 0x0F, 0xAE, 0xD0}, RuleId::kNoRow},
    {"Xlat", {0xD7}, RuleId::kNoRow},
};

class RejectEncoding : public ::testing::TestWithParam<Encoding> {};
TEST_P(RejectEncoding, AtItsOffset) {
    World world;
    const Bytes before{0x90};
    Bytes code = before;
    code.insert(code.end(), GetParam().code.begin(), GetParam().code.end());
    const Bytes end{0x48, 0xB8, 0x00, 0x10, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0xC3};
    code.insert(code.end(), end.begin(), end.end());
    EXPECT_TRUE(rejected(world, code, GetParam().rule, 1));
}

TEST(RejectFlow, FramesDiffer) {
    World world;
    const Bytes code = assemble([](x86::Assembler& a) {
        asmjit::Label join = a.newLabel();
        a.mov(rax, kNone);
        a.test(sil, 1);
        a.jz(join);
        a.push(rsi);
        a.bind(join);
        a.ret();
    });
    EXPECT_FALSE(run(world, code).ok);
}

TEST(RejectFlow, TruncatedInstruction) {
    World world;
    EXPECT_TRUE(rejected(world, Bytes{0x48, 0xB8, 1, 2}, RuleId::kUndecodable, 0));
}

TEST(RejectFlow, EmptyFunction) {
    World world;
    EXPECT_FALSE(run(world, Bytes{}).ok);
}

TEST(RejectFlow, DataAmongCode) {
    World world;
    Bytes code{0x31, 0xC0, 0xC3, 0x06, 0x06, 0x06};  // xor eax, eax; ret; data
    EXPECT_TRUE(rejected(world, code, RuleId::kUndecodable, 3));
    code = Bytes{0x31, 0xC0, 0xC3, 0x0F, 0x05, 0xC3};  // a syscall hidden after the end
    EXPECT_TRUE(rejected(world, code, RuleId::kNoRow, 3));
}

TEST(RejectFlow, AllViolationsAreReported) {
    World world;
    const Bytes code = assemble([](x86::Assembler& a) {
        a.inc(dword_ptr(rsi));
        a.mov(qword_ptr(rdi, 12), rsi);
        a.mov(rbx, rsi);
        a.ret();
    });
    const Verdict verdict = run(world, code);
    ASSERT_GE(verdict.violations.size(), 4U);
    EXPECT_EQ(verdict.violations[0].rule, RuleId::kBase);
    EXPECT_EQ(verdict.violations[0].bytes, "ff 06");
    EXPECT_EQ(verdict.violations[0].instruction, "inc dword ptr [rsi]");
    EXPECT_NE(verdict.violations[0].state.find("rsi=VALUE"), std::string::npos);
    EXPECT_NE(toString(verdict.violations[0]).find("rule: "), std::string::npos);
}

TEST(RejectFlow, MissingTables) {
    Trusted trusted;
    const Verdict verdict = inferAndVerify(Bytes{0xC3}, kCodeAddress, trusted);
    ASSERT_EQ(verdict.violations.size(), 1U);
    EXPECT_EQ(verdict.violations[0].rule, RuleId::kTrusted);
}

struct EncodingName {
    std::string operator()(const ::testing::TestParamInfo<Encoding>& info) const {
        return info.param.name;
    }
};

INSTANTIATE_TEST_SUITE_P(Faults, Reject, ::testing::ValuesIn(kFaults), CaseName());
INSTANTIATE_TEST_SUITE_P(Pointers, Reject, ::testing::ValuesIn(kPointers), CaseName());
INSTANTIATE_TEST_SUITE_P(Flow, Reject, ::testing::ValuesIn(kFlow), CaseName());
INSTANTIATE_TEST_SUITE_P(Encodings,
                         RejectEncoding,
                         ::testing::ValuesIn(kEncodings),
                         EncodingName());

}  // namespace
}  // namespace tagproof::verify::testing
