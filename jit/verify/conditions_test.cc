// What each condition says about the words that were compared, and about all that hangs on them.

#include "jit/verify/machine_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

constexpr int64_t kHalf = int64_t{1} << 31;

class Conditions : public MachineTest {
  protected:
    void compare(const Abstract& a, const Abstract& b) {
        put(kRcx, a);
        put(kR8, b);
        run([](Assembler& s) { s.cmp(rcx, r8); });
    }
    void compareNarrow(const Abstract& a, const Abstract& b) {
        put(kRcx, a);
        put(kR8, b);
        run([](Assembler& s) { s.cmp(ecx, r8d); });
    }
    // Nothing is learnt of rcx = a and r8 = b.
    void expectNothing(unsigned code, const Abstract& a, const Abstract& b) {
        expectUnder(code, {{kRcx, a.lo, a.hi}, {kR8, b.lo, b.hi}});
    }
    void testWord(const Abstract& a) {
        put(kRcx, a);
        run([](Assembler& s) { s.test(rcx, rcx); });
    }
};

TEST_F(Conditions, OrderAboveAndBelow) {
    compare(integer(50, 100), integer(40, 60));
    for (const unsigned code : {kB, kL}) expectUnder(code, {{kRcx, 50, 59}, {kR8, 51, 60}});
    for (const unsigned code : {kBE, kLE}) expectUnder(code, {{kRcx, 50, 60}, {kR8, 50, 60}});
    expectUnder(kE, {{kRcx, 50, 60}, {kR8, 50, 60}});
    for (const unsigned code : {kO, kNO, kS, kNS, kP, kNP, kNE, kA, kAE, kG, kGE}) {
        expectNothing(code, integer(50, 100), integer(40, 60));
    }
    compare(integer(30, 50), integer(40, 60));
    for (const unsigned code : {kA, kG}) expectUnder(code, {{kRcx, 41, 50}, {kR8, 40, 49}});
    for (const unsigned code : {kAE, kGE}) expectUnder(code, {{kRcx, 40, 50}, {kR8, 40, 50}});
    for (const unsigned code : {kB, kL, kBE, kLE}) {
        expectNothing(code, integer(30, 50), integer(40, 60));
    }
    compare(integer(10, 20), integer(30, 40));
    for (const unsigned code : {kE, kA, kAE, kG, kGE}) expectImpossible(code);
    compare(integer(20, 30), integer(30, 40));
    for (const unsigned code : {kA, kG}) expectImpossible(code);
    expectUnder(kAE, {{kRcx, 30, 30}, {kR8, 30, 30}});
}

TEST_F(Conditions, NegativeNumbers) {
    compare(integer(-10, 10), integer(-3, 5));
    expectUnder(kL, {{kRcx, -10, 4}, {kR8, -3, 5}});
    expectUnder(kLE, {{kRcx, -10, 5}, {kR8, -3, 5}});
    expectUnder(kG, {{kRcx, -2, 10}, {kR8, -3, 5}});
    expectUnder(kGE, {{kRcx, -3, 10}, {kR8, -3, 5}});
    for (const unsigned code : {kB, kBE, kA, kAE}) {
        expectNothing(code, integer(-10, 10), integer(-3, 5));
    }
    // Below a number that is not negative: not negative either.
    compare(integer(-10, 10), integer(0, 5));
    expectUnder(kB, {{kRcx, 0, 4}, {kR8, 0, 5}});
    expectUnder(kBE, {{kRcx, 0, 5}, {kR8, 0, 5}});
    compare(integer(0, 10), integer(0, 5));
    expectUnder(kB, {{kRcx, 0, 4}, {kR8, 1, 5}});
    compare(constant(kMin), constant(kMin));
    expectImpossible(kL);
    EXPECT_TRUE(machine_.assume(kLE));
    compare(constant(kMax), constant(kMax));
    expectImpossible(kL);
    EXPECT_TRUE(machine_.assume(kLE));
    compare(anyInteger(), constant(kMin + 1));
    expectUnder(kL, {{kRcx, kMin, kMin}});
    compare(constant(kMax - 1), anyInteger());
    expectUnder(kL, {{kR8, kMax, kMax}});
}

