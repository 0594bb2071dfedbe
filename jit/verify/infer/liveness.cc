#include "jit/verify/infer/liveness.h"

#include <array>

namespace tagproof::verify {
namespace {

constexpr unsigned kRsp = 4;
constexpr uint64_t kRegisters = 0xFFFF;
constexpr uint64_t kStackBits = ~kRegisters;
constexpr unsigned kTrackedWords = 48;
constexpr uint64_t kCallerSaved = 0x0FC7;  // rax rcx rdx rsi rdi r8-r11
constexpr uint64_t kAtReturn = 0xF029;     // rax rbx rbp r12-r15
constexpr unsigned kArguments[kMaxArgs] = {7, 6, 2, 1, 8, 9};

constexpr uint64_t bitOf(unsigned reg) { return reg < 16 ? uint64_t{1} << reg : 0; }
constexpr unsigned digitOf(const Instruction& in, unsigned k) { return (in.form >> (3 * k)) & 7; }

// By family: is the first operand read before it is written?
constexpr unsigned kReadsFirst = 1;
constexpr auto kAccess = [] {
    std::array<uint8_t, static_cast<size_t>(Family::kFault) + 1> access{};
    for (const Family family :
         {Family::kExchange, Family::kAlu, Family::kUnary, Family::kShift, Family::kImul,
          Family::kSetCondition, Family::kMoveIf, Family::kVecCompare, Family::kVecArith}) {
        access[static_cast<size_t>(family)] = kReadsFirst;
    }
    return access;
}();

uint64_t argumentBits(unsigned count) {
    uint64_t bits = 0;
    for (unsigned k = 0; k < count && k < kMaxArgs; ++k) bits |= bitOf(kArguments[k]);
    return bits;
}

}  // namespace

// The tracked stack words that [rsp + offset, + width) touches.
uint64_t Liveness::words(int64_t offset, unsigned width) const {
    const int64_t lo = offset - depth_now_;  // from the entry's rsp
    if (lo + width > 0) return 0;
    uint64_t bits = 0;
    for (int64_t word = -(lo + width) / 8; word <= (-lo - 1) / 8; ++word) {
        if (word < int64_t{kTrackedWords}) bits |= uint64_t{1} << (16 + word);
    }
    return bits;
}

void Liveness::memoryEffect(const Instruction& in, bool reads, bool writes, Effect& out) const {
    out.reads |= bitOf(in.base) | bitOf(in.index);
    if (in.base != kRsp) return;
    const unsigned width = in.family == Family::kExtend ? in.src_width : in.width;
    const uint64_t touched = words(in.disp, width);
    const bool whole = width >= 8 && (in.disp - depth_now_) % 8 == 0;
    if (reads || (writes && !whole)) out.reads |= touched;
    if (writes && whole) out.writes |= touched;
}

void Liveness::callEffect(const Instruction& in, Effect& out) {
    unsigned arguments = kMaxArgs;
    if (in.reg[0] != kNoRegister) {
        out.reads |= bitOf(in.reg[0]);
        const auto address = static_cast<uint64_t>(constants_[in.reg[0]]);
        const Helper* helper = tables_->helper(address);
        if (helper != nullptr) arguments = helper->arg_count;
    } else {
        memoryEffect(in, true, false, out);
    }
    out.reads |= argumentBits(arguments);
    out.writes |= kCallerSaved;
}

void Liveness::moveStackPointer(const Instruction& in) {
    const bool by_constant = in.family == Family::kAlu && in.reg[1] == kNoRegister;
    if (by_constant && in.op == kSUB) depth_now_ += in.imm;
    if (by_constant && in.op == kADD) depth_now_ -= in.imm;
    if (in.family == Family::kLea && in.base == kRsp) depth_now_ -= in.disp;
}

void Liveness::effect(const Instruction& in, Effect& out) {
    switch (in.family) {
        case Family::kNop:
        case Family::kTrap:
        case Family::kFault:
        case Family::kJump:
            return;
        case Family::kReturn:
            out.reads |= kAtReturn;
            return;
        case Family::kCall:
            return callEffect(in, out);
        case Family::kPush:
            out.reads |= bitOf(in.reg[0]);
            depth_now_ += 8;
            out.writes |= words(0, 8);
            return;
        case Family::kPop:
            out.reads |= words(0, 8);
            out.writes |= bitOf(in.reg[0]);
            depth_now_ -= 8;
            return;
        case Family::kDiv:
        case Family::kSignToRdx:
            out.reads |= bitOf(0) | bitOf(2) | bitOf(in.reg[0]);
            out.writes |= in.family == Family::kDiv ? bitOf(0) | bitOf(2) : bitOf(2);
            return;
        case Family::kMove:
        case Family::kExtend:
        case Family::kLea:
        case Family::kExchange:
        case Family::kAlu:
        case Family::kUnary:
        case Family::kShift:
        case Family::kImul:
        case Family::kSetCondition:
        case Family::kMoveIf:
        case Family::kVecMove:
        case Family::kVecArith:
        case Family::kVecToInt:
        case Family::kVecCompare:
            break;
    }
    operandEffect(in, out);
    if (in.reg[0] == kRsp && digitOf(in, 0) == kReg) return moveStackPointer(in);
    const bool copies = (in.reg[1] == kRsp && digitOf(in, 1) == kReg) ||
                        (in.family == Family::kLea && (in.base == kRsp || in.index == kRsp));
    stack_escapes_ = stack_escapes_ || copies;
}

// What the operands of the form say. Memory stands at most once.
void Liveness::operandEffect(const Instruction& in, Effect& out) const {
    const unsigned access = kAccess[static_cast<unsigned>(in.family)];
    const bool compares = in.family == Family::kAlu && (in.op == kCMP || in.op == kTEST);
    const bool three = in.family == Family::kImul && (in.form >> 6) != 0;
    const bool reads = (access & kReadsFirst) != 0 && !three;
    const bool writes = !compares;
    const unsigned first = in.form & 7;
    if (first == kReg) {
        const uint64_t bit = bitOf(in.reg[0]);
        if (reads || in.width < 4) out.reads |= bit;
        if (writes && in.width >= 4) out.writes |= bit;
    } else if (first == kMem) {
        memoryEffect(in, reads, writes, out);
    }
    for (unsigned k = 1; in.form >> (3 * k) != 0; ++k) {
        const unsigned digit = digitOf(in, k);
        if (digit == kReg) {
            out.reads |= bitOf(in.reg[k]);
            if (in.family == Family::kExchange) out.writes |= bitOf(in.reg[k]);
        } else if (digit == kMem) {
            memoryEffect(in, true, false, out);
        }
    }
}

void Liveness::scan(const Program& program, const FlowGraph& graph, uint32_t segment) {
    depth_now_ = depth_[segment];
    uint64_t reads = 0;  // before being overwritten
    uint64_t writes = 0;
    const auto leave = [&](uint32_t to) {
        edges_.push_back(Edge{segment, to, ~writes});
        if (depth_[to] < 0) depth_[to] = static_cast<int32_t>(depth_now_);
    };
    for (int64_t& constant : constants_) constant = 0;
    const auto count = static_cast<uint32_t>(program.instructions.size());
    bool falls = true;
    uint32_t i = graph.first[segment];
    for (; i < count && falls; ++i) {
        if (graph.segment_of[i] != kNoTarget && i != graph.first[segment]) break;
        const Instruction& in = program.instructions[i];
        if (in.family == Family::kJump) {
            if (in.target != kNoTarget) leave(graph.segment_of[in.target]);
            falls = in.op != kAlways;
            continue;
        }
        Effect change;
        effect(in, change);
        reads |= change.reads & ~writes;
        writes |= change.writes;
        if (in.family == Family::kMove && digitOf(in, 1) == kImm && in.reg[0] != kNoRegister) {
            constants_[in.reg[0]] = in.imm;
        }
        falls = in.family != Family::kReturn && in.family != Family::kTrap;
    }
    if (falls && i < count) leave(graph.segment_of[i]);
    live_[segment] = reads;
}

void Liveness::run(const Program& program, const FlowGraph& graph, const Tables& tables) {
    tables_ = &tables;
    live_.assign(graph.first.size(), 0);
    depth_.assign(graph.first.size(), -1);
    edges_.clear();
    stack_escapes_ = false;
    if (graph.order.empty()) return;
    depth_[0] = 0;
    for (const uint32_t segment : graph.order) scan(program, graph, segment);
    // Edges stand in reverse postorder of their origins: backward is the fast direction.
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t k = edges_.size(); k-- > 0;) {
            const Edge& edge = edges_[k];
            const uint64_t live = live_[edge.from] | (live_[edge.to] & edge.keep);
            changed = changed || live != live_[edge.from];
            live_[edge.from] = live;
        }
    }
    if (stack_escapes_) {
        for (uint64_t& live : live_) live |= kStackBits;
    }
}

}  // namespace tagproof::verify
