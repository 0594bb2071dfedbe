// The abstract state: what is taken back, which facts reach which words, what implies a hint.

#include "jit/verify/state.h"

#include <memory>

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

class States : public ::testing::Test {
  protected:
    States() : state_(std::make_unique<State>()) { state_->clear(0); }

    static Abstract named(Abstract a, uint32_t symbol) {
        a.sym = symbol;
        return a;
    }
    static Abstract flagged(Abstract a, uint8_t flags, uint32_t aux, uint32_t map = 0) {
        a.flags = flags;
        a.aux = aux;
        a.map = map;
        return a;
    }
    // Does a state with these words imply these words? Locations 1, 2, ...
    bool implied(const std::vector<Abstract>& words,
                 const std::vector<Abstract>& wanted,
                 uint32_t stack_words = 0) {
        state_->clear(0);
        std::vector<HintEntry> entries;
        for (uint32_t k = 0; k < words.size(); ++k) {
            state_->set(k + 1, words[k]);
            entries.push_back({k + 1, wanted[k]});
        }
        const LabelHint hint{.stack_words = stack_words, .symbol_count = 9, .entries = entries};
        return state_->implies(hint, tables_, location_);
    }

    World world_;
    Tables tables_{world_.trusted};
    std::unique_ptr<State> state_;
    uint32_t location_ = 99;
};

TEST_F(States, ChangesAreTakenBack) {
    state_->set(1, constant(1));
    const State::Mark outer = state_->mark();
    state_->set(1, constant(2));
    state_->set(1, constant(3));
    EXPECT_EQ(state_->mark().log_size, 1U);  // a location is logged once
    state_->undo(outer);
    EXPECT_EQ(state_->at(1).lo, 1);
    const State::Mark first = state_->mark();
    state_->set(1, constant(2));
    state_->setStackWords(3);
    const State::Mark second = state_->mark();
    state_->set(1, constant(3));
    state_->set(2, constant(4));
    state_->setStackWords(5);
    state_->undo(second);
    EXPECT_EQ(state_->stack_words, 3U);
    EXPECT_EQ(state_->at(1).lo, 2);
    EXPECT_EQ(state_->at(2), top());
    const uint32_t logged = second.log_size;
    state_->set(1, constant(5));  // logged before the second mark
    EXPECT_EQ(state_->mark().log_size, logged);
    state_->undo(first);
    EXPECT_EQ(state_->stack_words, 0U);
    EXPECT_EQ(state_->at(1).lo, 1);
    // Without a mark nothing is logged.
    state_->set(1, constant(6));
    state_->set(2, constant(7));
    EXPECT_EQ(state_->mark().log_size, 0U);
}

TEST_F(States, ClearForgetsMarks) {
    static_cast<void>(state_->mark());
    state_->set(1, constant(1));
    state_->clear(5);
    EXPECT_EQ(state_->stack_words, 5U);
    for (uint32_t k = 0; k < state_->locations(); ++k) EXPECT_EQ(state_->at(k), top());
    state_->set(1, constant(1));
    EXPECT_EQ(state_->mark().log_size, 0U);
}

// All changes of facts are taken back, too.
TEST_F(States, RefinementsAreTakenBack) {
    const std::vector<Abstract> words = {
        named(value(true), 7), flagged(anyInteger(), Abstract::kDerived, 7, kIdentityMap),
        named(integer(0, 9), 8), named(object(kNoType), 9), pointer(Kind::kBuf, 0, 9)};
    for (uint32_t k = 0; k < words.size(); ++k) state_->set(k + 1, words[k]);
    const State::Mark mark = state_->mark();
    EXPECT_TRUE(state_->refine(words[0], Constraint{.low = kPointerLow, .non_zero = true}));
    EXPECT_TRUE(state_->refine(words[2], Constraint{.hi = 5}));
    state_->setType(9, 0, tables_);
    state_->setMinimumLength(9, 3);
    for (uint32_t k = 0; k < words.size(); ++k) EXPECT_NE(state_->at(k + 1), words[k]) << k;
    state_->undo(mark);
    for (uint32_t k = 0; k < words.size(); ++k) EXPECT_EQ(state_->at(k + 1), words[k]) << k;
}

TEST_F(States, NotZero) {
    const auto narrowed = [this](const Abstract& a) {
        state_->set(1, named(a, 7));
        EXPECT_TRUE(state_->refine(named(a, 7), Constraint{.non_zero = true}));
        return state_->at(1);
    };
    EXPECT_EQ(narrowed(integer(0, 9)).lo, 1);
    EXPECT_EQ(narrowed(integer(-9, 0)).hi, -1);
    EXPECT_EQ(narrowed(integer(-9, 9)), named(integer(-9, 9), 7));
    EXPECT_EQ(narrowed(flagged(anyInteger(3), kNullOnly, 0)).low, 2);
    EXPECT_EQ(narrowed(anyInteger(3)).low, 3);
    EXPECT_FALSE(has(narrowed(value(true)), Abstract::kNullable));
}

