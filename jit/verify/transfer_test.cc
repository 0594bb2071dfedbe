// What single instructions leave in registers, stack words and symbols.

#include "jit/verify/machine_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

constexpr int64_t kWord = 0xFFFFFFFF;

class Transfer : public MachineTest {
  protected:
    // rcx after `emit` with rcx = a and r8 = b.
    const Abstract& after(const Abstract& a,
                          const Abstract& b,
                          const std::function<void(Assembler&)>& emit) {
        put(kRcx, a);
        put(kR8, b);
        run(emit);
        EXPECT_TRUE(broken.empty());
        return at(kRcx);
    }
    void expectRange(const Abstract& a,
                     const Abstract& b,
                     const std::function<void(Assembler&)>& emit,
                     int64_t lo,
                     int64_t hi) {
        after(a, b, emit);
        expectInterval(kRcx, lo, hi);
    }
    void expectUnknown(const Abstract& a,
                       const Abstract& b,
                       const std::function<void(Assembler&)>& emit) {
        EXPECT_EQ(after(a, b, emit).kind, Kind::kTop);
    }
    // Any number.
    void expectAny(const Abstract& a,
                   const Abstract& b,
                   const std::function<void(Assembler&)>& emit) {
        expectRange(a, b, emit, kMin, kMax);
    }
};

void add(Assembler& s) { s.add(rcx, r8); }
void sub(Assembler& s) { s.sub(rcx, r8); }
void and8(Assembler& s) { s.and_(rcx, r8); }
void or8(Assembler& s) { s.or_(rcx, r8); }
void xor8(Assembler& s) { s.xor_(rcx, r8); }

TEST_F(Transfer, Intervals) {
    expectRange(integer(1, 5), integer(10, 20), add, 11, 25);
    expectAny(integer(1, 5), integer(0, kMax), add);
    expectAny(integer(-5, 5), integer(kMin, 0), add);
    expectRange(integer(1, 5), integer(10, 20), sub, -19, -5);
    expectAny(integer(-5, 5), integer(0, kMax), sub);
    expectAny(integer(0, 5), integer(kMin, 0), sub);
    expectRange(integer(1, 5), integer(10, 20), and8, 0, 5);
    expectRange(integer(-1, 5), integer(10, 20), and8, 0, 20);
    expectRange(integer(1, 5), integer(-10, 20), and8, 0, 5);
    expectAny(integer(-1, 5), integer(-10, 20), and8);
    expectRange(integer(1, 5), integer(10, 20), or8, 0, 31);
    expectRange(integer(1, 5), integer(10, 16), xor8, 0, 31);
    for (const auto& op : {or8, xor8}) {
        expectAny(integer(-1, 5), integer(10, 20), op);
        expectAny(integer(1, 5), integer(-10, 20), op);
        expectAny(integer(0, int64_t{1} << 62), integer(0, 5), op);
        expectRange(integer(0, (int64_t{1} << 62) - 1), integer(0, 5), op, 0,
                    (int64_t{1} << 62) - 1);
    }
}

