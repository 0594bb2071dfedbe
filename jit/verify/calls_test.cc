// Calls, exits, entries and returns: which words each place takes, and what is left behind a call.

#include <tuple>
#include <vector>

#include "jit/verify/machine_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

constexpr uint64_t kFirstHelper = 0x300000000;  // of the tests' own, 16 bytes apart
constexpr uint64_t kWideEntry = 0x100005000;    // a cell with five arguments
constexpr unsigned kArgumentRegisters[] = {7, 6, 2, 1, 8, 9};
const std::vector<RuleId> kNothing;

class Calls : public MachineTest {
  protected:
    Calls() {
        run([](Assembler& s) { s.push(rax); });
    }  // aligns rsp

    static Helper helper(ResultKind result = ResultKind::kNone,
                         CallEffect effect = CallEffect::kMayFree) {
        Helper row;
        row.result = result;
        row.effect = effect;
        return row;
    }
    // Adds a helper; its address.
    uint64_t add(Helper row) {
        row.address = kFirstHelper + 16 * next_++;
        world_.helpers.push_back(row);
        world_.shared.helpers = world_.helpers;
        return row.address;
    }
    uint64_t addExit() {
        Helper row = helper(ResultKind::kValueOrNull);
        row.is_exit = true;
        return add(row);
    }
    Flow call(uint64_t helper) {
        return run([&](Assembler& s) { s.mov(rax, helper), s.call(rax); });
    }
    // What an exit with that row says of the words in the buffer.
    bool exits(uint64_t helper, std::span<const ExitWord> words) {
        exit_ = Exit{.id = 1, .words = words};
        world_.trusted.exits = std::span(&exit_, 1);
        put(kRsi, constant(1));
        call(helper);
        return broken.empty();
    }
    void storeExit(unsigned k, const Abstract& a) {
        put(kR9, a);
        run([&](Assembler& s) {
            s.mov(qword_ptr(rdi, layout::kThreadDeoptValues + 8 * static_cast<int>(k)), r9);
        });
    }

    uint64_t next_ = 0;
    Exit exit_;
};

TEST_F(Calls, ArgumentsByKind) {
    const Abstract words[] = {
        pointer(Kind::kThread, 0),
        pointer(Kind::kThread, 8),
        value(false),
        value(true),
        object(0),
        Abstract{.kind = Kind::kDict, .low = kPointerLow},
        anyInteger(),
        constant(5),
        constant(static_cast<int64_t>(kNone)),
        constant(static_cast<int64_t>(kValueCell)),
        pointer(Kind::kStack, 0),
        Abstract{.kind = Kind::kSlot, .low = kSlotLow},
        integer(static_cast<int64_t>(kValueCell), static_cast<int64_t>(kValueCell) + 8),
        constant(static_cast<int64_t>(kName)),
        constant(static_cast<int64_t>(kCache)),
        integer(static_cast<int64_t>(kCache) - 1, static_cast<int64_t>(kCache))};
    const std::pair<ArgKind, const char*> rows[] = {
        // the thread, 8 behind; value, or null, object, dict; numbers: any, 5, None, the cell;
        // the frame, a slot word, two cells; name, cache, either
        {ArgKind::kThread, "1000000000000000"},      {ArgKind::kValue, "0010100110000111"},
        {ArgKind::kValueOrNull, "0011100110000111"}, {ArgKind::kObject, "0000110010000000"},
        {ArgKind::kInt, "0011101111001111"},         {ArgKind::kConst, "0000000111000110"},
        {ArgKind::kDouble, "1111111111111111"},      {ArgKind::kCell, "0000000011000000"},
        {ArgKind::kHandle, "0000000000000010"}};
    for (const auto& [kind, allowed] : rows) {
        Helper row = helper();
        row.arg_count = 1;
        row.args[0] = kind;
        row.handle_sorts[0] = 'C';
        const uint64_t address = add(row);
        for (size_t k = 0; k < std::size(words); ++k) {
            state().set(kRdi, words[k]);
            call(address);
            const auto expected = allowed[k] == '1' ? kNothing : std::vector{RuleId::kArgument};
            EXPECT_EQ(broken, expected) << static_cast<int>(kind) << " " << k;
        }
    }
}

