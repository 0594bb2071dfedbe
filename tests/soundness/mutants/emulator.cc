#include "tests/soundness/mutants/emulator.h"

#include <algorithm>
#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace tagproof::soundness {
namespace {

constexpr int kCalleeSaved[] = {UC_X86_REG_RBX, UC_X86_REG_RBP, UC_X86_REG_R12,
                                UC_X86_REG_R13, UC_X86_REG_R14, UC_X86_REG_R15};
constexpr int kCallerSaved[] = {UC_X86_REG_RAX, UC_X86_REG_RCX, UC_X86_REG_RDX,
                                UC_X86_REG_RSI, UC_X86_REG_RDI, UC_X86_REG_R8,
                                UC_X86_REG_R9,  UC_X86_REG_R10, UC_X86_REG_R11};
constexpr int kArguments[] = {UC_X86_REG_RDI, UC_X86_REG_RSI, UC_X86_REG_RDX,
                              UC_X86_REG_RCX, UC_X86_REG_R8,  UC_X86_REG_R9};
constexpr int kVectors[] = {UC_X86_REG_XMM0, UC_X86_REG_XMM1, UC_X86_REG_XMM2, UC_X86_REG_XMM3};
constexpr uint64_t kArithmeticFlags = 0x8D5;  // carry, parity, adjust, zero, sign, overflow
constexpr uint32_t kRegisterSite = 300;
constexpr uint32_t kResultSite = 20;  // of a call

void require(uc_err error, const char* what) {
    if (error == UC_ERR_OK) return;
    std::fprintf(stderr, "soundness-mutants: %s: %s\n", what, uc_strerror(error));
    std::exit(2);
}

}  // namespace

// Unicorn 2.0.1 aborts where it cannot translate an instruction ("tcg fatal error"). Such a run
// ends here instead, with a new engine. A crash outside of a run is a crash.
namespace {

// Where a run that crashes goes on; signals have no other way to it.
struct WayOut {
    sigjmp_buf place;
    bool is_open = false;
};

WayOut& wayOut() {
    static WayOut way_out;
    return way_out;
}

void onCrash(int number) {
    if (wayOut().is_open) siglongjmp(wayOut().place, 1);
    std::signal(number, SIG_DFL);
    std::raise(number);
}

}  // namespace

Emulator::Emulator(const Memory& memory) : memory_(memory) {
    struct sigaction action {};
    action.sa_handler = onCrash;
    action.sa_flags = SA_NODEFER;
    sigaction(SIGABRT, &action, nullptr);
    sigaction(SIGSEGV, &action, nullptr);
    constexpr uint8_t kRet = 0xC3;
    constexpr uint8_t kBreakpoint = 0xCC;
    memory.fill(kHelpers.base, kRet, kHelpers.size);
    memory.fill(kCode.base, kBreakpoint, kCode.size);
    open();
}

void Emulator::open() {
    require(uc_open(UC_ARCH_X86, UC_MODE_64, &engine_), "no emulator");
    constexpr uint32_t kData = UC_PROT_READ | UC_PROT_WRITE;
    constexpr uint32_t kProgram = UC_PROT_READ | UC_PROT_EXEC;
    for (const Area& area : {kTables, kHelpers, kHeap, kThread, kStack, kCode}) {
        const bool executable = area.base == kHelpers.base || area.base == kCode.base;
        require(uc_mem_map_ptr(engine_, area.base, area.size, executable ? kProgram : kData,
                               memory_.area(area)),
                "no memory");
    }
    hook(UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, reinterpret_cast<void*>(&onAccess), 1, 0);
    hook(UC_HOOK_MEM_INVALID, reinterpret_cast<void*>(&onInvalid), 1, 0);
    hook(UC_HOOK_BLOCK, reinterpret_cast<void*>(&onBlock), kCode.base, kCode.end() - 1);
    hook(UC_HOOK_CODE, reinterpret_cast<void*>(&onStub), kHelpers.base, kHelpers.end() - 1);
    hook(UC_HOOK_INTR, reinterpret_cast<void*>(&onInterrupt), 1, 0);
    require(uc_context_alloc(engine_, &fresh_), "no context");
    require(uc_context_save(engine_, fresh_), "no context");
}

Emulator::~Emulator() { close(); }

void Emulator::close() {
    uc_context_free(fresh_);
    uc_close(engine_);
}

void Emulator::hook(int type, void* callback, uint64_t begin, uint64_t end) {
    uc_hook made = 0;
    require(uc_hook_add(engine_, &made, type, callback, this, begin, end), "no hook");
    hooks_.push_back(made);
}