TEST_F(Conditions, NarrowOperands) {
    compareNarrow(integer(50, 100), integer(40, 60));
    for (const unsigned code : {kB, kL}) expectUnder(code, {{kRcx, 50, 59}, {kR8, 51, 60}});
    // Signed conditions say something only of numbers whose sign bit is clear.
    compareNarrow(integer(0, kHalf), integer(0, 5));
    expectNothing(kL, integer(0, kHalf), integer(0, 5));
    expectUnder(kB, {{kRcx, 0, 4}});
    compareNarrow(integer(5, 9), integer(0, kHalf));
    expectNothing(kL, integer(5, 9), integer(0, kHalf));
    compareNarrow(integer(0, kHalf - 1), integer(0, 5));
    expectUnder(kL, {{kRcx, 0, 4}});
    compareNarrow(integer(5, 9), integer(0, kHalf - 1));
    expectUnder(kL, {{kR8, 6, kHalf - 1}});
    compareNarrow(integer(-5, 9), constant(3));  // of the low half
    expectNothing(kL, integer(-5, 9), constant(3));
}

TEST_F(Conditions, NotEqual) {
    compare(integer(30, 50), constant(30));
    expectUnder(kNE, {{kRcx, 31, 50}});
    compare(integer(30, 50), constant(50));
    expectUnder(kNE, {{kRcx, 30, 49}});
    compare(integer(30, 50), constant(40));
    expectUnder(kNE, {{kRcx, 30, 50}});
    compare(constant(30), integer(30, 50));
    expectUnder(kNE, {{kR8, 31, 50}});
    compare(integer(30, 50), integer(30, 50));
    expectUnder(kNE, {{kRcx, 30, 50}, {kR8, 30, 50}});
    compare(constant(30), constant(30));
    expectImpossible(kNE);
    compare(integer(0, 7), constant(5));
    under(kNE, [&] { EXPECT_EQ(at(kRcx).low, kAnyLow & ~(1U << 5)); });
    compare(integer(0, 8), constant(5));
    under(kNE, [&] { EXPECT_EQ(at(kRcx).low, kAnyLow); });
    compare(integer(-1, 7), constant(5));
    under(kNE, [&] { EXPECT_EQ(at(kRcx).low, kAnyLow); });
    compare(integer(0, 7), constant(8 + 5));
    under(kNE, [&] { EXPECT_EQ(at(kRcx).low, kAnyLow); });
    compare(constant(kMax), constant(kMax));
    expectImpossible(kNE);
    compare(value(true), constant(0));
    under(kNE, [&] { EXPECT_FALSE(has(at(kRcx), Abstract::kNullable)); });
    under(kE, [&] { EXPECT_EQ(at(kRcx).low, kPointerLow); });
    compare(value(true), constant(8 * 5 + 1));
    under(kNE, [&] { EXPECT_TRUE(has(at(kRcx), Abstract::kNullable)); });
    under(kE, [&] { EXPECT_FALSE(has(at(kRcx), Abstract::kNullable)); });
    compare(value(false), constant(0));
    expectImpossible(kE);
    compare(object(kNoType), constant(0));
    expectImpossible(kE);
}

