#include "tests/faults/faults.h"

#include <cstdlib>

#include "jit/helpers.h"
#include "objmodel/layout.h"

namespace tagproof::faults {

using verify::Family;
using verify::Instruction;

// --- Plan ----------------------------------------------------------------------------------------

namespace {

constexpr uint16_t kRegMem = 1 | 3 << 3;
constexpr uint16_t kMemReg = 3 | 1 << 3;
constexpr uint8_t kRspId = 4;

bool isSlotLoad(const Instruction& at) {
    return at.family == Family::kMove && at.form == kRegMem && at.width == 8 &&
           at.disp == layout::kObjectSlot && at.base != kRspId;
}
bool isTagTest(const Instruction& at) {
    return at.family == Family::kAlu && at.op == verify::kTEST && at.width == 1 && at.imm == 1;
}
bool isStore(const Instruction& at) { return at.family == Family::kMove && at.form == kMemReg; }

}  // namespace

AttributeUse Plan::use(size_t n) const {
    const auto& code = code_.instructions();
    for (size_t i = 0; i + 2 < code.size(); ++i) {
        if (!isSlotLoad(code[i]) || !isTagTest(code[i + 1])) continue;
        if (n-- == 0) return {i, i + 1, i + 2, x86::gpq(code[i].base), x86::gpq(code[i].reg[0])};
    }
    std::abort();
}

size_t Plan::find(size_t from, const std::function<bool(const Instruction&)>& matches) const {
    for (size_t i = from; i < code_.instructions().size(); ++i) {
        if (matches(code_.instructions()[i])) return i;
    }
    std::abort();
}

const Instruction& Plan::at(size_t index) const { return code_.instructions()[index]; }

void Plan::insert(size_t index, Replacement what) {
    replace(index, [what = std::move(what)](Editor& e) {
        what(e);
        e.original();
    });
}

// --- sequences of the compiler, at places where it would never put them
// ----------------------------

namespace {

constexpr int32_t kSlot = layout::kObjectSlot;

// What the verifier stops at: a slot word may not even be looked through; other words may.
enum class Mark : uint8_t { kTest, kWrite };

// cmp dword [o], 0; js done; inc dword [o]
void increment(Editor& e, const x86::Gp& object) {
    const asmjit::Label done = e.a.newLabel();
    e.fault();
    e.a.cmp(x86::dword_ptr(object), 0);
    e.a.js(done);
    e.a.inc(x86::dword_ptr(object));
    e.a.bind(done);
}

// cmp dword [o], 0; js done; dec dword [o]; jz cold          cold: mov rdi, o; call opDealloc
void decrement(Editor& e, const x86::Gp& object, Mark mark = Mark::kTest) {
    const asmjit::Label done = e.a.newLabel();
    if (mark == Mark::kTest) e.fault();
    e.a.cmp(x86::dword_ptr(object), 0);
    e.a.js(done);
    e.fault();
    e.a.dec(x86::dword_ptr(object));
    e.a.jz(e.cold([object](Editor& cold) {
        cold.a.mov(x86::rdi, object);
        cold.a.mov(x86::rax, helperInfo(Helper::kDealloc).address);
        cold.a.call(x86::rax);
        cold.a.ud2();
    }));
    e.a.bind(done);
}

constexpr size_t kStoreUse = 0;     // work, visit: the store to `value`
constexpr size_t kLoadUse = 1;      // work: the load of `depth`
constexpr size_t kLateLoadUse = 2;  // visit: the load of `depth`, behind the call of a method

// Between the load of a slot word and the test of its tag.
void onLoadedWord(Plan& plan, void (*emit)(Editor&, const x86::Gp& word)) {
    const AttributeUse use = plan.use(kLoadUse);
    plan.insert(use.test, [=](Editor& e) { emit(e, use.word); });
}
// Behind that test: the word is in values form.
void onValuesWord(Plan& plan, void (*emit)(Editor&, const x86::Gp& word, const x86::Gp& object)) {
    const AttributeUse use = plan.use(kLoadUse);
    plan.insert(use.access(), [=](Editor& e) { emit(e, use.word, use.object); });
}

// The store of the attribute `value`: mov [word + d], v.
size_t valueStore(const Plan& plan) {
    const AttributeUse use = plan.use(kStoreUse);
    const auto word = static_cast<uint8_t>(use.word.id());
    return plan.find(use.access(),
                     [&](const Instruction& at) { return isStore(at) && at.base == word; });
}
void instead(Plan& plan,
             size_t store,
             void (*emit)(Editor&, const x86::Gp& word, const x86::Gp& value, uint64_t valid)) {
    const x86::Gp word = x86::gpq(plan.at(store).base);
    const x86::Gp value = x86::gpq(plan.at(store).reg[1]);
    const auto valid = reinterpret_cast<uint64_t>(plan.unit().valid.get());
    plan.replace(store, [=](Editor& e) { emit(e, word, value, valid); });
}

// --- the faults ----------------------------------------------------------------------------------

void ownedTagLoad(Plan& plan) {
    onLoadedWord(plan, [](Editor& e, const x86::Gp& word) { increment(e, word); });
}

void ownedTagLoadValues(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp& word, const x86::Gp&) { increment(e, word); });
}