TEST_F(States, Bounds) {
    const auto bounded = [this](const Abstract& a) {
        state_->set(1, named(a, 7));
        EXPECT_TRUE(state_->refine(named(a, 7), Constraint{.lo = 0, .bound_owner = 5}));
        return state_->at(1);
    };
    Abstract a = bounded(flagged(anyInteger(), Abstract::kDerived, 3, kIdentityMap));
    EXPECT_EQ(a.flags, Abstract::kBounded);
    EXPECT_EQ(a.aux, 5U);
    EXPECT_EQ(a.map, 0U);
    EXPECT_EQ(bounded(flagged(integer(-5, 5), kHalfWord, 0)).flags, kHalfWord);
}

// A copy that cannot be what the comparison says rules the edge out, whatever its operand is.
TEST_F(States, ACopyThatDoesNotFit) {
    state_->set(1, named(integer(0, 9), 7));
    state_->set(2, named(integer(20, 30), 7));
    EXPECT_TRUE(state_->refine(named(integer(0, 30), 7), Constraint{.hi = 25}));
    EXPECT_FALSE(state_->refine(named(integer(0, 9), 7), Constraint{.hi = 5}));
}

// Words with the symbol of a tested word, by kind.
TEST_F(States, CopiesOfOtherKinds) {
    const Abstract tested = named(value(true), 7);
    const auto copy = [&](const Abstract& a, uint8_t low) {
        state_->set(1, tested);
        state_->set(2, a);
        return state_->refine(tested, Constraint{.low = low});
    };
    EXPECT_TRUE(copy(named(anyInteger(), 7), kPointerLow));
    EXPECT_EQ(state_->at(2).low, kPointerLow);
    EXPECT_FALSE(copy(named(anyInteger(2), 7), kPointerLow));
    EXPECT_FALSE(copy(named(flagged(value(true), 0, 0), 7), kNeverLow));
    Abstract fixnum = named(value(false), 7);
    fixnum.low = 2;
    EXPECT_FALSE(copy(fixnum, kPointerLow));
    Abstract slot = named(Abstract{.kind = Kind::kSlot, .low = kSlotValuesLow}, 7);
    EXPECT_FALSE(copy(slot, kPointerLow));
    for (const Abstract& pointer : {object(0), pointer(Kind::kType, 0, 3),
                                    Abstract{.kind = Kind::kDict, .low = kPointerLow}}) {
        EXPECT_TRUE(copy(named(pointer, 7), kPointerLow));
        EXPECT_FALSE(copy(named(pointer, 7), 2));
        EXPECT_FALSE(state_->refine(named(pointer, 0), Constraint{.low = 2}));
    }
    for (const Kind kind : {Kind::kTop, Kind::kVals, Kind::kBuf, Kind::kLen, Kind::kStack,
                            Kind::kThread, Kind::kSaved}) {
        Abstract other = named(pointer(kind, 0), 7);
        other.low = 2;
        other.flags = Abstract::kNullable;
        EXPECT_TRUE(copy(other, kPointerLow));
        EXPECT_EQ(state_->at(2), other);
    }
    // Bounds are those of numbers alone.
    state_->set(2, tested);
    EXPECT_TRUE(state_->refine(named(integer(0, 9), 7), Constraint{.hi = 5}));
    EXPECT_EQ(state_->at(2), tested);
}

TEST_F(States, DerivedWords) {
    const Abstract tested = named(value(true), 7);
    const auto other = [&](const Abstract& a) {
        state_->set(1, tested);
        state_->set(2, a);
        return state_->refine(tested, Constraint{.low = kPointerLow});
    };
    EXPECT_TRUE(other(flagged(anyInteger(), Abstract::kDerived, 7, kIdentityMap)));
    EXPECT_EQ(state_->at(2).low, kPointerLow);
    EXPECT_FALSE(other(flagged(anyInteger(2), Abstract::kDerived, 7, kIdentityMap)));
    for (const Abstract& a : {flagged(anyInteger(), Abstract::kDerived, 8, kIdentityMap),
                              flagged(anyInteger(), Abstract::kBounded, 7),
                              flagged(Abstract{.kind = Kind::kVals}, Abstract::kDerived, 7)}) {
        EXPECT_TRUE(other(a));
        EXPECT_EQ(state_->at(2), a);
    }
}