TEST_F(Calls, ArgumentsByPlace) {
    Helper six = helper();
    six.arg_count = 6;
    for (ArgKind& kind : six.args) kind = ArgKind::kValue;
    const uint64_t address = add(six);
    Helper mixed = helper();
    mixed.arg_count = 3;
    mixed.args[0] = mixed.args[2] = ArgKind::kValue;
    mixed.args[1] = ArgKind::kDouble;  // takes no general register
    const uint64_t other = add(mixed);
    for (unsigned bad = 0; bad <= 6; ++bad) {
        const auto fill = [&] {
            for (unsigned k = 0; k < 6; ++k) {
                put(kArgumentRegisters[k], k == bad ? top() : value(false));
            }
        };
        fill();
        call(address);
        EXPECT_EQ(broken.empty(), bad == 6) << bad;
        fill();
        call(other);
        EXPECT_EQ(broken.empty(), bad > 1) << bad;
    }
}

TEST_F(Calls, HandlesByPlace) {
    Helper row = helper();
    row.arg_count = 3;
    row.args[0] = ArgKind::kDouble;  // takes no general register, but a place of the row
    row.args[1] = row.args[2] = ArgKind::kHandle;
    row.handle_sorts[1] = 'N';
    row.handle_sorts[2] = 'C';
    const uint64_t address = add(row);
    const Abstract name = constant(static_cast<int64_t>(kName));
    const Abstract cache = constant(static_cast<int64_t>(kCache));
    for (const auto& [first, second, fits] :
         {std::tuple{name, cache, true}, std::tuple{cache, name, false},
          std::tuple{name, name, false}, std::tuple{cache, cache, false}}) {
        put(kArgumentRegisters[0], first);
        put(kArgumentRegisters[1], second);
        call(address);
        EXPECT_EQ(broken.empty(), fits);
    }
}

TEST_F(Calls, EntriesByPlace) {
    world_.entry_cells.push_back({.address = kWideEntry, .arg_count = 5});
    world_.trusted.entry_cells = world_.entry_cells;
    for (const auto& [cell, arguments] : {std::pair{kEntryCell, 2U}, std::pair{kWideEntry, 5U}}) {
        for (unsigned bad = 0; bad <= 6; ++bad) {
            for (unsigned k = 0; k < 6; ++k) put(kArgumentRegisters[k], value(false));
            put(kRdi, pointer(Kind::kThread, 0));
            if (bad < 6) put(kArgumentRegisters[bad], top());
            run([at = cell](Assembler& s) { s.mov(rax, at), s.call(qword_ptr(rax)); });
            EXPECT_EQ(broken.empty(), bad > arguments) << bad;
            expectWord(kRax, value(true));
            EXPECT_EQ(at(kRsi), top());
        }
    }
    // The thread, not what is near it.
    for (unsigned k = 1; k < 6; ++k) put(kArgumentRegisters[k], value(false));
    put(kRdi, pointer(Kind::kThread, 8));
    run([](Assembler& s) { s.mov(rax, kEntryCell), s.call(qword_ptr(rax)); });
    EXPECT_EQ(broken, std::vector{RuleId::kArgument});
}

TEST_F(Calls, ResultsByKind) {
    Abstract object_or_null = value(true);
    object_or_null.low = kPointerLow;
    const std::pair<ResultKind, Abstract> rows[] = {{ResultKind::kNone, top()},
                                                    {ResultKind::kValue, value(false)},
                                                    {ResultKind::kValueOrNull, value(true)},
                                                    {ResultKind::kObject, object(kNoType)},
                                                    {ResultKind::kObjectOrNull, object_or_null},
                                                    {ResultKind::kInt, anyInteger()},
                                                    {ResultKind::kDouble, top()},
                                                    {ResultKind::kNever, top()}};
    for (const auto& [kind, expected] : rows) {
        const uint64_t address = add(helper(kind));
        EXPECT_EQ(call(address), kind == ResultKind::kNever ? Flow::kStop : Flow::kNext);
        expectWord(kRax, expected);
        EXPECT_EQ(at(kRax).sym != 0, isNameable(expected.kind));
    }
    Helper sentinel = helper(ResultKind::kInt);
    sentinel.result_is_sentinel = true;
    call(add(sentinel));
    expectWord(kRax, anyInteger(kSentinelLow));
}

TEST_F(Calls, WhatSurvives) {
    const uint64_t leaf = add(helper(ResultKind::kNone, CallEffect::kLeaf));
    const uint64_t other = add(helper());
    for (const uint64_t address : {leaf, other}) {
        for (uint32_t k = 0; k < kRegisterCount; ++k) {
            if (k != kRsp) put(k, anyInteger());
        }
        call(address);
        for (uint32_t k = 0; k < kRegisterCount; ++k) {
            if (k == kRsp) continue;
            const bool saved = k == 3 || k == 5 || k >= 12;
            EXPECT_EQ(at(k).kind, saved ? Kind::kInt : Kind::kTop) << k;
        }
    }
    // Also behind a call that is refused.
    for (uint32_t k = 0; k < kRegisterCount; ++k) {
        if (k != kRsp) put(k, object(0));
    }
    run([](Assembler& s) { s.call(rsi); });
    EXPECT_EQ(broken, std::vector{RuleId::kCallTarget});
    EXPECT_EQ(at(kRsi), top());
    EXPECT_EQ(at(kRbx).aux, kNoType);
    run([](Assembler& s) { s.push(rax); });
    call(leaf);
    EXPECT_EQ(broken, std::vector{RuleId::kStackAlign});
}

