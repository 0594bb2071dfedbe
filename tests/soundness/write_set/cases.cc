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

int32_t narrowed(uint64_t word, unsigned bytes) {
    if (bytes == 0) return 0;
    const auto low = static_cast<int32_t>(word);
    return bytes == 1 ? ((low & 0xFF) ^ 0x80) - 0x80 : low;
}

int64_t addClamped(int64_t a, int64_t b) {
    int64_t sum = 0;
    if (!__builtin_add_overflow(a, b, &sum)) return sum;
    return b < 0 ? verify::kMin : verify::kMax;
}

// False: it has no displacement that large. With a base, the displacement takes what it needs.
bool fitDisplacement(uint64_t disp, Fields& fields) {
    const auto fits = [&](unsigned bytes) {
        return static_cast<uint64_t>(int64_t{narrowed(disp, bytes)}) == disp;
    };
    if (fields.has_base && !fits(fields.disp_bytes)) fields.disp_bytes = fits(1) ? 1 : 4;
    fields.disp = static_cast<int32_t>(disp);
    return fits(fields.disp_bytes);
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

CaseMaker::Pair CaseMaker::anObject(const Contract& contract, uint64_t which, int64_t shift) {
    Abstract a = verify::object(oneIn(2) ? verify::kNoType : which == 1 ? 1 : 0);
    if (which != 1 && oneIn(2)) a.flags |= Abstract::kManaged;
    if (which == 0 && oneIn(2)) a.map = static_cast<uint32_t>(below(kItemCount + 1));
    a.lo = shift;
    return {contract.at(Place::kObject[which]) + static_cast<uint64_t>(shift), a};
}

CaseMaker::Pair CaseMaker::structural(const Contract& contract) {
    const uint64_t which = below(3);
    const int64_t shift = oneIn(2) ? 0 : static_cast<int64_t>(below(256)) - 128;
    const auto moved = [&](Kind kind, uint64_t place, uint32_t aux) {
        return Pair{contract.at(place) + static_cast<uint64_t>(shift),
                    verify::pointer(kind, shift, aux)};
    };
    switch (below(8)) {
        case 0:
            return anObject(contract, which, shift);
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

CaseMaker::Base CaseMaker::baseIn(const Contract& contract) {
    const uint64_t which = below(3);
    const auto in = [&](uint64_t place, const Abstract& is, uint64_t offset) {
        return Base{{contract.at(place), is}, offset, false};
    };
    switch (below(9)) {
        case 0:
            return in(Place::kThread, verify::pointer(Kind::kThread, 0), below(0xA0));
        case 1:
        case 2:
            return in(Place::kObject[which], verify::object(which == 1 ? 1 : 0), below(0xC0));
        case 3:
            return in(Place::kValues, verify::pointer(Kind::kVals, 0, 0), 8 * below(kCapacity));
        case 4: {
            const Abstract slot{.kind = Kind::kSlot, .low = verify::kSlotValuesLow};
            return {{contract.slotWord(), slot}, 8 * below(kCapacity) + 1, true};
        }
        case 5: {
            Abstract items = verify::pointer(Kind::kBuf, 0, kOwnerSymbol);
            items.map = kItemCount;
            return in(Place::kItems, items, 8 * below(kItemCount));
        }
        case 6: {
            const uint64_t object = contract.at(Place::kObject[2]);
            return {{object, verify::constant(static_cast<int64_t>(object))}, below(0xC0), true};
        }
        case 7:
            return in(Place::kCells, {.kind = Kind::kInt}, below(0x120));
        default:
            return in(Place::kEntryRsp, verify::pointer(Kind::kStack, 0),
                      uint64_t{0} - 1 - below(8 * uint64_t{kFrameWords}));
    }
}

bool CaseMaker::isAddressRegister(const TestCase& out, unsigned reg) {
    const Fields& f = out.fields;
    return reg == kRsp || (out.form.has_memory &&
                           ((f.has_base && f.base == reg) || (f.has_index && f.index == reg)));
}

// What the register of the address that is no pointer adds.
uint64_t CaseMaker::chooseOther(bool pointer_in_index, TestCase& out) {
    const Fields& f = out.fields;
    if (!(pointer_in_index ? f.has_base : f.has_index)) return 0;
    const unsigned reg = pointer_in_index ? f.base : f.index;
    const Pair pair = number(oneIn(4) ? below(64) - 32 : below(8));
    out.cpu.reg[reg] = pair.word;
    out.reg[reg] = oneIn(2) ? verify::constant(static_cast<int64_t>(pair.word)) : pair.is;
    return pair.word << (pointer_in_index ? 0 : f.scale_bits);
}

// Most accesses are aligned; those of 16 bytes have to be.
uint64_t CaseMaker::targetIn(const Base& base, unsigned width) {
    const uint64_t target = base.pointer.word + base.offset;
    const bool aligns = width == 16 || (base.pointer.is.kind != Kind::kSlot && !oneIn(8));
    return aligns && width > 1 ? target & ~uint64_t{width - 1U} : target;
}

// The registers of the memory operand and its displacement, such that it is in a region.
bool CaseMaker::chooseAddress(const Contract& contract, TestCase& out) {
    Fields& f = out.fields;
    if (f.has_base && f.has_index && f.base == f.index) return false;
    const bool in_frame = f.has_base && f.base == kRsp;
    // The pointer may be in the index, if that is not scaled.
    const bool in_index = f.has_index && f.scale_bits == 0 && !in_frame && oneIn(4);
    Base base = baseIn(contract);
    if (in_frame) {
        base = {{out.cpu.reg[kRsp], out.reg[kRsp]}, below(8 * uint64_t{kFrameWords}), true};
    }
    const uint64_t other = chooseOther(in_index, out);
    out.has_address = true;
    out.address = targetIn(base, out.form.width);
    if (!in_index && !f.has_base) return fitDisplacement(out.address - other, f);
    const unsigned reg = in_index ? f.index : f.base;
    uint64_t word = base.pointer.word;
    if (base.is_fixed) {
        if (!fitDisplacement(out.address - other - word, f)) return false;
    } else {
        f.disp = narrowed(interestingWord(), f.disp_bytes);
        word = out.address - other - static_cast<uint64_t>(int64_t{f.disp});
        Abstract& is = base.pointer.is;
        is.lo += static_cast<int64_t>(word - base.pointer.word);
        if (is.kind == Kind::kInt) is = verify::constant(static_cast<int64_t>(word));
    }
    out.cpu.reg[reg] = word;
    out.reg[reg] = base.pointer.is;
    return true;
}

// cmp or test of two registers, or of one and an immediate, in each width.
void CaseMaker::appendComparison(std::vector<uint8_t>& out) {
    const auto reg = static_cast<unsigned>(below(16));
    const auto rm = static_cast<unsigned>(below(16));
    const bool is_test = oneIn(3);
    const bool with_immediate = oneIn(2);
    const unsigned width = oneIn(4) ? 1 : oneIn(2) ? 4 : 8;
    const auto put = [&](unsigned byte) { out.push_back(static_cast<uint8_t>(byte)); };
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

// Words for all registers; rsp is below the frame.
void CaseMaker::chooseWords(const Contract& contract, TestCase& out) {
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
}

// Symbols, and relations between words.
void CaseMaker::nameWords(TestCase& out) {
    out.symbols = kFrameSymbols + kFrameWords;
    for (Abstract& a : out.reg) a.sym = isNameable(a) ? out.symbols++ : 0;
    for (uint64_t n = below(3); n > 0; --n) relate(out);
    out.frame = frame_;
}

bool CaseMaker::make(const Contract& contract, const Template& form, TestCase& out) {
    out.form = form;
    out.has_address = false;
    out.poke_at = out.second_exit = 0;
    chooseFields(form, out.fields);
    const bool calls_stack = form.family == Family::kCall && !form.has_memory;
    if (calls_stack && out.fields.rm == kRsp) return false;  // the stack holds no code
    chooseWords(contract, out);
    const bool is_free = form.family == Family::kLea || form.family == Family::kNop;
    if (is_free && oneIn(2)) {
        out.fields.disp = narrowed(interestingWord(), out.fields.disp_bytes);
    } else if (form.has_memory && !chooseAddress(contract, out)) {
        return false;
    }
    prepareOperands(out);
    nameWords(out);
    out.cpu.flags = random_() & kStatusFlags;
    out.before.clear();
    if (oneIn(2)) appendComparison(out.before);
    const bool flows = form.family == Family::kJump || form.family == Family::kCall ||
                       form.family == Family::kReturn;
    if (flows) chooseFlow(contract, out);
    out.bytes.clear();
    encode(form, out.fields, out.bytes);
    return true;
}

// Families of which chains are made: what arithmetic, tests and spills are made of.
bool CaseMaker::isLink(const Template& form) {
    if (!form.has_modrm && (form.opcode & 7) == kRsp) return false;  // xchg or mov of rsp
    switch (form.family) {
        case Family::kMove:
        case Family::kExtend:
        case Family::kLea:
        case Family::kExchange:
        case Family::kAlu:
        case Family::kUnary:
        case Family::kShift:
        case Family::kImul:
        case Family::kSignToRdx:
        case Family::kSetCondition:
        case Family::kMoveIf:
        case Family::kVecMove:
        case Family::kVecToInt:
            return true;
        case Family::kPush:
        case Family::kPop:
        case Family::kNop:
        case Family::kDiv:
        case Family::kJump:
        case Family::kCall:
        case Family::kReturn:
        case Family::kTrap:
        case Family::kVecArith:
        case Family::kVecCompare:
        case Family::kFault:
            return false;
    }
    return false;
}

// Few registers, so that the links have to do with each other; memory is the frame.
void CaseMaker::appendLink(const Template& form, TestCase& out) {
    constexpr uint8_t kRegisters[] = {0, 1, 2, 6, 11};
    const auto reg = [&] { return kRegisters[below(std::size(kRegisters))]; };
    Fields f;
    chooseFields(form, f);
    if (form.hasRegField()) f.reg = reg();
    f.rm = reg();
    const bool is_lea = form.family == Family::kLea;
    f.has_base = true;
    f.base = is_lea ? reg() : uint8_t{kRsp};
    f.has_index = is_lea && oneIn(2);
    f.index = reg();
    f.disp_bytes = 4;
    const uint64_t width = form.width == 16 ? 16 : oneIn(4) ? 4 : 8;
    f.disp = static_cast<int32_t>(below(8 * uint64_t{kFrameWords} / width) * width);
    if (is_lea) f.disp = narrowed(oneIn(2) ? below(16) - 8 : interestingWord(), 4);
    if (form.width == 16) f.disp |= 8;  // rsp is 8 beside a multiple of 16
    if (oneIn(2)) f.immediate = below(16);
    encode(form, f, out.bytes);
}

void CaseMaker::makeChain(const Contract& contract,
                          std::span<const Template> links,
                          TestCase& out) {
    out.form = Template{};
    out.has_address = false;
    out.poke_at = out.second_exit = 0;
    chooseWords(contract, out);
    nameWords(out);
    out.cpu.flags = random_() & kStatusFlags;
    out.before.clear();
    out.bytes.clear();
    for (uint64_t n = 2 + below(6); n > 0; --n) {
        appendLink(links[below(links.size())], out);
        if (oneIn(3)) appendComparison(out.bytes);
    }
}

}  // namespace tagproof::soundness
