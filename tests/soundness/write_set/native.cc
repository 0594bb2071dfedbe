#include "tests/soundness/write_set/native.h"

#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstring>
#include <stdexcept>

// What the assembly and this file share, at a fixed low address so that no register is needed to
// reach it.
#define CONTROL 0x10000000
#define IN_REG 0x10000000
#define IN_VEC 0x10000080
#define IN_FLAGS 0x10000180
#define TARGET 0x10000188
#define HOST_RSP 0x10000190
#define EXIT 0x10000198
#define OUT_REG 0x10000200
#define OUT_VEC 0x10000280
#define OUT_FLAGS 0x10000380
#define SECOND 0x10000388

namespace tagproof::soundness {
namespace {

struct Control {
    uint64_t in_reg[16];
    Vector in_vec[16];
    uint64_t in_flags;
    uint64_t target;
    uint64_t host_rsp;
    uint64_t exit;
    uint64_t unused[12];
    uint64_t out_reg[16];
    Vector out_vec[16];
    uint64_t out_flags;
    uint64_t second;  // the second exit was taken
    uint64_t signal;
    uint64_t fault_address;
};
static_assert(offsetof(Control, in_vec) == IN_VEC - CONTROL);
static_assert(offsetof(Control, in_flags) == IN_FLAGS - CONTROL);
static_assert(offsetof(Control, exit) == EXIT - CONTROL);
static_assert(offsetof(Control, out_reg) == OUT_REG - CONTROL);
static_assert(offsetof(Control, out_vec) == OUT_VEC - CONTROL);
static_assert(offsetof(Control, second) == SECOND - CONTROL);

// Memory at an address of our own choosing.
template <typename T>
T* at(uint64_t address) {
    return reinterpret_cast<T*>(address);  // NOLINT(performance-no-int-to-ptr)
}
Control& control() { return *at<Control>(CONTROL); }

}  // namespace
}  // namespace tagproof::soundness

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)
#define LOAD(reg, k) "movq " TEXT(IN_REG) "+8*" #k ", %" #reg "\n"
#define SAVE(reg, k) "movq %" #reg ", " TEXT(OUT_REG) "+8*" #k "\n"
#define LOAD_VEC(k) "movups " TEXT(IN_VEC) "+16*" #k ", %xmm" #k "\n"
#define SAVE_VEC(k) "movups %xmm" #k ", " TEXT(OUT_VEC) "+16*" #k "\n"
// clang-format off
#define EACH_REG(M)                                                            \
    M(rax, 0) M(rcx, 1) M(rdx, 2) M(rbx, 3) M(rbp, 5) M(rsi, 6) M(rdi, 7)      \
    M(r8, 8) M(r9, 9) M(r10, 10) M(r11, 11) M(r12, 12) M(r13, 13) M(r14, 14)   \
    M(r15, 15) M(rsp, 4)
#define EACH_VEC(M)                                                            \
    M(0) M(1) M(2) M(3) M(4) M(5) M(6) M(7) M(8) M(9) M(10) M(11) M(12) M(13) M(14) M(15)

// enter: saves the host's registers, loads all chosen ones (rsp last) and jumps to the code.
// leave: where the code's exits lead. host: where a signal handler returns to.
asm(".text\n"
    "tagproof_write_set_enter:\n"
    "pushq %rbp\npushq %rbx\npushq %r12\npushq %r13\npushq %r14\npushq %r15\n"
    "movq %rsp, " TEXT(HOST_RSP) "\n"
    EACH_VEC(LOAD_VEC)
    "pushq " TEXT(IN_FLAGS) "\npopfq\n"
    EACH_REG(LOAD)
    "jmpq *" TEXT(TARGET) "\n"
    "tagproof_write_set_leave:\n"
    EACH_REG(SAVE)
    "movq " TEXT(HOST_RSP) ", %rsp\n"
    "pushfq\npopq " TEXT(OUT_FLAGS) "\n"
    EACH_VEC(SAVE_VEC)
    "tagproof_write_set_host:\n"
    "movq " TEXT(HOST_RSP) ", %rsp\n"
    "popq %r15\npopq %r14\npopq %r13\npopq %r12\npopq %rbx\npopq %rbp\n"
    "ret\n");
// clang-format on

// NOLINTBEGIN(readability-identifier-naming)
extern "C" void tagproof_write_set_enter();
extern "C" void tagproof_write_set_leave();
extern "C" void tagproof_write_set_host();
// NOLINTEND(readability-identifier-naming)

