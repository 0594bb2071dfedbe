#include "tests/soundness/write_set/cases.h"

#include <cstring>

namespace tagproof::soundness {
namespace {

using verify::Abstract;
using verify::Family;
using verify::Kind;

constexpr unsigned kRax = 0, kRcx = 1, kRdx = 2, kRsp = 4;
constexpr uint32_t kFrameSymbols = kOtherOwnerSymbol + 1;

bool isNameable(const Abstract& a) {
    switch (a.kind) {
        case Kind::kObj:
            return a.lo == 0;
        case Kind::kInt:
        case Kind::kValue:
        case Kind::kSlot:
        case Kind::kDict:
        case Kind::kLen:
        case Kind::kType:
            return true;
        case Kind::kTop:
        case Kind::kVals:
        case Kind::kBuf:
        case Kind::kStack:
        case Kind::kThread:
        case Kind::kSaved:
            return false;
    }
    return false;
}

int64_t addClamped(int64_t a, int64_t b) {
    int64_t sum = 0;
    if (!__builtin_add_overflow(a, b, &sum)) return sum;
    return b < 0 ? verify::kMin : verify::kMax;
}

bool fitsIn(int64_t value, unsigned bytes) {
    if (bytes == 0) return value == 0;
    return bytes == 1 ? value == static_cast<int8_t>(value) : value == static_cast<int32_t>(value);
}

}  // namespace

uint64_t CaseMaker::interestingWord() {
    const uint64_t choice = random_();
    const uint64_t power = uint64_t{1} << (choice >> 8) % 64;
    const uint64_t near = power + (choice >> 16) % 5 - 2;
    switch (choice % 8) {
        case 0:
            return (choice >> 20) % 16;
        case 1:
            return ~((choice >> 20) % 16);
        case 2:
            return near;
        case 3:
            return uint64_t{0} - near;
        case 4:
            return random_();
        default:
            return random_() >> (choice >> 8) % 64;
    }
}

uint8_t CaseMaker::patternsWith(uint64_t word) {
    return static_cast<uint8_t>((oneIn(2) ? 0xFF : random_() & random_()) | 1U << (word & 7));
}

CaseMaker::Pair CaseMaker::number(uint64_t word) {
    const auto value = static_cast<int64_t>(word);
    if (oneIn(3)) return {word, verify::constant(value)};
    if (oneIn(8)) return {word, verify::anyInteger(patternsWith(word))};
    const auto down = static_cast<int64_t>(oneIn(4) ? 0 : random_() >> (1 + below(63)));
    const auto up = static_cast<int64_t>(oneIn(4) ? 0 : random_() >> (1 + below(63)));
    int64_t low = addClamped(value, -down);
    // Ranges within unsigned words of a width are what comparisons leave.
    if (value >= 0 && oneIn(2)) low = std::max<int64_t>(low, 0);
    Abstract a = verify::integer(low, addClamped(value, up), patternsWith(word));
    if ((word & 7) != 0 && oneIn(8)) a.flags |= verify::kNullOnly;
    return {word, a};
}

CaseMaker::Pair CaseMaker::tagged(const Contract& contract) {
    const uint64_t word = oneIn(8) ? 0 : contract.valueWord(random_);
    Abstract a = verify::value(word == 0 || oneIn(3));
    a.low = static_cast<uint8_t>(patternsWith(word) & verify::kValueLow);
    return {word, a};
}

CaseMaker::Pair CaseMaker::structural(const Contract& contract) {
    const uint64_t which = below(3);
    const uint64_t object = contract.at(Place::kObject[which]);
    const int64_t shift = oneIn(2) ? 0 : static_cast<int64_t>(below(256)) - 128;
    const auto moved = [&](Kind kind, uint64_t place, uint32_t aux) {
        return Pair{contract.at(place) + static_cast<uint64_t>(shift),
                    verify::pointer(kind, shift, aux)};
    };
    switch (below(8)) {
        case 0: {
            Abstract a = verify::object(oneIn(2) ? verify::kNoType : which == 1 ? 1 : 0);
            if (which != 1 && oneIn(2)) a.flags |= Abstract::kManaged;
            if (which == 0 && oneIn(2)) a.map = static_cast<uint32_t>(below(kItemCount + 1));
            a.lo = shift;
            return {object + static_cast<uint64_t>(shift), a};
        }
        case 1: {
            const bool decoded = oneIn(2);
            Abstract a{.kind = Kind::kSlot, .low = verify::kSlotLow, .flags = Abstract::kNullable};
            if (decoded) a.low = verify::kSlotValuesLow;
            if (decoded) a.flags = 0;
            return {contract.slotWord(), a};
        }
        case 2: {
            Abstract a = verify::pointer(Kind::kLen, 0, kOwnerSymbol);
            a.lo = static_cast<int64_t>(below(kItemCount + 1));
            return {kItemCount, a};
        }
        case 3:
            return {contract.at(Place::kType[which == 1 ? 1 : 0]),
                    verify::pointer(Kind::kType, 0, which == 1 ? kOtherOwnerSymbol : kOwnerSymbol)};
        case 4:
            return moved(Kind::kVals, Place::kValues, 0);
        case 5:
            return moved(Kind::kBuf, Place::kItems, kOwnerSymbol);
        case 6:
            return moved(Kind::kThread, Place::kThread, 0);
        default:
            return moved(Kind::kStack, Place::kEntryRsp, 0);
    }
}

CaseMaker::Pair CaseMaker::any(const Contract& contract) {
    switch (below(16)) {
        case 0:
            return {interestingWord(), verify::top()};
        case 1:
        case 2:
        case 3:
            return tagged(contract);
        case 4:
        case 5:
            return structural(contract);
        case 6: {
            Pair out = number(below(kItemCount));
            out.is.flags |= Abstract::kBounded;
            out.is.aux = kOwnerSymbol;
            return out;
        }
        default:
            return number(interestingWord());
    }
}

void CaseMaker::newMemory(const Contract& contract, std::span<uint8_t> memory) {
    contract.fillMemory(memory, random_);
    for (uint32_t k = 0; k < kFrameWords; ++k) {
        Pair pair = any(contract);
        if (isNameable(pair.is)) pair.is.sym = kFrameSymbols + k;
        if (oneIn(8)) {
            pair = number(random_() & 0xFFFFFFFF);
            pair.is = verify::truncate(pair.is, 4);
            pair.is.sym = kFrameSymbols + k;
            pair.is.flags |= verify::kHalfWord;
            pair.word |= random_() << 32;
        }
        frame_[k] = pair.is;
        const uint64_t at = Place::kEntryRsp - 8 * (uint64_t{k} + 1);
        std::memcpy(memory.data() + at, &pair.word, sizeof pair.word);
    }
}

void CaseMaker::chooseFields(const Template& form, Fields& fields) {
    fields.reg = static_cast<uint8_t>(below(16));
    if (!form.hasRegField()) {
        do fields.reg = static_cast<uint8_t>(below(8));
        while ((form.extensions >> fields.reg & 1) == 0);
    }
    fields.rm = static_cast<uint8_t>(below(16));
    fields.vvvv = static_cast<uint8_t>(form.has_vvvv ? below(16) : 0);
    fields.has_base = !oneIn(8);
    fields.has_index = oneIn(2);
    fields.base = static_cast<uint8_t>(below(16));
    fields.index = static_cast<uint8_t>(below(16));
    if (fields.index == kRsp) fields.has_index = false;
    fields.scale_bits = static_cast<uint8_t>(below(4));
    constexpr uint8_t kDispBytes[] = {0, 1, 4};
    fields.disp_bytes = fields.has_base ? kDispBytes[below(3)] : uint8_t{4};
    if (fields.has_base && (fields.base & 7) == 5 && fields.disp_bytes == 0) fields.disp_bytes = 1;
    fields.immediate = interestingWord();
    fields.with_rex = oneIn(2);
}

// A pointer of some region and the offset in it that is to be accessed. Fixed: the word cannot be
// moved.
CaseMaker::Pair CaseMaker::baseIn(const Contract& contract, uint64_t& offset, bool& is_fixed) {
    is_fixed = false;
    const uint64_t which = below(3);
    switch (below(9)) {
        case 0:
            offset = below(0xA0);
            return {contract.at(Place::kThread), verify::pointer(Kind::kThread, 0)};
        case 1:
        case 2: {
            offset = below(0xC0);
            return {contract.at(Place::kObject[which]), verify::object(which == 1 ? 1 : 0)};
        }
        case 3:
            offset = 8 * below(kCapacity);
            return {contract.at(Place::kValues), verify::pointer(Kind::kVals, 0, 0)};
        case 4: {
            is_fixed = true;
            offset = 8 * below(kCapacity) + 1;
            return {contract.slotWord(), {.kind = Kind::kSlot, .low = verify::kSlotValuesLow}};
        }
        case 5: {
            offset = 8 * below(kItemCount);
            Pair items{contract.at(Place::kItems), verify::pointer(Kind::kBuf, 0, kOwnerSymbol)};
            items.is.map = kItemCount;
            return items;
        }
        case 6: {
            is_fixed = true;
            offset = below(0xC0);
            const uint64_t object = contract.at(Place::kObject[2]);
            return {object, verify::constant(static_cast<int64_t>(object))};
        }
        case 7:
            offset = below(0x120);
            return {contract.at(Place::kCells), {.kind = Kind::kInt}};
        default:
            offset = uint64_t{0} - 1 - below(8 * kFrameWords);
            return {contract.entryRsp(), verify::pointer(Kind::kStack, 0)};
    }
}

bool CaseMaker::isAddressRegister(const TestCase& out, unsigned reg) const {
    const Fields& f = out.fields;
    return reg == kRsp || (out.form.has_memory &&
                           ((f.has_base && f.base == reg) || (f.has_index && f.index == reg)));
}

bool CaseMaker::chooseAddress(const Contract& contract, TestCase& out) {
    Fields& f = out.fields;
    if (f.has_base && f.has_index && f.base == f.index) return false;
    // The pointer may be in the index, if that is not scaled.
    const bool in_index =
        f.has_index && f.scale_bits == 0 && (f.base != kRsp || !f.has_base) && oneIn(4);
    uint64_t offset = 0;
    bool is_fixed = false;
    Pair base = baseIn(contract, offset, is_fixed);
    const uint64_t scale = in_index ? 1 : uint64_t{1} << f.scale_bits;
    uint64_t other = 0;  // what the register that is no pointer adds
    const bool has_other = in_index ? f.has_base : f.has_index;
    if (has_other) {
        const unsigned reg = in_index ? f.base : f.index;
        const Pair pair = number(oneIn(4) ? below(64) - 32 : below(8));
        out.cpu.reg[reg] = pair.word;
        out.reg[reg] = oneIn(2) ? verify::constant(static_cast<int64_t>(pair.word)) : pair.is;
        other = pair.word * scale;
    }
    if (f.has_base && f.base == kRsp) {
        is_fixed = true;
        base = {out.cpu.reg[kRsp], out.reg[kRsp]};
        offset = below(8 * kFrameWords);
    }
    // Most accesses are aligned; those of 16 bytes have to be.
    const uint64_t align = out.form.width == 16 ? 16 : oneIn(8) ? 1 : out.form.width | 1U;
    uint64_t target = base.word + offset;
    target -= align > 1 && base.is.kind != Kind::kSlot ? target % (align & ~uint64_t{1}) : 0;
    if (out.form.width == 16) target &= ~uint64_t{15};
    const auto place = [&](unsigned reg, uint64_t word) {
        const auto moved = static_cast<int64_t>(word - base.word);
        out.cpu.reg[reg] = word;
        out.reg[reg] = base.is;
        if (base.is.kind == Kind::kInt)
            out.reg[reg] = verify::constant(static_cast<int64_t>(word));
        else if (!is_fixed)
            out.reg[reg].lo += moved;
    };
    const bool has_pointer = in_index || f.has_base;
    if (!has_pointer || is_fixed) {
        const uint64_t start = has_pointer ? base.word : 0;
        const auto disp = static_cast<int64_t>(target - start - other);
        if (f.has_base && !fitsIn(disp, f.disp_bytes)) f.disp_bytes = fitsIn(disp, 1) ? 1 : 4;
        if (!fitsIn(disp, f.disp_bytes)) return false;
        f.disp = static_cast<int32_t>(disp);
        if (has_pointer && !(f.has_base && f.base == kRsp))
            place(in_index ? f.index : f.base, start);
    } else {
        const uint64_t far = interestingWord();
        f.disp = f.disp_bytes == 0
                     ? 0
                     : static_cast<int32_t>(f.disp_bytes == 1 ? static_cast<int8_t>(far)
                                                              : static_cast<int32_t>(far));
        const auto disp = static_cast<uint64_t>(int64_t{f.disp});
        place(in_index ? f.index : f.base, target - other - disp);
    }
    out.has_address = true;
    out.address = target;
    return true;
}

// cmp or test of two registers, or of one and an immediate, in each width.
void CaseMaker::chooseComparison(TestCase& out) {
    out.cpu.flags = random_() & kStatusFlags;
    out.before.clear();
    if (oneIn(2)) return;
    const auto reg = static_cast<unsigned>(below(16));
    const auto rm = static_cast<unsigned>(below(16));
    const bool is_test = oneIn(3);
    const bool with_immediate = oneIn(2);
    const unsigned width = oneIn(4) ? 1 : oneIn(2) ? 4 : 8;
    const auto put = [&](unsigned byte) { out.before.push_back(static_cast<uint8_t>(byte)); };
    put(0x40U | (width == 8 ? 8U : 0U) | (with_immediate ? 0U : reg >> 3 << 2) | rm >> 3);
    const unsigned word = width == 1 ? 0U : 1U;
    const auto immediate = static_cast<unsigned>(oneIn(2) ? below(8) : random_());
    if (!with_immediate) {
        put((is_test ? 0x84U : 0x38U) + word);
        put(0xC0U | (reg & 7) << 3 | (rm & 7));
        return;
    }
    put(is_test ? 0xF6U + word : 0x80U + 3 * word);
    put(0xC0U | (is_test ? 0U : 7U << 3) | (rm & 7));
    put(immediate);
    for (unsigned k = 1; is_test && word != 0 && k < 4; ++k) put(immediate >> (8 * k));
}

// Where jumps, calls and returns lead: to the second exit.
void CaseMaker::chooseFlow(const Contract& contract, TestCase& out) {
    constexpr uint64_t kClear = 64;  // of the code itself
    const uint64_t start = kStub + out.before.size();
    out.second_exit = kCode + below(2) * 0xC00 + below(0x300);
    if (out.form.family == Family::kJump) {
        std::vector<uint8_t> bytes;
        encode(out.form, out.fields, bytes);
        const uint64_t end = start + bytes.size();
        if (out.form.immediate_bytes == 1) {
            out.second_exit = oneIn(2) ? end + kClear - 20 + below(80) : end - kClear - below(64);
        }
        out.fields.immediate = out.second_exit - end;
    } else if (out.form.family == Family::kCall && !out.form.has_memory) {
        if (out.fields.rm != kRsp) out.cpu.reg[out.fields.rm] = out.second_exit;
    } else if (out.form.family == Family::kCall) {
        out.poke_at = out.address - contract.at(0);
        out.poke = out.second_exit;
    } else {
        out.poke_at = Place::kEntryRsp - 8 * uint64_t{kFrameWords};
        out.poke = out.second_exit;
    }
}

// Operands for which the instruction does something.
void CaseMaker::prepareOperands(TestCase& out) {
    const auto set = [&](unsigned reg, const Pair& pair) {
        if (isAddressRegister(out, reg)) return;
        out.cpu.reg[reg] = pair.word;
        out.reg[reg] = pair.is;
    };
    if (out.form.family == Family::kShift) set(kRcx, number(below(80)));
    if (out.form.family == Family::kShift) out.fields.immediate = below(oneIn(4) ? 256 : 8);
    if (out.form.family == Family::kDiv && !oneIn(8)) {
        const auto high = static_cast<uint64_t>(
            out.form.width == 8 ? static_cast<int64_t>(out.cpu.reg[kRax]) >> 63
                                : static_cast<int32_t>(out.cpu.reg[kRax]) >> 31);
        set(kRdx, number(high));
    }
}

// Copies with a common symbol, and numbers computed from another word.
void CaseMaker::relate(TestCase& out) {
    const auto from = static_cast<unsigned>(below(16));
    const auto to = static_cast<unsigned>(below(16));
    const Abstract& source = out.reg[from];
    if (from == to || source.sym == 0 || isAddressRegister(out, to)) return;
    if (oneIn(2)) {
        out.reg[to] = source;
        out.cpu.reg[to] = out.cpu.reg[from];
        return;
    }
    Abstract& a = out.reg[to];
    if (a.kind != Kind::kInt || a.flags != 0) return;
    a.flags = Abstract::kDerived;
    a.aux = source.sym;
    a.map = static_cast<uint32_t>(random_() & 0xFFFFFF);
    const unsigned at = 3 * (out.cpu.reg[from] & 7);
    a.map = (a.map & ~(7U << at)) | static_cast<uint32_t>(out.cpu.reg[to] & 7) << at;
}

bool CaseMaker::make(const Contract& contract, const Template& form, TestCase& out) {
    out.form = form;
    out.has_address = false;
    out.poke_at = out.second_exit = 0;
    chooseFields(form, out.fields);
    const bool calls_stack = form.family == Family::kCall && !form.has_memory;
    if (calls_stack && out.fields.rm == kRsp) return false;  // the stack holds no code
    for (unsigned reg = 0; reg < 16; ++reg) {
        const Pair pair = any(contract);
        out.cpu.reg[reg] = pair.word;
        out.reg[reg] = pair.is;
        const double number = static_cast<double>(static_cast<int64_t>(interestingWord()));
        std::memcpy(&out.cpu.vec[reg][0], &number, sizeof number);
        if (oneIn(2)) out.cpu.vec[reg][0] = random_();
        out.cpu.vec[reg][1] = random_();
    }
    out.reg[kRsp] = verify::pointer(Kind::kStack, -8 * int64_t{kFrameWords});
    out.cpu.reg[kRsp] = contract.entryRsp() - 8 * uint64_t{kFrameWords};
    const bool is_free = form.family == Family::kLea || form.family == Family::kNop;
    if (form.has_memory && !(is_free && oneIn(2)) && !chooseAddress(contract, out)) return false;
    if (is_free && !out.has_address) {
        out.fields.disp = static_cast<int32_t>(interestingWord());
        if (out.fields.disp_bytes == 1) out.fields.disp = static_cast<int8_t>(out.fields.disp);
        if (out.fields.disp_bytes == 0) out.fields.disp = 0;
    }
    prepareOperands(out);
    out.symbols = kFrameSymbols + kFrameWords;
    for (Abstract& a : out.reg) a.sym = isNameable(a) ? out.symbols++ : 0;
    for (uint64_t n = below(3); n > 0; --n) relate(out);
    chooseComparison(out);
    const bool flows = form.family == Family::kJump || form.family == Family::kCall ||
                       form.family == Family::kReturn;
    if (flows) chooseFlow(contract, out);
    out.frame = frame_;
    out.bytes.clear();
    encode(form, out.fields, out.bytes);
    return true;
}

}  // namespace tagproof::soundness
