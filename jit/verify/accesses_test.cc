// Loads and stores, region by region: which fields take which words, which offsets and indices are
// inside, and what is broken otherwise.

#include <functional>

#include "jit/verify/machine_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;
using K = FieldKind;

constexpr uint64_t kZooType = 0x100000700;  // a field of each kind, all writable but one
constexpr uint32_t kZoo = 6;                // its row
constexpr uint64_t kOddCell = 0x100005004;  // at no multiple of its width
constexpr int kValueAt = 0x20, kNullableAt = 0x28, kWordAt = 0x30, kHalfAt = 0x38, kFrozenAt = 0x3C,
              kDoubleAt = 0x40, kObjectAt = 0x48, kTypeAt = 0x50, kItemsAt = 0x58, kLengthAt = 0x60,
              kHiddenAt = 0x68, kExitAt = 0x70, kArrayAt = 0x78, kInlineAt = 0x90;
const std::vector<RuleId> kNothing;

class Accesses : public MachineTest {
  protected:
    Accesses()
        : zoo_{{.offset = kValueAt, .kind = K::kValue, .writable = true},
               {.offset = kNullableAt, .kind = K::kValueOrNull, .writable = true},
               {.offset = kWordAt, .kind = K::kInt, .writable = true},
               {.offset = kHalfAt, .width = 4, .kind = K::kInt, .writable = true},
               {.offset = kFrozenAt, .width = 4, .kind = K::kInt},
               {.offset = kDoubleAt, .kind = K::kDouble, .writable = true},
               {.offset = kObjectAt, .kind = K::kObject, .writable = true},
               {.offset = kTypeAt, .kind = K::kType, .writable = true},
               {.offset = kItemsAt, .kind = K::kItems, .writable = true},
               {.offset = kLengthAt, .kind = K::kLength, .writable = true},
               {.offset = kHiddenAt, .kind = K::kInt, .readable = false},
               {.offset = kExitAt, .kind = K::kExitWord, .writable = true},
               {.offset = kArrayAt, .count = 3, .kind = K::kValue},
               {.offset = kInlineAt, .kind = K::kInlineItems, .writable = true}} {
        world_.types.push_back(
            {.address = kZooType, .managed = true, .fields = zoo_, .name = "Zoo"});
        world_.shared.types = world_.types;
        world_.regions.push_back({.address = kOddCell, .kind = K::kValue, .writable = true});
        world_.trusted.regions = world_.regions;
        put(kRcx, object(kZoo));
    }

    std::vector<RuleId> load(const Mem& from) {
        run([&](Assembler& s) { s.mov(r8, from); });
        return broken;
    }
    std::vector<RuleId> store(const Mem& to, const Gp& word = r9) {
        run([&](Assembler& s) { s.mov(to, word); });
        return broken;
    }
    static std::vector<RuleId> only(RuleId rule) { return {rule}; }
    static Abstract bounded() {
        Abstract a = integer(0, kMax);
        a.flags = Abstract::kBounded;
        a.aux = 77;
        return a;
    }

    std::vector<Field> zoo_;
};

