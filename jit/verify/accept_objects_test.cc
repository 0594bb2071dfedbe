// Guards, attributes and items as emitted code has them, written with asmjit's Assembler: all must
// be proven.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class AcceptGuards : public ::testing::TestWithParam<Case> {};
TEST_P(AcceptGuards, IsProven) { expectAccepted(GetParam()); }

const Case kGuards[] = {
    {"ReturnArgument",
     [](Emit& e) {
         e.a.mov(rax, rsi);
         e.a.ret();
     }},
    {"ReturnNone", [](Emit& e) { e.returnNone(); }},
    {"ReturnNull",
     [](Emit& e) {
         e.a.xor_(eax, eax);
         e.a.ret();
     }},
    {"ReturnFixnum",
     [](Emit& e) {
         e.a.mov(eax, 8 * 42 + 1);
         e.a.ret();
     }},
    {"GuardHeapThenType",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.returnNone();
     }},
    {"GuardTypeThroughRegister",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.mov(rcx, qword_ptr(rsi, 8));
         e.a.mov(rax, kPointType);
         e.a.cmp(rcx, rax);
         e.a.jne(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, 0x18));
         e.returnNone();
     }},
    {"GuardTypeReversedCompare",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.mov(rax, kPointType);
         e.a.cmp(rax, qword_ptr(rsi, 8));
         e.a.jne(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, 0x18));
         e.returnNone();
     }},
    {"GuardTypeVersion",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.mov(rcx, qword_ptr(rsi, 8));
         e.a.cmp(dword_ptr(rcx, layout::kTypeVersionTag), 77);
         e.a.jne(e.exit);
         e.returnNone();
     }},
    {"TagTestByAndCompare",
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(ecx, esi);
         e.a.and_(ecx, 7);
         e.a.cmp(ecx, 1);
         e.a.jne(e.exit);
         e.a.mov(rcx, rsi);  // fixnum
         e.a.or_(rcx, 8);
         e.a.mov(rax, rcx);
         e.a.ret();
     }},
    {"TagTestMakesPointer",
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(ecx, esi);
         e.a.and_(ecx, 7);
         e.a.jnz(e.exit);
         e.a.inc(dword_ptr(rsi));
         e.returnNone();
     }},
    {"TagTestByMovzx",
     [](Emit& e) {
         e.exit_used = true;
         e.a.movzx(ecx, sil);
         e.a.test(ecx, 7);
         e.a.jnz(e.exit);
         e.a.inc(dword_ptr(rsi));
         e.returnNone();
     }},
    {"DoubleTestByLea",
     [](Emit& e) {
         e.exit_used = true;
         e.a.lea(ecx, ptr(rsi, 2));
         e.a.test(cl, 4);
         e.a.jz(e.exit);
         e.a.mov(rcx, rsi);
         e.a.xor_(rcx, 2);
         e.a.ror(rcx, 5);
         e.a.movq(xmm0, rcx);
         e.a.mov(rax, rsi);
         e.a.ret();
     }},
    {"NullTestOfNullableValue",
     [](Emit& e) {
         e.a.mov(rcx, qword_ptr(rdi, layout::kThreadPending));
         e.guardObject(rcx);
         e.a.inc(dword_ptr(rcx));
         e.a.mov(rax, rcx);
         e.a.ret();
     }},
    {"NullTestBeforeTagTest",
     [](Emit& e) {
         e.a.mov(rcx, qword_ptr(rdi, layout::kThreadPending));
         e.exit_used = true;
         e.a.test(rcx, rcx);
         e.a.jz(e.exit);
         e.guardHeap(rcx);
         e.a.inc(dword_ptr(rcx));
         e.a.mov(rax, rcx);
         e.a.ret();
     }},
    {"CompareWithNull",
     [](Emit& e) {
         e.a.mov(rcx, qword_ptr(rdi, layout::kThreadPending));
         e.exit_used = true;
         e.a.cmp(rcx, 0);
         e.a.je(e.exit);
         e.guardHeap(rcx);
         e.a.inc(dword_ptr(rcx));
         e.a.mov(rax, rcx);
         e.a.ret();
     }},
    {"FactsReachCopies",
     [](Emit& e) {
         e.a.mov(rcx, rsi);
         e.guardHeap(rsi);
         e.a.inc(dword_ptr(rcx));
         e.returnNone();
     }},
};

