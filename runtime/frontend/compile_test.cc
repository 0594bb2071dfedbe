// The bytecode of small programs, by family.

#include <gtest/gtest.h>

#include "runtime/frontend/compile_test_support.h"

namespace tagproof::frontend {
namespace {

TEST(Compile, ModuleNamesAreGlobals) {
    EXPECT_EQ(bytecodeOf("x = y\ndel x\n"), R"(LOAD_GLOBAL y
STORE_GLOBAL x
DELETE_GLOBAL x
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, NamespaceModesUseTheFramesNames) {
    EXPECT_EQ(bytecodeOf("x = y\n", "", CompileMode::kNamespace), R"(LOAD_NAME y
STORE_NAME x
LOAD_CONST None
RETURN_VALUE
)");
    EXPECT_EQ(bytecodeOf("x + 1", "", CompileMode::kExpression), R"(LOAD_NAME x
LOAD_CONST 1
BINARY_OP +
RETURN_VALUE
)");
    EXPECT_EQ(bytecodeOf("x\n2\n", "", CompileMode::kInteractive), R"(LOAD_NAME x
PRINT_EXPR
LOAD_CONST 2
PRINT_EXPR
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, CallsPutTheReceiverBehindTheCallable) {
    EXPECT_EQ(bytecodeOf("def f(o):\n    g(1, k=o.x)\n    return o.m(2)\n", "f"),
              R"(LOAD_GLOBAL g
PUSH_NULL
LOAD_CONST 1
LOAD_FAST_CHECKED o
LOAD_ATTR x
LOAD_CONST ('k',)
CALL_KW 2
POP_TOP
LOAD_FAST_CHECKED o
LOAD_METHOD m
LOAD_CONST 2
CALL 1
RETURN_VALUE
)");
}

TEST(Compile, ExpandedCalls) {
    EXPECT_EQ(bytecodeOf("f(*a, 1, k=2, **b)\n"), R"(LOAD_GLOBAL f
PUSH_NULL
BUILD_LIST 0
LOAD_GLOBAL a
LIST_EXTEND 1
LOAD_CONST 1
LIST_APPEND 1
LIST_TO_TUPLE
LOAD_CONST 'k'
LOAD_CONST 2
BUILD_MAP 1
LOAD_GLOBAL b
DICT_MERGE 1
CALL_EX 1
POP_TOP
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, SuperLoadsClassAndInstance) {
    const char* source = "class A:\n    def f(self):\n        super().f()\n";
    EXPECT_EQ(bytecodeOf(source, "A.f"), R"(LOAD_CELL __class__
LOAD_FAST_CHECKED self
LOAD_SUPER_ATTR f
PUSH_NULL
CALL 0
POP_TOP
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, SuperThatTheModuleBindsIsAnOrdinaryName) {
    const char* source = "class A:\n    def f(self):\n        super().f()\nsuper = print\n";
    EXPECT_EQ(bytecodeOf(source, "A.f"), R"(LOAD_GLOBAL super
PUSH_NULL
CALL 0
LOAD_METHOD f
CALL 0
POP_TOP
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, ClassBody) {
    const char* source = "class A(B, k=1):\n    x = 1\n    def f(self): return __class__\n";
    EXPECT_EQ(bytecodeOf(source), R"(LOAD_BUILD_CLASS
PUSH_NULL
LOAD_CONST <code A>
MAKE_FUNCTION 0
LOAD_CONST 'A'
LOAD_GLOBAL B
LOAD_CONST 1
LOAD_CONST ('k',)
CALL_KW 4
STORE_GLOBAL A
LOAD_CONST None
RETURN_VALUE
)");
    EXPECT_EQ(bytecodeOf(source, "A"), R"(MAKE_CELL __class__
LOAD_NAME __name__
STORE_NAME __module__
LOAD_CONST 'A'
STORE_NAME __qualname__
LOAD_CONST 1
STORE_NAME x
LOAD_CLOSURE __class__
BUILD_TUPLE 1
LOAD_CONST <code A.f>
MAKE_FUNCTION 8
STORE_NAME f
LOAD_CLOSURE __class__
COPY 1
STORE_NAME __classcell__
RETURN_VALUE
)");
}

TEST(Compile, SwapNeedsNoTuple) {
    EXPECT_EQ(bytecodeOf("def f(a, b):\n    a, b = b, a\n", "f"), R"(LOAD_FAST_CHECKED b
LOAD_FAST_CHECKED a
SWAP 2
STORE_FAST a
STORE_FAST b
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, AugmentedAssignmentEvaluatesItsTargetOnce) {
    EXPECT_EQ(bytecodeOf("a.b[c] += d\n"), R"(LOAD_GLOBAL a
LOAD_ATTR b
LOAD_GLOBAL c
COPY 2
COPY 2
BINARY_SUBSCR
LOAD_GLOBAL d
INPLACE_OP +=
SWAP 3
SWAP 2
STORE_SUBSCR
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, ComparisonChainAsCondition) {
    EXPECT_EQ(bytecodeOf("if a < b < c: d\n"), R"(LOAD_GLOBAL a
LOAD_GLOBAL b
SWAP 2
COPY 2
COMPARE_OP <
POP_JUMP_IF_FALSE -> 10
LOAD_GLOBAL c
COMPARE_OP <
POP_JUMP_IF_FALSE -> 14
JUMP -> 12
POP_TOP
JUMP -> 14
LOAD_GLOBAL d
POP_TOP
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, BranchesOverJumpsAreInverted) {
    EXPECT_EQ(bytecodeOf("while True:\n    if x is None: break\n"), R"(LOAD_GLOBAL x
POP_JUMP_IF_NONE -> 3
JUMP_BACKWARD -> 0
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, CodeThatCannotBeReachedIsLeftOut) {
    EXPECT_EQ(bytecodeOf("def f():\n    while 1:\n        return 2\n    x()\n", "f"),
              "LOAD_CONST 2\nRETURN_VALUE\n");
}

TEST(Compile, ForLoop) {
    EXPECT_EQ(bytecodeOf("for x in y:\n    if x: continue\n    z\nelse:\n    w\n"),
              R"(LOAD_GLOBAL y
GET_ITER
FOR_ITER -> 10
STORE_GLOBAL x
LOAD_GLOBAL x
POP_JUMP_IF_FALSE -> 7
JUMP_BACKWARD -> 2
LOAD_GLOBAL z
POP_TOP
JUMP_BACKWARD -> 2
LOAD_GLOBAL w
POP_TOP
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, Comprehension) {
    const char* source = "[x for x in y if x for z in [f(x)]]\n";
    EXPECT_EQ(bytecodeOf(source), R"(LOAD_CONST <code <listcomp>>
MAKE_FUNCTION 0
PUSH_NULL
LOAD_GLOBAL y
GET_ITER
CALL 1
POP_TOP
LOAD_CONST None
RETURN_VALUE
)");
    EXPECT_EQ(bytecodeOf(source, "<listcomp>"), R"(BUILD_LIST 0
LOAD_FAST_CHECKED .0
FOR_ITER -> 14
STORE_FAST x
LOAD_FAST_CHECKED x
POP_JUMP_IF_FALSE -> 13
LOAD_GLOBAL f
PUSH_NULL
LOAD_FAST_CHECKED x
CALL 1
STORE_FAST z
LOAD_FAST_CHECKED x
LIST_APPEND 2
JUMP_BACKWARD -> 2
RETURN_VALUE
)");
}

TEST(Compile, GeneratorsAndYieldFrom) {
    EXPECT_EQ(bytecodeOf("def f(x):\n    y = yield from x\n", "f"), R"(RETURN_GENERATOR
POP_TOP
LOAD_FAST_CHECKED x
GET_YIELD_FROM_ITER
LOAD_CONST None
SEND -> 8
YIELD_VALUE
JUMP -> 5
END_SEND
STORE_FAST y
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, FStrings) {
    EXPECT_EQ(bytecodeOf("f'a{b!r:>{c}}'\n"), R"(LOAD_CONST 'a'
LOAD_GLOBAL b
LOAD_CONST '>'
LOAD_GLOBAL c
FORMAT_VALUE 0
BUILD_STRING 2
FORMAT_VALUE 6
BUILD_STRING 2
POP_TOP
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, Imports) {
    EXPECT_EQ(bytecodeOf("import a.b, c.d.e as f\nfrom ..g import h as i\nfrom j import *\n"),
              R"(LOAD_CONST 0
LOAD_CONST None
IMPORT_NAME a.b
STORE_GLOBAL a
LOAD_CONST 0
LOAD_CONST None
IMPORT_NAME c.d.e
IMPORT_FROM d
SWAP 2
POP_TOP
IMPORT_FROM e
SWAP 2
POP_TOP
STORE_GLOBAL f
LOAD_CONST 2
LOAD_CONST ('h',)
IMPORT_NAME g
IMPORT_FROM h
STORE_GLOBAL i
POP_TOP
LOAD_CONST 0
LOAD_CONST ('*',)
IMPORT_NAME j
IMPORT_STAR
LOAD_CONST None
RETURN_VALUE
)");
}

TEST(Compile, FunctionWithEverything) {
    const char* source =
        "@d\ndef f(a, /, b: int = 1, *c, e, g=2, **h) -> str:\n    'doc'\n    return lambda: a\n";
    EXPECT_EQ(bytecodeOf(source), R"(LOAD_GLOBAL d
PUSH_NULL
LOAD_CONST (1,)
LOAD_CONST 'g'
LOAD_CONST 2
BUILD_MAP 1
LOAD_CONST 'b'
LOAD_GLOBAL int
LOAD_CONST 'return'
LOAD_GLOBAL str
BUILD_MAP 2
LOAD_CONST <code f>
MAKE_FUNCTION 7
CALL 1
STORE_GLOBAL f
LOAD_CONST None
RETURN_VALUE
)");
    const Compiled compiled = compileText(source);
    const CodeUnit& f = *compiled.find("f");
    EXPECT_EQ(f.docstring, "doc");
    EXPECT_EQ(f.first_line, 1U);
    EXPECT_EQ(f.positional_only, 1U);
    EXPECT_EQ(f.positional, 2U);
    EXPECT_EQ(f.keyword_only, 2U);
    EXPECT_EQ(f.flags, static_cast<unsigned>(kCodeHasVarArgs | kCodeHasVarKeywords));
    EXPECT_EQ(f.local_names, (std::vector<Identifier>{"a", "b", "e", "g", "c", "h"}));
    EXPECT_EQ(f.cell_parameters, (std::vector<std::int32_t>{0}));
    EXPECT_NE(compiled.find("f.<locals>.<lambda>"), nullptr);
}

TEST(Compile, FutureAnnotationsAreText) {
    const char* source = "from __future__ import annotations\nx: List[int|None] = 1\n";
    EXPECT_NE(bytecodeOf(source).find("LOAD_CONST 'List[int | None]'"), std::string::npos);
}

TEST(Compile, ConstantsAreFoldedAndShared) {
    EXPECT_EQ(bytecodeOf("x = 60 * 60\ny = -1\nz = x in [1, 2]\nw = x in {1, 2}\n"),
              R"(LOAD_CONST 3600
STORE_GLOBAL x
LOAD_CONST -1
STORE_GLOBAL y
LOAD_GLOBAL x
LOAD_CONST (1, 2)
CONTAINS_OP 0
STORE_GLOBAL z
LOAD_GLOBAL x
LOAD_CONST frozenset({1, 2})
CONTAINS_OP 0
STORE_GLOBAL w
LOAD_CONST None
RETURN_VALUE
)");
    const Compiled compiled = compileText("a = 1\nb = 1.0\nc = 1\nd = -0.0\ne = 0.0\nf = True\n");
    EXPECT_EQ(compiled.unit->constants.size(), 6U);  // and None
}

TEST(Compile, EverySiteHasItsOwnNumber) {
    const Compiled compiled = compileText("def f(a):\n    return a.x + a.y + a.x\n");
    const CodeUnit& f = *compiled.find("f");
    EXPECT_EQ(f.cache_count, 3U);
    EXPECT_EQ(f.feedback_count, 2U);
}

TEST(Compile, UnsupportedConstructsAreSaidWithTheirPlace) {
    EXPECT_EQ(errorOf("def f():\n    return 1j\n"), "2:12: complex literals are not supported");
    EXPECT_EQ(errorOf("async def f(): pass\n"), "1:1: 'async def' is not supported");
    EXPECT_EQ(errorOf("await x\n"), "1:1: 'await' outside function");
    EXPECT_EQ(errorOf("def f():\n    await x\n"), "2:5: 'await' outside async function");
    EXPECT_EQ(errorOf("async with x: pass\n"), "1:1: 'async with' outside async function");
    EXPECT_EQ(errorOf("[x async for x in y]\n"),
              "1:1: asynchronous comprehension outside of an asynchronous function");
    EXPECT_EQ(compileText("1j\n").diagnostics.first().kind, DiagnosticKind::kUnsupported);
}

TEST(Compile, DeepNestingIsAnError) {
    std::string sum = "x = a";
    for (int i = 0; i < 5000; ++i) sum += "+a";
    EXPECT_NE(errorOf(sum + "\n"), "");
}

TEST(Compile, ExpressionModeTakesOneExpression) {
    EXPECT_EQ(compileText("x = 1", CompileMode::kExpression).diagnostics.first().message,
              "invalid syntax");
    EXPECT_NE(compileText("x", CompileMode::kExpression).unit, nullptr);
}

}  // namespace
}  // namespace tagproof::frontend
