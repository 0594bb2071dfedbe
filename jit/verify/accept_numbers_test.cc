// Arithmetic, calls, frames and runtime data as emitted code has them: all must be proven.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class AcceptNumbers : public ::testing::TestWithParam<Case> {};
TEST_P(AcceptNumbers, IsProven) { expectAccepted(GetParam()); }

// The word at the thread's argument, exit and loop areas.
Mem threadArg(int k) { return qword_ptr(rdi, layout::kThreadArgs + 8 * k); }
Mem osrWord(int k) { return qword_ptr(rdi, layout::kThreadOsrValues + 8 * k); }
Mem exitWord(int k) { return qword_ptr(rdi, layout::kThreadDeoptValues + 8 * k); }

const Case kNumbers[] = {
    {"FixnumAdd",
     [](Emit& e) {
         e.exit_used = true;
         for (const Gp& r : {rsi, rdx}) {
             e.a.mov(ecx, r.r32());
             e.a.and_(ecx, 7);
             e.a.cmp(ecx, 1);
             e.a.jne(e.exit);
         }
         e.a.lea(rax, ptr(rsi, -1));
         e.a.add(rax, rdx);
         e.a.jo(e.exit);
         e.a.ret();
     }},
    {"FixnumSub",
     [](Emit& e) {
         e.exit_used = true;
         for (const Gp& r : {rsi, rdx}) {
             e.a.mov(ecx, r.r32());
             e.a.and_(ecx, 7);
             e.a.cmp(ecx, 1);
             e.a.jne(e.exit);
         }
         e.a.mov(rax, rsi);
         e.a.sub(rax, rdx);
         e.a.jo(e.exit);
         e.a.inc(rax);
         e.a.ret();
     }},
    {"FixnumMul",
     [](Emit& e) {
         e.exit_used = true;
         for (const Gp& r : {rsi, rdx}) {
             e.a.mov(ecx, r.r32());
             e.a.and_(ecx, 7);
             e.a.cmp(ecx, 1);
             e.a.jne(e.exit);
         }
         e.a.mov(rax, rsi);
         e.a.sar(rax, 3);
         e.a.dec(rdx);
         e.a.imul(rax, rdx);
         e.a.jo(e.exit);
         e.a.or_(rax, 1);
         e.a.ret();
     }},
    {"FixnumNeg",
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(ecx, esi);
         e.a.and_(ecx, 7);
         e.a.cmp(ecx, 1);
         e.a.jne(e.exit);
         e.a.mov(eax, 2);
         e.a.sub(rax, rsi);
         e.a.jo(e.exit);
         e.a.ret();
     }},
    {"FixnumBitOps",
     [](Emit& e) {
         e.exit_used = true;
         for (const Gp& r : {rsi, rdx}) {
             e.a.mov(ecx, r.r32());
             e.a.and_(ecx, 7);
             e.a.cmp(ecx, 1);
             e.a.jne(e.exit);
         }
         e.a.mov(rax, rsi);
         e.a.xor_(rax, rdx);
         e.a.or_(rax, 1);
         e.a.and_(rax, rdx);
         e.a.or_(rax, rsi);
         e.a.ret();
     }},
    {"FixnumCompareToBool",
     [](Emit& e) {
         e.a.cmp(rsi, rdx);
         e.a.mov(rax, kFalse);
         e.a.mov(rcx, kTrue);
         e.a.cmovl(rax, rcx);
         e.a.ret();
     }},
    {"SetccToBoolConstant",
     [](Emit& e) {
         e.a.cmp(rsi, rdx);
         e.a.setne(al);
         e.a.movzx(eax, al);
         e.a.test(eax, eax);
         e.a.mov(rax, kFalse);
         e.a.mov(rcx, kTrue);
         e.a.cmovnz(rax, rcx);
         e.a.ret();
     }},
    {"TagCounterByShiftOr",
     [](Emit& e) {
         e.a.sar(rsi, 3);
         e.a.add(rsi, 5);
         e.a.mov(rax, rsi);
         e.a.shl(rax, 3);
         e.a.or_(rax, 1);
         e.a.ret();
     }},
    {"TagCounterByLea",
     [](Emit& e) {
         e.a.sar(rsi, 3);
         e.a.lea(rax, ptr(1, rsi, 3));
         e.a.ret();
     }},
    {"BoxDouble",
     [](Emit& e) {
         e.exit_used = true;
         e.a.movq(rax, xmm0);
         e.a.rol(rax, 5);
         e.a.xor_(rax, 2);
         e.a.lea(ecx, ptr(rax, 2));
         e.a.test(cl, 4);
         e.a.jz(e.exit);
         e.a.ret();
     }},
    {"BoxDoubleSlowPath",
     [](Emit& e) {
         asmjit::Label slow = e.a.newLabel();
         e.a.cvtsi2sd(xmm0, rsi);
         e.a.movq(rax, xmm0);
         e.a.rol(rax, 5);
         e.a.xor_(rax, 2);
         e.a.lea(ecx, ptr(rax, 2));
         e.a.test(cl, 4);
         e.a.jz(slow);
         e.a.ret();
         e.a.bind(slow);
         e.callHelper(kOpBox);
         e.a.ret();
     }},
    {"DivisionByIdiv",
     [](Emit& e) {
         e.a.mov(rax, rsi);
         e.a.sar(rax, 3);
         e.a.mov(rcx, rdx);
         e.a.sar(rcx, 3);
         e.a.cqo();
         e.a.idiv(rcx);
         e.a.lea(rax, ptr(1, rdx, 3));
         e.a.ret();
     }},
    {"VariableShift",
     [](Emit& e) {
         e.a.mov(rcx, rdx);
         e.a.shl(rsi, cl);
         e.a.mov(rax, rsi);
         e.a.shl(rax, 3);
         e.a.or_(rax, 1);
         e.a.ret();
     }},
};

