// Returns, the stack pointer, the frame and branch targets.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class RejectFlow : public ::testing::TestWithParam<Case> {};
TEST_P(RejectFlow, ByRule) { expectRejected(GetParam()); }

void bytes(Emit& e, std::initializer_list<uint8_t> list) {
    for (const uint8_t byte : list) e.a.db(byte);
}
// rcx = slot word of rsi, a Point; not tested.
void slotWord(Emit& e) {
    e.guardType(rsi, kPointType);
    e.a.mov(rcx, qword_ptr(rsi, 0x18));
}

const Case kFlow[] = {
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
    {"ReturnSentinelBehindLabel",  // where it meets a value
     [](Emit& e) {
         asmjit::Label done = e.a.newLabel();
         e.a.mov(rax, rsi);
         e.a.test(rdx, rdx);
         e.a.jz(done);
         e.a.mov(eax, 6);
         e.a.bind(done);
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

INSTANTIATE_TEST_SUITE_P(Flow, RejectFlow, ::testing::ValuesIn(kFlow), CaseName());

}  // namespace
}  // namespace tagproof::verify::testing
