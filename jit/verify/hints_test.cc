// Hints are untrusted: missing, lying and malformed ones cost a rejection and nothing else.

#include "jit/verify/hints_test_support.h"
#include "jit/verify/state_text.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

TEST(Hints, ByHand) {
    const HintedLoop loop;
    const auto head = loop.entries({{6, loop.object}});
    EXPECT_TRUE(loop.check(head, loop.saved).ok);
}

TEST(Hints, WeakerThanNeededCostsARejection) {
    const HintedLoop loop;
    const Verdict verdict = loop.check(loop.saved, loop.saved);
    EXPECT_TRUE(broke(verdict, RuleId::kBase));
}

TEST(Hints, Missing) {
    const HintedLoop loop;
    const Verdict verdict = verify(loop.code, kCodeAddress, loop.world.trusted, Hints{});
    EXPECT_TRUE(broke(verdict, RuleId::kHintMissing));
}

TEST(Hints, EachLieIsCaught) {
    const HintedLoop loop;
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
    const HintedLoop loop;
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
    const HintedLoop loop;
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
    const HintedLoop loop;
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
    const HintedLoop loop;
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
    const HintedLoop loop;
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
