// Blocks, their order, loops and what loops assign, of hand-written bytecode.

#include "jit/hir/bytecode_cfg.h"

#include <gmock/gmock.h>

namespace tagproof::hir {
namespace {

using testing::ElementsAre;

Instruction make(Opcode op, uint32_t operand = 0) {
    return {static_cast<uint8_t>(op), operand & 0xFFFFFFU, 0};
}

class BytecodeCfgTest : public testing::Test {
  protected:
    // A body with `locals` locals; their names are never looked at.
    static CodeBody body(std::vector<Instruction> instructions, size_t locals = 2) {
        CodeBody result;
        result.instructions = std::move(instructions);
        result.local_names.resize(locals);
        return result;
    }
    static std::vector<uint32_t> begins(const BytecodeCfg& cfg) {
        std::vector<uint32_t> result;
        for (uint32_t index : cfg.order()) result.push_back(cfg.block(index).begin);
        return result;
    }
};

using enum Opcode;

TEST_F(BytecodeCfgTest, BranchesSplitAndJoin) {
    const CodeBody code = body({make(LOAD_FAST), make(POP_JUMP_IF_FALSE, 4), make(NOP),
                                make(JUMP, 5), make(NOP), make(LOAD_FAST), make(RETURN_VALUE)});
    const BytecodeCfg cfg(code, 0);
    EXPECT_THAT(begins(cfg), ElementsAre(0, 2, 4, 5));
    EXPECT_THAT(cfg.blockAt(0).successors, ElementsAre(2, 4));
    EXPECT_THAT(cfg.blockAt(5).predecessors, ElementsAre(2, 4));
    EXPECT_FALSE(cfg.blockAt(5).is_loop_header);
}

// What stands behind a yield is an entry of its own, into a loop here that is one no more.
TEST_F(BytecodeCfgTest, YieldEndsItsBlock) {
    const CodeBody code =
        body({make(RETURN_GENERATOR), make(POP_TOP), make(LOAD_FAST), make(POP_JUMP_IF_FALSE, 8),
              make(LOAD_FAST), make(YIELD_VALUE), make(POP_TOP), make(JUMP_BACKWARD, 2),
              make(LOAD_CONST), make(RETURN_VALUE)});
    const BytecodeCfg start(code, 1);
    EXPECT_THAT(begins(start), ElementsAre(1, 2, 4, 8));
    EXPECT_TRUE(start.blockAt(4).successors.empty());
    const BytecodeCfg resumed(code, 6);
    EXPECT_THAT(begins(resumed), ElementsAre(6, 2, 4, 8));
    EXPECT_FALSE(resumed.blockAt(2).is_loop_header);
}

TEST_F(BytecodeCfgTest, UnreachableBlocksAreLeftOut) {
    const CodeBody code =
        body({make(LOAD_FAST), make(RETURN_VALUE), make(LOAD_FAST, 1), make(RETURN_VALUE)});
    EXPECT_THAT(begins(BytecodeCfg(code, 0)), ElementsAre(0));
}

// 0: i = ..; 1: while i: (2, 3) x = i; 5 else: return x
TEST_F(BytecodeCfgTest, LoopKnowsWhatItAssigns) {
    const CodeBody code =
        body({make(NOP), make(LOAD_FAST, 0), make(POP_JUMP_IF_FALSE, 6), make(LOAD_FAST, 0),
              make(STORE_FAST, 1), make(JUMP_BACKWARD, 1), make(LOAD_FAST, 1), make(RETURN_VALUE)});
    const BytecodeCfg cfg(code, 0);
    const BytecodeBlock& header = cfg.blockAt(1);
    EXPECT_TRUE(header.is_loop_header);
    EXPECT_FALSE(header.assigned_in_loop[0]);
    EXPECT_TRUE(header.assigned_in_loop[1]);
    EXPECT_FALSE(cfg.blockAt(6).is_loop_header);
    EXPECT_TRUE(cfg.isReducible());
}

TEST_F(BytecodeCfgTest, HandlersAreEdgesOfTheProtectedBlocks) {
    CodeBody code = body({make(LOAD_FAST), make(POP_TOP), make(LOAD_CONST), make(RETURN_VALUE),
                          make(POP_TOP), make(LOAD_CONST), make(RETURN_VALUE)});
    code.exceptions.push_back({0, 2, 4, 0});
    const BytecodeCfg cfg(code, 0);
    EXPECT_THAT(cfg.blockAt(0).handlers, ElementsAre(4));
    EXPECT_TRUE(cfg.blockAt(4).is_handler);
    EXPECT_EQ(cfg.handlerOf(1)->target, 4U);
    EXPECT_EQ(cfg.handlerOf(2), nullptr);
    // Behind the code they protect.
    EXPECT_THAT(begins(cfg), ElementsAre(0, 2, 4));
}

//  0  outer: iterates, assigns 0      4 inner: iterates, assigns 1
std::vector<Instruction> nestedLoops() {
    return {make(FOR_ITER, 8), make(STORE_FAST, 0), make(LOAD_FAST, 0),     make(GET_ITER),
            make(FOR_ITER, 7), make(STORE_FAST, 1), make(JUMP_BACKWARD, 4), make(JUMP_BACKWARD, 0),
            make(LOAD_CONST),  make(RETURN_VALUE)};
}

TEST_F(BytecodeCfgTest, InnerLoopAssignsItsOwn) {
    const CodeBody code = body(nestedLoops());
    const BytecodeCfg cfg(code, 0);
    EXPECT_THAT(cfg.blockAt(4).assigned_in_loop, ElementsAre(false, true));
    EXPECT_THAT(cfg.blockAt(0).assigned_in_loop, ElementsAre(true, true));
}

// Entered at the inner loop, the outer one is the way back to it.
TEST_F(BytecodeCfgTest, EntryInAnInnerLoopMakesTheOuterOnePartOfIt) {
    const CodeBody code = body(nestedLoops());
    const BytecodeCfg cfg(code, 4);
    EXPECT_EQ(begins(cfg).front(), 4U);
    EXPECT_TRUE(cfg.blockAt(4).is_loop_header);
    EXPECT_THAT(cfg.blockAt(4).assigned_in_loop, ElementsAre(true, true));
    EXPECT_FALSE(cfg.blockAt(0).is_loop_header);
    EXPECT_TRUE(cfg.isReducible());
}

//  0 outer header   2 if   4 inner loop, left to 7 (join) or 8 (straight back)   7 join
TEST_F(BytecodeCfgTest, CycleWithTwoEntriesIsIrreducible) {
    const CodeBody code = body({make(FOR_ITER, 9), make(STORE_FAST, 0), make(LOAD_FAST, 0),
                                make(POP_JUMP_IF_FALSE, 7), make(LOAD_FAST, 1),
                                make(POP_JUMP_IF_TRUE, 8), make(JUMP_BACKWARD, 4), make(NOP),
                                make(JUMP_BACKWARD, 0), make(LOAD_CONST), make(RETURN_VALUE)});
    EXPECT_TRUE(BytecodeCfg(code, 0).isReducible());
    const CodeBody two_exits =
        body({make(FOR_ITER, 11), make(STORE_FAST, 0), make(LOAD_FAST, 0),
              make(POP_JUMP_IF_FALSE, 9), make(LOAD_FAST, 1), make(POP_JUMP_IF_TRUE, 9),
              make(LOAD_FAST, 1), make(POP_JUMP_IF_TRUE, 10), make(JUMP_BACKWARD, 4), make(NOP),
              make(JUMP_BACKWARD, 0), make(LOAD_CONST), make(RETURN_VALUE)});
    EXPECT_TRUE(BytecodeCfg(two_exits, 0).isReducible());
    EXPECT_FALSE(BytecodeCfg(two_exits, 4).isReducible());
}

}  // namespace
}  // namespace tagproof::hir
