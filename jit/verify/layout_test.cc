// Another JIT's layout: the verifier has no offset of its own, so what is proven follows the rows.
//
//   -0x18 managed-dict slot   0x00 type   0x08 count, 64-bit   0x18 a value (where our slot is)

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

constexpr int kSlot = -24;
constexpr int kCount = 8;

// The tests' world with that layout; Point is managed, Slots has a value at +0x18.
class OtherLayout : public ::testing::Test {
  protected:
    OtherLayout() {
        world_.shared.head = {.refcount = kCount, .refcount_width = 8, .type = 0, .slot = kSlot};
        world_.types[2].fields = fields_;
    }

    // The body's first argument is a proven object of the type, or of none known.
    void expectProven(uint64_t type, const std::function<void(Emit&)>& body) {
        EXPECT_TRUE(accepted(world_, bytesOf(type, body)));
    }

    void expectBroken(RuleId rule, uint64_t type, const std::function<void(Emit&)>& body) {
        const Bytes code = bytesOf(type, body);
        EXPECT_TRUE(rejected(world_, code, rule, fault_offset_));
    }

    World world_;

  private:
    Bytes bytesOf(uint64_t type, const std::function<void(Emit&)>& body) {
        return assemble([&](Assembler& a) {
            Emit emit(a);
            if (type == 0) {
                emit.guardObject(rsi);
            } else {
                emit.guardHeap(rsi);
                a.mov(rax, type);
                a.cmp(qword_ptr(rsi), rax);
                a.jne(emit.exit);
            }
            body(emit);
            emit.returnNone();
            emit.finish();
            fault_offset_ = emit.fault_offset;
        });
    }

    const Field fields_[1] = {{.offset = 0x18, .kind = FieldKind::kValueOrNull, .writable = true}};
    size_t fault_offset_ = 0;  // of the code made last
};

void loadSlotWord(Emit& e) {
    e.a.mov(rcx, qword_ptr(rsi, kSlot));
    e.a.test(cl, 1);
    e.a.jz(e.exit);
}

TEST_F(OtherLayout, ValuesAreReachedThroughTheSlotBelowTheObject) {
    expectProven(kPointType, [](Emit& e) {
        loadSlotWord(e);
        e.a.mov(rax, qword_ptr(rcx, 1 + 8));
        e.a.mov(qword_ptr(rcx, 1 + 16), rdx);
    });
}

TEST_F(OtherLayout, CountsHaveTheirWidth) {
    expectProven(0, [](Emit& e) {
        e.a.cmp(qword_ptr(rsi, kCount), 0);
        e.a.js(e.exit);
        e.a.inc(qword_ptr(rsi, kCount));
        e.a.sub(qword_ptr(rsi, kCount), 1);
    });
    expectBroken(RuleId::kRefcount, 0, [](Emit& e) { e.fault(), e.a.inc(dword_ptr(rsi, kCount)); });
    expectBroken(RuleId::kRefcount, 0,
                 [](Emit& e) { e.fault(), e.a.inc(dword_ptr(rsi, kCount + 4)); });
    expectBroken(RuleId::kRefcount, 0,
                 [](Emit& e) { e.fault(), e.a.mov(qword_ptr(rsi, kCount), rdx); });
}

TEST_F(OtherLayout, AFieldMayLieWhereOurSlotIs) {
    expectProven(kSlotsType, [](Emit& e) { e.a.mov(qword_ptr(rsi, 0x18), rdx); });
}

TEST_F(OtherLayout, TheTypeWordIsNotWritten) {
    expectBroken(RuleId::kStoreRange, kPointType,
                 [](Emit& e) { e.fault(), e.a.inc(qword_ptr(rsi)); });
}

TEST_F(OtherLayout, NothingWritesTheSlot) {
    for (const int displacement : {kSlot - 7, kSlot, kSlot + 7}) {
        expectBroken(RuleId::kSlotStore, kPointType, [displacement](Emit& e) {
            e.fault(), e.a.mov(qword_ptr(rsi, displacement), rdx);
        });
    }
    expectBroken(RuleId::kSlotStore, 0,
                 [](Emit& e) { e.fault(), e.a.and_(byte_ptr(rsi, kSlot), 0xFE); });
    expectBroken(RuleId::kSlotStore, kPointType, [](Emit& e) {
        e.a.xorps(xmm0, xmm0);
        e.fault(), e.a.movaps(xmmword_ptr(rsi, kSlot - 8), xmm0);
    });
}

TEST_F(OtherLayout, ATaggedSlotWordIsNoBase) {
    expectBroken(RuleId::kSlotBase, kPointType, [](Emit& e) {
        e.a.mov(rcx, qword_ptr(rsi, kSlot));
        e.fault(), e.a.mov(rax, qword_ptr(rcx, 1));
    });
    expectBroken(RuleId::kSlotBase, kPointType, [](Emit& e) {  // the bug: a count of the slot word
        e.a.mov(rcx, qword_ptr(rsi, kSlot));
        e.fault(), e.a.inc(qword_ptr(rcx, kCount));
    });
    expectBroken(RuleId::kValuesRange, kPointType, [](Emit& e) {
        loadSlotWord(e);
        e.fault(), e.a.mov(qword_ptr(rcx, 1 + 8 * 4), rdx);
    });
}

TEST_F(OtherLayout, WithoutCountsNoneAreChanged) {
    world_.shared.head.refcount_width = 0;
    expectBroken(RuleId::kStoreRange, 0,
                 [](Emit& e) { e.fault(), e.a.inc(qword_ptr(rsi, kCount)); });
    expectBroken(RuleId::kLoadRange, 0,
                 [](Emit& e) { e.fault(), e.a.mov(rax, qword_ptr(rsi, kCount)); });
}

}  // namespace
}  // namespace tagproof::verify::testing