TEST_F(Accesses, StoresByFieldKind) {
    // value, nullable value, object, number, no word, double
    const std::pair<int, const char*> fields[] = {
        {kValueAt, "101000"},  {kNullableAt, "111000"}, {kWordAt, "111100"},  {kDoubleAt, "111101"},
        {kObjectAt, "001000"}, {kTypeAt, "000000"},     {kItemsAt, "000000"}, {kLengthAt, "000000"},
        {kExitAt, "000000"},   {kInlineAt, "000000"}};
    const Abstract words[] = {value(false), value(true), object(kNoType), anyInteger(), top()};
    for (const auto& [offset, allowed] : fields) {
        for (size_t k = 0; k < std::size(words); ++k) {
            put(kR9, words[k]);
            if (words[k].kind == Kind::kTop) state().set(kR9, top());
            const auto expected = allowed[k] == '1' ? kNothing : only(RuleId::kStoreValue);
            EXPECT_EQ(store(qword_ptr(rcx, offset)), expected) << offset << " " << k;
        }
        run([at = offset](Assembler& s) { s.movsd(qword_ptr(rcx, at), xmm1); });
        EXPECT_EQ(broken, allowed[5] == '1' ? kNothing : only(RuleId::kStoreValue)) << offset;
    }
    put(kR9, value(false));
    EXPECT_EQ(store(dword_ptr(rcx, kHalfAt), r9d), kNothing);
    EXPECT_EQ(store(dword_ptr(rcx, kFrozenAt), r9d), only(RuleId::kStoreRange));
    EXPECT_EQ(store(dword_ptr(rcx, kValueAt), r9d), only(RuleId::kStoreRange));
    EXPECT_EQ(store(dword_ptr(rcx, kValueAt + 4), r9d), only(RuleId::kStoreRange));
    EXPECT_EQ(store(qword_ptr(rcx, kValueAt + 4)), only(RuleId::kStoreRange));
    EXPECT_EQ(store(qword_ptr(rcx, kArrayAt)), only(RuleId::kStoreRange));
    EXPECT_EQ(store(qword_ptr(rcx, 0x1000)), only(RuleId::kStoreValue));  // inline items
}

// What vector instructions read from memory is read as any other word is.
TEST_F(Accesses, VectorReads) {
    const std::function<void(Assembler&, const Mem&)> reads[] = {
        [](Assembler& s, const Mem& m) { s.movsd(xmm1, m); },
        [](Assembler& s, const Mem& m) { s.vmovsd(xmm1, m); },
        [](Assembler& s, const Mem& m) { s.movq(xmm1, m); },
        [](Assembler& s, const Mem& m) { s.vmovq(xmm1, m); },
        [](Assembler& s, const Mem& m) { s.addsd(xmm1, m); },
        [](Assembler& s, const Mem& m) { s.vaddsd(xmm1, xmm2, m); },
        [](Assembler& s, const Mem& m) { s.sqrtsd(xmm1, m); },
        [](Assembler& s, const Mem& m) { s.cvtsi2sd(xmm1, m); },
        [](Assembler& s, const Mem& m) { s.vcvtsi2sd(xmm1, xmm2, m); },
        [](Assembler& s, const Mem& m) { s.cvttsd2si(r8, m); },
        [](Assembler& s, const Mem& m) { s.vcvttsd2si(r8, m); },
        [](Assembler& s, const Mem& m) { s.ucomisd(xmm1, m); },
        [](Assembler& s, const Mem& m) { s.vucomisd(xmm1, m); },
    };
    for (size_t k = 0; k < std::size(reads); ++k) {
        const auto rules = [&](const Mem& from) {
            run([&](Assembler& s) { reads[k](s, from); });
            return broken;
        };
        EXPECT_EQ(rules(qword_ptr(rcx, kDoubleAt)), kNothing) << k;
        EXPECT_EQ(rules(qword_ptr(rcx, kHiddenAt)), only(RuleId::kLoadRange)) << k;
        EXPECT_EQ(rules(qword_ptr(rcx, kInlineAt)), only(RuleId::kLoadRange)) << k;
        EXPECT_EQ(rules(qword_ptr(rcx, kLengthAt)), kNothing) << k;
        EXPECT_EQ(rules(qword_ptr(rdx)), only(RuleId::kBase)) << k;
    }
}

