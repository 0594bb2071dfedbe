#include "tests/soundness/mutants/teeth.h"

#include <fmt/format.h>

#include <functional>

#include "jit/verify/verify_test_support.h"
#include "tests/soundness/mutants/function.h"

namespace tagproof::soundness {
namespace {

using namespace asmjit::x86;
using verify::testing::Emit;

struct Fault {
    Breach breach;
    void (*body)(Emit& e);  // thread in rdi, two values in rsi and rdx
};

// Point's slot word, in values form, in rcx.
void slotWord(Emit& e) {
    e.guardType(rsi, verify::testing::kPointType);
    e.loadSlot(rcx, rsi);
}

constexpr Fault kFaults[] = {
    {Breach::kSlotWrite,
     [](Emit& e) {
         e.guardObject(rsi);
         e.a.mov(byte_ptr(rsi, layout::kObjectSlot + 7), 1);
     }},
    {Breach::kSlotBase,  // the tagged word taken for an owned reference
     [](Emit& e) {
         e.guardType(rsi, verify::testing::kPointType);
         e.a.mov(rcx, qword_ptr(rsi, layout::kObjectSlot));
         e.a.inc(dword_ptr(rcx));
     }},
    {Breach::kValuesPrefix,  // the word behind the block is the neighbour's
     [](Emit& e) {
         slotWord(e);
         e.a.mov(rax, qword_ptr(rcx, 1 + 8 * 8));
     }},
    {Breach::kValuesGone,  // a values pointer kept across a call
     [](Emit& e) {
         slotWord(e);
         e.a.push(rbx);
         e.a.mov(rbx, rcx);
         e.a.mov(rax, verify::testing::kOpPoll);
         e.a.call(rax);
         e.a.mov(qword_ptr(rbx, 1), 9);
         e.a.pop(rbx);
     }},
    {Breach::kValuesPart,
     [](Emit& e) {
         slotWord(e);
         e.a.mov(dword_ptr(rcx, 1 + 8), 9);
     }},
    {Breach::kTypeWrite,
     [](Emit& e) {
         e.guardObject(rsi);
         e.a.mov(qword_ptr(rsi, layout::kObjectType), rdx);
     }},
    {Breach::kRefcount,
     [](Emit& e) {
         e.guardObject(rsi);
         e.a.mov(dword_ptr(rsi), 5);
     }},
    {Breach::kForeignWrite,
     [](Emit& e) {
         e.guardObject(rsi);
         e.a.mov(qword_ptr(rsi, layout::kObjectWeakrefs), rdx);
     }},
    {Breach::kCodeWrite,
     [](Emit& e) {
         e.a.mov(rax, kCode.base);
         e.a.mov(byte_ptr(rax), 0x90);
     }},
    {Breach::kStackAccess, [](Emit& e) { e.a.mov(qword_ptr(rsp, 8), rsi); }},
    {Breach::kWildRead,
     [](Emit& e) {
         e.guardType(rsi, verify::testing::kTupleType);
         e.a.mov(rax, qword_ptr(rsi, layout::kTupleItems));  // of a tuple that may be empty
     }},
    {Breach::kUnmapped,
     [](Emit& e) {
         e.a.mov(rcx, qword_ptr(rdi, layout::kThreadPending));
         e.a.inc(dword_ptr(rcx));  // may be null, or no pointer at all
     }},
    {Breach::kNoValue,
     [](Emit& e) {
         slotWord(e);
         e.a.mov(qword_ptr(rcx, 1), rcx);
     }},
    {Breach::kLeft,
     [](Emit& e) {
         e.a.mov(rax, verify::testing::kOpPoll + 8);
         e.a.sub(rsp, 8);
         e.a.call(rax);
         e.a.add(rsp, 8);
     }},
    {Breach::kArgument, [](Emit& e) { e.callHelper(verify::testing::kOpDealloc); }},
    {Breach::kArgument,
     [](Emit& e) {
         e.a.mov(rsi, verify::testing::kCache);  // where a name belongs
         e.a.mov(rdx, verify::testing::kCache);
         e.callHelper(verify::testing::kOpNamed);
     }},
    {Breach::kExitWords,
     [](Emit& e) {
         e.a.mov(esi, 1);
         e.callHelper(verify::testing::kOpResume);
     }},
    {Breach::kStackDepth,
     [](Emit& e) {
         e.a.mov(rax, verify::testing::kOpPoll);
         e.a.call(rax);
     }},
    {Breach::kCalleeSaved, [](Emit& e) { e.a.mov(rbx, rsi); }},
    {Breach::kReturnValue,
     [](Emit& e) {
         e.guardType(rsi, verify::testing::kPointType);
         e.a.mov(rax, qword_ptr(rsi, layout::kObjectSlot));
         e.a.ret();
     }},
};

std::string check(const Fault& fault, Emulator& emulator, const Memory& memory) {
    verify::testing::World world;
    const Bytes code = verify::testing::assemble([&fault](Assembler& a) {
        Emit emit(a);
        fault.body(emit);
        emit.returnNone();
        emit.finish();
    });
    if (verify::inferAndVerify(code, kCode.base, world.trusted).ok) {
        return fmt::format("the verifier accepts the function with {}", breachName(fault.breach));
    }
    Scene scene(world.trusted, memory);
    emulator.load(code);
    constexpr uint64_t kRuns = 2000;
    for (uint64_t seed = 0; seed < kRuns; ++seed) {
        const Genome genome = Genome::fresh(seed);
        scene.reset(genome);
        if (emulator.run(scene).breach == fault.breach) return {};
    }
    return fmt::format("no run shows {}", breachName(fault.breach));
}

}  // namespace

std::vector<std::string> missedBreaches(Emulator& emulator, const Memory& memory) {
    std::vector<std::string> missed;
    size_t expected = 1;
    for (const Fault& fault : kFaults) {
        std::string miss = check(fault, emulator, memory);
        if (!miss.empty()) missed.push_back(std::move(miss));
        if (fault.breach == static_cast<Breach>(expected - 1)) continue;  // another of the kind
        if (fault.breach != static_cast<Breach>(expected++)) {
            missed.push_back(fmt::format("{} is out of order", breachName(fault.breach)));
        }
    }
    if (expected != kBreachCount) missed.emplace_back("a kind of breach has no function");
    return missed;
}

}  // namespace tagproof::soundness