void ownedTagLoadGuarded(Plan& plan) {
    onLoadedWord(plan, [](Editor& e, const x86::Gp& word) {
        const asmjit::Label done = e.a.newLabel();
        e.a.test(word.r8(), 7);
        e.a.jnz(done);
        e.a.test(word, word);
        e.a.jz(done);
        increment(e, word);
        e.a.bind(done);
    });
}

void ownedTagLoadCopied(Plan& plan) {
    onLoadedWord(plan, [](Editor& e, const x86::Gp& word) {
        e.a.mov(e.scratch(), word);
        increment(e, e.scratch());
    });
}

void ownedTagLoadTwice(Plan& plan) {
    const AttributeUse use = plan.use(kLoadUse);
    plan.insert(use.test, [=](Editor& e) {
        increment(e, use.word);
        e.a.mov(use.word, x86::qword_ptr(use.object, kSlot));
        increment(e, use.word);
    });
}

void ownedTagLoadBalanced(Plan& plan) {
    onLoadedWord(plan, [](Editor& e, const x86::Gp& word) {
        increment(e, word);
        decrement(e, word);
    });
}

void decrefTag(Plan& plan) {
    onLoadedWord(plan, [](Editor& e, const x86::Gp& word) { decrement(e, word); });
}

void incrementValues(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp& word, const x86::Gp&) {
        e.a.lea(e.scratch(), x86::ptr(word, 1));
        increment(e, e.scratch());
    });
}

void decrefSlotAddress(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp&, const x86::Gp& object) {
        e.a.lea(e.scratch(), x86::ptr(object, kSlot));
        decrement(e, e.scratch(), Mark::kWrite);
    });
}

// Bases that need a displacement or a SIB byte: rbp and r13, r12.
template <uint32_t Base>
void encodedDisplacement(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp&, const x86::Gp& object) {
        const x86::Gp base = x86::gpq(Base);
        e.a.mov(base, object);
        const asmjit::Label done = e.a.newLabel();
        e.a.cmp(x86::dword_ptr(base), 0);
        e.a.js(done);
        e.fault();
        e.a.dec(x86::dword_ptr(base, kSlot));
        e.a.bind(done);
    });
}

void clearLowestBit(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp&, const x86::Gp& object) {
        e.fault();
        e.a.and_(x86::byte_ptr(object, kSlot), 0xFE);
    });
}

template <int32_t Offset>
void storeWordPlus(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp& word, const x86::Gp& object) {
        e.a.lea(e.scratch(), x86::ptr(word, Offset));
        e.fault();
        e.a.mov(x86::qword_ptr(object, kSlot), e.scratch());
    });
}

template <int32_t Offset, uint32_t Width>
void wideClip(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp&, const x86::Gp& object) {
        e.a.xor_(e.scratch().r32(), e.scratch().r32());
        e.fault();
        const x86::Mem place(object, Offset, Width);
        if (Width == 8) e.a.mov(place, e.scratch());
        if (Width == 4) e.a.mov(place, e.scratch().r32());
        if (Width == 2) e.a.mov(place, e.scratch().r16());
    });
}

void vectorClear(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp&, const x86::Gp& object) {
        e.a.xorps(x86::xmm0, x86::xmm0);
        e.fault();
        e.a.movaps(x86::xmmword_ptr(object, layout::kObjectWeakrefs), x86::xmm0);
    });
}

void vectorClearUnaligned(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp&, const x86::Gp& object) {
        e.a.xorps(x86::xmm0, x86::xmm0);
        e.fault();
        e.a.movups(x86::xmmword_ptr(object, layout::kObjectWeakrefs), x86::xmm0);
    });
}

