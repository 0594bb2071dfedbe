#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using x86::ptr;

TEST(Smoke, AttributeLoad) {
    World world;
    const Bytes code = compile([](x86::Compiler& cc) {
        auto* func = cc.addFunc(asmjit::FuncSignatureT<uint64_t, uint64_t, uint64_t, uint64_t>(
            asmjit::CallConvId::kX64SystemV));
        x86::Gp thread = cc.newUInt64(), a = cc.newUInt64(), b = cc.newUInt64();
        func->setArg(0, thread);
        func->setArg(1, a);
        func->setArg(2, b);
        asmjit::Label exit = cc.newLabel(), done = cc.newLabel();
        x86::Gp type = cc.newUInt64(), w = cc.newUInt64(), v = cc.newUInt64();
        cc.test(a.r8(), 7);
        cc.jnz(exit);
        cc.mov(type, kPointType);
        cc.cmp(ptr(a, 8), type);
        cc.jne(exit);
        cc.mov(w, ptr(a, 0x18));
        cc.test(w.r8(), 1);
        cc.jz(exit);
        cc.mov(v, ptr(w, 1 + 8 * 2));
        cc.test(v, v);
        cc.jz(exit);
        cc.test(v.r8(), 7);
        cc.jnz(done);
        cc.cmp(x86::dword_ptr(v), 0);
        cc.js(done);
        cc.inc(x86::dword_ptr(v));
        cc.bind(done);
        cc.ret(v);
        cc.bind(exit);
        cc.mov(ptr(thread, layout::kThreadDeoptValues), a);
        cc.mov(ptr(thread, layout::kThreadDeoptValues + 8), b);
        x86::Gp target = cc.newUInt64(), result = cc.newUInt64();
        cc.mov(target, kOpResume);
        asmjit::InvokeNode* call = nullptr;
        cc.invoke(
            &call, target,
            asmjit::FuncSignatureT<uint64_t, uint64_t, uint32_t>(asmjit::CallConvId::kX64SystemV));
        call->setArg(0, thread);
        call->setArg(1, asmjit::Imm(4));
        call->setRet(0, result);
        cc.ret(result);
    });
    EXPECT_TRUE(accepted(world, code));
    if (getenv("SHOW")) puts(listing(world, code).c_str());
}

}  // namespace
}  // namespace tagproof::verify::testing