uint64_t Emulator::reg(int which) const {
    uint64_t word = 0;
    uc_reg_read(engine_, which, &word);
    return word;
}

void Emulator::setReg(int which, uint64_t word) { uc_reg_write(engine_, which, &word); }

void Emulator::load(std::span<const uint8_t> code) {
    constexpr uint64_t kAlignment = 64;
    constexpr uint64_t kGap = 64;  // breakpoints
    if (next_ + code.size() + 2 * kGap >= kCode.end()) {
        // A new engine rather than uc_ctl_remove_cache, after which 2.0.1 may still chain to
        // translations that are gone.
        close();
        open();
        memory_.fill(kCode.base, 0xCC, kCode.size);
        next_ = kCode.base;
    }
    begin_ = next_;
    size_ = code.size();
    std::copy(code.begin(), code.end(), memory_.area(kCode) + (begin_ - kCode.base));
    next_ = (begin_ + size_ + kGap + kAlignment - 1) & ~(kAlignment - 1);
}

// --- a run ---------------------------------------------------------------------------------------

void Emulator::setRegisters(const Scene& scene) {
    const Genome& genome = scene.genome();
    uint32_t site = kRegisterSite;
    for (size_t k = 0; k < std::size(kCalleeSaved); ++k) {
        saved_[k] = scene.garbage(genome.draw(site++));
        setReg(kCalleeSaved[k], saved_[k]);
    }
    for (const int which : kCallerSaved) setReg(which, scene.garbage(genome.draw(site++)));
    const verify::Trusted& trusted = scene.trusted();
    setReg(UC_X86_REG_RDI, kThread.base);
    if (trusted.entry == verify::EntryKind::kNormal) {
        for (uint32_t k = 1; k < std::size(kArguments) && k <= trusted.arg_count; ++k) {
            sites_.push_back(site);
            setReg(kArguments[k], scene.value(genome.draw(site++)));
        }
    }
    for (const int which : kVectors) {
        uint64_t words[2] = {scene.garbage(genome.draw(site++)), genome.draw(site)};
        uc_reg_write(engine_, which, words);
    }
    setReg(UC_X86_REG_RSP, kEntryRsp);
    setReg(UC_X86_REG_EFLAGS, (genome.draw(site) & kArithmeticFlags) | 2);
}

Run Emulator::run(Scene& scene) {
    scene_ = &scene;
    run_ = Run{};
    ended_ = false;
    blocks_ = 0;
    trace_.clear();
    sites_.clear();
    require(uc_context_restore(engine_, fresh_), "no context");
    setRegisters(scene);
    if (sigsetjmp(wayOut().place, 1) != 0) {
        wayOut().is_open = false;
        open();  // the old engine is lost
        finish(End::kUnknown);
        return run_;
    }
    wayOut().is_open = true;
    const uc_err error = uc_emu_start(engine_, begin_, kReturn, 0, 0);
    wayOut().is_open = false;
    if (ended_) return run_;
    if (error == UC_ERR_INSN_INVALID) {
        const uint64_t at = reg(UC_X86_REG_RIP);
        const uint8_t* code = memory_.area(kCode) + (at - kCode.base);
        const bool is_ud2 = kCode.contains(at) && code[0] == 0x0F && code[1] == 0x0B;
        finish(is_ud2 ? End::kTrapped : End::kUnknown);
    } else if (error != UC_ERR_OK) {
        fail(Breach::kUnmapped, reg(UC_X86_REG_RIP), 0);
    } else {
        checkReturn();
    }
    return run_;
}

void Emulator::finish(End end) {
    if (ended_) return;
    ended_ = true;
    run_.end = end;
    uc_emu_stop(engine_);
}

void Emulator::fail(Breach breach, uint64_t address, uint64_t word) {
    if (ended_) return;
    run_.breach = breach;
    run_.offset = static_cast<uint32_t>(reg(UC_X86_REG_RIP) - begin_);
    run_.address = address;
    run_.word = word;
    finish(End::kBreach);
}