TEST_F(Transfer, Constants) {
    const auto expectExact = [this](const std::function<void(Assembler&)>& emit, int64_t word) {
        expectRange(constant(12), constant(10), emit, word, word);
    };
    expectExact(add, 22);
    expectExact(sub, 2);
    expectExact(and8, 8);
    expectExact(or8, 14);
    expectExact(xor8, 6);
    expectExact([](Assembler& s) { s.inc(rcx); }, 13);
    expectExact([](Assembler& s) { s.dec(rcx); }, 11);
    expectExact([](Assembler& s) { s.neg(rcx); }, -12);
    expectExact([](Assembler& s) { s.not_(rcx); }, -13);
    expectExact([](Assembler& s) { s.not_(ecx); }, kWord - 12);
    expectExact([](Assembler& s) { s.shl(rcx, 2); }, 48);
    expectExact([](Assembler& s) { s.shr(rcx, 2); }, 3);
    expectExact([](Assembler& s) { s.sar(rcx, 1); }, 6);
    expectExact([](Assembler& s) { s.xor_(rcx, rcx); }, 0);
    expectExact([](Assembler& s) { s.sub(ecx, ecx); }, 0);
    expectExact([](Assembler& s) { s.imul(rcx, r8); }, 120);
    expectExact([](Assembler& s) { s.imul(rcx, r8, 7); }, 70);
    expectExact([](Assembler& s) { s.mov(ecx, r8d); }, 10);
    expectExact([](Assembler& s) { s.lea(rcx, ptr(rcx, r8, 2, 5)); }, 57);
    expectExact([](Assembler& s) { s.lea(rcx, ptr(rcx, r8, 3, 5)); }, 97);
    expectExact([](Assembler& s) { s.lea(rcx, ptr(rcx, r8, 1)); }, 32);
    expectExact([](Assembler& s) { s.lea(rcx, ptr(rcx, r8, 0)); }, 22);
    expectExact([](Assembler& s) { s.xchg(rcx, r8); }, 10);
    expectInterval(kR8, 12, 12);
    put(kRcx, value(false));
    run([](Assembler& s) { s.xor_(rcx, rcx); });
    expectInterval(kRcx, 0, 0);
    put(kRcx, top());
    run([](Assembler& s) { s.sub(rcx, rcx); });
    expectInterval(kRcx, 0, 0);
}

TEST_F(Transfer, Unary) {
    expectRange(
        integer(3, 9), top(), [](Assembler& s) { s.inc(rcx); }, 4, 10);
    expectRange(
        integer(3, 9), top(), [](Assembler& s) { s.dec(rcx); }, 2, 8);
    expectRange(
        integer(3, 9), top(), [](Assembler& s) { s.neg(rcx); }, -9, -3);
    expectAny(integer(3, 9), top(), [](Assembler& s) { s.not_(rcx); });
    expectRange(
        integer(3, 9), top(), [](Assembler& s) { s.not_(ecx); }, 0, kWord);
    expectRange(
        integer(3, 9), top(), [](Assembler& s) { s.neg(ecx); }, 0, kWord);
    EXPECT_EQ(after(anyInteger(2), top(), [](Assembler& s) { s.not_(rcx); }).low, 1U << 6);
    EXPECT_EQ(after(anyInteger(2), top(), [](Assembler& s) { s.neg(rcx); }).low, 1U << 7);
    EXPECT_EQ(after(anyInteger(2), top(), [](Assembler& s) { s.inc(rcx); }).low, 1U << 2);
    EXPECT_EQ(after(anyInteger(2), top(), [](Assembler& s) { s.dec(rcx); }).low, 1U << 0);
}

TEST_F(Transfer, Shifts) {
    const auto shl3 = [](Assembler& s) { s.shl(rcx, 3); };
    const auto shr3 = [](Assembler& s) { s.shr(rcx, 3); };
    const auto sar3 = [](Assembler& s) { s.sar(rcx, 3); };
    expectRange(integer(-3, 5), top(), shl3, -24, 40);
    expectRange(integer(-3, kMax), top(), shl3, kMin, kMax);
    EXPECT_EQ(at(kRcx).low, 1);
    expectRange(integer(kMin, 5), top(), shl3, kMin, kMax);
    expectRange(integer(16, 99), top(), shr3, 2, 12);
    expectRange(integer(-16, 99), top(), shr3, 0, (int64_t{1} << 61) - 1);
    expectRange(integer(-16, 99), top(), sar3, -2, 12);
    expectRange(
        integer(16, 99), top(), [](Assembler& s) { s.sar(ecx, 3); }, 2, 12);
    expectRange(
        integer(0, 0x7FFFFFFF), top(), [](Assembler& s) { s.sar(ecx, 3); }, 0, 0xFFFFFFF);
    expectRange(
        integer(0, 0x80000000), top(), [](Assembler& s) { s.sar(ecx, 3); }, 0, kWord);
    expectRange(
        integer(0, kWord), top(), [](Assembler& s) { s.shr(ecx, 3); }, 0, kWord >> 3);
    expectRange(
        integer(1, 2), top(), [](Assembler& s) { s.rol(rcx, 5); }, kMin, kMax);
    expectRange(
        integer(16, 99), top(), [](Assembler& s) { s.shr(ecx, 35); }, 2, 12);
    expectRange(
        integer(1, 2), top(), [](Assembler& s) { s.shl(r8, cl); }, 1, 2);
    EXPECT_EQ(at(kR8).kind, Kind::kTop);
    put(kR8, integer(1, 2));
    run([](Assembler& s) { s.shl(r8, cl); });
    expectInterval(kR8, kMin, kMax);
    expectRange(
        integer(1, 2), top(), [](Assembler& s) { s.shl(rcx, 62); }, kMin, kMax);
    expectRange(
        integer(0, 1), top(), [](Assembler& s) { s.shl(rcx, 61); }, 0, int64_t{1} << 61);
    EXPECT_EQ(after(anyInteger(2), top(), [](Assembler& s) { s.shl(rcx, 2); }).low, 1U << 4);
    EXPECT_EQ(after(anyInteger(2), top(), [](Assembler& s) { s.shl(rcx, 1); }).low, 1U << 2);
    for (const Kind kind : {Kind::kTop, Kind::kSlot, Kind::kStack, Kind::kVals}) {
        for (const auto& emit :
             {+[](Assembler& s) { s.shl(rcx, 3); }, +[](Assembler& s) { s.shr(rcx, 3); },
              +[](Assembler& s) { s.sar(rcx, 3); }, +[](Assembler& s) { s.rol(rcx, 3); },
              +[](Assembler& s) { s.shl(rcx, cl); }}) {
            Abstract a = pointer(kind, 0);
            a.low = kSlotLow;
            expectUnknown(a, top(), emit);
        }
    }
}

