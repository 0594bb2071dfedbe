#include "runtime/frontend/unparse.h"

#include <gtest/gtest.h>

#include "runtime/frontend/parser.h"

namespace tagproof::frontend {
namespace {

std::string unparsed(std::string_view source) {
    Arena arena;
    Diagnostics diagnostics;
    const Module* module = parseModule(arena, source, "test.py", diagnostics);
    return module == nullptr ? "rejected" : unparse(*module->body[0]->as<ExprStmt>().value);
}

TEST(Unparse, ParenthesesOnlyWherePrecedenceAsks) {
    EXPECT_EQ(unparsed("(a+b)*c-(d*e)"), "(a + b) * c - d * e");
    EXPECT_EQ(unparsed("a-(b-c)"), "a - (b - c)");
    EXPECT_EQ(unparsed("2**3**4"), "2 ** 3 ** 4");
    EXPECT_EQ(unparsed("(2**3)**4"), "(2 ** 3) ** 4");
    EXPECT_EQ(unparsed("not(a and b) or c"), "not (a and b) or c");
    EXPECT_EQ(unparsed("-(-x)"), "--x");
    EXPECT_EQ(unparsed("(a<b)<c"), "(a < b) < c");
    EXPECT_EQ(unparsed("(x if y else z)if w else v"), "(x if y else z) if w else v");
}

TEST(Unparse, Annotations) {
    EXPECT_EQ(unparsed("Dict[str,List[int]|None]"), "Dict[str, List[int] | None]");
    EXPECT_EQ(unparsed("Callable[[int,...],'C']"), "Callable[[int, ...], 'C']");
    EXPECT_EQ(unparsed("Tuple[()]"), "Tuple[()]");
    EXPECT_EQ(unparsed("a.b[1:2,::3]"), "a.b[1:2, ::3]");
}

TEST(Unparse, CallsAndLambdas) {
    EXPECT_EQ(unparsed("f(*a,b=1,**c)"), "f(*a, b=1, **c)");
    EXPECT_EQ(unparsed("f(x for x in y if x)"), "f(x for x in y if x)");
    EXPECT_EQ(unparsed("lambda a,/,b=1,*c,d,e=2,**g:a"), "lambda a, /, b=1, *c, d, e=2, **g: a");
    EXPECT_EQ(unparsed("lambda:0"), "lambda: 0");
}

TEST(Unparse, Literals) {
    EXPECT_EQ(unparsed("{1:2,**a}"), "{1: 2, **a}");
    EXPECT_EQ(unparsed("(a,)"), "(a,)");
    EXPECT_EQ(unparsed("{a:b for a,b in c}"), "{a: b for a, b in c}");
    EXPECT_EQ(unparsed("1 .real"), "1 .real");
    EXPECT_EQ(unparsed("f'a{{{b!r:>{w}}'"), "f'a{{{b!r:>{w}}'");
    EXPECT_EQ(unparsed("1e999"), "1e309");
}

}  // namespace
}  // namespace tagproof::frontend