// What a call that may free leaves of each fact, and that a leaf leaves all.
TEST_F(Calls, FactsByKind) {
    const uint64_t leaf = add(helper(ResultKind::kNone, CallEffect::kLeaf));
    const uint64_t other = add(helper());
    const auto flagged = [](Abstract a, uint8_t flags) {
        a.flags = flags;
        a.aux = 77;
        return a;
    };
    Abstract managed = object(kNoType);
    managed.flags = Abstract::kManaged;
    Abstract counted = object(4);
    counted.map = 3;
    Abstract counted_only = object(kNoType);
    counted_only.map = 3;
    Abstract free_number = integer(0, 9);
    const std::pair<Abstract, Abstract> rows[] = {
        {object(kNoType), object(kNoType)},
        {object(0), managed},
        {object(2), object(kNoType)},
        {counted, object(kNoType)},
        {counted_only, object(kNoType)},
        {pointer(Kind::kType, 0, 77), object(kNoType)},
        {Abstract{.kind = Kind::kSlot, .low = kSlotValuesLow}, top()},
        {pointer(Kind::kVals, 0, 0), top()},
        {Abstract{.kind = Kind::kDict, .low = kPointerLow}, top()},
        {pointer(Kind::kBuf, 0, 77), top()},
        {pointer(Kind::kLen, 3, 77), integer(0, kMaxLength)},
        {flagged(free_number, Abstract::kBounded), free_number},
        {flagged(free_number, Abstract::kDerived), flagged(free_number, Abstract::kDerived)},
        {free_number, free_number},
        {value(true), value(true)},
        {pointer(Kind::kStack, -8), pointer(Kind::kStack, -8)},
        {pointer(Kind::kThread, 0), pointer(Kind::kThread, 0)},
        {pointer(Kind::kSaved, 0, 3), pointer(Kind::kSaved, 0, 3)},
        {top(), top()}};
    for (const auto& [before, after] : rows) {
        for (const uint32_t place : {kRbx, kRegisterCount}) {
            put(place, before);
            const uint32_t symbol = at(place).sym;
            call(leaf);
            expectWord(place, before);
            call(other);
            expectWord(place, after);
            const bool same = after.kind != Kind::kTop && before.kind != Kind::kLen;
            if (same) {
                EXPECT_EQ(at(place).sym, symbol) << toString(before, machine_.tables());
            }
            // Whatever else a word of that kind says.
            Abstract odd = before;
            odd.aux = odd.kind == Kind::kObj ? odd.aux : 5;
            odd.flags |= Abstract::kManaged;
            put(place, odd);
            call(other);
            if (before == after && before.kind != Kind::kObj) expectWord(place, odd);
        }
    }
}

TEST_F(Calls, ExitWordsByKind) {
    const uint64_t exit = addExit();
    const Abstract words[] = {value(false), value(true), object(0),
                              anyInteger(), constant(1), pointer(Kind::kStack, 0)};
    const std::pair<ExitWord, const char*> rows[] = {
        //                                                       v n o i 1 s d
        {{.kind = WordKind::kTagged}, "1010100"},
        {{.kind = WordKind::kTagged, .nullable = true}, "1110100"},
        {{.ownership = WordOwnership::kImmediate}, "0000100"},
        {{.kind = WordKind::kInt64}, "1111100"},
        {{.kind = WordKind::kDouble}, "1111101"}};
    for (const auto& [want, allowed] : rows) {
        const std::span<const ExitWord> row(&want, 1);
        for (size_t k = 0; k < std::size(words); ++k) {
            put(kRdi, pointer(Kind::kThread, 0));
            storeExit(0, words[k]);
            EXPECT_EQ(exits(exit, row), allowed[k] == '1') << static_cast<int>(want.kind) << k;
        }
        put(kRdi, pointer(Kind::kThread, 0));
        run([](Assembler& s) { s.movsd(qword_ptr(rdi, layout::kThreadDeoptValues), xmm1); });
        EXPECT_EQ(exits(exit, row), allowed[6] == '1') << static_cast<int>(want.kind);
    }
}