TEST_F(Transfer, Products) {
    const auto imul = [](Assembler& s) { s.imul(rcx, r8); };
    expectRange(integer(2, 5), integer(3, 4), imul, 6, 20);
    expectAny(integer(-2, 5), integer(3, 4), imul);
    expectAny(integer(2, 5), integer(-3, 4), imul);
    expectAny(integer(2, int64_t{1} << 62), integer(2, 4), imul);
    expectRange(
        integer(2, 5), integer(3, kMax), [](Assembler& s) { s.imul(rcx, rcx, 3); }, 6, 15);
    expectRange(
        integer(2, 5), integer(3, 4), [](Assembler& s) { s.imul(rcx, r8, -3); }, kMin, kMax);
    EXPECT_EQ(after(anyInteger(1U << 3), anyInteger(1U << 5), imul).low, 1U << 7);
    EXPECT_EQ(after(anyInteger(1U << 2), anyInteger(1U << 6), imul).low, 1U << 4);
    expectUnknown(top(), integer(1, 2), imul);
    expectUnknown(integer(1, 2), pointer(Kind::kStack, 0), imul);
    expectRange(
        integer(0, kWord), integer(0, kWord), [](Assembler& s) { s.imul(ecx, r8d); }, 0, kWord);
}

TEST_F(Transfer, Division) {
    for (const uint32_t reg : {kRax, kRdx}) put(reg, constant(1));
    run([](Assembler& s) { s.cqo(); });
    expectInterval(kRdx, kMin, kMax);
    expectInterval(kRax, 1, 1);
    put(kRdx, constant(1));
    run([](Assembler& s) { s.cdq(); });
    EXPECT_EQ(at(kRdx).kind, Kind::kInt);
    EXPECT_GE(at(kRdx).hi, kWord);
    for (const uint32_t reg : {kRax, kRdx}) put(reg, constant(1));
    run([](Assembler& s) { s.idiv(rcx); });
    for (const uint32_t reg : {kRax, kRdx}) expectInterval(reg, kMin, kMax);
    run([](Assembler& s) { s.idiv(ecx); });
    for (const uint32_t reg : {kRax, kRdx}) expectInterval(reg, 0, kWord);
}