void Emulator::checkReturn() {
    const Oracle oracle(*scene_, memory_);
    run_.offset = static_cast<uint32_t>(size_);
    if (reg(UC_X86_REG_RIP) != kReturn) return fail(Breach::kLeft, reg(UC_X86_REG_RIP), 0);
    if (reg(UC_X86_REG_RSP) != kEntryRsp + 8) {
        return fail(Breach::kStackDepth, reg(UC_X86_REG_RSP), 0);
    }
    for (size_t k = 0; k < std::size(kCalleeSaved); ++k) {
        const uint64_t word = reg(kCalleeSaved[k]);
        if (word != saved_[k]) return fail(Breach::kCalleeSaved, k, word);
    }
    const uint64_t result = reg(UC_X86_REG_RAX);
    const bool is_sentinel = (result & layout::kTagMask) == layout::kTagSentinel;
    const bool is_loop = scene_->trusted().entry == verify::EntryKind::kLoop;
    if (!oracle.isValue(result, true) || (is_sentinel && !is_loop)) {
        return fail(Breach::kReturnValue, 0, result);
    }
    finish(End::kReturned);
}

// --- hooks ---------------------------------------------------------------------------------------

void Emulator::onAccess(
    uc_engine*, uc_mem_type type, uint64_t address, int size, int64_t word, void* self) {
    static_cast<Emulator*>(self)->access(type == UC_MEM_WRITE, address, static_cast<unsigned>(size),
                                         static_cast<uint64_t>(word));
}

void Emulator::access(bool is_write, uint64_t address, unsigned size, uint64_t word) {
    if (ended_) return;
    const uint64_t at = reg(UC_X86_REG_RIP);
    if (kHelpers.contains(at)) return;  // the stub's return
    const uint8_t* code = memory_.area(kCode) + (at - kCode.base) % kCode.size;
    const Oracle oracle(*scene_, memory_);
    const Access access{address, size, word, reg(UC_X86_REG_RSP), code};
    const Breach breach = is_write ? oracle.write(access) : oracle.read(access);
    if (breach != Breach::kNone) fail(breach, address, word);
    const uint32_t site = is_write ? 0 : scene_->siteOf(address);
    if (site != 0) sites_.push_back(site);
}

bool Emulator::onInvalid(
    uc_engine*, uc_mem_type type, uint64_t address, int, int64_t word, void* self) {
    auto& emulator = *static_cast<Emulator*>(self);
    const bool is_fetch = type == UC_MEM_FETCH_UNMAPPED || type == UC_MEM_FETCH_PROT;
    const bool is_write = type == UC_MEM_WRITE_PROT || type == UC_MEM_WRITE_UNMAPPED;
    const bool is_code = is_write && (kCode.contains(address) || kHelpers.contains(address));
    const Breach breach = is_fetch  ? Breach::kLeft
                          : is_code ? Breach::kCodeWrite
                                    : Breach::kUnmapped;
    emulator.fail(breach, address, static_cast<uint64_t>(word));
    return false;
}

void Emulator::onBlock(uc_engine*, uint64_t address, uint32_t size, void* self) {
    auto& emulator = *static_cast<Emulator*>(self);
    const uint64_t offset = address - emulator.begin_;
    if (offset >= emulator.size_) return emulator.fail(Breach::kLeft, address, 0);
    emulator.trace_.push_back({static_cast<uint32_t>(offset), size});
    if (++emulator.blocks_ > kMaxBlocks) emulator.finish(End::kOutOfSteps);
}

void Emulator::onInterrupt(uc_engine*, uint32_t number, void* self) {
    auto& emulator = *static_cast<Emulator*>(self);
    constexpr uint32_t kInt3 = 3;  // rip is behind it then
    const uint64_t at = emulator.reg(UC_X86_REG_RIP) - (number == kInt3 ? 1 : 0);
    const uint64_t offset = at - emulator.begin_;
    if (offset >= emulator.size_) return emulator.fail(Breach::kLeft, offset, 0);
    emulator.finish(End::kTrapped);
}

void Emulator::onStub(uc_engine*, uint64_t address, uint32_t, void* self) {
    auto& emulator = *static_cast<Emulator*>(self);
    if (!emulator.ended_) emulator.call(address);
}

// --- calls ---------------------------------------------------------------------------------------

// The return address lies behind a call instruction of this function.
bool Emulator::cameByCall(uint64_t rsp) {
    if (!kStack.contains(rsp) || rsp + 8 > kEntryRsp) return false;
    const uint64_t offset = memory_.load(rsp) - begin_;
    if (offset < 2 || offset > size_) return false;
    const uint8_t* behind = memory_.area(kCode) + (begin_ - kCode.base) + offset;
    constexpr unsigned kLongest = 8;
    for (unsigned length = 2; length <= kLongest && length <= offset; ++length) {
        const uint8_t* code = behind - length;
        if (code[0] == 0xFF && (code[1] >> 3 & 7) == 2) return true;
    }
    return false;
}