TEST_F(Accesses, LoadsByFieldKind) {
    const uint32_t owner = at(kRcx).sym;
    const std::pair<int, Abstract> fields[] = {
        {kValueAt, value(false)},
        {kNullableAt, value(true)},
        {kWordAt, anyInteger()},
        {kDoubleAt, anyInteger()},
        {kObjectAt, object(kNoType)},
        {kTypeAt, object(kNoType)},
        {kItemsAt, pointer(Kind::kBuf, 0, owner)},
        {kLengthAt, pointer(Kind::kLen, 0, owner)},
        {kExitAt, top()},
        {kArrayAt + 16, value(false)},
        {layout::kObjectType, pointer(Kind::kType, 0, owner)}};
    for (const auto& [offset, expected] : fields) {
        EXPECT_EQ(load(qword_ptr(rcx, offset)), kNothing) << offset;
        expectWord(kR8, expected);
    }
    EXPECT_EQ(load(qword_ptr(rcx, kHiddenAt)), only(RuleId::kLoadRange));
    EXPECT_EQ(load(qword_ptr(rcx, kInlineAt)), only(RuleId::kLoadRange));
    // Parts of fields are numbers or nothing; never across a border.
    for (const int offset : {kHalfAt, kFrozenAt, kWordAt, kWordAt + 4, kDoubleAt}) {
        run([&](Assembler& s) { s.mov(r8d, dword_ptr(rcx, offset)); });
        EXPECT_EQ(broken, kNothing) << offset;
        expectInterval(kR8, 0, 0xFFFFFFFF);
    }
    run([](Assembler& s) { s.movzx(r8d, word_ptr(rcx, kHalfAt + 2)); });
    EXPECT_EQ(broken, kNothing);
    for (const int offset : {kValueAt, kNullableAt, kObjectAt, kTypeAt, kItemsAt, kLengthAt}) {
        run([&](Assembler& s) { s.mov(r8d, dword_ptr(rcx, offset)); });
        EXPECT_EQ(broken, kNothing) << offset;
        expectInterval(kR8, 0, 0xFFFFFFFF);
        EXPECT_EQ(at(kR8).flags, 0);
    }
    run([](Assembler& s) { s.movzx(r8d, word_ptr(rcx, kHalfAt + 3)); });
    EXPECT_EQ(broken, only(RuleId::kLoadRange));
    EXPECT_EQ(load(qword_ptr(rcx, kHalfAt)), only(RuleId::kLoadRange));
    EXPECT_EQ(load(qword_ptr(rcx, kValueAt + 4)), only(RuleId::kLoadRange));
    // A half of a slot word is nothing.
    run([](Assembler& s) { s.mov(r8d, dword_ptr(rcx, layout::kObjectSlot)); });
    EXPECT_EQ(broken, kNothing);
    expectInterval(kR8, 0, 0xFFFFFFFF);
    EXPECT_EQ(at(kR8).flags, 0);
    run([](Assembler& s) { s.mov(r8d, dword_ptr(rcx, layout::kObjectSlot + 4)); });
    EXPECT_EQ(broken, kNothing);
    EXPECT_EQ(at(kR8).low, kAnyLow);
}

TEST_F(Accesses, DerivedPointers) {
    const uint32_t owner = at(kRcx).sym;
    run([](Assembler& s) { s.add(rcx, 8), s.mov(r8, qword_ptr(rcx, kItemsAt - 8)); });
    EXPECT_EQ(broken, kNothing);
    EXPECT_EQ(at(kR8).kind, Kind::kBuf);
    EXPECT_NE(at(kR8).aux, owner);
    EXPECT_NE(at(kR8).aux, at(kRcx).sym);
    EXPECT_NE(at(kR8).aux, 0U);
    put(kR9, value(false));
    EXPECT_EQ(store(qword_ptr(rcx, kValueAt - 8)), kNothing);
    run([](Assembler& s) { s.inc(dword_ptr(rcx, -8)); });
    EXPECT_EQ(broken, only(RuleId::kRefcount));
}

TEST_F(Accesses, BasesByKind) {
    const std::pair<Abstract, RuleId> bases[] = {
        {top(), RuleId::kBase},
        {value(false), RuleId::kBase},
        {integer(0, 8), RuleId::kBase},
        {integer(static_cast<int64_t>(kCounter64), static_cast<int64_t>(kCounter64) + 8),
         RuleId::kBase},
        {pointer(Kind::kLen, 0, 77), RuleId::kBase},
        {pointer(Kind::kSaved, 0, 3), RuleId::kBase},
        {constant(0x1234), RuleId::kBase},
        {pointer(Kind::kDict, 0), RuleId::kSlotBase},
        {Abstract{.kind = Kind::kSlot, .low = kSlotLow}, RuleId::kSlotBase},
        {Abstract{.kind = Kind::kSlot, .low = kPointerLow}, RuleId::kSlotBase}};
    put(kR9, value(false));
    for (const auto& [base, rule] : bases) {
        put(kRcx, base);
        EXPECT_EQ(load(qword_ptr(rcx)), only(rule));
        EXPECT_EQ(store(qword_ptr(rcx)), only(rule));
        put(kRdx, constant(1));
        EXPECT_EQ(load(qword_ptr(rcx, rdx, 3)), only(rule));
        put(kRdx, top());
        EXPECT_EQ(load(qword_ptr(rcx, rdx, 3)), only(rule));
    }
}