TEST_F(Conditions, LengthsBoundIndices) {
    const Abstract length = pointer(Kind::kLen, 0, 77);
    const auto isBounded = [this] {
        return has(at(kRcx), Abstract::kBounded) && at(kRcx).aux == 77;
    };
    compare(anyInteger(), length);
    under(kB, [&] { EXPECT_TRUE(isBounded()); });
    for (const unsigned code : {kBE, kL, kLE, kE, kNE, kA, kAE}) {
        under(code, [&] { EXPECT_FALSE(has(at(kRcx), Abstract::kBounded)) << code; });
    }
    compare(integer(0, 50), length);
    under(kL, [&] { EXPECT_TRUE(isBounded()); });
    compare(integer(-1, 50), length);
    under(kL, [&] { EXPECT_FALSE(has(at(kRcx), Abstract::kBounded)); });
    compareNarrow(integer(0, 50), length);
    under(kB, [&] { EXPECT_FALSE(has(at(kRcx), Abstract::kBounded)); });
    compare(integer(0, 50), pointer(Kind::kLen, 0, 77));
    under(kA, [&] { EXPECT_FALSE(has(at(kRcx), Abstract::kBounded)); });
    compare(integer(0, 50), integer(0, 60));
    under(kB, [&] { EXPECT_FALSE(has(at(kRcx), Abstract::kBounded)); });
    // The items that a count proves: of the object and of its storage.
    put(kRdx, pointer(Kind::kBuf, 0, 77));
    put(kR9, pointer(Kind::kBuf, 0, 78));
    compare(constant(4), length);
    under(kB, [&] {
        EXPECT_EQ(at(kRdx).map, 5U);
        EXPECT_EQ(at(kR9).map, 0U);
    });
    under(kBE, [&] { EXPECT_EQ(at(kRdx).map, 4U); });
    under(kE, [&] { EXPECT_EQ(at(kRdx).map, 4U); });
    under(kA, [&] { EXPECT_EQ(at(kRdx).map, 0U); });
    compare(length, constant(4));
    under(kA, [&] { EXPECT_EQ(at(kRdx).map, 5U); });
    compare(length, constant(0));
    EXPECT_TRUE(machine_.assume(kNE));
    Abstract derived = integer(0, 60);
    derived.flags = Abstract::kDerived;
    derived.aux = 77;
    compare(integer(0, 50), derived);
    under(kB, [&] { EXPECT_FALSE(has(at(kRcx), Abstract::kBounded)); });
    compare(constant(kMaxLength + 1), length);
    expectImpossible(kE);
    compare(constant(kMaxLength), length);
    EXPECT_TRUE(machine_.assume(kE));
    compare(constant(2), pointer(Kind::kLen, 3, 77));
    expectImpossible(kE);
    compare(constant(3), pointer(Kind::kLen, 3, 77));
    EXPECT_TRUE(machine_.assume(kE));
}

TEST_F(Conditions, MinimumLengthOnlyGrows) {
    put(kRdx, pointer(Kind::kBuf, 0, 77));
    Abstract owner = object(3);
    owner.sym = 77;
    state().set(kR9, owner);
    state().setMinimumLength(77, 3);
    EXPECT_EQ(at(kRdx).map, 3U);
    EXPECT_EQ(at(kR9).map, 3U);
    state().setMinimumLength(77, 2);
    EXPECT_EQ(at(kRdx).map, 3U);
    state().setMinimumLength(77, int64_t{1} << 40);
    EXPECT_EQ(at(kRdx).map, kMaxStackWords);
}

TEST_F(Conditions, AgainstItself) {
    testWord(integer(-10, 10));
    expectUnder(kE, {{kRcx, 0, 0}});
    expectUnder(kBE, {{kRcx, 0, 0}});
    for (const unsigned code : {kS, kL}) expectUnder(code, {{kRcx, -10, -1}});
    for (const unsigned code : {kNS, kGE}) expectUnder(code, {{kRcx, 0, 10}});
    expectUnder(kG, {{kRcx, 0, 10}});
    for (const unsigned code : {kNE, kA, kLE, kO, kNO, kP, kNP, kB, kAE}) {
        expectUnder(code, {{kRcx, -10, 10}});
    }
    testWord(integer(0, 10));
    for (const unsigned code : {kNE, kA, kG}) expectUnder(code, {{kRcx, 1, 10}});
    for (const unsigned code : {kS, kL}) expectImpossible(code);
    testWord(integer(-10, 0));
    for (const unsigned code : {kNE, kA}) expectUnder(code, {{kRcx, -10, -1}});
    // A half: the sign is bit 31.
    put(kRcx, integer(0, 0xFFFFFFFF));
    run([](Assembler& s) { s.test(ecx, ecx); });
    expectUnder(kS, {{kRcx, kHalf, 0xFFFFFFFF}});
    expectUnder(kNS, {{kRcx, 0, kHalf - 1}});
}

