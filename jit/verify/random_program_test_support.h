#pragma once
// Random functions of the kind that the compiler emits, written with asmjit's Compiler, so that its
// register allocator spills, moves and reorders: attribute loads and stores under guards, fixnum
// and double arithmetic, items, calls, counts, diamonds and loops, with exits as cold blocks.

#include <deque>
#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {

class RandomProgram {
  public:
    // `size`: number of statements; larger `pressure` keeps more values alive.
    RandomProgram(uint32_t seed, unsigned size, unsigned pressure);

    [[nodiscard]] const Bytes& code() const { return code_; }
    // World whose exit table fits this function.
    [[nodiscard]] World& world() { return world_; }

  private:
    struct ColdBlock {
        asmjit::Label label;
        std::function<void()> emit;
    };

    void function();
    void statements(unsigned count);
    void statement();
    void loop();
    void diamond();
    void attributeLoad();
    void attributeStore();
    void dictAttribute();
    void fixnumOperation();
    void doubleOperation();
    void compare();
    void listItem();
    void tupleItem();
    void helperCall();
    void compiledCall();
    void cellAccess();
    void thread();
    void counterToValue();

    [[nodiscard]] asmjit::Label exit();
    [[nodiscard]] asmjit::Label unwind();
    [[nodiscard]] x86::Gp pick();
    [[nodiscard]] x86::Gp word() { return cc_->newUInt64(); }
    [[nodiscard]] unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
    void keep(x86::Gp value);
    void guardFixnum(x86::Gp value);
    void guardType(x86::Gp value, uint64_t type);
    void incref(x86::Gp value);
    void decref(x86::Gp value);
    x86::Gp slotValues(x86::Gp object);
    asmjit::InvokeNode* call(uint64_t address, unsigned arguments, bool has_result, x86::Gp result);

    World world_;
    Random random_;
    unsigned size_;
    unsigned pressure_;
    unsigned depth_ = 0;
    x86::Compiler* cc_ = nullptr;
    x86::Gp thread_;
    std::vector<x86::Gp> values_;    // value words, not null, owned by nobody
    std::vector<x86::Gp> counters_;  // raw integers
    std::vector<ColdBlock> cold_;
    std::deque<std::vector<ExitWord>> exit_words_;
    Bytes code_;
};

}  // namespace tagproof::verify::testing