TEST_F(Accesses, ConstantIndices) {
    put(kRdx, constant(1));
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3, kValueAt)), kNothing);
    expectWord(kR8, value(true));
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3, kHiddenAt - 16)), kNothing);
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3, kHiddenAt - 8)), only(RuleId::kLoadRange));
    put(kRdx, constant(kMax));  // times 8: wraps
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3, kNullableAt)), only(RuleId::kBase));
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 0, kNullableAt)), only(RuleId::kBase));
    put(kR8, pointer(Kind::kVals, 0, 0));
    put(kRdx, constant(8));
    EXPECT_EQ(store(qword_ptr(r8, rdx), rdx), only(RuleId::kStoreValue));
    EXPECT_EQ(load(qword_ptr(r8, rdx)), kNothing);
    expectWord(kR8, value(true));
    // The pointer may be the index.
    put(kRdx, constant(kNullableAt));
    EXPECT_EQ(load(qword_ptr(rdx, rcx)), kNothing);
    expectWord(kR8, value(true));
    EXPECT_EQ(load(qword_ptr(rdx, rcx, 3)), only(RuleId::kBase));
}

TEST_F(Accesses, IndicesInIntervals) {
    put(kRcx, pointer(Kind::kVals, 0, 0));  // 4 words
    put(kR9, value(false));
    const auto expectBoth = [this](const Mem& memory, const std::vector<RuleId>& expected) {
        EXPECT_EQ(load(memory), expected);
        EXPECT_EQ(store(memory), expected);
    };
    put(kRdx, integer(0, 3));
    expectBoth(qword_ptr(rcx, rdx, 3), kNothing);
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3)), kNothing);
    expectWord(kR8, value(true));
    expectBoth(qword_ptr(rcx, rdx, 3, 8), only(RuleId::kValuesRange));
    put(kRdx, integer(-1, 3));
    expectBoth(qword_ptr(rcx, rdx, 3), only(RuleId::kValuesRange));
    put(kRdx, integer(0, 3));
    expectBoth(qword_ptr(rcx, rdx, 2), only(RuleId::kValuesRange));
    expectBoth(qword_ptr(rcx, 4), only(RuleId::kValuesRange));
    run([](Assembler& s) { s.mov(r8d, dword_ptr(rcx, 8)); });
    EXPECT_EQ(broken, only(RuleId::kValuesRange));
    run([](Assembler& s) { s.movzx(r8d, byte_ptr(rcx, 8)); });
    EXPECT_EQ(broken, only(RuleId::kValuesRange));
    run([](Assembler& s) { s.test(byte_ptr(rcx, 8), 7); });
    EXPECT_EQ(broken, only(RuleId::kValuesRange));
    constexpr int64_t kLimit = int64_t{1} << 32;
    put(kRdx, integer(0, kLimit));
    expectBoth(qword_ptr(rcx, rdx, 3), only(RuleId::kValuesRange));
    put(kRdx, integer(0, kLimit + 1));
    expectBoth(qword_ptr(rcx, rdx, 3), only(RuleId::kBase));
    put(kRdx, integer(-kLimit, 0));
    expectBoth(qword_ptr(rcx, rdx, 3), only(RuleId::kValuesRange));
    put(kRdx, integer(-kLimit - 1, 0));
    expectBoth(qword_ptr(rcx, rdx, 3), only(RuleId::kBase));
    put(kRdx, value(false));
    expectBoth(qword_ptr(rcx, rdx, 3), only(RuleId::kBase));
}