TEST_F(Conditions, UnderAMask) {
    put(kRcx, value(true));
    run([](Assembler& s) { s.test(cl, 7); });
    for (const unsigned code : {kE, kBE}) {
        under(code, [&] { EXPECT_EQ(at(kRcx).low, kPointerLow); });
    }
    for (const unsigned code : {kNE, kA}) {
        under(code, [&] { EXPECT_EQ(at(kRcx).low, kValueLow & ~kPointerLow); });
    }
    for (const unsigned code : {kO, kNO, kB, kAE, kS, kNS, kP, kNP, kL, kGE, kLE, kG}) {
        under(code, [&] { EXPECT_EQ(at(kRcx).low, kValueLow) << code; });
    }
    run([](Assembler& s) { s.test(ecx, 0x1004); });
    under(kE, [&] { EXPECT_EQ(at(kRcx).low, kValueLow & 0x0F); });
    under(kNE, [&] { EXPECT_EQ(at(kRcx).low, kValueLow); });
    put(kRcx, integer(0, 7));
    run([](Assembler& s) { s.test(rcx, 12); });
    under(kNE, [&] { EXPECT_EQ(at(kRcx).low, 0xF0); });
    // Two registers: no mask.
    put(kRcx, value(true));
    put(kR8, integer(1, 7));
    run([](Assembler& s) { s.test(rcx, r8); });
    under(kE, [&] { EXPECT_EQ(at(kRcx).low, kValueLow); });
}

TEST_F(Conditions, OfResults) {
    put(kRcx, integer(-10, 10));
    run([](Assembler& s) { s.add(rcx, 2); });
    expectUnder(kE, {{kRcx, 0, 0}});
    expectUnder(kS, {{kRcx, -8, -1}});
    expectUnder(kNS, {{kRcx, 0, 12}});
    for (const unsigned code : {kO, kNO, kB, kAE, kBE, kA, kP, kNP, kL, kGE, kLE, kG}) {
        expectUnder(code, {{kRcx, -8, 12}});
    }
    put(kRcx, integer(1, 10));
    run([](Assembler& s) { s.dec(rcx); });
    expectUnder(kNE, {{kRcx, 1, 9}});
    expectImpossible(kS);
    put(kRcx, integer(5, 10));
    run([](Assembler& s) { s.inc(rcx); });
    expectImpossible(kE);
    put(kRcx, integer(5, 10));
    run([](Assembler& s) { s.neg(rcx); });
    expectImpossible(kNS);
    // Subtraction compares its operands.
    put(kRcx, integer(50, 100));
    put(kR8, integer(40, 60));
    run([](Assembler& s) { s.sub(rcx, r8); });
    expectUnder(kB, {{kR8, 51, 60}});
    // Logic clears overflow and carry.
    put(kRcx, integer(-10, 10));
    run([](Assembler& s) { s.or_(rcx, 0); });
    expectUnder(kG, {{kRcx, 0, kMax}});
}

// A test of one copy says the same of all copies and of what was computed from them.
TEST_F(Conditions, ReachCopies) {
    put(kRcx, value(true));
    run([](Assembler& s) {
        s.push(rcx);
        s.mov(rdx, rcx);
        s.mov(r9, rcx);
        s.and_(r9d, 7);
        s.cmp(r9d, 1);
    });
    under(kE, [&] {
        for (const uint32_t copy : {kRcx, kRdx, kRegisterCount}) {
            EXPECT_EQ(at(copy).low, 2) << copy;
            EXPECT_FALSE(has(at(copy), Abstract::kNullable)) << copy;
        }
    });
    run([](Assembler& s) { s.test(dl, 7); });
    under(kE, [&] {
        EXPECT_EQ(at(kRcx).low, kPointerLow);
        EXPECT_EQ(at(kR9).low, kPointerLow);
        EXPECT_TRUE(has(at(kRcx), Abstract::kNullable));
        EXPECT_EQ(at(kRcx).kind, Kind::kValue);
    });
    EXPECT_TRUE(machine_.assume(kE));
    run([](Assembler& s) { s.test(rdx, rdx); });
    under(kNE, [&] {
        expectWord(kRcx, object(kNoType));
        EXPECT_EQ(at(kRcx).sym, at(kRdx).sym);
        EXPECT_EQ(at(kRegisterCount).kind, Kind::kObj);
    });
    // Once all its patterns are excluded, the way cannot be taken.
    run([](Assembler& s) { s.cmp(r9d, 1); });
    expectImpossible(kE);
}

