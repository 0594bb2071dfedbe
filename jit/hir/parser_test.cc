// HIR text: what the printer prints is read back to the same, and faults are told by place.

#include "jit/hir/parser.h"

#include "jit/hir/checker.h"
#include "jit/hir/hir_test_support.h"
#include "jit/hir/printer.h"

namespace tagproof::hir {
namespace {

class ParserTest : public HirTest {
  protected:
    void expectRoundTrip(const std::string& text) {
        const std::unique_ptr<Function> function = parsed(text);
        ASSERT_NE(function, nullptr);
        EXPECT_EQ(print(*function, {.with_exits = true, .with_lines = false}), text);
    }
};

TEST_F(ParserTest, ReadsBackBlocksPhisAndTypes) {
    expectRoundTrip(R"(fun f (2 arguments)
  bb0:
    v0:Object = LoadArg<0>
    v1:Object = LoadArg<1>
    v2:Fixnum = GuardFixnum v0  [pc 3, not a fixnum: v0b v1b |]
    Jump -> bb4
  bb4 loop from bb0, bb7:
    v5:Fixnum|Double = Phi v2, v9
    v6:Flag = IsSame v5, v1
    Branch v6 -> bb7, bb9
  bb7 cold from bb4:
    v9:Fixnum|Double = Phi v5
    Jump -> bb4
  bb9:
    Return v5
)");
}

TEST_F(ParserTest, ReadsBackFrames) {
    expectRoundTrip(
        withArguments("    v2:Null = Null\n"
                      "    Deopt  [pc 1: v0b v1o v2 | v2 v1o | v0o][g pc 7: v0 |]\n"));
}

TEST_F(ParserTest, ReadsBackEveryKindOfImmediate) {
    expectRoundTrip(
        withArguments("    v2:Fixnum = Const<-12>\n"
                      "    v3:Double = Const<3.0>\n"
                      "    v4:Double = Const<-2.5e-20>\n"
                      "    v5:Heap = Const<\"a, \\\"quoted\\\" > \\\\ \\x0a text\">\n"
                      "    v6:None = Const<None>\n"
                      "    v7:Bool = Const<True>\n"
                      "    v8:Bool = Const<False>\n"
                      "    v9:Heap = Const<Point>\n"
                      "    v10:Heap = Const<function g>\n"
                      "    v11:Heap = Const<a list>\n"
                      "    v12:Point = GuardType<Point> v0  [pc 0, another type: |]\n"
                      "    v13:ObjectOrNull = LoadCell<cell0>\n"
                      "    v14:ObjectOrNull = LoadCell<cell1>\n"
                      "    v15:ObjectOrNull = LoadCell<cell0>\n"
                      "    v16:Int = Imm<-3>\n"
                      "    v17:Int = Imm<address0>\n"
                      "    v18:ObjectOrNull = CallHelper<opLoadAttr> v0, v17, v16\n"
                      "    v19:ObjectOrNull = CallWithArgs<opCall, 3> v0, v1, v16, v1\n"
                      "    v20:ObjectOrNull = CallFunction<g> v0\n"
                      "    AddTraceback<f, 4>\n"
                      "    v21:Flag = FixnumCompare<<> v2, v2\n"
                      "    v22:Flag = FixnumCompare<<=> v2, v2\n"
                      "    v23:Flag = FixnumCompare<==> v2, v2\n"
                      "    v24:Flag = FixnumCompare<!=> v2, v2\n"
                      "    v25:Flag = FixnumCompare<>> v2, v2\n"
                      "    v26:Flag = FixnumCompare<>=> v2, v2\n"
                      "    Return v6\n"));
}

TEST_F(ParserTest, ReadsBackLoopEntries) {
    expectRoundTrip(
        "fun f (loop at 12, 1 words)\n"
        "  bb0:\n"
        "    v0:ObjectOrNull = LoadOsrValue<0>\n"
        "    Deopt  [pc 12: v0o |]\n");
}

TEST_F(ParserTest, CommentsAndEmptyLinesAreSkipped) {
    const auto function = parsed(
        "# a test\n\nfun h   # no arguments\n\n  bb0:  # entry\n"
        "    v0:None = Const<None>\n    # nothing else\n    Return v0\n\n");
    ASSERT_NE(function, nullptr);
    EXPECT_EQ(print(*function), "fun h\n  bb0:\n    v0:None = Const<None>\n    Return v0\n");
}

TEST_F(ParserTest, PhiOperandsFollowTheWrittenPredecessors) {
    const auto function = parsed(
        "fun f (2 arguments)\n  bb0:\n    v0:Object = LoadArg<0>\n    v1:Object = LoadArg<1>\n"
        "    v2:Flag = IsSame v0, v1\n    Branch v2 -> bb1, bb2\n"
        "  bb1:\n    Jump -> bb3\n  bb2:\n    Jump -> bb3\n"
        "  bb3 from bb2, bb1:\n    v3:Object = Phi v0, v1\n    Return v3\n");
    ASSERT_NE(function, nullptr);
    EXPECT_EQ(function->blocks[3]->predecessors[0], function->blocks[2]);
    EXPECT_TRUE(check(*function).empty());
}

struct Fault {
    const char* body;  // behind withArguments()
    const char* error;

