#pragma once
// Runs functions under Unicorn: registers and memory as a scene has them, every access shown to the
// oracle, calls of helpers and entry cells answered here. Helpers check their arguments, answer
// with any result of their kind, leave garbage in all caller-saved registers, and change what they
// may.

#include <unicorn/unicorn.h>

#include <span>
#include <vector>

#include "tests/soundness/mutants/oracle.h"

namespace tagproof::soundness {

enum class End : uint8_t {
    kReturned,
    kTrapped,     // int3, ud2, idiv, or a helper that never returns
    kUnknown,     // an instruction that the emulator does not have
    kOutOfSteps,  // too long
    kBreach,
};

struct Run {
    End end = End::kReturned;
    Breach breach = Breach::kNone;
    uint32_t offset = 0;   // of the instruction, from the function's first byte
    uint64_t address = 0;  // accessed
    uint64_t word = 0;     // written, passed or returned
    uint32_t calls = 0;
};

class Emulator {
  public:
    explicit Emulator(const Memory& memory);
    ~Emulator();
    Emulator(const Emulator&) = delete;
    Emulator& operator=(const Emulator&) = delete;

    // Puts a function where none has been translated yet.
    void load(std::span<const uint8_t> code);
    // From the scene as it was reset.
    [[nodiscard]] Run run(Scene& scene);
    // The blocks that the last run entered, in order.
    struct Block {
        uint32_t offset;
        uint32_t size;
    };
    [[nodiscard]] const std::vector<Block>& trace() const { return trace_; }
    // The choices that the last run looked at, in order.
    [[nodiscard]] const std::vector<uint32_t>& sites() const { return sites_; }

    static constexpr uint32_t kMaxBlocks = 400;

  private:
    static void onAccess(uc_engine*, uc_mem_type, uint64_t, int, int64_t, void* self);
    static bool onInvalid(uc_engine*, uc_mem_type, uint64_t, int, int64_t, void* self);
    static void onBlock(uc_engine*, uint64_t address, uint32_t size, void* self);
    static void onStub(uc_engine*, uint64_t address, uint32_t size, void* self);
    static void onInterrupt(uc_engine*, uint32_t number, void* self);

    void open();
    void close();
    void hook(int type, void* callback, uint64_t begin, uint64_t end);
    void setRegisters(const Scene& scene);
    void access(bool is_write, uint64_t address, unsigned size, uint64_t word);
    void fail(Breach breach, uint64_t address, uint64_t word);
    void finish(End end);
    void call(uint64_t address);
    void callHelper(const verify::Helper& helper);
    void callEntry(const verify::EntryCell& cell);
    [[nodiscard]] bool cameByCall(uint64_t rsp);
    void answer(verify::ResultKind kind, bool is_sentinel, bool may_free);
    void checkReturn();
    [[nodiscard]] uint64_t reg(int which) const;
    void setReg(int which, uint64_t word);

    const Memory& memory_;
    uc_engine* engine_ = nullptr;
    uc_context* fresh_ = nullptr;  // registers of an unused processor
    std::vector<uc_hook> hooks_;
    uint64_t next_ = kCode.base;
    uint64_t begin_ = 0;  // of the function
    uint64_t size_ = 0;
    Scene* scene_ = nullptr;
    Run run_;
    bool ended_ = false;
    uint32_t blocks_ = 0;
    uint64_t saved_[6] = {};  // callee-saved registers at entry
    std::vector<Block> trace_;
    std::vector<uint32_t> sites_;
};

}  // namespace tagproof::soundness