TEST_F(Transfer, Extensions) {
    const auto zero = [](Assembler& s) { s.movzx(ecx, r8b); };
    const auto sign = [](Assembler& s) { s.movsx(rcx, r8b); };
    expectRange(top(), integer(3, 9), zero, 3, 9);
    expectRange(top(), integer(3, 300), zero, 0, 255);
    expectRange(top(), integer(3, 99), sign, 3, 99);
    expectRange(top(), integer(3, 127), sign, 3, 127);
    expectRange(top(), integer(3, 128), sign, -128, 127);
    expectRange(top(), constant(0xF0), sign, -16, -16);
    expectRange(top(), constant(0x70), sign, 0x70, 0x70);
    expectRange(
        top(), constant(0xF0), [](Assembler& s) { s.movsx(ecx, r8b); }, kWord - 15, kWord - 15);
    expectRange(
        top(), integer(0, kWord), [](Assembler& s) { s.movsxd(rcx, r8d); }, -0x80000000LL,
        0x7FFFFFFF);
    expectRange(
        top(), integer(0, kWord), [](Assembler& s) { s.movsx(rcx, r8w); }, -0x8000, 0x7FFF);
    // Another number than what was read: it shares no symbol, and no bound.
    put(kR8, integer(0, kWord));
    run([](Assembler& s) { s.movsxd(rcx, r8d); });
    EXPECT_NE(at(kRcx).sym, at(kR8).sym);
    EXPECT_NE(at(kRcx).sym, 0U);
    Abstract bounded = integer(0, kWord);
    bounded.flags = Abstract::kBounded;
    bounded.aux = 77;
    put(kR8, bounded);
    run([](Assembler& s) { s.movsxd(rcx, r8d); });
    EXPECT_EQ(at(kRcx).flags, 0);
    put(kR8, integer(0, 9));
    run([](Assembler& s) { s.movsxd(rcx, r8d); });
    EXPECT_EQ(at(kRcx).sym, at(kR8).sym);
}

TEST_F(Transfer, PartsOfRegisters) {
    const auto low = [](Assembler& s) { s.mov(cl, r8b); };
    expectRange(integer(0, 0xFF), constant(7), low, 7, 7);
    expectRange(integer(0, 0x100), constant(7), low, kMin, kMax);
    EXPECT_EQ(at(kRcx).low, 1U << 7);
    expectRange(integer(-1, 5), constant(7), low, kMin, kMax);
    expectRange(value(false), constant(7), low, kMin, kMax);
    EXPECT_EQ(at(kRcx).flags, 0);
    for (const Kind kind : {Kind::kTop, Kind::kStack, Kind::kVals, Kind::kSaved, Kind::kThread}) {
        expectUnknown(pointer(kind, 0), constant(7), low);
    }
    expectRange(
        value(false), top(), [](Assembler& s) { s.mov(ecx, ecx); }, 0, kWord);
    expectRange(
        constant(0x55), top(), [](Assembler& s) { s.setl(cl); }, 0, 1);
    expectRange(
        anyInteger(), top(), [](Assembler& s) { s.setl(cl); }, kMin, kMax);
    EXPECT_EQ(at(kRcx).low, 3);
    expectRange(
        anyInteger(), top(), [](Assembler& s) { s.movq(rcx, xmm1); }, kMin, kMax);
    expectRange(
        constant(1), top(), [](Assembler& s) { s.cvttsd2si(rcx, xmm1); }, kMin, kMax);
    expectRange(
        constant(1), top(), [](Assembler& s) { s.cvttsd2si(ecx, xmm1); }, 0, kWord);
    expectRange(
        constant(-1), top(), [](Assembler& s) { s.mov(rcx, -5); }, -5, -5);
    expectRange(
        constant(-1), top(), [](Assembler& s) { s.mov(ecx, -5); }, kWord - 4, kWord - 4);
}

