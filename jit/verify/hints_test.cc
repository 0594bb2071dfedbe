// Hints are untrusted: missing, lying and malformed ones cost a rejection and nothing else.

#include "jit/verify/check.h"
#include "jit/verify/random_program_test_support.h"
#include "jit/verify/state_text.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

// f(thread, a, b): while a heap object: count it; the loop needs the label's state.
struct Loop {
    Loop() {
        code = assemble([this](Assembler& a) {
            asmjit::Label head = a.newLabel();
            asmjit::Label out = a.newLabel();
            a.test(sil, 7);
            a.jnz(out);
            a.mov(ecx, 10);
            a.bind(head);
            head_offset = static_cast<uint32_t>(a.offset());
            a.inc(dword_ptr(rsi));
            a.dec(ecx);
            a.jnz(head);
            a.bind(out);
            out_offset = static_cast<uint32_t>(a.offset());
            a.mov(rax, kNone);
            a.ret();
        });
        object.kind = Kind::kObj;
        object.low = 1;
        object.aux = kNoType;
        object.sym = 1;
        for (const unsigned reg : {3U, 5U, 12U, 13U, 14U, 15U}) {
            saved.push_back({reg, Abstract{.kind = Kind::kSaved, .aux = reg}});
        }
    }

    // Callee-saved registers plus `more`, sorted.
    std::vector<HintEntry> entries(std::vector<HintEntry> more) const {
        more.insert(more.end(), saved.begin(), saved.end());
        std::sort(more.begin(), more.end(),
                  [](const HintEntry& x, const HintEntry& y) { return x.location < y.location; });
        return more;
    }
    Verdict check(std::span<const HintEntry> head, std::span<const HintEntry> out) const {
        const LabelHint labels[] = {
            {.offset = head_offset, .symbol_count = 4, .entries = head},
            {.offset = out_offset, .symbol_count = 4, .entries = out},
        };
        return verify(code, kCodeAddress, world.trusted, Hints{labels});
    }

    World world;
    Bytes code;
    uint32_t head_offset = 0;
    uint32_t out_offset = 0;
    Abstract object;
    std::vector<HintEntry> saved;
};

bool broke(const Verdict& verdict, RuleId rule) {
    return std::ranges::any_of(verdict.violations,
                               [rule](const Violation& v) { return v.rule == rule; });
}

TEST(Hints, ByHand) {
    const Loop loop;
    const auto head = loop.entries({{6, loop.object}});
    EXPECT_TRUE(loop.check(head, loop.saved).ok);
}

TEST(Hints, WeakerThanNeededCostsARejection) {
    const Loop loop;
    const Verdict verdict = loop.check(loop.saved, loop.saved);
    EXPECT_TRUE(broke(verdict, RuleId::kBase));
}

TEST(Hints, Missing) {
    const Loop loop;
    const Verdict verdict = verify(loop.code, kCodeAddress, loop.world.trusted, Hints{});
    EXPECT_TRUE(broke(verdict, RuleId::kHintMissing));
}

TEST(Hints, EachLieIsCaught) {
    const Loop loop;
    const Abstract type_known = [&] {
        Abstract a = loop.object;
        a.aux = 0;
        return a;
    }();
    const Abstract managed = [&] {
        Abstract a = loop.object;
        a.flags = Abstract::kManaged;
        return a;
    }();
    const Abstract count{.kind = Kind::kInt, .low = 0xFF, .sym = 2, .lo = 0, .hi = 5};
    const Abstract low{.kind = Kind::kInt, .low = 1, .sym = 2, .lo = kMin, .hi = kMax};
    const Abstract same{.kind = Kind::kInt, .low = 0xFF, .sym = 1, .lo = kMin, .hi = kMax};
    const Abstract bounded{.kind = Kind::kInt,
                           .low = 0xFF,
                           .flags = Abstract::kBounded,
                           .sym = 2,
                           .aux = 1,
                           .lo = 0,
                           .hi = kMax};
    const Abstract derived{.kind = Kind::kInt,
                           .low = 0xFF,
                           .flags = Abstract::kDerived,
                           .sym = 2,
                           .aux = 1,
                           .map = kIdentityMap,
                           .lo = kMin,
                           .hi = kMax};
    const Abstract stack{.kind = Kind::kStack};
    const Abstract saved{.kind = Kind::kSaved, .aux = 3};
    const Abstract values{.kind = Kind::kVals, .aux = 0};
    const Abstract slot{.kind = Kind::kSlot, .low = 0x80, .sym = 3, .aux = 0};
    const std::vector<std::pair<uint32_t, Abstract>> lies = {
        {6, type_known}, {6, managed}, {2, loop.object}, {1, count},  {1, low},  {1, bounded},
        {1, derived},    {1, stack},   {1, saved},       {2, values}, {2, slot}, {8, loop.object}};
    for (const auto& [location, lie] : lies) {
        std::vector<HintEntry> more{{location, lie}};
        if (location != 6) more.push_back({6, loop.object});
        const Verdict verdict = loop.check(loop.entries(more), loop.saved);
        EXPECT_TRUE(broke(verdict, RuleId::kHintImplied))
            << location << " " << toString(lie, Tables(loop.world.trusted));
    }
    // Two locations that do not hold equal words.
    const auto head = loop.entries({{1, same}, {6, loop.object}});
    EXPECT_TRUE(broke(loop.check(head, loop.saved), RuleId::kHintImplied));
}

