#include "jit/verify/infer/liveness.h"

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

constexpr uint64_t kRspBit = uint64_t{1} << kRsp;

// What the operands of a row's form say.
struct RowEffect {
    bool is_known = false;
    bool is_special = false;  // by family: fixed registers, the stack pointer
    uint8_t reads = 0;        // bit k: the register that is operand k; kMemoryBit: the memory
    uint8_t writes = 0;
};
constexpr uint8_t kMemoryBit = 8;

bool readsFirst(Family family) {
    switch (family) {
        case Family::kExchange:
        case Family::kAlu:
        case Family::kUnary:
        case Family::kShift:
        case Family::kImul:
        case Family::kSetCondition:
        case Family::kMoveIf:
        case Family::kVecCompare:
        case Family::kVecArith:
            return true;
        default:
            return false;
    }
}

bool isSpecial(Family family) {
    switch (family) {
        case Family::kNop:
        case Family::kTrap:
        case Family::kFault:
        case Family::kReturn:
        case Family::kCall:
        case Family::kPush:
        case Family::kPop:
        case Family::kDiv:
        case Family::kSignToRdx:
            return true;
        default:
            return false;
    }
}

uint8_t operandBit(const Instruction& in, unsigned k) {
    const unsigned digit = digitOf(in, k);
    if (digit == kMem) return kMemoryBit;
    return static_cast<uint8_t>(digit == kReg ? 1U << k : 0U);
}

RowEffect rowEffect(const Instruction& in) {
    RowEffect effect{.is_known = true, .is_special = isSpecial(in.family)};
    const bool compares = in.family == Family::kAlu && (in.op == kCMP || in.op == kTEST);
    const bool three = in.family == Family::kImul && (in.form >> 6) != 0;
    const uint8_t first = operandBit(in, 0);
    if (readsFirst(in.family) && !three) effect.reads |= first;
    if (!compares) effect.writes |= first;
    for (unsigned k = 1; in.form >> (3 * k) != 0; ++k) {
        effect.reads |= operandBit(in, k);
        if (in.family == Family::kExchange) effect.writes |= operandBit(in, k);
    }
    return effect;
}

// Memory stands at most once.
uint64_t registersOf(const Instruction& in, unsigned operands) {
    uint64_t bits = 0;
    for (unsigned k = 0; k < 3; ++k) {
        bits |= uint64_t{operands >> k & 1} << (in.reg[k] & 15);
    }
    return bits;
}

uint64_t argumentBits(unsigned count) {
    uint64_t bits = 0;
    for (unsigned k = 0; k < count && k < kMaxArgs; ++k) bits |= bitOf(kArguments[k]);
    return bits;
}

struct Effect {
    uint64_t reads = 0;
    uint64_t writes = 0;
};

// Goes through one segment.
class Scan {
  public:
    Scan(const Program& program, const Tables& tables) : program_(program), tables_(tables) {}

    // What is read before it is overwritten in `segment`. `depth` and `edges` take what is found
    // of its successors.
    [[nodiscard]] uint64_t run(const FlowGraph& graph,
                               uint32_t segment,
                               std::vector<int32_t>& depth,
                               std::vector<Liveness::Edge>& edges);
    [[nodiscard]] bool stackEscapes() const { return stack_escapes_; }

  private:
    void effect(const Instruction& in, Effect& out);
    void specialEffect(const Instruction& in, Effect& out);
    void stackEffect(const Instruction& in, const RowEffect& row, Effect& out);
    void memoryEffect(const Instruction& in, bool reads, bool writes, Effect& out) const;
    void callEffect(const Instruction& in, Effect& out);
    void moveStackPointer(const Instruction& in);
    [[nodiscard]] uint64_t words(int64_t offset, unsigned width) const;

    const Program& program_;
    const Tables& tables_;
    int64_t depth_now_ = 0;
    bool stack_escapes_ = false;  // rsp was copied: any word may be read anywhere
    int64_t constants_[16] = {};  // last constant moved into each register (helpers)
    RowEffect rows_[kMaxRows];
};

// The tracked stack words that [rsp + offset, + width) touches.
uint64_t Scan::words(int64_t offset, unsigned width) const {
    const int64_t lo = offset - depth_now_;  // from the entry's rsp
    if (lo + width > 0) return 0;
    uint64_t bits = 0;
    for (int64_t word = -(lo + width) / 8; word <= (-lo - 1) / 8; ++word) {
        if (word < int64_t{kTrackedWords}) bits |= uint64_t{1} << (16 + word);
    }
    return bits;
}

