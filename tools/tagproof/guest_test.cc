#include "tools/tagproof/guest.h"

#include <gtest/gtest.h>

#include <cstring>

#include "objmodel/dict.h"
#include "objmodel/object.h"
#include "runtime/module.h"
#include "tools/tagproof/commands.h"

namespace tagproof::cli {
namespace {

// Clears the lowest bit of the attribute slot of the global `damaged`, as wrong code might.
void damage(Guest& guest) {
    Object* object = guest.moduleAttribute("__main__", "damaged").asObject();
    const uint64_t word = object->slot.rawWord() - 1;
    std::memcpy(static_cast<void*>(&object->slot), &word, sizeof(word));
}

constexpr const char* kProgram =
    "import gc\n"
    "class A: pass\n"
    "damaged = A()\n"
    "damaged.x = 1\n"
    "def allocate(n):\n"
    "    for i in range(n): object()\n"
    "gc.collect()\n"
    "allocate(500)\n";

// Runs `source` in a heap that was damaged; 0 when nobody noticed.
[[noreturn]] void runDamaged(const HeapCheck& check, JitMode mode, const char* source) {
    GuestOptions options;
    options.check_heap = check;
    options.jit.mode = mode;
    std::exit(withGuest(options, {}, [source](Guest& guest) -> int {
        if (!guest.execute(kProgram, "program.py")) std::_Exit(1);
        damage(guest);
        if (!guest.execute(source, "after.py")) std::_Exit(1);
        std::_Exit(0);
    }));
}

class GuestDeathTest : public testing::TestWithParam<JitMode> {
  protected:
    GuestDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_P(GuestDeathTest, ACollectionFindsADamagedHeap) {
    EXPECT_EXIT(
        runDamaged({.at_exit = true, .at_collections = true}, GetParam(), "x = 1\ngc.collect()\n"),
        testing::ExitedWithCode(kStatusHeapDamaged),
        "heap: I1 at 0x.*\n.*the heap is damaged; found at after.py:2 in <module>");
}

TEST_P(GuestDeathTest, AllocationsFindADamagedHeap) {
    EXPECT_EXIT(runDamaged({.at_exit = true, .allocations = 100}, GetParam(), "allocate(101)\n"),
                testing::ExitedWithCode(kStatusHeapDamaged), "heap: I1 at 0x.*\n.*found at ");
}

TEST_P(GuestDeathTest, NobodyLooksUnasked) {
    EXPECT_EXIT(runDamaged({.at_exit = true}, GetParam(), "gc.collect()\nallocate(1000)\n"),
                testing::ExitedWithCode(0), "");
}

// A reference that nobody holds: its object never dies, which only the recount at the end shows.
TEST_P(GuestDeathTest, AReferenceTooManyIsFoundAtTheEnd) {
    GuestOptions options;
    options.check_heap = {.at_exit = true, .at_collections = true};
    options.jit.mode = GetParam();
    EXPECT_EXIT(
        std::exit(withGuest(options, {},
                            [](Guest& guest) -> int {
                                if (!guest.execute(kProgram, "program.py")) std::_Exit(1);
                                incref(guest.moduleAttribute("__main__", "damaged"));
                                static_cast<void>(guest.execute("import gc; gc.collect()", "-c"));
                                Program program;
                                program.kind = ProgramKind::kCode;
                                program.text = "pass";
                                return guest.run(program);
                            })),
        testing::ExitedWithCode(kStatusHeapDamaged),
        "heap: refcount at 0x.* \\('A'\\): count of a 'A' is 1, 0 references found");
}

INSTANTIATE_TEST_SUITE_P(Modes,
                         GuestDeathTest,
                         testing::Values(JitMode::kOff, JitMode::kAlways),
                         [](const auto& mode) {
                             return mode.param == JitMode::kOff ? "off" : "always";
                         });

}  // namespace
}  // namespace tagproof::cli