TEST_F(Conditions, ReachIntervalsOfCopies) {
    put(kRcx, integer(0, 100));
    put(kR8, integer(0, 100));
    run([](Assembler& s) {
        s.mov(rdx, rcx);
        s.cmp(rcx, 10);
    });
    expectUnder(kB, {{kRcx, 0, 9}, {kRdx, 0, 9}, {kR8, 0, 100}});
    run([](Assembler& s) { s.cmp(rdx, 8); });
    under(kE, [&] { EXPECT_EQ(at(kRcx).low, kPointerLow); });
    // Without a symbol there are no copies.
    state().set(kRcx, integer(0, 100));
    state().set(kR8, integer(0, 100));
    Abstract nameless = integer(0, 100);
    EXPECT_TRUE(state().refine(nameless, Constraint{.hi = 5}));
    expectInterval(kR8, 0, 100);
    EXPECT_TRUE(state().refine(anyInteger(), Constraint{.low = 2}));
    EXPECT_EQ(at(kR8).low, kAnyLow);
}

TEST_F(Conditions, SlotWords) {
    Abstract slot{.kind = Kind::kSlot, .low = kSlotLow, .flags = Abstract::kNullable};
    put(kRcx, slot);
    run([](Assembler& s) { s.test(cl, 1); });
    under(kNE, [&] {
        EXPECT_EQ(at(kRcx).low, kSlotValuesLow);
        EXPECT_EQ(at(kRcx).flags, 0);
        EXPECT_EQ(at(kRcx).kind, Kind::kSlot);
    });
    EXPECT_TRUE(machine_.assume(kE));
    EXPECT_EQ(at(kRcx).low, kPointerLow);
    EXPECT_EQ(at(kRcx).kind, Kind::kSlot);
    run([](Assembler& s) { s.test(rcx, rcx); });
    under(kNE, [&] { expectWord(kRcx, Abstract{.kind = Kind::kDict, .low = kPointerLow}); });
    under(kE, [&] { EXPECT_EQ(at(kRcx).kind, Kind::kSlot); });
    slot.flags = 0;
    put(kRcx, slot);
    run([](Assembler& s) { s.test(rcx, rcx); });
    expectImpossible(kE);
}

TEST_F(Conditions, TypesOfObjects) {
    put(kRcx, object(kNoType));
    run([](Assembler& s) {
        s.mov(rdx, rcx);
        s.lea(r9, ptr(rcx, 8));
        s.mov(r8, kPointType);
        s.cmp(qword_ptr(rcx, 8), r8);
    });
    under(kE, [&] {
        Abstract point = object(0);
        point.flags = Abstract::kManaged;
        expectWord(kRcx, point);
        expectWord(kRdx, point);
        EXPECT_EQ(at(kR9).aux, kNoType);
    });
    under(kNE, [&] { EXPECT_EQ(at(kRcx).aux, kNoType); });
    run([](Assembler& s) {
        s.mov(r8, kSlotsType);
        s.cmp(r8, qword_ptr(rcx, 8));
    });
    under(kE, [&] { expectWord(kRcx, object(2)); });
    run([](Assembler& s) {
        s.mov(r8, kNone);
        s.cmp(qword_ptr(rcx, 8), r8);
    });
    under(kE, [&] { EXPECT_EQ(at(kRcx).aux, kNoType); });
    // Nor does a type that may be another, or two types that are equal.
    put(kR8, integer(static_cast<int64_t>(kPointType), static_cast<int64_t>(kPointType) + 8));
    run([](Assembler& s) { s.cmp(qword_ptr(rcx, 8), r8); });
    under(kE, [&] { EXPECT_EQ(at(kRcx).aux, kNoType); });
    put(kR9, object(1));
    run([](Assembler& s) {
        s.mov(rdx, qword_ptr(rcx, 8));
        s.cmp(rdx, qword_ptr(r9, 8));
    });
    under(kE, [&] { EXPECT_EQ(at(kRcx).aux, kNoType); });
    // A constant that is no type takes no type away.
    run([](Assembler& s) {
        s.mov(r8, kNone);
        s.cmp(qword_ptr(r9, 8), r8);
    });
    under(kE, [&] { EXPECT_EQ(at(kR9).aux, 1U); });
    // Half a type word, or a type word against another word, proves nothing.
    run([](Assembler& s) {
        s.mov(rdx, qword_ptr(rcx, 8));
        s.cmp(rdx, rsi);
    });
    under(kE, [&] { EXPECT_EQ(at(kRcx).aux, kNoType); });
    run([](Assembler& s) { s.cmp(rsi, rdx); });
    under(kE, [&] { EXPECT_EQ(at(kRcx).aux, kNoType); });
    // A type is an object, whatever a test of it says.
    run([](Assembler& s) { s.test(rdx, rdx); });
    for (const unsigned code : {kE, kNE}) {
        under(code, [&] { EXPECT_EQ(at(kRdx).kind, Kind::kType); });
    }
}

