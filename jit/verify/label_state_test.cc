// Joins at labels: what is kept, and which words count as equal afterwards.

#include "jit/verify/label_state.h"

#include "jit/verify/machine.h"
#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

constexpr uint64_t kKeepAll = ~uint64_t{0};

class LabelStates : public ::testing::Test {
  protected:
    using Words = std::vector<std::pair<uint32_t, Abstract>>;  // location, word

    LabelStates() : state_(std::make_unique<State>()) {}

    static Abstract named(Abstract a, uint32_t symbol, uint32_t aux = 0) {
        a.sym = symbol;
        if (aux != 0) a.aux = aux;
        return a;
    }
    // VALUE words with these symbols in locations 1, 2, ...
    static Words values(const std::vector<uint32_t>& symbols) {
        Words words;
        for (const uint32_t symbol : symbols) {
            const auto location =
                static_cast<uint32_t>(words.size() < 3 ? words.size() + 1 : words.size() + 2);
            words.emplace_back(location, named(value(false), symbol));
        }
        return words;
    }
    void setState(const Words& words, uint32_t stack_words = 0) {
        state_->clear(stack_words);
        state_->set(kRsp, pointer(Kind::kStack, -8 * int64_t{stack_words}));
        for (const auto& [location, word] : words) state_->set(location, word);
    }
    LabelState assigned(const Words& words, uint64_t keep = kKeepAll, uint32_t stack_words = 0) {
        setState(words, stack_words);
        LabelState label;
        joiner_.assign(label, *state_, keep, store_);
        return label;
    }
    bool join(LabelState& label, const Words& words) {
        setState(words);
        return joiner_.join(label, *state_, tables_);
    }
    static std::vector<uint32_t> symbolsOf(const LabelState& label) {
        std::vector<uint32_t> symbols;
        for (const HintEntry& entry : label.known.entries) symbols.push_back(entry.value.sym);
        return symbols;
    }
    using Numbers = std::vector<uint32_t>;

    World world_;
    Tables tables_{world_.trusted};
    std::unique_ptr<State> state_;
    EntryStore store_;
    LabelJoiner joiner_;
};

TEST_F(LabelStates, SymbolsAreNumberedInOrder) {
    const LabelState label = assigned(values({70, 5, 70, 9}));
    EXPECT_EQ(symbolsOf(label), (Numbers{1, 2, 1, 3}));
    EXPECT_EQ(label.known.symbol_count, 3U);
    EXPECT_EQ(symbolsOf(assigned(values({5, 70}))), (Numbers{1, 2}));
}

TEST_F(LabelStates, WhatIsKept) {
    const Words words = {{1, named(value(false), 3)}, {2, named(value(false), 4)},
                         {62, constant(1)},           {63, constant(2)},
                         {64, constant(3)},           {79, constant(4)}};
    const auto locations = [](const LabelState& label) {
        Numbers all;
        for (const HintEntry& entry : label.known.entries) all.push_back(entry.location);
        return all;
    };
    EXPECT_EQ(locations(assigned(words, kKeepAll, 64)), (Numbers{1, 2, 62, 63, 64, 79}));
    EXPECT_EQ(locations(assigned(words, uint64_t{1} << 2 | uint64_t{1} << 63, 64)),
              (Numbers{2, 63, 64, 79}));
    EXPECT_EQ(locations(assigned(words, 0, 64)), (Numbers{64, 79}));
    // Beyond the frame is nothing, whatever was there.
    setState(words, 64);
    state_->setStackWords(46);
    LabelState label;
    joiner_.assign(label, *state_, kKeepAll, store_);
    EXPECT_EQ(locations(label), (Numbers{1, 2}));
    EXPECT_EQ(label.known.stack_words, 46U);
}

// Two words of the join are equal where they were so on both sides, and only there.
TEST_F(LabelStates, EqualOnBothSides) {
    const auto joined = [this](const Numbers& before, const Numbers& arriving) {
        LabelState label = assigned(values(before));
        join(label, values(arriving));
        const Numbers symbols = symbolsOf(label);
        EXPECT_GE(label.known.symbol_count, *std::ranges::max_element(symbols));
        return symbols;
    };
    EXPECT_EQ(joined({1, 1, 2}, {7, 7, 8}), (Numbers{1, 1, 2}));
    EXPECT_EQ(joined({1, 1}, {7, 8}), (Numbers{1, 2}));
    EXPECT_EQ(joined({1, 2}, {7, 7}), (Numbers{1, 2}));
    EXPECT_EQ(joined({1, 1, 1, 1}, {7, 8, 7, 8}), (Numbers{1, 2, 1, 2}));
    EXPECT_EQ(joined({1, 1, 1, 1}, {7, 8, 9, 8}), (Numbers{1, 2, 3, 2}));
    EXPECT_EQ(joined({1, 2, 1, 2}, {7, 8, 8, 8}), (Numbers{1, 2, 3, 2}));
    EXPECT_EQ(joined({1, 0, 1}, {7, 8, 0}), (Numbers{1, 0, 0}));
}