TEST_F(States, OnlyWordsOfTheFrame) {
    state_->setStackWords(1);
    state_->set(kRegisterCount, named(value(true), 7));
    state_->setStackWords(0);
    EXPECT_TRUE(state_->refine(named(value(true), 7), Constraint{.low = kPointerLow}));
    EXPECT_EQ(state_->at(kRegisterCount), named(value(true), 7));
    state_->setStackWords(1);
    state_->set(kRegisterCount, named(integer(0, 9), 7));
    state_->setStackWords(0);
    EXPECT_TRUE(state_->refine(named(integer(0, 9), 7), Constraint{.hi = 5}));
    EXPECT_EQ(state_->at(kRegisterCount), named(integer(0, 9), 7));
}

TEST_F(States, Refinements) {
    const auto refine = [this](const Abstract& a, const Constraint& constraint) {
        state_->set(1, a);
        state_->set(2, named(value(true), 0));
        return state_->refine(a, constraint);
    };
    EXPECT_TRUE(refine(named(value(false), 7), Constraint{.lo = 0, .hi = 5}));
    EXPECT_TRUE(refine(named(value(false), 7), Constraint{.lo = -5, .hi = 0}));
    EXPECT_FALSE(refine(named(value(false), 7), Constraint{.lo = 0, .hi = 0}));
    EXPECT_TRUE(refine(named(value(true), 7), Constraint{.lo = 1}));
    EXPECT_FALSE(has(state_->at(1), Abstract::kNullable));
    // Words without a symbol are not copies of each other.
    EXPECT_TRUE(refine(value(true), Constraint{.low = kPointerLow}));
    EXPECT_EQ(state_->at(2), value(true));
    // Counts.
    state_->set(3, pointer(Kind::kBuf, 0, 5));
    EXPECT_TRUE(refine(pointer(Kind::kLen, 0, 5), Constraint{.lo = -1}));
    EXPECT_EQ(state_->at(3).map, 0U);
    EXPECT_FALSE(refine(pointer(Kind::kLen, 3, 5), Constraint{.hi = 2}));
    EXPECT_FALSE(refine(pointer(Kind::kLen, 3, 5), Constraint{.lo = kMaxLength + 1}));
    EXPECT_TRUE(refine(pointer(Kind::kLen, 3, 5), Constraint{.lo = kMaxLength, .hi = 3}));
}

TEST_F(States, ImplyWhatTheyHold) {
    EXPECT_TRUE(implied({integer(0, 50)}, {integer(0, 50)}));
    EXPECT_FALSE(implied({integer(0, 50)}, {integer(0, 49)}));
    EXPECT_EQ(location_, 1U);
    EXPECT_FALSE(implied({integer(0, 50)}, {integer(1, 50)}));
    EXPECT_FALSE(implied({object(0)}, {object(1)}));
    EXPECT_FALSE(implied({object(0)}, {flagged(object(0), 0, 0, 3)}));
    EXPECT_FALSE(implied({pointer(Kind::kStack, 0)}, {pointer(Kind::kStack, 8)}));
    EXPECT_FALSE(implied({Abstract{}}, {object(kNoType)}));
    EXPECT_FALSE(implied({Abstract{.low = 0}}, {Abstract{.kind = Kind::kDict, .low = 1}}));
    EXPECT_TRUE(implied({Abstract{.low = 0}}, {top()}));
    EXPECT_FALSE(implied({}, {}, 1));
    EXPECT_EQ(location_, kRsp);
}

TEST_F(States, ImplyRelations) {
    const Abstract a = named(value(false), 11);
    const Abstract b = named(value(false), 12);
    const Abstract x = named(value(false), 1);
    const Abstract y = named(value(false), 2);
    EXPECT_TRUE(implied({a, a}, {x, x}));
    EXPECT_TRUE(implied({a, a}, {x, y}));
    EXPECT_TRUE(implied({a, b}, {x, y}));
    EXPECT_FALSE(implied({a, b}, {x, x}));
    EXPECT_EQ(location_, 2U);
    EXPECT_FALSE(implied({named(a, 0)}, {x}));
    for (const Kind kind : {Kind::kLen, Kind::kBuf, Kind::kType}) {
        EXPECT_TRUE(implied({a, pointer(kind, 0, 11)}, {x, pointer(kind, 0, 1)}));
        EXPECT_FALSE(implied({a, pointer(kind, 0, 12)}, {x, pointer(kind, 0, 1)}));
        EXPECT_FALSE(implied({a, pointer(kind, 0, 0)}, {x, pointer(kind, 0, 2)}));
    }
    const Abstract index = flagged(integer(0, 9), Abstract::kBounded, 12);
    EXPECT_TRUE(implied({b, index}, {x, flagged(integer(0, 9), Abstract::kBounded, 1)}));
    EXPECT_FALSE(implied({a, index}, {x, flagged(integer(0, 9), Abstract::kBounded, 1)}));
}

}  // namespace
}  // namespace tagproof::verify::testing