void vectorClearAvx(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp&, const x86::Gp& object) {
        e.a.vxorps(x86::xmm0, x86::xmm0, x86::xmm0);
        e.fault();
        e.a.vmovaps(x86::xmmword_ptr(object, layout::kObjectWeakrefs), x86::xmm0);
    });
}

// Index -1 into the order bytes: values[-3 - -2] is the prefix byte.
void prefixByOrder(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp& word, const x86::Gp&) {
        constexpr int32_t kOrderIndex = -2;
        e.a.mov(e.scratch().r32(), 9);
        e.fault();
        e.a.mov(x86::byte_ptr(word, 1 + layout::kValuesOrder - kOrderIndex), e.scratch().r8());
    });
}

void indexBeyond(Plan& plan) {
    instead(plan, valueStore(plan), [](Editor& e, auto& word, auto& value, uint64_t) {
        e.fault();
        e.a.mov(x86::qword_ptr(word, 1 + 8 * 3), value);
    });
}

void indexOfAnother(Plan& plan) {
    instead(plan, valueStore(plan), [](Editor& e, auto& word, auto& value, uint64_t) {
        e.fault();
        e.a.mov(x86::qword_ptr(word, 1 + 8 * 1), value);
    });
}

// The slot word of the first access serves the second one, behind the call between them.
void staleValues(Plan& plan) {
    const AttributeUse first = plan.use(kStoreUse);
    const AttributeUse second = plan.use(kLateLoadUse);
    plan.insert(first.access(), [=](Editor& e) { e.a.mov(e.scratch(), first.word); });
    plan.replace(second.load, [=](Editor& e) { e.a.mov(second.word, e.scratch()); });
    plan.insert(second.access(), [](Editor& e) { e.fault(); });
}

void staleValuesDecoded(Plan& plan) {
    const AttributeUse first = plan.use(kStoreUse);
    const AttributeUse second = plan.use(kLateLoadUse);
    plan.insert(first.access(), [=](Editor& e) { e.a.lea(e.scratch(), x86::ptr(first.word, 1)); });
    const x86::Gp result = x86::gpq(plan.at(second.access()).reg[0]);
    plan.replace(second.access(), [=](Editor& e) {
        e.fault();
        e.a.mov(result, x86::qword_ptr(e.scratch()));
    });
}

void tornAsBase(Plan& plan) {
    instead(plan, valueStore(plan), [](Editor& e, auto&, auto& value, uint64_t valid) {
        e.a.mov(e.scratch(), valid);
        e.a.movzx(e.scratch().r32(), x86::byte_ptr(e.scratch()));
        e.fault();
        e.a.mov(x86::qword_ptr(e.scratch()), value);
    });
}

void tornAsIndex(Plan& plan) {
    instead(plan, valueStore(plan), [](Editor& e, auto& word, auto& value, uint64_t valid) {
        e.a.mov(e.scratch(), valid);
        e.a.movzx(e.scratch().r32(), x86::byte_ptr(e.scratch()));
        e.fault();
        e.a.mov(x86::qword_ptr(word, e.scratch(), 3, 1), value);
    });
}

// The exit that is taken when the attribute is missing hands over the slot word in the place of
// the first word that its metadata calls an owned or borrowed value.
void deoptOwnedTag(Plan& plan) {
    const AttributeUse use = plan.use(kLoadUse);
    const size_t jump =
        plan.find(use.access(), [](const Instruction& at) { return at.family == Family::kJump; });
    const size_t store = plan.find(plan.at(jump).target, [](const Instruction& at) {
        return isStore(at) && at.disp >= layout::kThreadDeoptValues;
    });
    const size_t call =
        plan.find(store, [](const Instruction& at) { return at.family == Family::kCall; });
    const x86::Gp thread = x86::gpq(plan.at(store).base);
    const int32_t place = plan.at(store).disp;
    plan.replace(store, [=](Editor& e) { e.a.mov(x86::qword_ptr(thread, place), use.word); });
    plan.insert(call, [](Editor& e) { e.fault(); });
}

void aliasSubBase(Plan& plan) {
    onValuesWord(plan, [](Editor& e, const x86::Gp& word, const x86::Gp&) {
        e.a.sub(word, word);
        e.fault();
    });
}