// The first stack word, of which the loop knows the low half only; a register has no such half.
TEST(Hints, StackWordsMayBeHalf) {
    const Loop loop;
    uint32_t head_offset = 0;
    const Bytes code = assemble([&](Assembler& a) {
        asmjit::Label head = a.newLabel();
        a.sub(rsp, 8);
        a.mov(dword_ptr(rsp), 5);
        a.mov(ecx, 10);
        a.bind(head);
        head_offset = static_cast<uint32_t>(a.offset());
        a.dec(ecx);
        a.jnz(head);
        a.add(rsp, 8);
        a.mov(rax, kNone);
        a.ret();
    });
    Abstract half = constant(5);
    half.flags = kHalfWord;
    const auto check = [&](uint32_t location) {
        const std::vector<HintEntry> entries = loop.entries({{location, half}});
        const LabelHint labels[] = {
            {.offset = head_offset, .stack_words = 1, .symbol_count = 4, .entries = entries}};
        return verify(code, kCodeAddress, loop.world.trusted, Hints{labels});
    };
    EXPECT_TRUE(check(kRegisterCount).ok);
    EXPECT_TRUE(broke(check(0), RuleId::kHintMalformed));
}

// The message names the label and what is wrong with it, at its instruction if there is one.
TEST(Hints, MalformedSaysWhich) {
    const Loop loop;
    const auto messageOf = [&](std::vector<LabelHint> hints) {
        const Verdict verdict = verify(loop.code, kCodeAddress, loop.world.trusted, Hints{hints});
        for (const Violation& violation : verdict.violations) {
            if (violation.rule == RuleId::kHintMalformed) return violation.message;
        }
        return std::string();
    };
    const std::vector<HintEntry> good = loop.entries({{6, loop.object}});
    std::vector<HintEntry> bad = good;
    bad.push_back({2, loop.object});
    const uint32_t head = loop.head_offset;
    const std::string at = format(" at +0x%x: ", head);
    EXPECT_EQ(messageOf({{.offset = head + 1, .symbol_count = 4, .entries = good}}),
              format("label 0 at +0x%x: no instruction begins there", head + 1));
    EXPECT_EQ(messageOf({{.offset = head, .symbol_count = 4, .entries = good},
                         {.offset = head, .symbol_count = 4, .entries = good}}),
              "label 1" + at + "label 0 is there already");
    EXPECT_EQ(messageOf({{.offset = head, .stack_words = 100000, .entries = {}}}),
              "label 0" + at + "a frame of 100000 words, 0 symbols: at most 512 and 1056");
    EXPECT_EQ(messageOf({{.offset = head, .symbol_count = 4, .entries = bad}}),
              "label 0" + at +
                  format("entry %u for location 2 (rdx) is malformed or out of order",
                         static_cast<unsigned>(good.size())));
}

