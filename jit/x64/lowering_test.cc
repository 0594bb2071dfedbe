// Every HIR op in a small function by hand: it lowers without errors, the verifier accepts the
// bytes, and none is forgotten. What they compute is tested by lowering_run_test.cc.

#include "jit/x64/lowering.h"

#include <asmjit/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "jit/hir/checker.h"
#include "jit/verify/decode.h"
#include "jit/x64/lowering_test_support.h"

#ifdef NDEBUG
ASMJIT_BEGIN_NAMESPACE
class RAAssignment {
  public:
    bool verify() noexcept;
    uint64_t words[32];
};
ASMJIT_END_NAMESPACE
#endif

namespace tagproof::x64 {
namespace {

#ifdef NDEBUG
// asmjit's own would follow the words.
TEST(AllocatorAssertion, IsLeftOut) {
    asmjit::RAAssignment assignment;
    std::ranges::fill(assignment.words, ~uint64_t{0});
    EXPECT_TRUE(assignment.verify());
}
#endif

struct Sample {
    const char* name;
    const char* text;  // behind withArguments(), or a whole function; $ = a frame state

    friend void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }
};

constexpr Sample kSamples[] = {
#include "jit/x64/lowering_samples.inc"
};

class LoweringTest : public LoweredTest, public testing::WithParamInterface<Sample> {
  protected:
    // True when an instruction of the last code has a VEX or EVEX prefix: always its first byte.
    bool hasVexPrefix() const {
        const std::span<const uint8_t> code = lastCode();
        verify::Program program;
        verify::decode(code, reinterpret_cast<uint64_t>(code.data()), program);
        return std::ranges::any_of(program.instructions, [&](const verify::Instruction& at) {
            const uint8_t first = code[at.offset];
            return first == 0xC4 || first == 0xC5 || first == 0x62;
        });
    }
};

TEST_P(LoweringTest, IsAccepted) {
    const auto function = parsed(sampleText(GetParam().text));
    ASSERT_NE(function, nullptr);
    ASSERT_TRUE(hir::check(*function).empty()) << hir::check(*function).front();
    for (const bool use_avx : {false, true}) {
        use_avx_ = use_avx;
        for (const bool stress : {false, true}) {
            EXPECT_EQ(rejectionOf(*function, stress), "")
                << (use_avx ? "avx" : "sse2") << (stress ? ", with forced exits" : "");
            EXPECT_TRUE(use_avx || !hasVexPrefix());
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Samples,
                         LoweringTest,
                         testing::ValuesIn(kSamples),
                         [](const auto& sample) { return std::string(sample.param.name); });

// Each sample has instructions of its ops, whose offsets ascend and begin behind the entry.
TEST_P(LoweringTest, LinesAreMapped) {
    const auto function = parsed(sampleText(GetParam().text));
    ASSERT_EQ(rejectionOf(*function, false), "");
    const std::vector<LineEntry>& lines = lastLines();
    ASSERT_FALSE(lines.empty());
    EXPECT_TRUE(std::ranges::is_sorted(lines, std::less_equal<>(), &LineEntry::offset));
    EXPECT_NE(lines.front().instr, nullptr);
    EXPECT_GT(lines.front().offset, 0U);
}

using LoweringFormsTest = LoweringTest;

TEST_P(LoweringFormsTest, AvxIsUsedWhereAllowed) {
    const auto function = parsed(sampleText(GetParam().text));
    use_avx_ = true;
    EXPECT_EQ(rejectionOf(*function, false), "");
    EXPECT_TRUE(hasVexPrefix());
}

constexpr Sample kDoubleSum = {"DoubleSum", R"(    v2:Double = GuardDouble v0 $
    v3:RawDouble = UnboxDouble v2
    v4:RawDouble = DoubleAdd v3, v3
    v5:Object = BoxDouble v4 $
    Return v5
)"};
INSTANTIATE_TEST_SUITE_P(Doubles, LoweringFormsTest, testing::Values(kDoubleSum));

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
