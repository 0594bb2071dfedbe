// Every HIR op in a small function by hand: it lowers without errors, the verifier accepts the
// bytes, and none is forgotten. What they compute is tested by lowering_run_test.cc.

#include "jit/x64/lowering.h"

#include <gtest/gtest.h>

#include <set>

#include "jit/hir/checker.h"
#include "jit/x64/lowering_test_support.h"

namespace tagproof::x64 {
namespace {

struct Sample {
    const char* name;
    const char* text;  // behind withArguments(), or a whole function; $ = a frame state

    friend void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }
};

constexpr Sample kSamples[] = {
#include "jit/x64/lowering_samples.inc"
};

class LoweringTest : public LoweredTest, public testing::WithParamInterface<Sample> {};

TEST_P(LoweringTest, IsAccepted) {
    const auto function = parsed(sampleText(GetParam().text));
    ASSERT_NE(function, nullptr);
    ASSERT_TRUE(hir::check(*function).empty()) << hir::check(*function).front();
    for (const bool stress : {false, true}) {
        EXPECT_EQ(rejectionOf(*function, stress), "") << (stress ? "with forced exits" : "");
    }
}

INSTANTIATE_TEST_SUITE_P(Samples,
                         LoweringTest,
                         testing::ValuesIn(kSamples),
                         [](const auto& sample) { return std::string(sample.param.name); });

class LoweringCoverageTest : public LoweredTest {};

TEST_F(LoweringCoverageTest, EveryOpHasASample) {
    std::set<std::string_view> seen;
    for (const Sample& sample : kSamples) {
        const auto function = parsed(sampleText(sample.text));
        ASSERT_NE(function, nullptr);
        for (const hir::Block* block : function->blocks) {
            for (const hir::Instr* instr : block->instrs) seen.insert(instr->info().name);
        }
    }
#define HIR_OP(op, operands, result, immediates, effects, exit, text) \
    EXPECT_TRUE(seen.contains(#op)) << #op << " has no sample";
#include "jit/hir/hir.def"
#undef HIR_OP
}

}  // namespace
}  // namespace tagproof::x64
