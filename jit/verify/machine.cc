#include "jit/verify/machine.h"

#include <utility>

namespace tagproof::verify {
namespace {

// rbx, rbp, r12-r15
constexpr bool isCalleeSaved(unsigned reg) { return reg == 3 || reg == 5 || reg >= 12; }
constexpr unsigned kRdi = 7;
constexpr unsigned kValueArguments[] = {6, 2, 1, 8, 9};  // rsi, rdx, rcx, r8, r9

constexpr unsigned digitOf(const Instruction& in, unsigned k) { return (in.form >> (3 * k)) & 7; }

}  // namespace

Machine::Machine(const Trusted& trusted,
                 MachineMemory& memory,
                 Reporter* reporter,
                 Statistics* statistics)
    : state(memory.state),
      memory_(memory),
      tables_(trusted),
      reporter_(reporter),
      statistics_(statistics) {}

void Machine::fail(RuleId rule, std::string_view message) {
    if (reporter_ != nullptr && current_ != nullptr) reporter_->report(*current_, rule, message);
}

void Machine::enter() {
    state.clear(0);
    state.next_symbol = 1;
    for (unsigned reg = 0; reg < kRegisterCount; ++reg) {
        if (isCalleeSaved(reg)) state.set(reg, pointer(Kind::kSaved, 0, reg));
    }
    state.set(kRsp, pointer(Kind::kStack, 0));
    state.set(kRdi, pointer(Kind::kThread, 0));
    if (tables_.function().entry == EntryKind::kNormal) {
        unsigned k = 0;
        for (const unsigned reg : kValueArguments) {
            if (k++ < tables_.function().arg_count) state.set(reg, state.fresh(value(false)));
        }
    }
    flags_.op = Comparison::Op::kNone;
    ++memory_.exit_epoch;
}

void Machine::load(const LabelHint& hint) {
    state.load(hint);
    flags_.op = Comparison::Op::kNone;
    ++memory_.exit_epoch;
}

Flow Machine::step(const Instruction& in) {
    current_ = &in;
    switch (in.family) {
        case Family::kMove:
            move(in);
            break;
        case Family::kExtend:
            extend(in);
            break;
        case Family::kLea:
            lea(in);
            break;
        case Family::kExchange:
            exchange(in);
            break;
        case Family::kPush:
            push(in);
            break;
        case Family::kPop:
            pop(in);
            break;
        case Family::kNop:
            break;
        case Family::kAlu:
            alu(in);
            break;
        case Family::kUnary:
            unary(in);
            break;
        case Family::kShift:
            shift(in);
            break;
        case Family::kImul:
            imul(in);
            break;
        case Family::kDiv:
            divide(in);
            break;
        case Family::kSignToRdx:
            signToRdx();
            break;
        case Family::kSetCondition:
            setCondition(in);
            break;
        case Family::kMoveIf:
            moveIf(in);
            break;
        case Family::kJump:
            return in.op == kAlways ? Flow::kJump : Flow::kBranch;
        case Family::kCall:
            return call(in);
        case Family::kReturn:
            leave();
            return Flow::kStop;
        case Family::kTrap:
            return Flow::kStop;
        case Family::kVecMove:
            vectorMove(in);
            break;
        case Family::kVecArith:
            vectorArith(in);
            break;
        case Family::kVecToInt:
            vectorToInt(in);
            break;
        case Family::kVecCompare:
            vectorCompare(in);
            break;
        case Family::kFault:
            return fault(in);
    }
    return Flow::kNext;
}

// Nothing is known after an instruction without a row; checking goes on to find the other faults.
Flow Machine::fault(const Instruction& in) {
    const auto rule = static_cast<RuleId>(in.imm);
    fail(rule, ruleText(rule));
    for (unsigned reg = 0; reg < kRegisterCount; ++reg) {
        const Kind kind = state.at(reg).kind;
        if (kind != Kind::kStack && kind != Kind::kSaved) state.set(reg, top());
    }
    flags_.op = Comparison::Op::kNone;
    return rule == RuleId::kUndecodable ? Flow::kStop : Flow::kNext;
}

// --- operands ------------------------------------------------------------------------------------

void Machine::writeRegister(unsigned reg, unsigned width, const Abstract& a) {
    if (reg == kRsp) {
        if (width == 8) {
            setStackPointer(a);
        } else {
            fail(RuleId::kStackPointer, "a part of rsp is written");
        }
        return;
    }
    if (width == 8) return state.setNamed(reg, a);
    if (width == 4) return state.setNamed(reg, truncateNarrow(a, 4));
    // The upper bytes stay. They matter only where they are known to be zero.
    const Abstract byte = truncate(a, 1);
    const Abstract& to = state.at(reg);
    if (to.kind == Kind::kInt && to.lo >= 0 && to.hi <= 0xFF) {
        state.setNamed(reg, byte);
    } else {
        const bool is_number = asInteger(to).kind == Kind::kInt;
        state.set(reg, is_number ? state.fresh(anyInteger(byte.low)) : top());
    }
}

Abstract Machine::readOperand(const Instruction& in, unsigned k, unsigned width) {
    switch (digitOf(in, k)) {
        case kReg:
            return readRegister(in.reg[k], width);
        case kImm:
            return truncate(constant(in.imm), width);
        case kMem:
            return load(address(in), width);
        default:
            return top();
    }
}

void Machine::writeOperand(const Instruction& in, unsigned k, const Abstract& a, StoreKind kind) {
    if (digitOf(in, k) == kReg) return writeRegister(in.reg[k], in.width, a);
    if (in.width >= 8) return store(address(in), in.width, a, kind);
    store(address(in), in.width, truncateNarrow(a, in.width), kind);
}

void Machine::setStackPointer(const Abstract& a) {
    if (a.kind != Kind::kStack || a.lo > 0 || a.lo % 8 != 0) {
        fail(RuleId::kStackPointer, "rsp loses its known distance from the entry");
    } else if (a.lo < -8 * int64_t{kMaxStackWords}) {
        fail(RuleId::kFrameSize, "the frame is larger than 4 KiB");
    } else {
        state.set(kRsp, a);
        state.setStackWords(static_cast<uint32_t>(-a.lo / 8));
    }
}

// --- moves ---------------------------------------------------------------------------------------

void Machine::move(const Instruction& in) {
    const bool whole = in.width == 8 && digitOf(in, 1) == kReg;
    if (whole) return writeOperand(in, 0, state.at(in.reg[1]), StoreKind::kPlain);
    writeOperand(in, 0, readOperand(in, 1, in.width), StoreKind::kPlain);
}

void Machine::extend(const Instruction& in) {
    Abstract a = truncate(readOperand(in, 1, in.src_width), in.src_width);
    if (in.op == kSign) {
        const int64_t half = int64_t{1} << (8 * in.src_width - 1);
        if (isConstant(a)) {
            a = constant((a.lo ^ half) - half);
        } else if (a.hi >= half) {
            if (has(a, Abstract::kBounded)) a.flags = 0;
            a.sym = 0;
            a.lo = -half;
            a.hi = half - 1;
        }
    }
    writeRegister(in.reg[0], in.width, a);
}

void Machine::lea(const Instruction& in) {
    Abstract a = in.base == kNoRegister ? constant(0) : state.at(in.base);
    if (in.index != kNoRegister) {
        const unsigned by = in.scale == 8 ? 3 : in.scale / 2;
        a = binary(kADD, a, shifted(kSHL, state.at(in.index), by, 8));
    }
    if (in.disp != 0) a = binary(kADD, a, constant(in.disp));
    writeRegister(in.reg[0], in.width, a);
}

void Machine::exchange(const Instruction& in) {
    if (in.reg[0] == kRsp || in.reg[1] == kRsp) {
        fail(RuleId::kStackPointer, "rsp is exchanged");
        return;
    }
    const Abstract first = readRegister(in.reg[0], in.width);
    const Abstract second = readRegister(in.reg[1], in.width);
    writeRegister(in.reg[0], in.width, second);
    writeRegister(in.reg[1], in.width, first);
}

void Machine::push(const Instruction& in) {
    const Abstract a = state.at(in.reg[0]);
    const int64_t below = state.at(kRsp).lo - 8;
    setStackPointer(pointer(Kind::kStack, below));
    if (state.at(kRsp).lo != below) return;  // the frame is too large
    state.set(kRegisterCount + state.stack_words - 1, a);
    count(WriteClass::kStack);
}

void Machine::pop(const Instruction& in) {
    const int64_t at = state.at(kRsp).lo;
    const Abstract a = loadStack(stackAddress(at), 8);
    if (at == 0) return;
    setStackPointer(pointer(Kind::kStack, at + 8));
    writeRegister(in.reg[0], 8, a);
}

void Machine::moveIf(const Instruction& in) {
    const Abstract source = readOperand(in, 1, in.width);
    writeRegister(in.reg[0], in.width, either(readRegister(in.reg[0], in.width), source));
}

void Machine::setCondition(const Instruction& in) { writeRegister(in.reg[0], 1, integer(0, 1)); }

}  // namespace tagproof::verify
