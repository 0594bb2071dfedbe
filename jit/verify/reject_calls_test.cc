// Wrong call targets, arguments and exits.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class RejectCalls : public ::testing::TestWithParam<Case> {};
TEST_P(RejectCalls, ByRule) { expectRejected(GetParam()); }

Mem exitWord(int k) { return qword_ptr(rdi, layout::kThreadDeoptValues + 8 * k); }
// rcx = slot word of rsi, a Point; not tested.
void slotWord(Emit& e) {
    e.guardType(rsi, kPointType);
    e.a.mov(rcx, qword_ptr(rsi, 0x18));
}

const Case kCalls[] = {
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
    {"ArgumentHandleOfAnotherSort",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rsi, kName);
         e.a.mov(rdx, kName);
         e.a.mov(rax, kOpNamed);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kArgument},
    {"ArgumentBesideAHandle",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rsi, kName + 8);
         e.a.mov(rdx, kCache);
         e.a.mov(rax, kOpNamed);
         e.fault(), e.a.call(rax);
         e.a.add(rsp, 8);
         e.a.ret();
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
    {"ArgumentSentinelForValue",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(edx, 8 + 6);
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
};

INSTANTIATE_TEST_SUITE_P(Calls, RejectCalls, ::testing::ValuesIn(kCalls), CaseName());

}  // namespace
}  // namespace tagproof::verify::testing