const Case kFrames[] = {
    {"HelperWithValues",
     [](Emit& e) {
         e.callHelper(kOpAdd);
         e.a.ret();
     }},
    {"HelperResultChecked",
     [](Emit& e) {
         asmjit::Label fail = e.a.newLabel();
         e.callHelper(kOpAdd);
         e.a.test(rax, rax);
         e.a.jz(fail);
         e.incref(rax);
         e.a.ret();
         e.a.bind(fail);
         e.a.xor_(eax, eax);
         e.a.ret();
     }},
    {"NeverReturns",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpAbort);
         e.a.call(rax);
     }},
    {"CompiledCall",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kEntryCell);
         e.a.call(qword_ptr(rax));
         e.a.add(rsp, 8);
         e.a.ret();
     }},
    {"CompiledCallWithDisplacement",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(rax, kEntryCell - 0x20);
         e.a.call(qword_ptr(rax, 0x20));
         e.a.add(rsp, 8);
         e.a.ret();
     }},
    {"SpilledAcrossCall",
     [](Emit& e) {
         e.a.sub(rsp, 24);
         e.a.mov(qword_ptr(rsp, 8), rsi);
         e.a.mov(qword_ptr(rsp), rdi);
         e.a.mov(rax, kOpPoll);
         e.a.call(rax);
         e.a.mov(rdi, qword_ptr(rsp));
         e.a.mov(rsi, qword_ptr(rsp, 8));
         e.a.mov(rdx, rsi);
         e.a.mov(rax, kOpAdd);
         e.a.call(rax);
         e.a.add(rsp, 24);
         e.a.ret();
     }},
    {"SavedRegisters",
     [](Emit& e) {
         for (const Gp& r : {rbx, rbp, r12, r13, r14, r15}) e.a.push(r);
         e.a.mov(rbx, rsi);
         e.a.mov(r12, rdi);
         e.a.sub(rsp, 8);
         e.a.mov(rax, kOpPoll);
         e.a.call(rax);
         e.a.mov(rax, rbx);
         e.a.add(rsp, 8);
         for (const Gp& r : {r15, r14, r13, r12, rbp, rbx}) e.a.pop(r);
         e.a.ret();
     }},
    {"FramePointer",
     [](Emit& e) {
         e.a.push(rbp);
         e.a.mov(rbp, rsp);
         e.a.sub(rsp, 32);
         e.a.mov(qword_ptr(rbp, -8), rsi);
         e.a.mov(rax, qword_ptr(rbp, -8));
         e.a.mov(rsp, rbp);
         e.a.pop(rbp);
         e.a.ret();
     }},
    {"RefinedThroughSpill",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(qword_ptr(rsp), rsi);
         asmjit::Label out = e.a.newLabel();
         e.a.test(sil, 7);
         e.a.jnz(out);
         e.a.xor_(esi, esi);
         e.a.mov(rcx, qword_ptr(rsp));
         e.a.inc(dword_ptr(rcx));
         e.a.bind(out);
         e.a.add(rsp, 8);
         e.returnNone();
     }},
    {"RefinedInSpill",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         e.a.mov(qword_ptr(rsp), rsi);
         asmjit::Label out = e.a.newLabel();
         e.a.test(byte_ptr(rsp), 7);
         e.a.jnz(out);
         e.a.mov(rcx, qword_ptr(rsp));
         e.a.inc(dword_ptr(rcx));
         e.a.bind(out);
         e.a.add(rsp, 8);
         e.returnNone();
     }},
    {"TagInHalfSpill",
     [](Emit& e) {
         e.a.sub(rsp, 8);
         asmjit::Label out = e.a.newLabel();
         e.a.mov(ecx, esi);
         e.a.and_(ecx, 7);
         e.a.mov(dword_ptr(rsp), ecx);
         e.a.mov(dword_ptr(rsp, 4), 9);
         e.a.cmp(dword_ptr(rsp), 0);
         e.a.jne(out);
         e.a.inc(dword_ptr(rsi));
         e.a.bind(out);
         e.a.add(rsp, 8);
         e.returnNone();
     }},
    {"SpillOperand",
     [](Emit& e) {
         e.a.sub(rsp, 24);
         e.a.mov(qword_ptr(rsp), rsi);
         e.a.sar(qword_ptr(rsp), 3);
         e.a.add(qword_ptr(rsp), 7);
         e.a.mov(rax, qword_ptr(rsp));
         e.a.lea(rax, ptr(1, rax, 3));
         e.a.add(rsp, 24);
         e.a.ret();
     }},
    {"VectorSpill",
     [](Emit& e) {
         e.a.sub(rsp, 40);
         e.a.movdqa(xmmword_ptr(rsp, 16), xmm0);
         e.a.movaps(xmm1, xmmword_ptr(rsp, 16));
         e.a.movsd(qword_ptr(rsp, 8), xmm1);
         e.a.mov(rax, qword_ptr(rsp, 8));
         e.a.shl(rax, 3);
         e.a.or_(rax, 1);
         e.a.add(rsp, 40);
         e.a.ret();
     }},
    {"Swap",
     [](Emit& e) {
         e.guardHeap(rsi);
         e.a.xchg(rsi, rdx);
         e.a.inc(dword_ptr(rdx));
         e.a.mov(rax, rdx);
         e.a.ret();
     }},
    {"AlignmentNops",
     [](Emit& e) {
         asmjit::Label head = e.a.newLabel();
         e.a.mov(ecx, 10);
         e.a.align(asmjit::AlignMode::kCode, 16);
         e.a.bind(head);
         e.a.dec(ecx);
         e.a.jnz(head);
         e.a.nop();
         e.returnNone();
     }},
    {"BackwardTrampoline",
     [](Emit& e) {
         asmjit::Label there = e.a.newLabel();
         asmjit::Label back = e.a.newLabel();
         e.guardHeap(rsi);
         e.a.test(dl, 7);
         e.a.jnz(there);
         e.a.mov(rcx, rdx);
         e.a.bind(back);
         e.a.inc(dword_ptr(rsi));
         e.returnNone();
         e.a.bind(there);
         e.a.mov(rcx, rsi);
         e.a.jmp(back);
     }},
    {"FullFrame",
     [](Emit& e) {
         e.a.sub(rsp, 4096);
         e.a.mov(qword_ptr(rsp), rsi);
         e.a.mov(rax, qword_ptr(rsp));
         e.a.add(rsp, 4096);
         e.a.ret();
     }},
    {"Unreachable", [](Emit& e) { e.a.ud2(); }},
    {"CodeAfterReturnIsIgnored",
     [](Emit& e) {
         e.returnNone();
         e.a.mov(rax, qword_ptr(rax));
         e.a.ret();
     }},
};

