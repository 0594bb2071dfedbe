// Guides: hints that are asked for during the pass.

#include "jit/verify/hints_test_support.h"
#include "jit/verify/state_text.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

// Answers the checker's questions with what a test wants.
class TestGuide final : public Guide {
  public:
    TestGuide(std::vector<LabelHint> labels, std::function<LabelHint(const LabelHint&)> answer)
        : labels_(std::move(labels)), answer_(std::move(answer)) {}
    [[nodiscard]] std::span<const LabelHint> labels() const override { return labels_; }
    [[nodiscard]] LabelHint weaken(size_t k, const LabelHint& joined) override {
        EXPECT_TRUE(labels_[k].is_loop);
        return answer_(joined);
    }

  private:
    std::vector<LabelHint> labels_;
    std::function<LabelHint(const LabelHint&)> answer_;
};

Verdict checkGuided(const HintedLoop& loop,
                    const std::function<LabelHint(const LabelHint&)>& answer) {
    Workspace workspace;
    decode(loop.code, kCodeAddress, workspace.program());
    TestGuide guide(
        {{.offset = loop.head_offset, .is_joined = true, .is_loop = true, .entries = {}},
         {.offset = loop.out_offset, .is_joined = true, .entries = {}}},
        answer);
    Verdict verdict;
    verify::check(workspace.program(), workspace.memory(), loop.world.trusted, guide, verdict);
    return verdict;
}

TEST(Guides, AGuideMayWeakenALoop) {
    const HintedLoop loop;
    std::vector<HintEntry> entries;
    const auto without = [&](uint32_t location) {
        return [&entries, location](const LabelHint& joined) {
            entries.clear();
            for (const HintEntry& entry : joined.entries) {
                if (entry.location != location) entries.push_back(entry);
            }
            LabelHint weaker = joined;
            weaker.entries = entries;
            return weaker;
        };
    };
    EXPECT_TRUE(checkGuided(loop, without(1)).ok);  // the counter
    EXPECT_TRUE(broke(checkGuided(loop, without(6)), RuleId::kBase));
    const auto as_it_comes = [](const LabelHint& joined) { return joined; };
    EXPECT_TRUE(broke(checkGuided(loop, as_it_comes), RuleId::kHintImplied));
}

TEST(Guides, AGuideMayNotStrengthenALoop) {
    const HintedLoop loop;
    std::vector<HintEntry> entries;
    const auto with = [&](const std::function<void(HintEntry&)>& change) {
        return [&entries, change](const LabelHint& joined) {
            entries.clear();
            for (HintEntry entry : joined.entries) {
                if (entry.location == 1) continue;
                if (entry.location == 6) change(entry);
                entries.push_back(entry);
            }
            LabelHint other = joined;
            other.entries = entries;
            return other;
        };
    };
    EXPECT_TRUE(broke(checkGuided(loop, with([](HintEntry& e) { e.value.aux = 0; })),
                      RuleId::kHintImplied));
    EXPECT_TRUE(broke(checkGuided(loop, with([](HintEntry& e) { e.value.aux = 12345; })),
                      RuleId::kHintMalformed));
    EXPECT_TRUE(broke(checkGuided(loop, with([](HintEntry& e) { e.location = 5000; })),
                      RuleId::kHintMalformed));
    const auto deeper = [](const LabelHint& joined) {
        LabelHint other = joined;
        other.stack_words += 1;
        return other;
    };
    EXPECT_TRUE(broke(checkGuided(loop, deeper), RuleId::kHintImplied));
}