namespace tagproof::soundness {
namespace {

// REG_RAX .. in the order of the encoding.
constexpr int kContextRegisters[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                                       REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                       REG_R12, REG_R13, REG_R14, REG_R15};

void onSignal(int number, siginfo_t* info, void* context) {
    auto& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
    const auto rip = static_cast<uint64_t>(machine.gregs[REG_RIP]);
    if (rip < kCode || rip >= kCode + 4096) {  // not the code under test
        signal(number, SIG_DFL);
        return;
    }
    Control& shared = control();
    shared.signal = static_cast<uint64_t>(number);
    shared.fault_address = reinterpret_cast<uint64_t>(info->si_addr);
    for (unsigned k = 0; k < 16; ++k) {
        shared.out_reg[k] = static_cast<uint64_t>(machine.gregs[kContextRegisters[k]]);
    }
    std::memcpy(shared.out_vec, machine.fpregs->_xmm, sizeof shared.out_vec);
    shared.out_flags = static_cast<uint64_t>(machine.gregs[REG_EFL]);
    machine.gregs[REG_RSP] = static_cast<greg_t>(shared.host_rsp);
    machine.gregs[REG_RIP] = reinterpret_cast<greg_t>(&tagproof_write_set_host);
}

void mapAt(uint64_t address, size_t bytes, int protection, int flags, int file) {
    void* wanted = at<void>(address);
    if (mmap(wanted, bytes, protection, flags | MAP_FIXED_NOREPLACE, file, 0) != wanted) {
        throw std::runtime_error("mmap");
    }
}

// jmp [EXIT], which leaves the flags alone.
uint8_t* putExit(uint8_t* to) {
    constexpr uint8_t kJump[] = {0xFF, 0x24, 0x25, 0x98, 0x01, 0x00, 0x10};
    std::memcpy(to, kJump, sizeof kJump);
    return to + sizeof kJump;
}

}  // namespace

Native::Native() {
    mapAt(CONTROL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    mapAt(kCode, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    const int file = memfd_create("arena", 0);
    if (file < 0 || ftruncate(file, kArenaBytes) != 0) throw std::runtime_error("memfd");
    mapAt(kArenaLow, kArenaBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file);
    mapAt(kArenaHigh, kArenaBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file);
    close(file);
    control().exit = reinterpret_cast<uint64_t>(&tagproof_write_set_leave);
    control().target = kStub;
    constexpr size_t kStackBytes = 1 << 16;
    stack_t stack = {};
    stack.ss_sp =
        mmap(nullptr, kStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    stack.ss_size = kStackBytes;
    if (sigaltstack(&stack, nullptr) != 0) throw std::runtime_error("sigaltstack");
    struct sigaction action = {};
    action.sa_sigaction = onSignal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    for (const int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP}) {
        sigaction(number, &action, nullptr);
    }
}

std::span<uint8_t> Native::arena() { return {at<uint8_t>(kArenaLow), kArenaBytes}; }

void Native::place(std::span<const uint8_t> code, uint64_t second_exit) {
    std::memcpy(at<uint8_t>(kStub), code.data(), code.size());
    putExit(at<uint8_t>(kStub) + code.size());
    if (second_exit == 0) return;
    // mov dword [SECOND], 1
    constexpr uint8_t kMark[] = {0xC7, 0x04, 0x25, 0x88, 0x03, 0x00, 0x10, 1, 0, 0, 0};
    std::memcpy(at<uint8_t>(second_exit), kMark, sizeof kMark);
    putExit(at<uint8_t>(second_exit) + sizeof kMark);
}

RunResult Native::run(const CpuState& state) {
    Control& shared = control();
    std::memcpy(shared.in_reg, state.reg.data(), sizeof shared.in_reg);
    std::memcpy(shared.in_vec, state.vec.data(), sizeof shared.in_vec);
    shared.in_flags = 0x202 | (state.flags & kStatusFlags);
    shared.second = shared.signal = 0;
    tagproof_write_set_enter();
    RunResult result;
    std::memcpy(result.state.reg.data(), shared.out_reg, sizeof shared.out_reg);
    std::memcpy(result.state.vec.data(), shared.out_vec, sizeof shared.out_vec);
    result.state.flags = shared.out_flags & kStatusFlags;
    result.signal = static_cast<int>(shared.signal);
    result.fault_address = shared.fault_address;
    result.at_second_exit = shared.second != 0;
    return result;
}

}  // namespace tagproof::soundness
