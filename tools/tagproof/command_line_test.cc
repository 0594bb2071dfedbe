#include "tools/tagproof/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
        {"disasm", "a.py", "--stage=hir", "--after=simplify", "--warm=f(1, 2)", "--warm=g()"});
    EXPECT_EQ(options.program.text, "a.py");
    EXPECT_EQ(options.stage, Stage::kHir);
    EXPECT_EQ(options.after, "simplify");
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
        {"disasm", "--stage=source", "a.py"},
        {"bench"}};
    for (const std::vector<std::string>& arguments : cases) {
        testing::internal::CaptureStderr();
        const ParsedCommandLine line = parseCommandLine(arguments);
        EXPECT_FALSE(testing::internal::GetCapturedStderr().empty());
        EXPECT_FALSE(line.command.has_value());
        EXPECT_EQ(line.status, 2) << testing::PrintToString(arguments);
    }
}

TEST(CommandLine, HelpSucceeds) {
    testing::internal::CaptureStdout();
    EXPECT_EQ(parseCommandLine({"run", "--help"}).status, 0);
    EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("Examples:"));
}

}  // namespace
}  // namespace tagproof::cli