TEST(Hints, Malformed) {
    const Loop loop;
    const auto good = loop.entries({{6, loop.object}});
    const auto with = [&](uint32_t location, Abstract value) {
        std::vector<HintEntry> entries = good;
        entries.push_back({location, value});
        return entries;
    };
    std::vector<std::vector<HintEntry>> bad;
    bad.push_back(with(16, loop.object));  // no such stack word
    bad.push_back(with(5000, loop.object));
    bad.push_back(with(2, loop.object));  // out of order
    std::vector<HintEntry> rsp = good;
    rsp[1].location = 4;
    bad.push_back(rsp);
    for (const auto& mutate : std::vector<std::function<void(Abstract&)>>{
             [](Abstract& a) { a.kind = static_cast<Kind>(99); }, [](Abstract& a) { a.sym = 77; },
             [](Abstract& a) { a.aux = 12345; }, [](Abstract& a) { a.lo = int64_t{1} << 60; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kInt, .low = 0}; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kInt, .lo = 3, .hi = 2}; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kInt, .flags = kHalfWord, .hi = 5}; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kInt, .flags = 64, .hi = 5}; },
             [](Abstract& a) { a.flags = 128; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kValue, .low = 0xFF}; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kSlot, .low = 3}; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kSaved, .aux = 16}; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kLen, .aux = 0}; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kLen, .aux = 1, .lo = -1}; },
             [](Abstract& a) { a = Abstract{.kind = Kind::kBuf, .aux = 9}; }}) {
        std::vector<HintEntry> entries = good;
        for (HintEntry& entry : entries) {
            if (entry.location == 6) mutate(entry.value);
        }
        bad.push_back(entries);
    }
    for (size_t k = 0; k < bad.size(); ++k) {
        EXPECT_TRUE(broke(loop.check(bad[k], loop.saved), RuleId::kHintMalformed)) << k;
    }
    const LabelHint inside[] = {
        {.offset = loop.head_offset + 1, .symbol_count = 4, .entries = good}};
    EXPECT_TRUE(broke(verify(loop.code, kCodeAddress, loop.world.trusted, Hints{inside}),
                      RuleId::kHintMalformed));
    const LabelHint twice[] = {
        {.offset = loop.head_offset, .symbol_count = 4, .entries = good},
        {.offset = loop.head_offset, .symbol_count = 4, .entries = good},
        {.offset = loop.out_offset, .symbol_count = 4, .entries = loop.saved}};
    EXPECT_FALSE(verify(loop.code, kCodeAddress, loop.world.trusted, Hints{twice}).ok);
    const LabelHint deep[] = {{.offset = loop.head_offset, .stack_words = 100000, .entries = {}}};
    EXPECT_FALSE(verify(loop.code, kCodeAddress, loop.world.trusted, Hints{deep}).ok);
}

// A hint at a place that nothing jumps to is checked like any other.
TEST(Hints, LieAtAnUnusedPlace) {
    World world;
    uint32_t at = 0;
    const Bytes code = assemble([&](Assembler& a) {
        a.nop();
        at = static_cast<uint32_t>(a.offset());
        a.inc(dword_ptr(rsi));
        a.ret();
    });
    const HintEntry lie[] = {{6, Abstract{.kind = Kind::kObj, .low = 1, .sym = 1, .aux = kNoType}}};
    const LabelHint label[] = {{.offset = at, .symbol_count = 1, .entries = lie}};
    EXPECT_TRUE(
        broke(verify(code, kCodeAddress, world.trusted, Hints{label}), RuleId::kHintImplied));
}

// A label without a state: the join of the ways that come before its turn.
TEST(Hints, Joined) {
    const Loop loop;
    const auto head = loop.entries({{6, loop.object}});
    const LabelHint given{.offset = loop.head_offset, .symbol_count = 4, .entries = head};
    const LabelHint joined{.offset = loop.out_offset, .is_joined = true, .entries = {}};
    const LabelHint in_order[] = {given, joined};
    EXPECT_TRUE(verify(loop.code, kCodeAddress, loop.world.trusted, Hints{in_order}).ok);
    // What is joined before the loop has been seen says more of rsi than the loop leaves.
    LabelHint early[] = {joined, given};
    EXPECT_TRUE(broke(verify(loop.code, kCodeAddress, loop.world.trusted, Hints{early}),
                      RuleId::kHintImplied));
    early[0].keep = 0xF028;         // only the callee-saved registers
    early[0].stack_words = 100000;  // not looked at
    EXPECT_TRUE(verify(loop.code, kCodeAddress, loop.world.trusted, Hints{early}).ok);
    early[0].keep = 0;
    EXPECT_TRUE(broke(verify(loop.code, kCodeAddress, loop.world.trusted, Hints{early}),
                      RuleId::kCalleeSaved));
}

TEST(Hints, ReachedAfterItsTurnOnly) {
    World world;
    uint32_t last_offset = 0;
    uint32_t middle_offset = 0;
    const Bytes code = assemble([&](Assembler& a) {
        asmjit::Label middle = a.newLabel();
        asmjit::Label last = a.newLabel();
        a.test(esi, 1);
        a.jnz(middle);
        a.jmp(middle);
        a.bind(last);
        last_offset = static_cast<uint32_t>(a.offset());
        a.mov(rax, kNone);
        a.ret();
        a.bind(middle);
        middle_offset = static_cast<uint32_t>(a.offset());
        a.test(edx, 1);
        a.jnz(last);
        a.jmp(last);
    });
    const LabelHint last{.offset = last_offset, .is_joined = true, .entries = {}};
    const LabelHint middle{.offset = middle_offset, .is_joined = true, .entries = {}};
    const LabelHint good[] = {middle, last};
    EXPECT_TRUE(verify(code, kCodeAddress, world.trusted, Hints{good}).ok);
    const LabelHint bad[] = {last, middle};
    EXPECT_TRUE(broke(verify(code, kCodeAddress, world.trusted, Hints{bad}), RuleId::kHintMissing));
}

