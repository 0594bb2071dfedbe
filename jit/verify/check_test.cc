// The pass itself, with hints by hand: detours, labels, second ways, the end of the code, and what
// is never reached.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

class Checks : public ::testing::Test {
  protected:
    // Violations with these hints; labels are bound by `emit` into labels_.
    std::vector<RuleId> broken(const std::function<void(Assembler&)>& emit,
                               std::vector<LabelHint> hints = {}) {
        const Bytes code = assemble(emit);
        for (LabelHint& hint : hints) {
            if (hint.offset == kHere) hint.offset = here_;
        }
        verdict_ = verify(code, kCodeAddress, world_.trusted, Hints{hints});
        std::vector<RuleId> rules;
        for (const Violation& violation : verdict_.violations) rules.push_back(violation.rule);
        EXPECT_EQ(verdict_.ok, rules.empty());
        return rules;
    }
    // The label that hints with offset kHere stand at.
    void here(Assembler& a) { here_ = static_cast<uint32_t>(a.offset()); }
    static void leave(Assembler& a) {
        a.mov(rax, kNone);
        a.ret();
    }
    static std::vector<HintEntry> savedAnd(std::vector<HintEntry> more) {
        for (const uint32_t reg : {3U, 5U, 12U, 13U, 14U, 15U}) {
            more.push_back({reg, pointer(Kind::kSaved, 0, reg)});
        }
        std::ranges::sort(more, {}, &HintEntry::location);
        return more;
    }

    static constexpr uint32_t kHere = 0xFFFFFFFF;
    const std::vector<RuleId> nothing_{};
    World world_;
    Verdict verdict_;
    uint32_t here_ = 0;
};

TEST_F(Checks, DetoursKnowTheirCondition) {
    EXPECT_EQ(broken([](Assembler& a) {
                  asmjit::Label pointer = a.newLabel();
                  a.test(sil, 7);
                  a.jz(pointer);
                  leave(a);
                  a.bind(pointer);
                  a.inc(dword_ptr(rsi));
                  leave(a);
              }),
              nothing_);
}

// `depth` branches, each in the detour of the one before it.
void nest(Assembler& a, unsigned depth) {
    for (unsigned k = 0; k < depth; ++k) {
        asmjit::Label next = a.newLabel();
        a.test(rsi, 8 << k);
        a.jz(next);
        a.mov(rax, kNone);
        a.ret();
        a.bind(next);
    }
    a.mov(rax, kNone);
    a.ret();
}

TEST_F(Checks, DetoursNestFourDeep) {
    EXPECT_EQ(broken([](Assembler& a) { nest(a, kMaxNesting); }), nothing_);
    const auto rules = broken([](Assembler& a) { nest(a, kMaxNesting + 1); });
    ASSERT_FALSE(rules.empty());
    EXPECT_EQ(rules.front(), RuleId::kHintMissing);
    // One after the other they are not nested.
    EXPECT_EQ(broken([](Assembler& a) {
                  std::vector<asmjit::Label> cold;
                  for (unsigned k = 0; k < 3 * kMaxNesting; ++k) {
                      cold.push_back(a.newLabel());
                      a.test(rsi, 8);
                      a.jz(cold.back());
                  }
                  leave(a);
                  for (const asmjit::Label& label : cold) {
                      a.bind(label);
                      leave(a);
                  }
              }),
              nothing_);
}

TEST_F(Checks, SecondWayNeedsAHint) {
    // Two branches to one place.
    EXPECT_EQ(broken([](Assembler& a) {
                  asmjit::Label cold = a.newLabel();
                  a.test(sil, 7);
                  a.jz(cold);
                  a.test(dl, 7);
                  a.jz(cold);
                  leave(a);
                  a.bind(cold);
                  leave(a);
              }),
              std::vector{RuleId::kHintMissing});
    // A branch, and the instruction before it.
    EXPECT_EQ(broken([](Assembler& a) {
                  asmjit::Label next = a.newLabel();
                  a.test(sil, 7);
                  a.jz(next);
                  a.nop();
                  a.bind(next);
                  leave(a);
              }),
              std::vector{RuleId::kHintMissing});
    // The second way would not be harmless.
    EXPECT_NE(broken([](Assembler& a) {
                  asmjit::Label next = a.newLabel();
                  a.test(sil, 7);
                  a.jz(next);
                  a.mov(rsi, rdx);
                  a.bind(next);
                  a.inc(dword_ptr(rsi));
                  leave(a);
              }),
              nothing_);
}

TEST_F(Checks, DetourOffTheEnd) {
    EXPECT_EQ(broken([](Assembler& a) {
                  asmjit::Label last = a.newLabel();
                  a.test(sil, 7);
                  a.jz(last);
                  leave(a);
                  a.bind(last);
                  a.nop();
              }),
              std::vector{RuleId::kFallOffEnd});
    EXPECT_EQ(broken([](Assembler& a) { a.nop(); }), std::vector{RuleId::kFallOffEnd});
}

// A detour that runs into a label must imply its hint.
TEST_F(Checks, DetourIntoALabel) {
    const auto emit = [this](Assembler& a) {
        asmjit::Label cold = a.newLabel();
        asmjit::Label head = a.newLabel();
        a.test(sil, 7);
        a.jnz(cold);
        a.jmp(head);
        a.bind(cold);
        a.nop();
        a.bind(head);
        here(a);
        a.mov(rcx, qword_ptr(rsi, 8));
        leave(a);
    };
    const auto object_hint = savedAnd({{6, object(kNoType)}});
    const auto pointer_hint = savedAnd({{6, value(false)}});
    EXPECT_EQ(broken(emit, {{.offset = kHere, .entries = object_hint}}),
              std::vector{RuleId::kHintImplied});
    EXPECT_EQ(broken(emit, {{.offset = kHere, .entries = pointer_hint}}),
              std::vector{RuleId::kBase});
}