// Pointers have no numbers: a condition teaches nothing, and nothing is impossible.
TEST_F(Conditions, Pointers) {
    for (const Kind kind :
         {Kind::kTop, Kind::kVals, Kind::kBuf, Kind::kStack, Kind::kThread, Kind::kSaved}) {
        Abstract a = pointer(kind, 0);
        compare(a, constant(5));
        for (unsigned code = 0; code < 16; ++code) {
            under(code, [&] { expectWord(kRcx, a); });
        }
        compare(constant(5), a);
        for (unsigned code = 0; code < 16; ++code) {
            under(code, [&] { expectWord(kR8, a); });
        }
        // Nor does a comparison with it bound a number.
        compare(pointer(kind, 0), integer(-5, 5));
        for (unsigned code = 0; code < 16; ++code) expectUnder(code, {{kR8, -5, 5}});
        compare(integer(-5, 5), pointer(kind, 0));
        for (unsigned code = 0; code < 16; ++code) expectUnder(code, {{kRcx, -5, 5}});
        // Whatever else the word says.
        a.lo = 3;
        a.hi = 2;
        EXPECT_TRUE(state().refine(a, Constraint{.lo = 10}));
    }
}

TEST_F(Conditions, OldFlags) {
    put(kRcx, integer(-10, 10));
    const auto forget = [&](const char* what, const std::function<void(Assembler&)>& emit) {
        SCOPED_TRACE(what);
        put(kRcx, integer(-10, 10));
        run([](Assembler& s) { s.cmp(rcx, 5); });
        run(emit);
        for (unsigned code = 0; code < 16; ++code) expectUnder(code, {{kRcx, -10, 10}});
    };
    forget("shift", [](Assembler& s) { s.shl(r9, 3); });
    forget("rotate", [](Assembler& s) { s.rol(r9, 3); });
    forget("imul", [](Assembler& s) { s.imul(r9, r9); });
    forget("idiv", [](Assembler& s) { s.idiv(r9); });
    forget("ucomisd", [](Assembler& s) { s.ucomisd(xmm0, xmm1); });
    forget("vucomisd", [](Assembler& s) { s.vucomisd(xmm0, xmm1); });
    put(kRcx, integer(-10, 10));
    run([](Assembler& s) { s.push(rcx), s.cmp(rcx, 5), s.mov(rax, kOpPoll), s.call(rax); });
    expectUnder(kE, {{kRegisterCount, -10, 10}});
    put(kRcx, constant(4));
    run([](Assembler& s) { s.cmp(rcx, 5); });
    machine_.enter();
    EXPECT_TRUE(machine_.assume(kE));
    put(kRcx, constant(4));
    run([](Assembler& s) { s.cmp(rcx, 5); });
    machine_.load(LabelHint{});
    EXPECT_TRUE(machine_.assume(kE));
    put(kRcx, constant(4));
    run([](Assembler& s) { s.push(rcx), s.cmp(rcx, 5), s.bsf(r9, r9); });  // no row
    EXPECT_EQ(at(kRcx), top());
    EXPECT_TRUE(machine_.assume(kE));
    // These leave the flags.
    put(kRcx, constant(4));
    for (const auto& keep : std::vector<std::function<void(Assembler&)>>{
             [](Assembler& s) { s.mov(r9, r8); }, [](Assembler& s) { s.not_(r9); },
             [](Assembler& s) { s.lea(r9, ptr(r8, 4)); }, [](Assembler& s) { s.setl(al); },
             [](Assembler& s) { s.cqo(); }, [](Assembler& s) { s.movq(xmm1, r9); }}) {
        run([](Assembler& s) { s.cmp(rcx, 5); });
        run(keep);
        expectImpossible(kE);
    }
}

}  // namespace
}  // namespace tagproof::verify::testing