// item: between the bounds check of the index and the load of the item.
bool isItemLoad(const Instruction& at) {
    return at.family == Family::kMove && at.form == kRegMem && at.index != verify::kNoRegister;
}

void aliasSubIndex(Plan& plan) {
    const size_t load = plan.find(0, isItemLoad);
    const x86::Gp index = x86::gpq(plan.at(load).index);
    plan.insert(load, [=](Editor& e) {
        e.a.sub(index, index);
        e.fault();
    });
}

// The subtraction itself: the index is wrong, and checked against the bounds all the same.
void aliasSubResult(Plan& plan) {
    const auto is_subtraction = [](const Instruction& at) {
        return at.family == Family::kAlu && at.op == verify::kSUB && at.reg[0] != kRspId;
    };
    const size_t sub = plan.find(0, is_subtraction);
    const x86::Gp result = x86::gpq(plan.at(sub).reg[0]);
    plan.replace(sub, [=](Editor& e) {
        e.fault();
        e.a.sub(result, result);
        e.a.inc(result);
    });
}

// The code never asks whether it still holds.
void lateWatch(Plan& plan) {
    const auto is_test = [](const Instruction& at) {
        return at.family == Family::kAlu && at.op == verify::kCMP && at.width == 1;
    };
    for (size_t i = plan.find(0, is_test);; i = plan.find(i + 2, is_test)) {
        plan.replace(i, [](Editor& e) { e.fault(); });
        plan.replace(i + 1, [](Editor&) {});
        if (plan.at(i).offset > plan.at(plan.use(kLoadUse).load).offset) return;
    }
}

// The old value of the attribute: test old8, 7; jnz done.
size_t jumpOverRelease(const Plan& plan) {
    return plan.find(valueStore(plan),
                     [](const Instruction& at) { return at.family == Family::kJump; });
}

void skipDecrefOld(Plan& plan) {
    const size_t jump = jumpOverRelease(plan);
    const size_t done = plan.at(jump).target;
    plan.replace(jump, [=](Editor& e) {
        e.fault();
        e.a.jmp(e.labelOf(done));
    });
}

void releaseTwice(Plan& plan) {
    const size_t dec = plan.find(jumpOverRelease(plan), [](const Instruction& at) {
        return at.family == Family::kUnary && at.op == verify::kDEC && at.form == 3;
    });
    plan.insert(dec, [](Editor& e) {
        e.fault();
        e.original();
    });
}

constexpr const char* kSlotWritten = "1: nothing writes a slot";
constexpr const char* kSlotBase = "2: a slot word is no base";
constexpr const char* kBlock = "3: values blocks are accessed word by word, inside";
constexpr const char* kPlace = "4: stores go to proven places";

