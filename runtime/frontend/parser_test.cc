#include "runtime/frontend/parser.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>
#include <string_view>

#include "runtime/frontend/ast_dump.h"

namespace tagproof::frontend {
namespace {

class ParserTest : public testing::Test {
  protected:
    // Null when the source is rejected; then error_ tells why.
    const Module* parse(std::string_view source) {
        Diagnostics diagnostics;
        const Module* module = parseModule(arena_, source, "test.py", diagnostics);
        EXPECT_EQ(module == nullptr, !diagnostics.empty()) << source;
        if (module == nullptr) error_ = diagnostics.first();
        return module;
    }

    // The one expression of a source.
    const Expr& parseExpr(std::string_view source) {
        const Module* module = parse(source);
        return *module->body[0]->as<ExprStmt>().value;
    }

    // `Kind line:column message`.
    std::string errorOf(std::string_view source) {
        if (parse(source) != nullptr) return "accepted";
        return std::string(exceptionName(error_.kind)) + " " + std::to_string(error_.line) + ":" +
               std::to_string(error_.column) + " " + error_.message;
    }

    std::string messageOf(std::string_view source) {
        return parse(source) != nullptr ? "accepted" : error_.message;
    }

    // Of an entry of a session: what becomes of its lines.
    std::string entry(std::string_view source, bool is_whole = false) {
        Diagnostics diagnostics;
        EntryState state{};
        const Module* module = parseEntry(arena_, source, "<stdin>", is_whole, diagnostics, state);
        EXPECT_EQ(module != nullptr, state == EntryState::kComplete) << source;
        EXPECT_EQ(diagnostics.empty(), state != EntryState::kInvalid) << source;
        if (state == EntryState::kInvalid) return diagnostics.first().message;
        if (state == EntryState::kIncomplete) return "more";
        return std::to_string(module->body.size());
    }

