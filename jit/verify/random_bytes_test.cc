// Random and mutated bytes: the verifier decides, it never crashes.

#include <algorithm>

#include "jit/verify/random_program_test_support.h"

namespace tagproof::verify::testing {
namespace {

// What little is accepted traps before it does anything: an int3 stands where it would end.
TEST(RandomBytes, NoiseNeverCrashes) {
    World world;
    InferenceWorkspace workspace;
    Random random(1);
    for (int round = 0; round < 100000; ++round) {
        Bytes code(1 + random() % 48);
        for (uint8_t& byte : code) byte = static_cast<uint8_t>(random());
        const Verdict verdict = inferAndVerify(code, kCodeAddress, world.trusted, workspace);
        if (!verdict.ok) continue;
        constexpr uint8_t kBreakpoint = 0xCC;
        EXPECT_NE(std::ranges::find(code, kBreakpoint), code.end());
        EXPECT_EQ(verdict.statistics.calls, 0U);
        for (uint32_t k = 0; k < kWriteClassCount; ++k) {
            const bool is_stack = static_cast<WriteClass>(k) == WriteClass::kStack;
            EXPECT_TRUE(is_stack || verdict.statistics.writes[k] == 0);
        }
    }
}

// Bytes that the table likes, so that the noise reaches the transfer functions.
TEST(RandomBytes, PlausibleNoiseNeverCrashes) {
    World world;
    InferenceWorkspace workspace;
    constexpr uint8_t kLikely[] = {0x48, 0x8B, 0x89, 0x01, 0x29, 0x85, 0xC0, 0x74, 0x75, 0x0F, 0x84,
                                   0xFF, 0xC3, 0x31, 0x83, 0x8D, 0x46, 0x18, 0x24, 0x08, 0x07, 0xF6,
                                   0xEB, 0x50, 0x58, 0x41, 0x4C, 0x44, 0x10, 0xB8, 0x63, 0xC1};
    Random random(2);
    for (int round = 0; round < 100000; ++round) {
        Bytes code(1 + random() % 64);
        for (uint8_t& byte : code) {
            byte = random() % 8 == 0 ? static_cast<uint8_t>(random()) : kLikely[random() % 32];
        }
        static_cast<void>(inferAndVerify(code, kCodeAddress, world.trusted, workspace));
    }
}

TEST(RandomBytes, MutatedFunctionsNeverCrash) {
    InferenceWorkspace workspace;
    Random random(3);
    for (uint32_t seed = 0; seed < 40; ++seed) {
        RandomProgram program(seed, 6, 8);
        for (int round = 0; round < 100; ++round) {
            Bytes code = program.code();
            for (int k = 0; k < 3; ++k) {
                uint8_t& byte = code[random() % code.size()];
                byte = static_cast<uint8_t>(byte ^ (1U << (random() % 8)));
            }
            static_cast<void>(
                inferAndVerify(code, kCodeAddress, program.world().trusted, workspace));
        }
    }
}

TEST(RandomBytes, EveryTruncationIsRejected) {
    World world;
    RandomProgram program(5, 2, 5);
    const Bytes& code = program.code();
    ASSERT_TRUE(accepted(program.world(), code));
    for (size_t size = 0; size < code.size(); ++size) {
        const Bytes part(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_FALSE(run(program.world(), part).ok) << size;
    }
}

// One violation text per rule; every rule has a name and a sentence.
TEST(Rules, HaveNames) {
    for (unsigned rule = 0; rule <= static_cast<unsigned>(RuleId::kTrusted); ++rule) {
        EXPECT_NE(ruleName(static_cast<RuleId>(rule)), "?");
        EXPECT_NE(ruleText(static_cast<RuleId>(rule)), "?");
    }
}

// Time grows with the instructions, not faster.
TEST(Limits, LongStraightFunction) {
    World world;
    const Bytes code = assemble([](x86::Assembler& a) {
        Emit e(a);
        for (int k = 0; k < 100000; ++k) {
            a.mov(x86::rcx, x86::rsi);
            a.sar(x86::rcx, 3);
            a.add(x86::rcx, k);
        }
        e.returnNone();
    });
    const Verdict verdict = run(world, code);
    EXPECT_TRUE(verdict.ok);
    EXPECT_EQ(verdict.statistics.instructions, 300002U);
    EXPECT_EQ(verdict.statistics.bytes, code.size());
}

TEST(Limits, ManyExits) {
    World world;
    const Bytes code = assemble([](x86::Assembler& a) {
        std::vector<asmjit::Label> exits;
        for (int k = 0; k < 20000; ++k) {
            exits.push_back(a.newLabel());
            a.test(x86::dl, 7);
            a.jz(exits.back());
        }
        a.mov(x86::rax, kNone);
        a.ret();
        for (const asmjit::Label& label : exits) {
            a.bind(label);
            a.mov(x86::eax, 9);
            a.ret();
        }
    });
    EXPECT_TRUE(run(world, code).ok);
}

}  // namespace
}  // namespace tagproof::verify::testing