TEST_F(Checks, EntryIsALabelToo) {
    const auto emit = [](Assembler& a) {
        asmjit::Label head = a.newLabel();
        a.bind(head);
        a.mov(rcx, qword_ptr(rsi, 8));
        a.dec(edx);
        a.jnz(head);
        leave(a);
    };
    const auto lie = savedAnd({{6, object(kNoType)}});
    EXPECT_EQ(broken(emit, {{.offset = 0, .entries = lie}}), std::vector{RuleId::kHintImplied});
}

TEST_F(Checks, UnreachedCodeIsLookedAt) {
    const auto behind = [this](const std::function<void(Assembler&)>& more) {
        return broken([&](Assembler& a) {
            leave(a);
            more(a);
        });
    };
    EXPECT_EQ(behind([](Assembler& a) { a.nop(); }), nothing_);
    EXPECT_EQ(behind([](Assembler& a) { a.bsf(rax, rax); }), std::vector{RuleId::kNoRow});
    EXPECT_EQ(behind([](Assembler& a) { a.db(0xEB), a.db(0x7F); }),
              std::vector{RuleId::kBranchTarget});
    EXPECT_EQ(behind([](Assembler& a) { a.db(0xEB), a.db(0xFF); }),  // into itself
              std::vector{RuleId::kBranchTarget});
    EXPECT_EQ(behind([](Assembler& a) { a.db(0x48); }), std::vector{RuleId::kUndecodable});
    ASSERT_FALSE(verdict_.violations.empty());
    EXPECT_EQ(verdict_.violations.back().state, "");
}

TEST_F(Checks, HintSizes) {
    const auto emit = [this](Assembler& a) {
        asmjit::Label head = a.newLabel();
        a.sub(rsp, 4096);
        a.bind(head);
        here(a);
        a.dec(edx);
        a.jnz(head);
        a.add(rsp, 4096);
        leave(a);
    };
    const auto entries = savedAnd({});
    LabelHint hint{.offset = kHere, .stack_words = kMaxStackWords, .entries = entries};
    EXPECT_EQ(broken(emit, {hint}), nothing_);
    hint.symbol_count = 2 * kMaxLocations;
    EXPECT_EQ(broken(emit, {hint}), nothing_);
    ++hint.symbol_count;
    EXPECT_EQ(broken(emit, {hint}).front(), RuleId::kHintMalformed);
    hint.symbol_count = 0;
    ++hint.stack_words;
    EXPECT_EQ(broken(emit, {hint}).front(), RuleId::kHintMalformed);
}

TEST_F(Checks, FarTooLarge) {
    const uint8_t byte = 0xC3;
    const std::span<const uint8_t> code(&byte, kMaxCodeBytes + 1);  // never looked at
    const Verdict verdict = verify(code, kCodeAddress, world_.trusted, Hints{});
    EXPECT_FALSE(verdict.ok);
    EXPECT_EQ(verdict.violation_count, 1U);
}

TEST_F(Checks, ViolationsByOffset) {
    broken([](Assembler& a) {
        asmjit::Label cold = a.newLabel();
        a.test(sil, 7);
        a.jz(cold);
        a.mov(rcx, qword_ptr(rdx));
        leave(a);
        a.bind(cold);
        a.mov(rcx, qword_ptr(rdx));
        leave(a);
    });
    ASSERT_EQ(verdict_.violations.size(), 2U);
    EXPECT_LT(verdict_.violations[0].offset, verdict_.violations[1].offset);
}

// Nothing of one verification reaches the next: neither records nor states.
TEST_F(Checks, WorkspacesAreReused) {
    const auto loop = [](unsigned length) {
        return assemble([&](Assembler& a) {
            asmjit::Label end = a.newLabel();
            for (unsigned k = 0; k < length; ++k) a.mov(rcx, rdx);
            a.test(sil, 7);
            a.jz(end);
            leave(a);
            a.bind(end);
            a.inc(dword_ptr(rsi));
            leave(a);
        });
    };
    Workspace workspace;
    Bytes code;  // what the workspace has decoded last
    for (const unsigned length : {300U, 1U, 100U, 30U}) {
        code = loop(length);
        EXPECT_TRUE(verify(code, kCodeAddress, world_.trusted, Hints{}, workspace).ok) << length;
        Verdict again;
        check(workspace.program(), workspace.memory(), world_.trusted, Hints{}, again);
        EXPECT_TRUE(again.ok);
    }
    // Labels of an earlier check are none of this one's.
    const auto entries = savedAnd({{6, object(kNoType)}});
    const LabelHint hint{.offset = 0, .entries = entries};
    Verdict first;
    check(workspace.program(), workspace.memory(), world_.trusted, Hints{std::span(&hint, 1)},
          first);
    EXPECT_FALSE(first.ok);
    Verdict second;
    check(workspace.program(), workspace.memory(), world_.trusted, Hints{}, second);
    EXPECT_TRUE(second.ok);
}

}  // namespace
}  // namespace tagproof::verify::testing
