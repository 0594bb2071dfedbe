// Hints are untrusted: missing, lying and malformed ones cost a rejection and nothing else.

#include "jit/verify/random_program_test_support.h"

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
