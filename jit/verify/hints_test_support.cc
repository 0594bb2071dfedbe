#include "jit/verify/hints_test_support.h"

namespace tagproof::verify::testing {

using namespace asmjit::x86;

HintedLoop::HintedLoop() {
    code = assemble([this](Assembler& a) {
        asmjit::Label head = a.newLabel();
        asmjit::Label out = a.newLabel();
        a.test(sil, 7);
        a.jnz(out);
        a.mov(ecx, 10);
        a.bind(head);
        head_offset = static_cast<uint32_t>(a.offset());
        a.inc(dword_ptr(rsi));
        a.dec(ecx);
        a.jnz(head);
        a.bind(out);
        out_offset = static_cast<uint32_t>(a.offset());
        a.mov(rax, kNone);
        a.ret();
    });
    object.kind = Kind::kObj;
    object.low = 1;
    object.aux = kNoType;
    object.sym = 1;
    for (const unsigned reg : {3U, 5U, 12U, 13U, 14U, 15U}) {
        saved.push_back({reg, Abstract{.kind = Kind::kSaved, .aux = reg}});
    }
}

}  // namespace tagproof::verify::testing