TEST_F(LabelStates, JoinsDoNotSeeEachOther) {
    LabelState first = assigned(values({1, 1, 2, 2}));
    LabelState second = assigned(values({1, 1, 2, 2}));
    EXPECT_TRUE(join(first, values({7, 8, 9, 9})));
    EXPECT_EQ(symbolsOf(first), (Numbers{1, 2, 3, 3}));
    EXPECT_FALSE(join(second, values({8, 8, 7, 7})));
    EXPECT_EQ(symbolsOf(second), (Numbers{1, 1, 2, 2}));
    EXPECT_TRUE(join(second, values({7, 8, 8, 7})));
    EXPECT_EQ(symbolsOf(second), (Numbers{1, 2, 3, 4}));
    EXPECT_EQ(second.known.symbol_count, 4U);
}

TEST_F(LabelStates, ManySymbols) {
    setState({}, 400);
    for (uint32_t k = 0; k < 400; ++k) state_->set(kRegisterCount + k, named(value(false), k + 1));
    LabelState label;
    joiner_.assign(label, *state_, kKeepAll, store_);
    EXPECT_EQ(label.known.symbol_count, 400U);
    for (uint32_t k = 0; k < 400; ++k) {
        state_->set(kRegisterCount + k, named(value(false), 1000 + k / 2));
    }
    EXPECT_FALSE(joiner_.join(label, *state_, tables_));
    EXPECT_EQ(label.known.symbol_count, 400U);
}

// Lengths, storage and relations hang on the symbol in aux.
TEST_F(LabelStates, RelationsToOneSymbol) {
    const Abstract length = pointer(Kind::kLen, 0);
    Abstract derived = anyInteger();
    derived.flags = Abstract::kDerived;
    derived.map = kIdentityMap;
    Abstract bounded = integer(0, 9);
    bounded.flags = Abstract::kBounded;
    for (const Abstract& relation : {length, derived, bounded, pointer(Kind::kBuf, 0)}) {
        const auto state = [&](uint32_t first, uint32_t second, uint32_t owner) {
            return Words{{1, named(object(kNoType), first)},
                         {2, named(object(kNoType), second)},
                         {3, named(relation, 9, owner)}};
        };
        LabelState same = assigned(state(1, 2, 2));
        EXPECT_FALSE(join(same, state(3, 4, 4)));
        EXPECT_EQ(same.known.entries[2].value.aux, same.known.entries[1].value.sym);
        LabelState other = assigned(state(1, 2, 2));
        EXPECT_TRUE(join(other, state(3, 4, 3)));
        for (const HintEntry& entry : other.known.entries) {
            if (entry.location != 3 || !auxIsSymbol(entry.value)) continue;
            EXPECT_NE(entry.value.aux, other.known.entries[0].value.sym);
            EXPECT_NE(entry.value.aux, other.known.entries[1].value.sym);
        }
        LabelState none = assigned({{3, named(relation, 9, 2)}});
        Words without = {{3, named(relation, 9)}};
        EXPECT_TRUE(join(none, without));
        EXPECT_TRUE(none.known.entries.empty() || none.known.entries[0].value.aux != 0);
    }
}

TEST_F(LabelStates, WhatIsForgotten) {
    LabelState label = assigned(
        {{1, named(value(false), 1)}, {2, pointer(Kind::kThread, 0)}, {3, named(value(false), 1)}});
    EXPECT_TRUE(join(label, {{1, named(value(true), 4)}, {3, named(value(true), 4)}}));
    ASSERT_EQ(label.known.entries.size(), 2U);
    EXPECT_EQ(label.known.entries[1].location, 3U);
    EXPECT_TRUE(has(label.known.entries[1].value, Abstract::kNullable));
    EXPECT_EQ(symbolsOf(label), (Numbers{1, 1}));
    EXPECT_FALSE(join(label, {{1, named(value(false), 5)}, {3, named(value(false), 5)}}));
    EXPECT_TRUE(join(label, {{1, named(value(false), 5)}, {3, named(value(false), 6)}}));
    EXPECT_EQ(symbolsOf(label), (Numbers{1, 2}));
}

// Labels share the store's chunks without sharing entries.
TEST_F(LabelStates, EntriesOfManyLabels) {
    std::vector<LabelState> labels;
    for (uint32_t k = 0; k < 3000; ++k) labels.push_back(assigned({{1, constant(k)}, {2, top()}}));
    for (uint32_t k = 0; k < labels.size(); ++k) {
        ASSERT_EQ(labels[k].known.entries.size(), 1U);
        ASSERT_EQ(labels[k].known.entries[0].value.lo, k);
    }
    const HintEntry* first = labels[0].entries;
    store_.clear();
    EXPECT_EQ(assigned({{1, constant(7)}}).entries, first);
}

}  // namespace
}  // namespace tagproof::verify::testing