const Case kAttributes[] = {
    {"AttributeLoad",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.mov(rax, qword_ptr(rcx, 1 + 8 * 3));
         e.a.test(rax, rax);
         e.a.jz(e.exit);
         e.incref(rax);
         e.a.ret();
     }},
    {"AttributeLoadWithInc",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.inc(rcx);
         e.a.mov(rax, qword_ptr(rcx, 8));
         e.a.ret();
     }},
    {"AttributeLoadWithLea",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.lea(rdx, ptr(rcx, 1));
         e.a.mov(rax, qword_ptr(rdx));
         e.a.ret();
     }},
    {"AttributeLoadWithAdd",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.add(rcx, 1);
         e.a.mov(rax, qword_ptr(rcx, 24));
         e.a.ret();
     }},
    {"AttributeLoadTagBy32BitAnd",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.a.mov(rcx, qword_ptr(rsi, 0x18));
         e.a.mov(eax, ecx);
         e.a.and_(eax, 1);
         e.a.jz(e.exit);
         e.a.mov(rax, qword_ptr(rcx, 1));
         e.a.ret();
     }},
    {"AttributeLoadTagByTest32",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.a.mov(rcx, qword_ptr(rsi, 0x18));
         e.a.test(ecx, 1);
         e.a.jz(e.exit);
         e.a.mov(rax, qword_ptr(rcx, 1));
         e.a.ret();
     }},
    {"AttributeLoadIndexConstantInRegister",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.mov(edx, 2);
         e.a.mov(rax, qword_ptr(rcx, rdx, 3, 1));
         e.a.ret();
     }},
    {"AttributeLoadBoundedIndex",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.mov(rax, kCounter);
         e.a.mov(edx, dword_ptr(rax));
         e.a.cmp(edx, 4);
         e.a.jae(e.exit);
         e.a.mov(rax, qword_ptr(rcx, rdx, 3, 1));
         e.a.ret();
     }},
    {"AttributeStore",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.mov(r8, qword_ptr(rcx, 1 + 8));
         e.a.test(r8, r8);
         e.a.jz(e.exit);
         e.incref(rdx);
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.mov(qword_ptr(rcx, 1 + 8), rdx);
         e.decref(r8);
         e.returnNone();
     }},
    {"AttributeStoreAcrossIncrefLabel",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.incref(rdx);
         e.a.mov(qword_ptr(rcx, 1 + 8), rdx);
         e.returnNone();
     }},
    {"AttributeStoreImmediate",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.mov(qword_ptr(rcx, 1), 8 * 5 + 1);
         e.returnNone();
     }},
    {"AttributeStoreConstant",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.a.mov(r8, kTrue);
         e.a.mov(qword_ptr(rcx, 1), r8);
         e.returnNone();
     }},
    {"DictForm",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.a.mov(rsi, qword_ptr(rsi, 0x18));
         e.a.test(sil, 1);
         e.a.jnz(e.exit);
         e.a.test(rsi, rsi);
         e.a.jz(e.exit);
         e.a.mov(edx, 3);
         e.callHelper(kOpDictGet);
         e.a.ret();
     }},
    {"Handles",
     [](Emit& e) {
         e.a.mov(rsi, kName);
         e.a.mov(rdx, kCache);
         e.callHelper(kOpNamed);
         e.a.ret();
     }},
    {"SlotAfterCallKeepsManagedFact",
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
         e.a.mov(rcx, qword_ptr(rbx, 0x18));  // still a slot word
         e.a.test(cl, 1);
         e.a.jz(out);
         e.a.bind(out);
         e.a.pop(rbx);
         e.returnNone();
     }},
    {"TypeGuardAgainAfterCall",
     [](Emit& e) {
         e.a.push(rbx);
         e.a.push(rbp);
         e.a.sub(rsp, 8);
         e.a.mov(rbx, rsi);
         e.a.mov(rbp, rdi);
         asmjit::Label out = e.a.newLabel();
         e.a.test(bl, 7);
         e.a.jnz(out);
         e.a.mov(rax, kOpPoll);
         e.a.call(rax);
         e.a.mov(rax, kPointType);
         e.a.cmp(qword_ptr(rbx, 8), rax);
         e.a.jne(out);
         e.a.mov(rcx, qword_ptr(rbx, 0x18));
         e.a.test(cl, 1);
         e.a.jz(out);
         e.a.mov(rcx, qword_ptr(rcx, 9));
         e.a.bind(out);
         e.a.add(rsp, 8);
         e.a.pop(rbp);
         e.a.pop(rbx);
         e.returnNone();
     }},
    {"LeafCallKeepsFacts",
     [](Emit& e) {
         e.a.push(rbx);
         e.a.mov(rbx, rsi);
         asmjit::Label out = e.a.newLabel();
         e.a.test(bl, 7);
         e.a.jnz(out);
         e.a.mov(rax, kPointType);
         e.a.cmp(qword_ptr(rbx, 8), rax);
         e.a.jne(out);
         e.a.mov(edi, 5);
         e.a.mov(rax, kOpLeaf);
         e.a.call(rax);
         e.a.mov(rcx, qword_ptr(rbx, 0x18));
         e.a.test(cl, 1);
         e.a.jz(out);
         e.a.mov(rcx, qword_ptr(rcx, 9));
         e.a.bind(out);
         e.a.pop(rbx);
         e.returnNone();
     }},
    {"EmbeddedObject",
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(rsi, kPoint);
         e.loadSlot(rcx, rsi);
         e.a.mov(rax, qword_ptr(rcx, 1));
         e.a.ret();
     }},
    {"EmbeddedObjectCount",
     [](Emit& e) {
         e.a.mov(rax, kFunction);
         e.a.inc(dword_ptr(rax));
         e.a.ret();
     }},
    {"UnmanagedFields",
     [](Emit& e) {
         e.guardType(rsi, kSlotsType);
         e.a.mov(rcx, qword_ptr(rsi, 0x20));
         e.a.mov(qword_ptr(rsi, 0x28), rdx);
         e.a.mov(r8d, dword_ptr(rsi, 0x30));
         e.a.inc(r8d);
         e.a.mov(dword_ptr(rsi, 0x30), r8d);
         e.a.movsd(xmm0, qword_ptr(rsi, 0x38));
         e.a.addsd(xmm0, xmm0);
         e.a.movsd(qword_ptr(rsi, 0x38), xmm0);
         e.returnNone();
     }},
    {"BoxedFloat",
     [](Emit& e) {
         e.guardType(rsi, kFloatType);
         e.a.movsd(xmm1, qword_ptr(rsi, layout::kFloatValue));
         e.a.mulsd(xmm1, qword_ptr(rsi, layout::kFloatValue));
         e.returnNone();
     }},
};