// What the guide gave for the outer loop is copied: the inner loop's answer overwrites it.
TEST(Guides, AGuideMayUseItsMemoryAgain) {
    const HintedLoop loop;
    uint32_t heads[2] = {};
    uint32_t end = 0;
    const auto program = [&](bool clobbers) {
        return assemble([&, clobbers](Assembler& a) {
            asmjit::Label outer = a.newLabel();
            asmjit::Label inner = a.newLabel();
            asmjit::Label out = a.newLabel();
            a.test(sil, 7);
            a.jnz(out);
            a.mov(ecx, 10);
            a.bind(outer);
            heads[0] = static_cast<uint32_t>(a.offset());
            a.inc(dword_ptr(rsi));
            a.mov(edx, 10);
            a.bind(inner);
            heads[1] = static_cast<uint32_t>(a.offset());
            if (clobbers) a.mov(esi, 5);
            a.dec(edx);
            a.jnz(inner);
            a.dec(ecx);
            a.jnz(outer);
            a.bind(out);
            end = static_cast<uint32_t>(a.offset());
            a.mov(rax, kNone);
            a.ret();
        });
    };
    std::vector<HintEntry> memory;
    const auto check = [&](bool clobbers) {
        const Bytes code = program(clobbers);
        unsigned answers = 0;
        const auto answer = [&](const LabelHint& joined) {
            const bool is_inner = answers++ != 0;
            memory.clear();
            for (const HintEntry& entry : joined.entries) {
                const bool is_counter = entry.location == 1 || entry.location == 2;
                const bool is_lost = clobbers && is_inner && entry.location == 6;
                if (!is_counter && !is_lost) memory.push_back(entry);
            }
            LabelHint weaker = joined;
            weaker.entries = memory;
            return weaker;
        };
        Workspace workspace;
        decode(code, kCodeAddress, workspace.program());
        TestGuide guide({{.offset = heads[0], .is_joined = true, .is_loop = true, .entries = {}},
                         {.offset = heads[1], .is_joined = true, .is_loop = true, .entries = {}},
                         {.offset = end, .is_joined = true, .entries = {}}},
                        answer);
        Verdict verdict;
        verify::check(workspace.program(), workspace.memory(), loop.world.trusted, guide, verdict);
        return verdict;
    };
    EXPECT_TRUE(check(false).ok);
    const Verdict verdict = check(true);
    ASSERT_EQ(verdict.violations.size(), 1U);
    EXPECT_EQ(verdict.violations[0].rule, RuleId::kHintImplied);
    EXPECT_EQ(verdict.violations[0].message.find(format("edge %x -> %x", end - 2, heads[0])), 0U);
}

// All ways into the loop count, not the last one alone.
TEST(Guides, AGuideKnowsTheLastWayOnly) {
    World world;
    uint32_t offset = 0;
    const Bytes code = assemble([&](Assembler& a) {
        asmjit::Label head = a.newLabel();
        asmjit::Label out = a.newLabel();
        a.mov(ecx, 10);
        a.test(edx, 1);
        a.jnz(head);
        a.test(sil, 7);
        a.jnz(out);
        a.bind(head);
        offset = static_cast<uint32_t>(a.offset());
        a.inc(dword_ptr(rsi));
        a.dec(ecx);
        a.jnz(head);
        a.mov(rax, kNone);
        a.ret();
        a.bind(out);
        a.mov(rax, kNone);
        a.ret();
    });
    std::vector<HintEntry> entries;
    const auto answer = [&entries](const LabelHint& joined) {
        entries.clear();
        for (HintEntry entry : joined.entries) {
            if (entry.location == 6) {
                const uint32_t symbol = entry.value.sym;
                entry.value = object(kNoType);
                entry.value.sym = symbol;
            }
            if (entry.location != 1) entries.push_back(entry);
        }
        LabelHint stronger = joined;
        stronger.entries = entries;
        return stronger;
    };
    Workspace workspace;
    decode(code, kCodeAddress, workspace.program());
    TestGuide guide({{.offset = offset, .is_joined = true, .is_loop = true, .entries = {}}},
                    answer);
    Verdict verdict;
    verify::check(workspace.program(), workspace.memory(), world.trusted, guide, verdict);
    EXPECT_TRUE(broke(verdict, RuleId::kHintImplied));
}

// In whichever order the two ends of nested loops come, what the inner one changes is known at the
// head of the outer one.
TEST(Guides, AnInnerLoopMayEndBehindTheOuterOne) {
    for (const bool inner_falls : {false, true}) {
        World world;
        const Bytes code = assemble([&](Assembler& a) {
            asmjit::Label outer = a.newLabel();
            asmjit::Label inner = a.newLabel();
            asmjit::Label other = a.newLabel();
            const auto end_inner = [&] {
                a.mov(r8, rdx);
                a.jmp(inner);
            };
            const auto end_outer = [&] {
                a.dec(ecx);
                a.jnz(outer);
                a.mov(rax, r8);
                a.ret();
            };
            a.mov(r8, kNone);
            a.mov(ecx, 10);
            a.bind(outer);
            a.nop();
            a.bind(inner);
            a.test(esi, 1);
            a.jnz(other);
            inner_falls ? end_inner() : end_outer();
            a.bind(other);
            inner_falls ? end_outer() : end_inner();
        });
        const Verdict verdict = inferAndVerify(code, kCodeAddress, world.trusted);
        EXPECT_TRUE(verdict.ok) << inner_falls;
    }
}

}  // namespace
}  // namespace tagproof::verify::testing