    Arena arena_;
    Diagnostic error_;
};

TEST_F(ParserTest, EntriesEndWithTheirStatement) {
    EXPECT_EQ(entry("x = 1\n"), "1");
    EXPECT_EQ(entry("x; y; z;\n"), "3");
    EXPECT_EQ(entry("\n"), "0");
    EXPECT_EQ(entry("   \n"), "0");
    EXPECT_EQ(entry("# comment\n"), "0");
    EXPECT_EQ(entry("if x: y\n"), "more");
    EXPECT_EQ(entry("if x: y\n\n"), "1");
    EXPECT_EQ(entry("if x:\n  y\n  # inside\n"), "more");
    EXPECT_EQ(entry("if x:\n  y\n    \n"), "more");
    EXPECT_EQ(entry("if x:\n  y\n\n"), "1");
    EXPECT_EQ(entry("if x:\n  y\nelse:\n"), "more");
    EXPECT_EQ(entry("match x:\n  case 1:\n    y\n"), "more");
    EXPECT_EQ(entry("match x:\n  case 1:\n    y\n\n"), "1");
    EXPECT_EQ(entry("match = x\n"), "1");
    EXPECT_EQ(entry("@d\n"), "more");
    EXPECT_EQ(entry("@d\ndef f(): pass\n"), "more");
}

TEST_F(ParserTest, EntriesGoOnWhereATokenDoes) {
    EXPECT_EQ(entry("f(\n"), "more");
    EXPECT_EQ(entry("f(\n\n"), "more");
    EXPECT_EQ(entry("f(\n)\n"), "1");
    EXPECT_EQ(entry("'''a\n"), "more");
    EXPECT_EQ(entry("'''a\n\n'''\n"), "1");
    EXPECT_EQ(entry("'a\\\n"), "more");
    EXPECT_EQ(entry("x = \\\n"), "more");
    EXPECT_EQ(entry("x = \\\n1\n"), "1");
    EXPECT_EQ(entry("'a\n"), "unterminated string literal (detected at line 1)");
}

TEST_F(ParserTest, EntriesAreInvalidAsSoonAsNoLineCanHelp) {
    EXPECT_EQ(entry("x = = 1\n"), "invalid syntax");
    EXPECT_EQ(entry("(1 2\n"), "invalid syntax. Perhaps you forgot a comma?");
    EXPECT_EQ(entry("def f(:\n"), "invalid syntax");
    EXPECT_EQ(entry("  x\n"), "unexpected indent");
    EXPECT_EQ(entry("if x:\n\n"), "expected an indented block after 'if' statement on line 1");
    EXPECT_EQ(entry("if x:\n  y\nz\n"), "invalid syntax");
    EXPECT_EQ(entry("try:\n  x\n\n"), "expected 'except' or 'finally' block");
}

TEST_F(ParserTest, WholeEntriesAreNotWaitedFor) {
    EXPECT_EQ(entry("if x:\n  y\n", true), "1");
    EXPECT_EQ(entry("f(1,\n", true), "'(' was never closed");
    EXPECT_EQ(entry("'''a\n", true),
              "unterminated triple-quoted string literal (detected at line 1)");
    EXPECT_EQ(entry("x = \\\n", true), "unexpected EOF while parsing");
}

std::string rangeOf(const Location& location) {
    return std::to_string(location.lineno) + ":" + std::to_string(location.col_offset) + "-" +
           std::to_string(location.end_lineno) + ":" + std::to_string(location.end_col_offset);
}

TEST_F(ParserTest, DumpsLikePython) {
    const Module* module = parse("x: int = -1\n");
    ASSERT_NE(module, nullptr);
    EXPECT_EQ(dumpAst(*module),
              "Module(body=[AnnAssign(target=Name(id='x', ctx=Store(), lineno=1, col_offset=0, "
              "end_lineno=1, end_col_offset=1), annotation=Name(id='int', ctx=Load(), lineno=1, "
              "col_offset=3, end_lineno=1, end_col_offset=6), value=UnaryOp(op=USub(), "
              "operand=Constant(value=1, lineno=1, col_offset=10, end_lineno=1, "
              "end_col_offset=11), lineno=1, col_offset=9, end_lineno=1, end_col_offset=11), "
              "simple=1, lineno=1, col_offset=0, end_lineno=1, end_col_offset=11)], "
              "type_ignores=[])");
}

TEST_F(ParserTest, EmptyModules) {
    for (const char* source : {"", "\n", "# comment", "\xEF\xBB\xBF", "\f\n", "  \n\\\n\n"}) {
        const Module* module = parse(source);
        ASSERT_NE(module, nullptr) << source;
        EXPECT_TRUE(module->body.empty());
    }
}

TEST_F(ParserTest, IdentifiersAreInternedAndNormalized) {
    const auto& names = parseExpr("(abc, abc, ℌ, H, ﬁ, fi)\n").as<Tuple>().elts;
    auto id = [&](std::size_t i) { return names[i]->as<Name>().id; };
    EXPECT_EQ(id(0).data(), id(1).data());
    EXPECT_EQ(id(2).data(), id(3).data());
    EXPECT_EQ(id(4), "fi");
}

TEST_F(ParserTest, Precedence) {
    const auto& sum = parseExpr("a + b * -c ** -d").as<BinOp>();
    EXPECT_EQ(sum.op, Operator::kAdd);
    const auto& product = sum.right->as<BinOp>();
    EXPECT_EQ(product.op, Operator::kMult);
    const auto& negative = product.right->as<UnaryOp>();
    EXPECT_EQ(negative.operand->as<BinOp>().op, Operator::kPow);
    const auto& difference = parseExpr("a - b - c").as<BinOp>();
    EXPECT_TRUE(difference.left->is<BinOp>());
    const auto& either = parseExpr("not a < b in c and d or e").as<BoolOp>();
    EXPECT_EQ(either.op, BoolOperator::kOr);
    const auto& both = either.values[0]->as<BoolOp>();
    EXPECT_EQ(both.values[0]->as<UnaryOp>().operand->as<Compare>().ops.size(), 2U);
}

TEST_F(ParserTest, Locations) {
    EXPECT_EQ(rangeOf(parseExpr("(a)").location), "1:1-1:2");
    EXPECT_EQ(rangeOf(parseExpr("(a, b)").location), "1:0-1:6");
    EXPECT_EQ(rangeOf(parseExpr("a, b,  ").location), "1:0-1:5");
    EXPECT_EQ(rangeOf(parseExpr("'é' 'b'").location), "1:0-1:8");
    EXPECT_EQ(rangeOf(parseExpr("f(x\n for x in y)").as<Call>().args[0]->location), "1:1-2:12");
    const Module* module = parse("@d\nasync def f():\n  pass\n\n\nx\n");
    EXPECT_EQ(rangeOf(module->body[0]->location), "2:0-3:6");
}

TEST_F(ParserTest, ElifIsNested) {
    const Module* module = parse("if a: b\nelif c: d\nelse: e\n");
    const auto& outer = module->body[0]->as<If>();
    ASSERT_EQ(outer.orelse.size(), 1U);
    const auto& inner = outer.orelse[0]->as<If>();
    EXPECT_EQ(inner.orelse.size(), 1U);
    EXPECT_EQ(rangeOf(outer.location), "1:0-3:7");
    EXPECT_EQ(rangeOf(inner.location), "2:0-3:7");
}

TEST_F(ParserTest, AssignmentExpressions) {
    EXPECT_TRUE(parseExpr("{(a := 1): b}").is<Dict>());
    EXPECT_TRUE(parseExpr("{a := 1, b}").is<Set>());
    EXPECT_EQ(messageOf("{a := 1: b}"), "invalid syntax");
    EXPECT_TRUE(parseExpr("x[(a := 1):b]").as<Subscript>().slice->is<Slice>());
    EXPECT_TRUE(parseExpr("x[a := 1, b]").as<Subscript>().slice->is<Tuple>());
    EXPECT_EQ(messageOf("x[a := 1:b]"), "invalid syntax");
}

TEST_F(ParserTest, Parameters) {
    const Module* module = parse("def f(a, b=1, /, c=2, *d: e, g, h=3, **i) -> j: pass\n");
    const Arguments& args = *module->body[0]->as<FunctionDef>().args;
    EXPECT_EQ(args.posonlyargs.size(), 2U);
    EXPECT_EQ(args.args.size(), 1U);
    EXPECT_EQ(args.defaults.size(), 2U);
    EXPECT_EQ(args.vararg->arg, "d");
    ASSERT_EQ(args.kwonlyargs.size(), 2U);
    EXPECT_EQ(args.kw_defaults[0], nullptr);
    EXPECT_NE(args.kw_defaults[1], nullptr);
    EXPECT_EQ(args.kwarg->arg, "i");
}

TEST_F(ParserTest, SoftKeywordsAreNames) {
    EXPECT_TRUE(
        parse("match = case = _ = type = 1\nmatch(x)\nmatch[x]\nmatch - x\nprint(match)\n"));
    EXPECT_TRUE(parse("match (x):\n  case _: pass\n")->body[0]->is<Match>());
    EXPECT_TRUE(
        parse("match [a, *b]:\n  case [c, *_] | None as d if e: pass\n")->body[0]->is<Match>());
    EXPECT_TRUE(
        parse("match x, *y:\n  case a.b(1, c=-2+3j), {'k': d, **r}: pass\n")->body[0]->is<Match>());
}

TEST_F(ParserTest, WithItemsInParentheses) {
    EXPECT_EQ(parse("with (a as b, c): pass")->body[0]->as<With>().items.size(), 2U);
    EXPECT_EQ(parse("with (a, b): pass")->body[0]->as<With>().items.size(), 2U);
    EXPECT_EQ(parse("with (a, b) as c: pass")->body[0]->as<With>().items.size(), 1U);
    EXPECT_EQ(parse("with (a), b: pass")->body[0]->as<With>().items.size(), 2U);
    EXPECT_EQ(parse("with (yield): pass")->body[0]->as<With>().items.size(), 1U);
}

TEST_F(ParserTest, Integers) {
    const ConstantValue& big = parseExpr("0x1_0000_0000_0000_0000").as<Constant>().value;
    EXPECT_FALSE(big.int_fits);
    EXPECT_EQ(big.text, "10000000000000000");
    EXPECT_EQ(big.int_base, 16);
    const ConstantValue& most = parseExpr("18446744073709551615").as<Constant>().value;
    EXPECT_TRUE(most.int_fits);
    EXPECT_EQ(most.int_value, 18446744073709551615U);
    EXPECT_EQ(parseExpr("0b0").as<Constant>().value.text, "0");
}

TEST_F(ParserTest, Floats) {
    auto value = [this](const char* source) {
        return parseExpr(source).as<Constant>().value.float_value;
    };
    EXPECT_EQ(value("1_0.2_5e-1"), 1.025);
    EXPECT_EQ(value("1e400"), std::numeric_limits<double>::infinity());
    EXPECT_EQ(value("1e-400"), 0.0);
    EXPECT_EQ(value("5e-324"), std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(value("2.5j"), 2.5);
}

TEST_F(ParserTest, Strings) {
    auto text = [this](const char* source) {
        return std::string(parseExpr(source).as<Constant>().value.text);
    };
    EXPECT_EQ(text(R"('a\x41\u00e9\U0001F600\n\'\101\
b\q')"),
              "aAé😀\n'Ab\\q");
    EXPECT_EQ(messageOf(R"('\N{no such name}')"),
              "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-15: unknown "
              "Unicode character name");
    EXPECT_EQ(text(R"('\N{latin small letter a}\N{LF}\N{HANGUL SYLLABLE GAG}')"), "a\n각");
    EXPECT_EQ(text(R"(r'\n' '\ud800\udc00')"), "\\n\xED\xA0\x80\xED\xB0\x80");
    EXPECT_EQ(text(R"(b'\xff\0' rb'\x')"), std::string("\xFF\0\\x", 4));
}

TEST_F(ParserTest, FStrings) {
    const auto& joined = parseExpr("f'a{{{b!r:>{c}}}}' 'd'").as<JoinedStr>();
    ASSERT_EQ(joined.values.size(), 3U);
    EXPECT_EQ(joined.values[0]->as<Constant>().value.text, "a{");
    const auto& field = joined.values[1]->as<FormattedValue>();
    EXPECT_EQ(field.conversion, 'r');
    EXPECT_EQ(field.format_spec->as<JoinedStr>().values.size(), 2U);
    EXPECT_EQ(rangeOf(field.value->location), "1:6-1:7");
    EXPECT_EQ(joined.values[2]->as<Constant>().value.text, "}d");
    const auto& self_documenting = parseExpr("f'{ a = }'").as<JoinedStr>();
    EXPECT_EQ(self_documenting.values[0]->as<Constant>().value.text, " a = ");
    EXPECT_EQ(self_documenting.values[1]->as<FormattedValue>().conversion, 'r');
}

TEST_F(ParserTest, SourceText) {
    EXPECT_EQ(parse("a\r\nb\rc\n")->body[2]->location.lineno, 3U);
    EXPECT_TRUE(parse("# -*- coding: latin-1 -*-\nx = '\xE9'\n"));
    EXPECT_EQ(messageOf("#coding=foo\n"), "unknown encoding: foo");
    EXPECT_EQ(errorOf(std::string_view("a\n\0", 3)),
              "SyntaxError 2:0 source code cannot contain null bytes");
    EXPECT_EQ(errorOf("a\nb = '\xFF'\n").substr(0, 50),
              "SyntaxError 2:0 Non-UTF-8 code starting with '\\xff");
}

TEST_F(ParserTest, CommonErrors) {
    EXPECT_EQ(errorOf("x = (1,\n\n"), "SyntaxError 1:5 '(' was never closed");
    EXPECT_EQ(errorOf("if x\n  y\n"), "SyntaxError 1:5 expected ':'");
    EXPECT_EQ(errorOf("if x:\ny\n"),
              "IndentationError 2:1 expected an indented block after 'if' statement on line 1");
    EXPECT_EQ(errorOf("x = 1\n  y = 2\n"), "IndentationError 2:0 unexpected indent");
    EXPECT_EQ(errorOf("f(a\n  b)\n"),
              "SyntaxError 1:3 invalid syntax. Perhaps you forgot a comma?");
    EXPECT_EQ(errorOf("f() = 1\n"),
              "SyntaxError 1:1 cannot assign to function call here. Maybe you meant '==' instead "
              "of '='?");
    EXPECT_EQ(errorOf("x = f() = 1\n"), "SyntaxError 1:5 cannot assign to function call");
    EXPECT_EQ(errorOf("print 1\n"),
              "SyntaxError 1:1 Missing parentheses in call to 'print'. Did you mean print(...)?");
    EXPECT_EQ(errorOf("f(a=1,\n  b)\n"),
              "SyntaxError 2:4 positional argument follows keyword argument");
    EXPECT_EQ(errorOf("x = f'{a b}'\n"),
              "SyntaxError 1:8 f-string: invalid syntax. Perhaps you forgot a comma?");
    EXPECT_EQ(errorOf("x = a b\ny = 'c\n"),
              "SyntaxError 2:5 unterminated string literal (detected at line 2)");
    EXPECT_EQ(errorOf("x = [1\ny = 2 3\nz\n"), "SyntaxError 1:5 '[' was never closed");
}

TEST_F(ParserTest, TooDeepSourcesAreRejected) {
    constexpr int kCount = 100'000;
    auto repeat = [](std::string_view part) {
        std::string text;
        for (int i = 0; i < kCount; ++i) text += part;
        return text;
    };
    for (const char* open : {"(", "[", "{", "f(", "a[", "{a:", "(yield ", "lambda x=("}) {
        EXPECT_EQ(messageOf(repeat(open)), "too many nested parentheses") << open;
    }
    const std::string too_complex = "Parser stack overflowed - Python source too complex to parse";
    for (const char* prefix :
         {"-", "not ", "lambda: ", "1 if 1 else ", "1 ** ", "1 + ", "print "}) {
        EXPECT_EQ(messageOf(repeat(prefix) + "1"), too_complex) << prefix;
    }
    for (const char* suffix : {".b", "()", "[0]"}) {
        EXPECT_EQ(messageOf("a" + repeat(suffix)), too_complex) << suffix;
    }
    EXPECT_EQ(messageOf("if x: pass\n" + repeat("elif x: pass\n")), too_complex);
    EXPECT_EQ(messageOf("match x:\n case a" + repeat(".b") + ": pass\n"), too_complex);
    EXPECT_TRUE(parse("x = [" + repeat("1 + 1, ") + "]\n"));
    EXPECT_TRUE(parse(repeat("x;")));
}

// Programs with a few bytes changed: accepted or rejected with a diagnostic, but never a crash.
TEST_F(ParserTest, GarbageIsRejected) {
    const std::string program =
        "@d(1)\nclass A(B, metaclass=C):\n  async def f(self, /, *a, k=1, **kw) -> x:\n"
        "    async with (a as b, c): yield [i async for i in x if not i]\n"
        "    try: return f'{a!r:{b}}' + rb'\\x' + 0x1f\n    except* E as e: raise X from e\n"
        "match x, *y:\n  case A(1, b=[c, *_]) | {'k': -1+2j, **r} as s if t: pass\n"
        "for (a, *b), c[0] in lambda x, *, y: (z := 1_0.e5), ...: del a.b; global q\n";
    ASSERT_TRUE(parse(program));
    std::mt19937 random(1);
    auto below = [&](std::size_t limit) { return random() % limit; };
    for (int round = 0; round < 3000; ++round) {
        Arena arena;
        std::string source = program;
        for (std::size_t i = 0; i <= below(4); ++i) {
            const std::size_t at = below(source.size());
            switch (below(3)) {
                case 0:
                    source[at] = static_cast<char>(below(256));
                    break;
                case 1:
                    source.erase(at, below(20));
                    break;
                default:
                    source.insert(at, source.substr(below(source.size()), below(20)));
            }
        }
        Diagnostics diagnostics;
        const Module* module = parseModule(arena, source, "garbage.py", diagnostics);
        ASSERT_EQ(module == nullptr, !diagnostics.empty()) << source;
        if (module == nullptr) {
            EXPECT_FALSE(formatDiagnostic(diagnostics.first(), source).empty());
        } else {
            EXPECT_FALSE(dumpAst(*module).empty());
        }
    }
}

}  // namespace
}  // namespace tagproof::frontend