// Patterns of what constants made of one word are a map of that word's.
TEST_F(Transfer, DerivedNumbers) {
    const auto expectMap = [this](const std::function<void(Assembler&)>& emit, uint32_t map) {
        put(kRcx, value(false));
        const uint32_t sym = at(kRcx).sym;
        run(emit);
        EXPECT_TRUE(has(at(kRcx), Abstract::kDerived));
        EXPECT_EQ(at(kRcx).aux, sym);
        EXPECT_EQ(at(kRcx).map, map) << std::oct << at(kRcx).map;
        EXPECT_EQ(at(kRcx).low, mapImage(map, kValueLow));
    };
    expectMap([](Assembler& s) { s.add(rcx, 1); }, 007654321);
    expectMap([](Assembler& s) { s.sub(rcx, 1); }, 065432107);
    expectMap([](Assembler& s) { s.and_(rcx, 6); }, 066442200);
    expectMap([](Assembler& s) { s.or_(rcx, 1); }, 077553311);
    expectMap([](Assembler& s) { s.xor_(rcx, 7); }, 001234567);
    expectMap([](Assembler& s) { s.neg(rcx); }, 012345670);
    expectMap([](Assembler& s) { s.not_(rcx); }, 001234567);
    expectMap([](Assembler& s) { s.add(rcx, 1), s.and_(rcx, 6); }, 006644220);
    expectMap([](Assembler& s) { s.mov(ecx, ecx), s.xor_(ecx, 7); }, 001234567);
    expectMap([](Assembler& s) { s.mov(r9d, 5), s.add(r9, rcx), s.mov(rcx, r9); }, 043210765);
    put(kRcx, value(false));
    put(kR8, value(false));
    run([](Assembler& s) { s.add(rcx, r8); });
    EXPECT_EQ(at(kRcx).flags, 0);
    state().set(kRcx, value(false));  // no symbol
    run([](Assembler& s) { s.add(rcx, 1); });
    EXPECT_EQ(at(kRcx).flags, 0);
}

TEST_F(Transfer, PointersMove) {
    const auto expectAt = [this](const Abstract& from, const std::function<void(Assembler&)>& emit,
                                 int64_t offset) {
        put(kRcx, from);
        const uint32_t sym = at(kRcx).sym;
        run(emit);
        Abstract to = from;
        to.lo = offset;
        expectWord(kRcx, to);
        EXPECT_NE(at(kRcx).sym, sym);
    };
    for (const Abstract& from : {object(0), pointer(Kind::kVals, 0, 0), pointer(Kind::kBuf, 0, 7),
                                 pointer(Kind::kStack, 0), pointer(Kind::kThread, 0)}) {
        expectAt(
            from, [](Assembler& s) { s.add(rcx, 8); }, 8);
        expectAt(
            from, [](Assembler& s) { s.sub(rcx, 8); }, -8);
        expectAt(
            from, [](Assembler& s) { s.inc(rcx); }, 1);
        expectAt(
            from, [](Assembler& s) { s.lea(rcx, ptr(rcx, 16)); }, 16);
        expectAt(
            from, [](Assembler& s) { s.mov(r8d, 24), s.add(r8, rcx), s.mov(rcx, r8); }, 24);
        expectAt(
            from, [](Assembler& s) { s.mov(r8, int64_t{1} << 40), s.add(rcx, r8); },
            int64_t{1} << 40);
        expectAt(
            from, [](Assembler& s) { s.mov(r8, -(int64_t{1} << 40)), s.add(rcx, r8); },
            -(int64_t{1} << 40));
        const int64_t far = (int64_t{1} << 40) + 1;
        expectUnknown(from, constant(far), add);
        expectUnknown(from, constant(-far), add);
        const Kind least = after(from, constant(kMin), sub).kind;
        EXPECT_EQ(least, from.kind == Kind::kObj ? Kind::kInt : Kind::kTop);
        Abstract moved = from;
        for (const int64_t offset : {far, -far}) {
            moved.lo = offset;
            expectUnknown(moved, constant(8), add);
        }
        moved.lo = int64_t{1} << 40;
        EXPECT_NE(after(moved, constant(8), add).kind, Kind::kTop);
        moved.lo = -moved.lo;
        EXPECT_NE(after(moved, constant(8), add).kind, Kind::kTop);
    }
    // Sums of pointers and numbers that are not exact are unknown; of values they are numbers.
    for (const Kind kind : {Kind::kTop, Kind::kVals, Kind::kBuf, Kind::kStack, Kind::kThread,
                            Kind::kSaved, Kind::kDict, Kind::kSlot}) {
        expectUnknown(pointer(kind, 0), integer(0, 8), add);
        expectUnknown(integer(0, 8), pointer(kind, 0), add);
        expectUnknown(pointer(kind, 0), integer(0, 8), xor8);
        expectUnknown(pointer(kind, 0), constant(8), and8);
    }
    expectUnknown(pointer(Kind::kSaved, 0, 3), constant(8), add);
    expectUnknown(top(), constant(8), add);
    EXPECT_EQ(after(object(0), integer(0, 8), add).kind, Kind::kInt);
    EXPECT_EQ(after(object(0), constant(-1), and8).kind, Kind::kInt);
}

