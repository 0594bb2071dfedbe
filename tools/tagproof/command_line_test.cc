#include "tools/tagproof/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace tagproof::cli {
namespace {

using testing::ElementsAre;

template <typename Options>
Options parseAs(const std::vector<std::string>& arguments) {
    const ParsedCommandLine line = parseCommandLine(arguments);
    EXPECT_TRUE(line.command.has_value());
    return std::get<Options>(*line.command);
}

TEST(CommandLine, OptionsEndAtTheScript) {
    const RunOptions options = parseAs<RunOptions>({"run", "--jit=off", "a.py", "x", "--strict"});
    EXPECT_EQ(options.program.kind, ProgramKind::kFile);
    EXPECT_EQ(options.program.text, "a.py");
    EXPECT_THAT(options.program.arguments, ElementsAre("x", "--strict"));
    EXPECT_EQ(options.guest.jit.mode, JitMode::kOff);
    EXPECT_FALSE(options.guest.jit.strict);
}

TEST(CommandLine, NoProgramOnATerminalIsASession) {
    const auto kindOf = [](const std::vector<std::string>& arguments, bool at_terminal) {
        const ParsedCommandLine line = parseCommandLine(arguments, at_terminal);
        if (!line.command) return std::string("none");
        const auto& run = std::get<RunOptions>(*line.command);
        return std::string(run.program.kind == ProgramKind::kSession ? "session" : "program") +
               (run.program.then_session ? ", session" : "");
    };
    EXPECT_EQ(kindOf({}, true), "session");
    EXPECT_EQ(kindOf({"run", "--jit=always"}, true), "session");
    EXPECT_EQ(kindOf({"run", "a.py"}, true), "program");
    EXPECT_EQ(kindOf({"run", "-i", "a.py", "-q"}, false), "program, session");
    EXPECT_EQ(kindOf({"run", "-i"}, false), "session");
    EXPECT_EQ(kindOf({"run", "-q"}, false), "none");
    EXPECT_EQ(kindOf({}, false), "none");
    EXPECT_EQ(kindOf({"verify"}, true), "none");
}

TEST(CommandLine, ValuesMayBeWordsOfTheirOwn) {
    const RunOptions options =
        parseAs<RunOptions>({"run", "--jit", "always", "--jit-threshold", "2", "a.py"});
    EXPECT_EQ(options.program.text, "a.py");
    EXPECT_EQ(options.guest.jit.mode, JitMode::kAlways);
    EXPECT_EQ(options.guest.jit.call_threshold, 2U);
}

TEST(CommandLine, ProgramKinds) {
    const RunOptions code = parseAs<RunOptions>({"run", "-c", "print(1)", "-x"});
    EXPECT_EQ(code.program.kind, ProgramKind::kCode);
    EXPECT_EQ(code.program.text, "print(1)");
    EXPECT_THAT(code.program.arguments, ElementsAre("-x"));
    EXPECT_EQ(parseAs<RunOptions>({"run", "-m", "mod"}).program.kind, ProgramKind::kModule);
    EXPECT_EQ(parseAs<RunOptions>({"run", "-", "a"}).program.kind, ProgramKind::kStdin);
    const RunOptions dashed = parseAs<RunOptions>({"run", "--strict", "--", "-odd.py"});
    EXPECT_EQ(dashed.program.kind, ProgramKind::kFile);
    EXPECT_EQ(dashed.program.text, "-odd.py");
}

TEST(CommandLine, GuestOptions) {
    const GuestOptions options =
        parseAs<RunOptions>({"run", "--deopt-stress", "--check-heap=exit", "--memory-limit=64M",
                             "--heap-base=0x550000000000", "--dump=hir,bytecode,asm", "a.py"})
            .guest;
    EXPECT_TRUE(options.jit.deopt_stress);
    EXPECT_EQ(options.jit.stress_interval, 3U);
    EXPECT_TRUE(options.check_heap.at_exit);
    EXPECT_FALSE(options.check_heap.at_collections);
    EXPECT_EQ(options.memory_limit, 64U << 20U);
    EXPECT_EQ(options.heap_base, 0x5500'0000'0000U);
    EXPECT_EQ(options.jit.dump, "hir,asm");
    EXPECT_TRUE(options.dump_bytecode);
    EXPECT_EQ(parseAs<RunOptions>({"run", "--deopt-stress=7", "a.py"}).guest.jit.stress_interval,
              7U);
}

TEST(CommandLine, DisasmTakesItsOptionsBehindTheScriptToo) {
    const DisasmOptions options = parseAs<DisasmOptions>(
        {"disasm", "a.py", "--stage=hir", "--after=simplify-phis", "--warm=f(1, 2)", "--warm=g()"});
    EXPECT_EQ(options.program.text, "a.py");
    EXPECT_EQ(options.stage, Stage::kHir);
    EXPECT_EQ(options.after, "simplify-phis");
    EXPECT_THAT(options.warm, ElementsAre("f(1, 2)", "g()"));
}

TEST(CommandLine, VerifyTakesAScriptOrMachineCode) {
    EXPECT_EQ(parseAs<VerifyOptions>({"verify", "a.py"}).program.text, "a.py");
    const VerifyOptions raw =
        parseAs<VerifyOptions>({"verify", "--raw", "code", "--manifest", "m.json", "--hex"});
    EXPECT_EQ(raw.raw, "code");
    EXPECT_EQ(raw.manifest, "m.json");
    EXPECT_TRUE(raw.hex);
}

TEST(CommandLine, VerifyTakesItsOptionsBehindTheScriptToo) {
    const VerifyOptions options =
        parseAs<VerifyOptions>({"verify", "a.py", "x", "--explain", "--jit", "auto", "--other=1",
                                "--json", "--", "--json", "y"});
    EXPECT_TRUE(options.explain);
    EXPECT_TRUE(options.json);
    EXPECT_EQ(options.guest.jit.mode, JitMode::kAuto);
    EXPECT_THAT(options.program.arguments, ElementsAre("x", "--other=1", "--json", "y"));
}

TEST(CommandLine, BadUsageIsReported) {
    const std::vector<std::vector<std::string>> cases = {
        {},
        {"run"},
        {"run", "-c"},
        {"run", "--nope", "a.py"},
        {"run", "--jit=sometimes", "a.py"},
        {"run", "--check-heap=0", "a.py"},
        {"run", "--memory-limit=1x", "a.py"},
        {"run", "--memory-limit=99999999999g", "a"},
        {"verify", "--raw", "code"},
        {"verify", "--raw=c", "--manifest=m", "a"},
        {"run", "--deopt-stress=x", "a.py"},
        {"run", "--deopt-stress=0", "a.py"},
        {"run", "--strict=yes", "a.py"},
        {"run", "--jit="},
        {"run", "--heap-base=-1", "a.py"},
        {"run", "--dump=hir,", "a.py"},
        {"run", "--dump-after=nope", "a.py"},
        {"verify", "a.py", "--jit=nope"},
        {"disasm", "--stage=source", "a.py"},
        {"disasm", "--after=nope", "a.py"},
        {"disasm", "--json=3", "a.py"},
        {"disasm", "a.py", "b.py"},
        {"bench"},
        {"bench", "stress", "--iterations=0"},
        {"bench", "stress", "--iterations=-3"},
        {"bench", "stress", "extra"}};
    for (const std::vector<std::string>& arguments : cases) {
        testing::internal::CaptureStderr();
        const ParsedCommandLine line = parseCommandLine(arguments);
        EXPECT_FALSE(testing::internal::GetCapturedStderr().empty());
        EXPECT_FALSE(line.command.has_value());
        EXPECT_EQ(line.status, 2) << testing::PrintToString(arguments);
    }
}

// What is wrong, what to write instead, and where to read on.
TEST(CommandLine, ReportsHaveARemedy) {
    const std::pair<std::vector<std::string>, const char*> cases[] = {
        {{"run", "--jti=off", "a.py"}, "tagproof run: there is no option --jti; perhaps --jit\n"},
        {{"runn"}, "tagproof: there is no command 'runn'; perhaps run. Commands: run, verify"},
        {{}, "tagproof: no command is named. Commands: run, verify, disasm, bench\n"},
        {{"bench"}, "tagproof bench: no command is named. Commands: stress\n"},
        {{"run"},
         "tagproof run: no program is named: SCRIPT, -c CODE, -m MODULE, or - for stdin\n"},
        {{"run", "-c"}, "-c: needs CODE\n"},
        {{"run", "--jit=", "a.py"}, "--jit needs a value: off|auto|always\n"},
        {{"run", "--jit=x", "a.py"}, "--jit: 'x' is none of off, auto, always\n"},
        {{"run", "--memory-limit=1x", "a"}, "'1x' is no number of bytes such as 4096, 0x1000, 64m"},
        {{"disasm", "--after=x", "a"}, "no pass is called 'x'; there are build, simplify-phis"},
        {{"disasm", "a", "b"}, "tagproof disasm: 'b' is one argument too many\n"},
        {{"run", "--strict=1", "a.py"}, "--strict: takes no value\n"}};
    for (const auto& [arguments, text] : cases) {
        testing::internal::CaptureStderr();
        EXPECT_EQ(parseCommandLine(arguments).status, 2);
        const std::string report = testing::internal::GetCapturedStderr();
        EXPECT_THAT(report, testing::HasSubstr(text));
        EXPECT_THAT(report, testing::HasSubstr("\nSee tagproof"));
    }
}

TEST(CommandLine, HelpSucceeds) {
    testing::internal::CaptureStdout();
    EXPECT_EQ(parseCommandLine({"run", "--help"}).status, 0);
    EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("Examples:"));
}

}  // namespace
}  // namespace tagproof::cli