void Scan::memoryEffect(const Instruction& in, bool reads, bool writes, Effect& out) const {
    out.reads |= bitOf(in.base) | bitOf(in.index);
    if (in.base != kRsp) return;
    const unsigned width = in.family == Family::kExtend ? in.src_width : in.width;
    const uint64_t touched = words(in.disp, width);
    const bool whole = width >= 8 && (in.disp - depth_now_) % 8 == 0;
    if (reads || (writes && !whole)) out.reads |= touched;
    if (writes && whole) out.writes |= touched;
}

void Scan::callEffect(const Instruction& in, Effect& out) {
    unsigned arguments = kMaxArgs;
    if (in.reg[0] != kNoRegister) {
        out.reads |= bitOf(in.reg[0]);
        const auto address = static_cast<uint64_t>(constants_[in.reg[0]]);
        const Helper* helper = tables_.helper(address);
        if (helper != nullptr) arguments = helper->arg_count;
    } else {
        memoryEffect(in, true, false, out);
    }
    out.reads |= argumentBits(arguments);
    out.writes |= kCallerSaved;
}

void Scan::moveStackPointer(const Instruction& in) {
    const bool by_constant = in.family == Family::kAlu && in.reg[1] == kNoRegister;
    if (by_constant && in.op == kSUB) depth_now_ += in.imm;
    if (by_constant && in.op == kADD) depth_now_ -= in.imm;
    if (in.family == Family::kLea && in.base == kRsp) depth_now_ -= in.disp;
}

void Scan::effect(const Instruction& in, Effect& out) {
    if (in.row >= kMaxRows) return;  // a fault
    RowEffect& row = rows_[in.row];
    if (!row.is_known) row = rowEffect(in);
    if (row.is_special) return specialEffect(in, out);
    out.reads = registersOf(in, row.reads) | bitOf(in.base) | bitOf(in.index);
    out.writes = registersOf(in, row.writes);
    if (in.width < 4) {  // the other bytes stay
        out.reads |= out.writes;
        out.writes = 0;
    }
    if (((out.reads | out.writes) & kRspBit) != 0) stackEffect(in, row, out);
}

// rsp is an operand, or the base of the memory.
void Scan::stackEffect(const Instruction& in, const RowEffect& row, Effect& out) {
    const bool is_lea = in.family == Family::kLea;
    if (in.base == kRsp && !is_lea) {
        memoryEffect(in, (row.reads & kMemoryBit) != 0, (row.writes & kMemoryBit) != 0, out);
    }
    if (in.reg[0] == kRsp && digitOf(in, 0) == kReg) return moveStackPointer(in);
    const bool copies = (in.reg[1] == kRsp && digitOf(in, 1) == kReg) ||
                        (is_lea && (in.base == kRsp || in.index == kRsp));
    stack_escapes_ = stack_escapes_ || copies;
}

void Scan::specialEffect(const Instruction& in, Effect& out) {
    switch (in.family) {
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
        default:
            return;
    }
}

uint64_t Scan::run(const FlowGraph& graph,
                   uint32_t segment,
                   std::vector<int32_t>& depth,
                   std::vector<Liveness::Edge>& edges) {
    depth_now_ = depth[segment];
    for (int64_t& constant : constants_) constant = 0;
    uint64_t reads = 0;  // before being overwritten
    uint64_t writes = 0;
    const auto leave = [&](uint32_t to) {
        edges.push_back({segment, to, ~writes});
        if (depth[to] < 0) depth[to] = static_cast<int32_t>(depth_now_);
    };
    const auto count = static_cast<uint32_t>(program_.instructions.size());
    bool falls = true;
    uint32_t i = graph.first[segment];
    for (; i < count && falls; ++i) {
        if (graph.segment_of[i] != kNoTarget && i != graph.first[segment]) break;
        const Instruction& in = program_.instructions[i];
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
    return reads;
}

}  // namespace

void Liveness::run(const Program& program, const FlowGraph& graph, const Tables& tables) {
    live_.assign(graph.first.size(), 0);
    depth_.assign(graph.first.size(), -1);
    edges_.clear();
    if (graph.order.empty()) return;
    depth_[0] = 0;
    Scan scan(program, tables);
    for (const uint32_t segment : graph.order) {
        live_[segment] = scan.run(graph, segment, depth_, edges_);
    }
    settle();
    if (scan.stackEscapes()) {
        for (uint64_t& live : live_) live |= kStackBits;
    }
}

// Edges stand in reverse postorder of their origins: backward is the fast direction.
void Liveness::settle() {
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t k = edges_.size(); k-- > 0;) {
            const Edge& edge = edges_[k];
            const uint64_t live = live_[edge.from] | (live_[edge.to] & edge.keep);
            changed = changed || live != live_[edge.from];
            live_[edge.from] = live;
        }
    }
}

}  // namespace tagproof::verify