// Only values have elements at an index that is not exactly known, and only items below a count.
TEST_F(Accesses, InexactOffsets) {
    put(kR9, value(false));
    run([](Assembler& s) { s.sub(rsp, 32); });
    const auto cell = static_cast<int64_t>(kValueCell);
    put(kRsi, constant(cell));
    state().set(kRegisterCount + 3, value(false));
    struct Place {
        Mem memory;
        RuleId load, store;
    };
    const Place places[] = {
        {qword_ptr(rsp, rdx, 3), RuleId::kStackRange, RuleId::kStackRange},
        {qword_ptr(rcx, rdx, 3, kValueAt), RuleId::kLoadRange, RuleId::kStoreRange},
        {qword_ptr(rcx, rdx, 3, kInlineAt), RuleId::kLoadRange, RuleId::kStoreRange},
        {qword_ptr(rdi, rdx, 3, layout::kThreadArgs), RuleId::kLoadRange, RuleId::kStoreRange},
        {qword_ptr(rsi, rdx, 3), RuleId::kBase, RuleId::kBase},
    };
    for (const Abstract& index : {integer(0, 1), bounded()}) {
        put(kRdx, index);
        for (const Place& place : places) {
            EXPECT_EQ(load(place.memory), only(place.load));
            EXPECT_EQ(store(place.memory), only(place.store));
        }
    }
    put(kR8, pointer(Kind::kVals, 0, 0));
    run([](Assembler& s) { s.mov(rax, qword_ptr(r8, rdx, 3)); });
    EXPECT_EQ(broken, only(RuleId::kValuesRange));
    run([](Assembler& s) { s.mov(qword_ptr(r8, rdx, 3), r9); });
    EXPECT_EQ(broken, only(RuleId::kValuesRange));
}

TEST_F(Accesses, Items) {
    put(kRdx, bounded());
    put(kRcx, pointer(Kind::kBuf, 0, 77));
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3)), kNothing);
    expectWord(kR8, value(false));
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3, 8)), only(RuleId::kLoadRange));
    run([](Assembler& s) { s.mov(r8d, dword_ptr(rcx, rdx, 3)); });
    EXPECT_EQ(broken, only(RuleId::kLoadRange));
    Abstract index = integer(0, 3);
    index.flags = Abstract::kBounded;
    index.aux = 77;
    put(kRdx, index);
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 2)), only(RuleId::kLoadRange));
    put(kRcx, pointer(Kind::kBuf, 0, 78));
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3)), only(RuleId::kLoadRange));
    // Below a proven count no index is needed.
    Abstract items = pointer(Kind::kBuf, 0, 78);
    items.map = 2;
    put(kRcx, items);
    EXPECT_EQ(load(qword_ptr(rcx, 8)), kNothing);
    EXPECT_EQ(load(qword_ptr(rcx, 16)), only(RuleId::kLoadRange));
    EXPECT_EQ(load(qword_ptr(rcx, -8)), only(RuleId::kLoadRange));
    EXPECT_EQ(load(qword_ptr(rcx, 4)), only(RuleId::kLoadRange));
    put(kRdx, integer(0, 1));
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3)), kNothing);
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 2)), only(RuleId::kLoadRange));
    // Never written, even where the thread would be.
    items.lo = layout::kThreadRecursionDepth;
    put(kRcx, items);
    put(kR9, constant(1));
    EXPECT_EQ(store(dword_ptr(rcx), r9d), only(RuleId::kStoreRange));
}

TEST_F(Accesses, InlineItems) {
    put(kRdx, bounded());
    Abstract owner = object(kZoo);
    owner.sym = 77;
    state().set(kRcx, owner);
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3, kInlineAt)), kNothing);
    expectWord(kR8, value(false));
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3, kInlineAt + 8)), only(RuleId::kLoadRange));
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3, kArrayAt)), only(RuleId::kLoadRange));
    run([](Assembler& s) { s.mov(r8d, dword_ptr(rcx, rdx, 3, kInlineAt)); });
    EXPECT_EQ(broken, only(RuleId::kLoadRange));
    owner.sym = 78;
    state().set(kRcx, owner);
    EXPECT_EQ(load(qword_ptr(rcx, rdx, 3, kInlineAt)), only(RuleId::kLoadRange));
    owner.map = 2;
    state().set(kRcx, owner);
    EXPECT_EQ(load(qword_ptr(rcx, kInlineAt + 8)), kNothing);
    EXPECT_EQ(load(qword_ptr(rcx, kInlineAt + 16)), only(RuleId::kLoadRange));
}