void Emulator::call(uint64_t address) {
    const uint64_t rsp = reg(UC_X86_REG_RSP);
    ++run_.calls;
    if (!cameByCall(rsp)) return fail(Breach::kLeft, address, 0);
    if (rsp % 16 != 8 || rsp + kFrameBytes < kEntryRsp - 8) {
        return fail(Breach::kStackDepth, rsp, 0);
    }
    const verify::Trusted& trusted = scene_->trusted();
    const uint64_t bridge = (address - kBridges) / kBridgeStride;
    if (address >= kBridges && address % kBridgeStride == 0 &&
        bridge < trusted.entry_cells.size()) {
        return callEntry(trusted.entry_cells[bridge]);
    }
    const auto helpers = trusted.shared->helpers;
    const auto helper = std::ranges::lower_bound(helpers, address, {}, &verify::Helper::address);
    if (helper == helpers.end() || helper->address != address) {
        return fail(Breach::kLeft, address, 0);
    }
    callHelper(*helper);
}

void Emulator::callHelper(const verify::Helper& helper) {
    const Oracle oracle(*scene_, memory_);
    unsigned k = 0;
    for (unsigned i = 0; i < helper.arg_count; ++i) {
        if (helper.args[i] == verify::ArgKind::kDouble) continue;
        const uint64_t word = reg(kArguments[k++]);
        if (!oracle.isArgument(helper, i, word)) return fail(Breach::kArgument, i, word);
    }
    if (helper.is_exit && !oracle.fitsExit(reg(UC_X86_REG_RSI))) {
        return fail(Breach::kExitWords, 0, reg(UC_X86_REG_RSI));
    }
    if (helper.result == verify::ResultKind::kNever) return finish(End::kTrapped);
    answer(helper.result, helper.result_is_sentinel, helper.effect == verify::CallEffect::kMayFree);
}

void Emulator::callEntry(const verify::EntryCell& cell) {
    const Oracle oracle(*scene_, memory_);
    if (reg(UC_X86_REG_RDI) != kThread.base) {
        return fail(Breach::kArgument, 0, reg(UC_X86_REG_RDI));
    }
    for (unsigned k = 1; k < std::size(kArguments) && k <= cell.arg_count; ++k) {
        const uint64_t word = reg(kArguments[k]);
        if (!oracle.isValue(word, false)) return fail(Breach::kArgument, k, word);
    }
    answer(verify::ResultKind::kValueOrNull, false, true);
}

void Emulator::answer(verify::ResultKind kind, bool is_sentinel, bool may_free) {
    if (may_free) scene_->disturb(run_.calls);
    scene_->poisonExitWords();
    const uint32_t site = Scene::kSitesPerCall * (1 + run_.calls % 64) + kResultSite;
    const Genome& genome = scene_->genome();
    const uint64_t x = genome.draw(site);
    for (unsigned k = 0; k < std::size(kCallerSaved); ++k) {
        setReg(kCallerSaved[k], scene_->garbage(mix(x + k)));
    }
    for (const int which : kVectors) {
        uint64_t words[2] = {scene_->garbage(x >> 8), x};
        uc_reg_write(engine_, which, words);
    }
    setReg(UC_X86_REG_EFLAGS, (x & kArithmeticFlags) | 2);
    const uint64_t below = reg(UC_X86_REG_RSP);
    for (uint64_t k = 1; k <= 16; ++k) {
        if (kStack.contains(below - 8 * k)) memory_.store(below - 8 * k, scene_->garbage(x + k));
    }
    const uint64_t y = genome.draw(site + 1);
    const bool is_null = (y >> 60) == 0;
    sites_.push_back(site + 1);
    switch (kind) {
        case verify::ResultKind::kValueOrNull:
            return setReg(UC_X86_REG_RAX, is_null ? 0 : scene_->value(y));
        case verify::ResultKind::kValue:
            return setReg(UC_X86_REG_RAX, scene_->value(y));
        case verify::ResultKind::kObjectOrNull:
            return setReg(UC_X86_REG_RAX, is_null ? 0 : scene_->object(y));
        case verify::ResultKind::kObject:
            return setReg(UC_X86_REG_RAX, scene_->object(y));
        case verify::ResultKind::kInt:
            return setReg(UC_X86_REG_RAX,
                          is_sentinel ? y << 3 | layout::kTagSentinel : scene_->number(y));
        case verify::ResultKind::kNone:
        case verify::ResultKind::kDouble:
        case verify::ResultKind::kNever:
            return;
    }
}

}  // namespace tagproof::soundness