constexpr Fault kFaults[] = {
    {"owned-tag-load",
     "counted as an object, before the tag test",
     "work",
     "slot-base",
     kSlotBase,
     ownedTagLoad,
     {.runs = true, .prefix = 9}},
    {"owned-tag-load",
     "counted behind the tag test",
     "work",
     "values-range",
     kBlock,
     ownedTagLoadValues,
     {.runs = true, .prefix = 9}},
    {"owned-tag-load",
     "counted in another register",
     "work",
     "slot-base",
     kSlotBase,
     ownedTagLoadCopied,
     {.runs = true, .prefix = 9}},
    {"owned-tag-load",
     "guarded by the tag and null tests of a value",
     "work",
     "slot-base",
     kSlotBase,
     ownedTagLoadGuarded,
     {.runs = true}},
    {"owned-tag-load-twice",
     "two loads, both counted",
     "work",
     "slot-base",
     kSlotBase,
     ownedTagLoadTwice,
     {.runs = true, .prefix = 10}},
    {"owned-tag-load-balanced",
     "counted and given back",
     "work",
     "slot-base",
     kSlotBase,
     ownedTagLoadBalanced,
     {.runs = true}},
    {"decref-tag",
     "given back with its cold path",
     "work",
     "slot-base",
     kSlotBase,
     decrefTag,
     {.runs = true, .prefix = 7}},
    {"refcount-values-ptr",
     "the values pointer counted",
     "work",
     "values-range",
     kBlock,
     incrementValues,
     {.runs = true, .value_delta = 1, .result = "0.0"}},
    {"decref-slot-address",
     "the slot's address given back",
     "work",
     "slot-store",
     kSlotWritten,
     decrefSlotAddress,
     {.runs = true, .slot_delta = -1}},
    {"enc-disp",
     "dec [rbp+0x18] for dec [rbp]",
     "work",
     "slot-store",
     kSlotWritten,
     encodedDisplacement<5>,
     {.runs = true, .slot_delta = -1}},
    {"enc-disp",
     "dec [r12+0x18] for dec [r12]",
     "work",
     "slot-store",
     kSlotWritten,
     encodedDisplacement<12>,
     {.runs = true, .slot_delta = -1}},
    {"enc-disp",
     "dec [r13+0x18] for dec [r13]",
     "work",
     "slot-store",
     kSlotWritten,
     encodedDisplacement<13>,
     {.runs = true, .slot_delta = -1}},
    {"clear-lsb",
     "and byte [o+0x18], 0xfe",
     "work",
     "slot-store",
     kSlotWritten,
     clearLowestBit,
     {.runs = true, .slot_delta = -1}},
    {"untag",
     "values stored without the encoding",
     "work",
     "slot-store",
     kSlotWritten,
     storeWordPlus<1>,
     {.runs = true, .slot_delta = 1}},
    {"double-encode",
     "an encoded word encoded again",
     "work",
     "slot-store",
     kSlotWritten,
     storeWordPlus<-1>,
     {.runs = true, .slot_delta = -1}},
    {"wide-clip",
     "8 bytes at +0x11",
     "work",
     "slot-store",
     kSlotWritten,
     wideClip<0x11, 8>,
     {.runs = true, .slot_mask = ~0xFFULL}},
    {"wide-clip",
     "4 bytes at +0x15",
     "work",
     "slot-store",
     kSlotWritten,
     wideClip<0x15, 4>,
     {.runs = true, .slot_mask = ~0xFFULL}},
    {"wide-clip",
     "2 bytes at +0x17",
     "work",
     "prefix",
     "1: no row has 16 bits",
     wideClip<0x17, 2>,
     {.runs = true, .slot_mask = ~0xFFULL}},
    {"vector-clear",
     "movaps at +0x10",
     "work",
     "slot-store",
     kSlotWritten,
     vectorClear,
     {.runs = true, .slot_mask = 0}},
    {"vector-clear",
     "movups at +0x10",
     "work",
     "no-row",
     "1: no row for it",
     vectorClearUnaligned,
     {.runs = true, .slot_mask = 0}},
    {"vector-clear",
     "vmovaps at +0x10",
     "work",
     "slot-store",
     kSlotWritten,
     vectorClearAvx,
     {.runs = true, .slot_mask = 0}},
    {"prefix-order",
     "order byte -1 is the prefix",
     "work",
     "values-range",
     kBlock,
     prefixByOrder,
     {.runs = true, .prefix = 9}},
    {"index-stale", "values[capacity]", "work", "values-range", kBlock, indexBeyond},
    {"index-stale", "the index of another attribute", "work", nullptr,
     "a wrong attribute of the right object: the table of names is not the verifier's",
     indexOfAnother},
    {"stale-values", "slot word kept across a call", "visit", "base", kBlock, staleValues},
    {"stale-values", "values pointer kept across a call", "visit", "base", kBlock,
     staleValuesDecoded},
    {"torn-cache", "a loaded number as base", "work", "base", kPlace, tornAsBase},
    {"torn-cache", "a loaded number as index", "work", "values-range", kBlock, tornAsIndex},
    {"deopt-owned-tag", "the exit hands over a slot word", "work", "exit",
     "5: exits store what their metadata says", deoptOwnedTag},
    {"alias-sub", "of the base", "work", "base", kPlace, aliasSubBase},
    {"alias-sub", "of a checked index", "item", "load-range", kPlace, aliasSubIndex},
    {"alias-sub", "of a result", "item", nullptr,
     "a wrong number, and the bounds are checked behind it", aliasSubResult},
    {"late-watch", "the valid byte is not tested", "work", nullptr,
     "a wrong attribute of the right object: what types say is not the verifier's", lateWatch},
    {"skip-decref-old", "the old value is not given back", "work", nullptr,
     "balance of counts is not checked", skipDecrefOld},
    {"double-free-values", "the old value is given back twice", "work", nullptr,
     "balance of counts is not checked; pools check every address they are given", releaseTwice},
};

}  // namespace

std::span<const Fault> allFaults() { return kFaults; }

}  // namespace tagproof::faults
