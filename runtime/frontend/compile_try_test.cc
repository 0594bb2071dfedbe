// The bytecode of try and with statements, and of the ways out of them.

#include <gtest/gtest.h>

#include "runtime/frontend/compile_test_support.h"

namespace tagproof::frontend {
namespace {

TEST(CompileTry, ExceptWithName) {
    EXPECT_EQ(bytecodeOf("try:\n    a\nexcept E as e:\n    b\n"), R"(LOAD_GLOBAL a
POP_TOP
JUMP -> 23
PUSH_EXC_INFO
LOAD_GLOBAL E
CHECK_EXC_MATCH
POP_JUMP_IF_FALSE -> 19
STORE_GLOBAL e
LOAD_GLOBAL b
POP_TOP
POP_EXCEPT
LOAD_CONST None
STORE_GLOBAL e
DELETE_GLOBAL e
JUMP -> 23
LOAD_CONST None
STORE_GLOBAL e
DELETE_GLOBAL e
RERAISE
RERAISE
SWAP 2
POP_EXCEPT
RERAISE
LOAD_CONST None
RETURN_VALUE
protected: 0-1 -> 3, depth 0
protected: 4-7 -> 20, depth 1
protected: 8-9 -> 15, depth 1
protected: 15-19 -> 20, depth 1
)");
}

TEST(CompileTry, FinallyIsCompiledForEachWayOut) {
    EXPECT_EQ(bytecodeOf("def f():\n    try:\n        return a()\n    finally:\n        b\n", "f"),
              R"(LOAD_GLOBAL a
PUSH_NULL
CALL 0
LOAD_GLOBAL b
POP_TOP
RETURN_VALUE
PUSH_EXC_INFO
LOAD_GLOBAL b
POP_TOP
RERAISE
SWAP 2
POP_EXCEPT
RERAISE
protected: 0-2 -> 6, depth 0
protected: 7-9 -> 10, depth 1
)");
}

TEST(CompileTry, With) {
    EXPECT_EQ(bytecodeOf("with a as b:\n    c\n"), R"(LOAD_GLOBAL a
BEFORE_WITH
STORE_GLOBAL b
LOAD_GLOBAL c
POP_TOP
WITH_EXIT
POP_TOP
JUMP -> 19
PUSH_EXC_INFO
WITH_EXCEPT_START
POP_JUMP_IF_TRUE -> 15
RERAISE
SWAP 2
POP_EXCEPT
RERAISE
POP_TOP
POP_EXCEPT
POP_TOP
POP_TOP
LOAD_CONST None
RETURN_VALUE
protected: 2-4 -> 8, depth 2
protected: 9-11 -> 12, depth 3
)");
}

TEST(CompileTry, BreakAndReturnLeaveWithStatements) {
    EXPECT_EQ(bytecodeOf(R"(def f(y):
    for x in y:
        with x:
            if x: break
            return x
)",
                         "f"),
              R"(LOAD_FAST_CHECKED y
GET_ITER
FOR_ITER -> 33
STORE_FAST x
LOAD_FAST_CHECKED x
BEFORE_WITH
POP_TOP
LOAD_FAST_CHECKED x
POP_JUMP_IF_FALSE -> 13
WITH_EXIT
POP_TOP
POP_TOP
JUMP -> 33
LOAD_FAST_CHECKED x
SWAP 3
SWAP 2
WITH_EXIT
POP_TOP
SWAP 2
POP_TOP
RETURN_VALUE
PUSH_EXC_INFO
WITH_EXCEPT_START
POP_JUMP_IF_TRUE -> 28
RERAISE
SWAP 2
POP_EXCEPT
RERAISE
POP_TOP
POP_EXCEPT
POP_TOP
POP_TOP
JUMP_BACKWARD -> 2
LOAD_CONST None
RETURN_VALUE
protected: 6-8 -> 21, depth 3
protected: 13-13 -> 21, depth 3
protected: 22-24 -> 25, depth 4
)");
}

TEST(CompileTry, BlocksNestTwentyDeep) {
    std::string source;
    for (std::size_t i = 0; i < 21; ++i) source.append(i, ' ').append("while x:\n");
    source.append(21, ' ').append("pass\n");
    EXPECT_EQ(errorOf(source), "21:21: too many statically nested blocks");
}

}  // namespace
}  // namespace tagproof::frontend