TEST_F(Transfer, SlotWordsMove) {
    Abstract slot{.kind = Kind::kSlot, .low = kSlotValuesLow};
    slot.aux = 1;
    after(slot, constant(1), add);
    expectWord(kRcx, pointer(Kind::kVals, 1 + layout::kValuesPrefixSize, 1));
    slot.low = kSlotLow;
    expectUnknown(slot, constant(1), add);
    // Only the tag bits may be looked at.
    after(slot, constant(7), and8);
    EXPECT_EQ(at(kRcx).kind, Kind::kInt);
    EXPECT_TRUE(has(at(kRcx), Abstract::kDerived));
    expectUnknown(slot, constant(8), and8);
    expectUnknown(slot, constant(-1), and8);
    expectUnknown(slot, constant(7), or8);
    expectUnknown(slot, integer(0, 7), and8);
}

TEST_F(Transfer, ConditionalMoves) {
    const auto cmov = [](Assembler& s) { s.cmovl(rcx, r8); };
    expectRange(integer(0, 5), integer(9, 12), cmov, 0, 12);
    expectUnknown(pointer(Kind::kStack, 0), integer(0, 5), cmov);
    expectUnknown(integer(0, 5), top(), cmov);
    EXPECT_EQ(after(value(false), value(true), cmov).kind, Kind::kValue);
    EXPECT_TRUE(has(at(kRcx), Abstract::kNullable));
    EXPECT_EQ(after(object(0), object(1), cmov).aux, kNoType);
    put(kRcx, value(false));
    run([](Assembler& s) { s.mov(r8, rcx), s.cmovl(rcx, r8); });
    EXPECT_EQ(at(kRcx).sym, at(kR8).sym);
    // Items and counts of two owners are those of neither.
    for (const Kind kind : {Kind::kBuf, Kind::kLen, Kind::kType}) {
        const Kind result = after(pointer(kind, 0, 70), pointer(kind, 0, 71), cmov).kind;
        EXPECT_EQ(result, Kind::kTop) << static_cast<int>(kind);
        EXPECT_EQ(after(pointer(kind, 0, 70), pointer(kind, 0, 70), cmov).kind, kind);
    }
    // An index below one count or another is below neither.
    Abstract bounded = integer(0, 9);
    bounded.flags = Abstract::kBounded;
    bounded.aux = 70;
    Abstract other = bounded;
    other.aux = 71;
    EXPECT_EQ(after(bounded, bounded, cmov).flags, Abstract::kBounded);
    EXPECT_EQ(after(bounded, other, cmov).flags, 0);
    EXPECT_EQ(at(kRcx).aux, 0U);
    EXPECT_EQ(at(kRcx).kind, Kind::kInt);
}

TEST_F(Transfer, Symbols) {
    put(kRcx, value(false));
    run([](Assembler& s) { s.mov(r8, rcx), s.push(rcx), s.mov(edx, ecx), s.mov(r9, rcx); });
    EXPECT_EQ(at(kR8).sym, at(kRcx).sym);
    EXPECT_EQ(at(kRegisterCount).sym, at(kRcx).sym);
    EXPECT_NE(at(kRdx).sym, at(kRcx).sym);
    run([](Assembler& s) { s.xchg(r9, rdx); });
    EXPECT_EQ(at(kRdx).sym, at(kRcx).sym);
    EXPECT_EQ(at(kR9).kind, Kind::kInt);
    for (const auto& emit :
         {+[](Assembler& s) { s.xchg(rsp, rax); }, +[](Assembler& s) { s.xchg(rax, rsp); },
          +[](Assembler& s) { s.xchg(rcx, rsp); }, +[](Assembler& s) { s.xchg(rsp, rcx); }}) {
        put(kRax, pointer(Kind::kStack, -8));
        put(kRcx, pointer(Kind::kStack, -8));
        run(emit);
        EXPECT_EQ(broken, std::vector{RuleId::kStackPointer});
        EXPECT_EQ(at(kRax).kind, Kind::kStack);
    }
    // What is compared gets a name, so that the comparison reaches the register.
    state().set(kRcx, integer(0, 5));
    run([](Assembler& s) { s.test(rcx, rcx); });
    expectImpossible(kS);
}