    friend void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.error; }
};

class ParserFaultTest : public HirTest, public testing::WithParamInterface<Fault> {};

TEST_P(ParserFaultTest, IsToldByPlace) {
    EXPECT_EQ(errorOf(withArguments(GetParam().body)), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Faults,
    ParserFaultTest,
    testing::Values(Fault{"    v2:Object = LoadArgs<0>\n", "5:17: unknown op 'LoadArgs'"},
                    Fault{"    v2:Objekt = LoadArg<0>\n", "5:8: unknown type 'Objekt'"},
                    Fault{"    v0:Object = LoadArg<0>\n", "5:5: v0 is there already"},
                    Fault{"    Return v9\n", "5:12: v9 is not defined"},
                    Fault{"    Jump -> bb5\n", "5:13: bb5 is not there"},
                    Fault{"    Jump\n", "5:9: Jump has 1 successors"},
                    Fault{"    Return v0 -> bb0\n", "5:21: Return has 0 successors"},
                    Fault{"    v2:Object = LoadArg\n", "5:24: expected '<'"},
                    Fault{"    v2:Object = LoadArg<x>\n", "5:25: expected a number"},
                    Fault{"    v2:Object = LoadArg<0, 1>\n", "5:26: expected '>'"},
                    Fault{"    v2:Heap = Const<nobody>\n", "5:21: unknown constant 'nobody'"},
                    Fault{"    v2:Heap = Const<\"open>\n", "5:21: string without end"},
                    Fault{"    v2:Double = Const<1e100>\n", "5:23: no immediate number '1e100'"},
                    Fault{"    v2:Object = CallHelper<opNone>\n", "5:28: unknown helper 'opNone'"},
                    Fault{"    v2:Flag = FixnumCompare<~> v0, v0\n", "5:29: expected a comparison"},
                    Fault{"    v2:Point = GuardType<Pint> v0\n", "5:26: unknown type 'Pint'"},
                    Fault{"    Deopt [pc 1: v0b v1b]\n",
                          "5:26: a frame needs a bar between locals and stack"},
                    Fault{"    Deopt [pc 1: | | |]\n", "5:23: a frame has two bars at most"},
                    Fault{"    Deopt [pc 1, bad luck: |]\n", "5:18: unknown reason 'bad luck'"},
                    Fault{"    Deopt [pc 1: v0x |]\n", "5:18: expected a value, '|' or ']'"},
                    Fault{"    Return v0 v1\n", "5:15: unexpected text at the end of the line"},
                    Fault{"  bb0:\n    Return v0\n", "5:3: bb0 is there already"},
                    Fault{"    Return v0\n  bb1 from bb0:\n    Return v0\n",
                          "8:1: bb1 has other predecessors than it says"}));

TEST_F(ParserTest, FunctionMustBeKnown) {
    EXPECT_EQ(errorOf("fun nobody\n  bb0:\n    Unwind\n"), "1:5: unknown function 'nobody'");
    EXPECT_EQ(errorOf("fun f\n"), "2:1: a function needs a block");
    EXPECT_EQ(errorOf("bb0:\n"), "1:1: expected 'fun'");
}

}  // namespace
}  // namespace tagproof::hir