const Case kData[] = {
    {"ValueCellLoad",
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(rax, kValueCell);
         e.a.mov(rax, qword_ptr(rax, 8));
         e.a.test(rax, rax);
         e.a.jz(e.exit);
         e.incref(rax);
         e.a.ret();
     }},
    {"ValueCellStore",
     [](Emit& e) {
         e.a.mov(rcx, kValueCell);
         e.a.mov(r8, qword_ptr(rcx));
         e.incref(rsi);
         e.a.mov(qword_ptr(rcx), rsi);
         e.returnNone();
     }},
    {"FrozenCell",
     [](Emit& e) {
         e.a.mov(rcx, kFrozenCell);
         e.a.mov(rax, qword_ptr(rcx));
         e.a.ret();
     }},
    {"Counter",
     [](Emit& e) {
         e.a.mov(rcx, kCounter);
         e.a.inc(dword_ptr(rcx));
         e.a.mov(rcx, kCounter64);
         e.a.add(qword_ptr(rcx), 3);
         e.returnNone();
     }},
    {"ValidByte",
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(rax, kValidByte);
         e.a.cmp(byte_ptr(rax), 0);
         e.a.je(e.exit);
         e.returnNone();
     }},
    {"RecursionDepth",
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(eax, dword_ptr(rdi, layout::kThreadRecursionDepth));
         e.a.cmp(eax, dword_ptr(rdi, layout::kThreadEntryLimit));
         e.a.jae(e.exit);
         e.a.inc(dword_ptr(rdi, layout::kThreadRecursionDepth));
         e.a.dec(dword_ptr(rdi, layout::kThreadRecursionDepth));
         e.returnNone();
     }},
    {"Poll",
     [](Emit& e) {
         e.exit_used = true;
         e.a.cmp(dword_ptr(rdi), 0);
         e.a.jne(e.exit);
         e.returnNone();
     }},
    {"ThreadArguments",
     [](Emit& e) {
         e.a.mov(rax, threadArg(6));
         e.a.mov(threadArg(5), rax);
         e.a.mov(threadArg(7), rsi);
         e.a.mov(threadArg(8), 8 * 3 + 1);
         e.a.mov(qword_ptr(rdi, layout::kThreadCallee), rdx);
         e.a.ret();
     }},
    {"LoopEntry",
     [](Emit& e) {
         e.exit_used = true;
         e.a.mov(rsi, osrWord(3));
         e.guardObject(rsi);
         e.a.inc(dword_ptr(rsi));
         e.a.mov(rax, rsi);
         e.a.ret();
     },
     RuleId::kTrusted, EntryKind::kLoop},
    {"LoopExitSentinelMeetsValue",
     [](Emit& e) {
         asmjit::Label done = e.a.newLabel();
         asmjit::Label stay = e.a.newLabel();
         e.a.sub(rsp, 8);
         e.a.cmp(dword_ptr(rdi, layout::kThreadPoll), 0);
         e.a.je(stay);
         e.a.mov(esi, 0);
         e.a.mov(rax, kOpDeoptLoop);
         e.a.call(rax);
         e.a.jmp(done);
         e.a.bind(stay);
         e.a.mov(rax, kNone);
         e.a.bind(done);
         e.a.add(rsp, 8);
         e.a.ret();
     },
     RuleId::kTrusted, EntryKind::kLoop},
    {"LoopExitSentinel",
     [](Emit& e) {
         e.a.mov(rsi, osrWord(0));
         e.a.test(rsi, rsi);
         asmjit::Label leave = e.a.newLabel();
         e.a.jz(leave);
         e.a.mov(exitWord(0), rsi);
         e.a.mov(esi, 1);
         e.callHelper(kOpDeoptLoop);
         e.a.ret();
         e.a.bind(leave);
         e.a.xor_(eax, eax);
         e.a.ret();
     },
     RuleId::kTrusted, EntryKind::kLoop},
    {"ExitWords",
     [](Emit& e) {
         e.a.mov(rax, rsi);
         e.a.sar(rax, 3);
         e.storeExit(0, rax);
         e.a.movsd(exitWord(1), xmm3);
         e.a.mov(exitWord(2), rdx);
         e.a.mov(esi, 3);
         e.callHelper(kOpResume);
         e.a.ret();
     }},
    {"ExitImmediateWord",
     [](Emit& e) {
         e.a.mov(rax, rsi);
         e.a.shl(rax, 3);
         e.a.or_(rax, 1);
         e.storeExit(0, rax);
         e.a.mov(esi, 2);
         e.callHelper(kOpUnwind);
         e.a.ret();
     }},
    {"ExitNullWord",
     [](Emit& e) {
         e.a.mov(exitWord(0), 17);
         e.a.mov(exitWord(1), 0);
         e.a.mov(exitWord(2), 0);
         e.a.mov(esi, 3);
         e.callHelper(kOpResume);
         e.a.ret();
     }},
};

INSTANTIATE_TEST_SUITE_P(Numbers, AcceptNumbers, ::testing::ValuesIn(kNumbers), CaseName());
INSTANTIATE_TEST_SUITE_P(Frames, AcceptNumbers, ::testing::ValuesIn(kFrames), CaseName());
INSTANTIATE_TEST_SUITE_P(Data, AcceptNumbers, ::testing::ValuesIn(kData), CaseName());

}  // namespace
}  // namespace tagproof::verify::testing