TEST_F(Transfer, StackWords) {
    put(kRcx, integer(3, 9));
    run([](Assembler& s) { s.sub(rsp, 32), s.mov(qword_ptr(rsp, 8), rcx); });
    const uint32_t word = kRegisterCount + 2;
    expectInterval(word, 3, 9);
    EXPECT_EQ(at(word).sym, at(kRcx).sym);
    run([](Assembler& s) { s.mov(r8d, dword_ptr(rsp, 8)), s.mov(r9, qword_ptr(rsp, 8)); });
    expectInterval(kR8, 3, 9);
    expectInterval(kR9, 3, 9);
    run([](Assembler& s) { s.mov(r8d, dword_ptr(rsp, 12)), s.mov(r9b, byte_ptr(rsp, 9)); });
    expectInterval(kR8, 0, kWord);
    // Half of it is overwritten: the other half stays.
    run([](Assembler& s) { s.mov(dword_ptr(rsp, 12), 7), s.mov(r9, qword_ptr(rsp, 8)); });
    EXPECT_EQ(at(kR9).kind, Kind::kTop);
    run([](Assembler& s) { s.mov(r8d, dword_ptr(rsp, 8)); });
    expectInterval(kR8, 3, 9);
    run([](Assembler& s) { s.mov(dword_ptr(rsp, 8), 7), s.mov(r8d, dword_ptr(rsp, 8)); });
    expectInterval(kR8, 7, 7);
    run([](Assembler& s) { s.mov(r9, qword_ptr(rsp, 8)); });
    EXPECT_EQ(at(kR9).kind, Kind::kTop);
    put(word, value(false));
    run([](Assembler& s) { s.mov(dword_ptr(rsp, 12), 7); });
    EXPECT_EQ(at(word), top());
    // Stores that are neither spoil each word they touch.
    for (uint32_t k = 0; k < 4; ++k) put(kRegisterCount + k, integer(1, 2));
    run([](Assembler& s) { s.mov(qword_ptr(rsp, 12), rcx); });
    EXPECT_EQ(at(kRegisterCount + 1), top());
    EXPECT_EQ(at(kRegisterCount + 2), top());
    expectInterval(kRegisterCount, 1, 2);
    expectInterval(kRegisterCount + 3, 1, 2);
    run([](Assembler& s) { s.mov(byte_ptr(rsp, 3), cl); });
    EXPECT_EQ(at(kRegisterCount + 3), top());
    for (uint32_t k = 0; k < 4; ++k) put(kRegisterCount + k, value(false));
    run([](Assembler& s) { s.movaps(xmmword_ptr(rsp, 0), xmm1); });
    expectInterval(kRegisterCount + 2, kMin, kMax);
    expectInterval(kRegisterCount + 3, kMin, kMax);
    EXPECT_EQ(at(kRegisterCount + 1).kind, Kind::kValue);
    run([](Assembler& s) { s.movsd(qword_ptr(rsp, 16), xmm1); });
    expectInterval(kRegisterCount + 1, kMin, kMax);
    put(kRegisterCount, value(false));
    run([](Assembler& s) { s.mov(r8, qword_ptr(rsp, 20)); });
    EXPECT_EQ(at(kR8).kind, Kind::kTop);
    run([](Assembler& s) { s.movzx(r8d, byte_ptr(rsp, 25)); });
    expectInterval(kR8, 0, 255);
    put(kRegisterCount + 3, integer(-16, 99));
    run([](Assembler& s) { s.shr(qword_ptr(rsp), 3); });
    expectInterval(kRegisterCount + 3, 0, (int64_t{1} << 61) - 1);
    // Words of a new frame are unknown, whatever stood there.
    run([](Assembler& s) { s.add(rsp, 32), s.sub(rsp, 32); });
    for (uint32_t k = 0; k < 4; ++k) EXPECT_EQ(at(kRegisterCount + k), top());
}

}  // namespace
}  // namespace tagproof::verify::testing
