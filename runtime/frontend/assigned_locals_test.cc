#include <gtest/gtest.h>

#include "runtime/frontend/compile_test_support.h"

namespace tagproof::frontend {
namespace {

// The loads of local `x` in function f, as C (checked) and U (may be unset).
std::string loadsOfX(const std::string& body) {
    const Compiled compiled = compileText("def f(a):\n" + body);
    const CodeUnit* f = compiled.find("f");
    if (f == nullptr) return "rejected";
    std::string loads;
    for (const Instruction& instruction : f->instructions) {
        const bool is_checked = instruction.op() == Opcode::LOAD_FAST_CHECKED;
        if (!is_checked && instruction.op() != Opcode::LOAD_FAST) continue;
        if (f->local_names[instruction.operand] == "x") loads += is_checked ? 'C' : 'U';
    }
    return loads;
}

TEST(AssignedLocals, StraightCode) {
    EXPECT_EQ(loadsOfX(" x = 1\n g(x)\n"), "C");
    EXPECT_EQ(loadsOfX(" g(x)\n x = 1\n g(x)\n"), "UC");
    EXPECT_EQ(loadsOfX(" x = 1\n del x\n g(x)\n"), "U");
}

TEST(AssignedLocals, ALoadThatCameThroughProvesTheLocal) {
    EXPECT_EQ(loadsOfX(" g(x)\n g(x)\n x = 1\n"), "UC");
}

TEST(AssignedLocals, Branches) {
    EXPECT_EQ(loadsOfX(" if a: x = 1\n g(x)\n"), "U");
    EXPECT_EQ(loadsOfX(" if a: x = 1\n else: x = 2\n g(x)\n"), "C");
    EXPECT_EQ(loadsOfX(" if a: x = 1\n else: return\n g(x)\n"), "C");
}

TEST(AssignedLocals, Loops) {
    EXPECT_EQ(loadsOfX(" for x in a: g(x)\n g(x)\n"), "CU");
    EXPECT_EQ(loadsOfX(" x = 1\n while a:\n  g(x)\n  x = 2\n g(x)\n"), "CC");
    EXPECT_EQ(loadsOfX(" x = 1\n while a:\n  g(x)\n  del x\n"), "U");
    EXPECT_EQ(loadsOfX(" while 1:\n  x = 1\n  if a: break\n g(x)\n"), "C");
}

TEST(AssignedLocals, Handlers) {
    EXPECT_EQ(loadsOfX(" try:\n  x = g()\n except E:\n  g(x)\n"), "U");
    EXPECT_EQ(loadsOfX(" x = 0\n try:\n  x = g()\n except E:\n  g(x)\n"), "C");
    EXPECT_EQ(loadsOfX(" x = 0\n try:\n  del x\n  g()\n except E:\n  g(x)\n"), "U");
    EXPECT_EQ(loadsOfX(" try:\n  x = g()\n except E:\n  return\n g(x)\n"), "C");
}

}  // namespace
}  // namespace tagproof::frontend