// What no way leads to is not executed.
TEST(Hints, NothingComesToALabel) {
    World world;
    uint32_t offset = 0;
    const Bytes code = assemble([&](Assembler& a) {
        a.mov(rax, kNone);
        a.ret();
        offset = static_cast<uint32_t>(a.offset());
        a.mov(rax, qword_ptr(rsi));
        a.ret();
    });
    const LabelHint labels[] = {{.offset = offset, .is_joined = true, .entries = {}}};
    EXPECT_TRUE(verify(code, kCodeAddress, world.trusted, Hints{labels}).ok);
}

// Symbols that are made behind a label are none of the label's.
TEST(Hints, SymbolsBehindALabel) {
    World world;
    uint32_t offset = 0;
    const Bytes code = assemble([&](Assembler& a) {
        asmjit::Label out = a.newLabel();
        a.nop();
        offset = static_cast<uint32_t>(a.offset());
        a.mov(rax, qword_ptr(rdi, layout::kThreadCallee));  // another word
        a.test(al, 7);
        a.jnz(out);
        a.inc(dword_ptr(rsi));
        a.bind(out);
        a.mov(rax, kNone);
        a.ret();
    });
    const Loop loop;
    for (uint32_t symbol = 1; symbol < 20; ++symbol) {
        Abstract word = value(false);
        word.sym = symbol;
        const auto entries =
            loop.entries({{6, word}, {7, Abstract{.kind = Kind::kThread, .low = 0xFF}}});
        const LabelHint label[] = {{.offset = offset, .symbol_count = symbol, .entries = entries}};
        const Verdict verdict = verify(code, kCodeAddress, world.trusted, Hints{label});
        EXPECT_TRUE(broke(verdict, RuleId::kBase)) << symbol;
    }
}

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

Verdict checkGuided(const Loop& loop, const std::function<LabelHint(const LabelHint&)>& answer) {
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

TEST(Hints, AGuideMayWeakenALoop) {
    const Loop loop;
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

TEST(Hints, AGuideMayNotStrengthenALoop) {
    const Loop loop;
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
TEST(Hints, AGuideMayUseItsMemoryAgain) {
    const Loop loop;
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
TEST(Hints, AGuideKnowsTheLastWayOnly) {
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
TEST(Hints, AnInnerLoopMayEndBehindTheOuterOne) {
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

// Random changes of good hints never make the checker accept what it must not, nor crash. The code
// under test has a fault that only a false fact could hide.
TEST(Hints, MutatedHintsNeverHideAFault) {
    World world;
    const Bytes code = assemble([&](Assembler& a) {
        asmjit::Label head = a.newLabel();
        asmjit::Label other = a.newLabel();
        a.sub(rsp, 24);
        a.mov(qword_ptr(rsp), rsi);
        a.mov(r8, rdx);
        a.bind(head);
        a.inc(dword_ptr(rsi));  // rsi is not proven to be an object
        a.cmp(rsi, r8);
        a.je(other);
        a.dec(rdx);
        a.jnz(head);
        a.bind(other);
        a.add(rsp, 24);
        a.mov(rax, kNone);
        a.ret();
    });
    Workspace workspace;
    decode(code, kCodeAddress, workspace.program());
    InferredHints inferred;
    infer(workspace, world.trusted, inferred);
    Random random(7);
    for (int round = 0; round < 20000; ++round) {
        std::vector<LabelHint> labels(inferred.hints().labels.begin(),
                                      inferred.hints().labels.end());
        std::vector<std::vector<HintEntry>> entries;
        for (LabelHint& label : labels) {
            auto& mine = entries.emplace_back(label.entries.begin(), label.entries.end());
            for (int k = 0; k < 3 && !mine.empty(); ++k) {
                Abstract& a = mine[random() % mine.size()].value;
                switch (random() % 8) {
                    case 0:
                        a.kind = static_cast<Kind>(random() % (kKindCount + 1));
                        break;
                    case 1:
                        a.low = static_cast<uint8_t>(random());
                        break;
                    case 2:
                        a.flags = static_cast<uint8_t>(random());
                        break;
                    case 3:
                        a.sym = random() % (label.symbol_count + 2);
                        break;
                    case 4:
                        a.aux = random() % 3 == 0 ? kNoType : random() % 8;
                        break;
                    case 5:
                        a.lo = static_cast<int64_t>(random() % 64) - 32;
                        break;
                    case 6:
                        a.hi = static_cast<int64_t>(random() % 64) - 32;
                        break;
                    default:
                        a.map = random();
                        break;
                }
            }
            label.entries = mine;
        }
        ASSERT_FALSE(verify(code, kCodeAddress, world.trusted, Hints{labels}).ok) << round;
    }
}

}  // namespace
}  // namespace tagproof::verify::testing