const Case kItems[] = {
    {"ListItem",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.a.mov(ecx, edx);
         e.a.and_(ecx, 7);
         e.a.cmp(ecx, 1);
         e.a.jne(e.exit);
         e.a.sar(rdx, 3);
         e.a.cmp(rdx, qword_ptr(rsi, layout::kListSize));
         e.a.jae(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.a.mov(rax, qword_ptr(rcx, rdx, 3));
         e.incref(rax);
         e.a.ret();
     }},
    {"ListItemNegativeIndex",
     [](Emit& e) {
         asmjit::Label positive = e.a.newLabel();
         e.guardType(rsi, kListType);
         e.a.mov(r8, qword_ptr(rsi, layout::kListSize));
         e.a.sar(rdx, 3);
         e.a.test(rdx, rdx);
         e.a.jns(positive);
         e.a.add(rdx, r8);
         e.a.bind(positive);
         e.a.cmp(rdx, r8);
         e.a.jae(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.a.mov(rax, qword_ptr(rcx, rdx, 3));
         e.a.ret();
     }},
    {"ListItemSignedGuards",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.a.sar(rdx, 3);
         e.a.test(rdx, rdx);
         e.a.js(e.exit);
         e.a.mov(r8, qword_ptr(rsi, layout::kListSize));
         e.a.cmp(r8, rdx);
         e.a.jle(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.a.mov(rax, qword_ptr(rcx, rdx, 3));
         e.a.ret();
     }},
    {"TupleItem",
     [](Emit& e) {
         e.guardType(rsi, kTupleType);
         e.a.sar(rdx, 3);
         e.a.cmp(rdx, qword_ptr(rsi, layout::kTupleSize));
         e.a.jae(e.exit);
         e.a.mov(rax, qword_ptr(rsi, rdx, 3, layout::kTupleItems));
         e.a.ret();
     }},
    {"TupleUnpack",
     [](Emit& e) {
         e.guardType(rsi, kTupleType);
         e.a.mov(rcx, qword_ptr(rsi, layout::kTupleSize));
         e.a.cmp(rcx, 2);
         e.a.jne(e.exit);
         e.a.mov(r8, qword_ptr(rsi, layout::kTupleItems));
         e.a.mov(rax, qword_ptr(rsi, layout::kTupleItems + 8));
         e.a.ret();
     }},
    {"TupleUnpackMemoryCompare",
     [](Emit& e) {
         e.guardType(rsi, kTupleType);
         e.a.cmp(qword_ptr(rsi, layout::kTupleSize), 2);
         e.a.jne(e.exit);
         e.a.mov(rax, qword_ptr(rsi, layout::kTupleItems + 8));
         e.a.ret();
     }},
    {"ListUnpack",
     [](Emit& e) {
         e.guardType(rsi, kListType);
         e.a.cmp(qword_ptr(rsi, layout::kListSize), 3);
         e.a.jb(e.exit);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.a.mov(rax, qword_ptr(rcx, 16));
         e.a.ret();
     }},
    {"LoopOverList",
     [](Emit& e) {
         asmjit::Label head = e.a.newLabel();
         asmjit::Label done = e.a.newLabel();
         e.guardType(rsi, kListType);
         e.a.xor_(edx, edx);
         e.a.bind(head);
         e.a.cmp(rdx, qword_ptr(rsi, layout::kListSize));
         e.a.jae(done);
         e.a.mov(rcx, qword_ptr(rsi, layout::kListItems));
         e.a.mov(rax, qword_ptr(rcx, rdx, 3));
         e.incref(rax);
         e.a.inc(rdx);
         e.a.jmp(head);
         e.a.bind(done);
         e.returnNone();
     }},
};

INSTANTIATE_TEST_SUITE_P(Guards, AcceptGuards, ::testing::ValuesIn(kGuards), CaseName());
INSTANTIATE_TEST_SUITE_P(Attributes, AcceptGuards, ::testing::ValuesIn(kAttributes), CaseName());
INSTANTIATE_TEST_SUITE_P(Items, AcceptGuards, ::testing::ValuesIn(kItems), CaseName());

}  // namespace
}  // namespace tagproof::verify::testing