TEST_F(Calls, ExitWordsAreOfThisBlock) {
    const uint64_t exit = addExit();
    const ExitWord want{.kind = WordKind::kInt64};
    const std::span<const ExitWord> row(&want, 1);
    const auto store = [&] {
        put(kRdi, pointer(Kind::kThread, 0));
        storeExit(0, constant(1));
    };
    store();
    EXPECT_TRUE(exits(exit, row));
    EXPECT_FALSE(exits(exit, row));  // the call has been in between
    store();
    machine_.load(LabelHint{.stack_words = 1, .entries = {}});
    EXPECT_FALSE(exits(exit, row));
    store();
    machine_.enter();
    run([](Assembler& s) { s.push(rax); });
    EXPECT_FALSE(exits(exit, row));
    const Machine::Fork fork = machine_.fork();
    store();
    machine_.rejoin(fork);
    EXPECT_FALSE(exits(exit, row));
}

TEST_F(Calls, ExitBufferIsFinite) {
    world_.thread_fields.back().count = kMaxExitWords;
    const uint64_t exit = addExit();
    const std::vector<ExitWord> words(kMaxExitWords + 1, ExitWord{.kind = WordKind::kInt64});
    const auto storeAll = [&] {
        put(kRdi, pointer(Kind::kThread, 0));
        for (unsigned k = 0; k < kMaxExitWords; ++k) storeExit(k, constant(1));
    };
    storeAll();
    EXPECT_TRUE(exits(exit, std::span(words).first(kMaxExitWords)));
    storeAll();
    EXPECT_FALSE(exits(exit, words));
    EXPECT_EQ(broken, std::vector{RuleId::kExit});
    EXPECT_FALSE(exits(exit, std::vector<ExitWord>(1'000'000)));
    EXPECT_EQ(broken, std::vector{RuleId::kExit});
}

TEST_F(Calls, EntryContract) {
    for (unsigned count = 0; count <= 6; ++count) {
        world_.trusted.arg_count = count;
        for (const EntryKind kind : {EntryKind::kNormal, EntryKind::kLoop}) {
            world_.trusted.entry = kind;
            for (uint32_t k = 0; k < kRegisterCount; ++k) {
                if (k != kRsp) put(k, value(true));
            }
            machine_.enter();
            for (uint32_t k = 0; k < kRegisterCount; ++k) {
                const bool saved = k == 3 || k == 5 || k >= 12;
                Abstract expected = saved ? pointer(Kind::kSaved, 0, k) : top();
                if (k == kRsp) expected = pointer(Kind::kStack, 0);
                if (k == kRdi) expected = pointer(Kind::kThread, 0);
                for (unsigned i = 1; i < 6 && i <= count && kind == EntryKind::kNormal; ++i) {
                    if (k == kArgumentRegisters[i]) expected = value(false);
                }
                expectWord(k, expected);
            }
            const bool is_normal = kind == EntryKind::kNormal;
            EXPECT_EQ(state().next_symbol, 1 + (is_normal ? std::min(count, 5U) : 0));
        }
    }
}

TEST_F(Calls, Returns) {
    const auto leaves = [this](const std::function<void()>& spoil, EntryKind kind) {
        world_.trusted.entry = kind;
        machine_.enter();
        put(kRax, value(true));
        spoil();
        EXPECT_EQ(run([](Assembler& s) { s.ret(); }), Flow::kStop);
        return broken;
    };
    const auto saved = std::vector{RuleId::kCalleeSaved};
    for (const EntryKind kind : {EntryKind::kNormal, EntryKind::kLoop}) {
        EXPECT_EQ(leaves([] {}, kind), kNothing);
        for (const uint32_t reg : {3U, 5U, 12U, 13U, 14U, 15U}) {
            EXPECT_EQ(leaves([&] { state().set(reg, top()); }, kind), saved) << reg;
            EXPECT_EQ(leaves([&] { put(reg, pointer(Kind::kVals, 0, reg)); }, kind), saved);
            EXPECT_EQ(leaves([&] { put(reg, pointer(Kind::kSaved, 0, reg ^ 1)); }, kind), saved);
        }
        EXPECT_EQ(leaves([&] { state().set(kRax, top()); }, kind),
                  std::vector{RuleId::kReturnValue});
        EXPECT_EQ(leaves([&] { run([](Assembler& s) { s.push(rax); }); }, kind),
                  std::vector{RuleId::kReturnStack});
        const auto sentinel =
            kind == EntryKind::kLoop ? kNothing : std::vector{RuleId::kReturnValue};
        EXPECT_EQ(leaves([&] { put(kRax, anyInteger(kSentinelLow)); }, kind), sentinel);
    }
}

}  // namespace
}  // namespace tagproof::verify::testing