TEST_F(Accesses, Cells) {
    const auto expectCell = [this](uint64_t address, const Abstract& expected) {
        put(kRsi, constant(static_cast<int64_t>(address)));
        EXPECT_EQ(load(qword_ptr(rsi)), kNothing) << std::hex << address;
        expectWord(kR8, expected);
    };
    expectCell(kValueCell, value(true));
    expectCell(kValueCell + 24, value(true));
    expectCell(kFrozenCell, value(false));
    expectCell(kOddCell, value(false));
    put(kR9, value(false));
    EXPECT_EQ(store(qword_ptr(rsi)), kNothing);
    put(kRsi, constant(static_cast<int64_t>(kOddCell + 4)));
    EXPECT_EQ(load(qword_ptr(rsi)), only(RuleId::kLoadRange));
    EXPECT_EQ(store(qword_ptr(rsi)), only(RuleId::kStoreRange));
    put(kRsi, constant(static_cast<int64_t>(kFrozenCell)));
    EXPECT_EQ(store(qword_ptr(rsi)), only(RuleId::kStoreRange));
    for (const uint64_t address : {kValueCell + 32, kValueCell - 8}) {
        put(kRsi, constant(static_cast<int64_t>(address)));
        EXPECT_EQ(load(qword_ptr(rsi)), only(RuleId::kBase));
        EXPECT_EQ(at(kR8), top());
        EXPECT_EQ(store(qword_ptr(rsi)), only(RuleId::kBase));
    }
}

TEST_F(Accesses, ExitBuffer) {
    world_.thread_fields.back().count = kMaxExitWords + 8;
    const auto word = [](int k) { return qword_ptr(rdi, layout::kThreadDeoptValues + k); };
    constexpr int kLast = 8 * (static_cast<int>(kMaxExitWords) - 1);
    put(kR9, top());
    EXPECT_EQ(store(word(0)), kNothing);
    EXPECT_EQ(store(word(kLast)), kNothing);
    EXPECT_EQ(store(word(kLast + 8)), only(RuleId::kStoreRange));
    EXPECT_EQ(store(word(4)), only(RuleId::kStoreRange));
    run([&](Assembler& s) { s.mov(dword_ptr(rdi, layout::kThreadDeoptValues), r9d); });
    EXPECT_EQ(broken, only(RuleId::kStoreRange));
    EXPECT_EQ(load(word(0)), only(RuleId::kLoadRange));
    world_.thread_fields.back().writable = false;
    EXPECT_EQ(store(word(0)), only(RuleId::kStoreRange));
    EXPECT_EQ(load(qword_ptr(rdi, -8)), only(RuleId::kLoadRange));
}

TEST_F(Accesses, Frame) {
    run([](Assembler& s) { s.sub(rsp, 32); });
    put(kR9, value(false));
    for (const int offset : {-8, -1, 25, 32}) {
        EXPECT_EQ(load(qword_ptr(rsp, offset)), only(RuleId::kStackRange)) << offset;
        EXPECT_EQ(store(qword_ptr(rsp, offset)), only(RuleId::kStackRange)) << offset;
    }
    for (const int offset : {0, 24}) {
        EXPECT_EQ(store(qword_ptr(rsp, offset)), kNothing) << offset;
        EXPECT_EQ(load(qword_ptr(rsp, offset)), kNothing) << offset;
        expectWord(kR8, value(false));
    }
    run([](Assembler& s) { s.movaps(xmm1, xmmword_ptr(rsp, 16)); });
    EXPECT_EQ(broken, kNothing);
    run([](Assembler& s) { s.movaps(xmm1, xmmword_ptr(rsp, 24)); });
    EXPECT_EQ(broken, only(RuleId::kStackRange));
}

}  // namespace
}  // namespace tagproof::verify::testing
