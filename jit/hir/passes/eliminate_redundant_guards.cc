// Available facts, block by block in reverse postorder. A fact is the instruction that established
// it; at a join those of all predecessors remain; at a loop header, whose back edge is still to
// come, only those that no instruction can end.

#include <algorithm>

#include "jit/hir/passes/passes.h"
#include "jit/hir/passes/replacement.h"

namespace tagproof::hir {

namespace {

using Facts = std::vector<Instr*>;

// Instructions whose result, once computed, stands for every later equal one.
bool isFact(const Instr& instr) {
    if (instr.op == Op::kPhi || instr.op == Op::kImm || instr.op == Op::kConst) return false;
    if (instr.op == Op::kGuardValid || instr.op == Op::kCheckPoll) return false;
    if (instr.op == Op::kIsRangeExhausted || instr.op == Op::kHasPending ||
        instr.op == Op::kLoadThreadArg)
        return false;
    if (instr.op == Op::kBoxDouble || instr.op == Op::kNull || instr.isTerminator()) return false;
    return (instr.info().effects & ~kReads) == 0;
}

// Facts about guest memory.
bool endsAtWrites(const Instr& fact) { return fact.has(kReads); }

// Facts that guest code or a deallocation can end.
bool endsAtCalls(const Instr& fact) {
    return fact.has(kReads) || fact.type.mayBe(HirType::kValuesBit) || fact.type.exact() != nullptr;
}

bool same(const Instr& a, const Instr& b) {
    return a.op == b.op && a.operands == b.operands &&
           a.immediates[0].bits == b.immediates[0].bits &&
           a.immediates[1].bits == b.immediates[1].bits;
}

// True when the operand's type already says what the guard tests.
bool isCertain(const Instr& instr) {
    using enum Op;
    switch (instr.op) {
        case kGuardFixnum:
            return instr.operands[0]->type.isWithin(types::kFixnum);
        case kGuardDouble:
            return instr.operands[0]->type.isWithin(types::kDouble);
        case kGuardImmediate:
            return instr.operands[0]->type.isWithin(types::kImmediate);
        case kGuardHeap:
            return instr.operands[0]->type.isWithin(types::kHeapObject);
        case kGuardNotNull:
        case kAssumeNotNull:
        case kUnwindIfNull:
            return !instr.operands[0]->type.mayBe(HirType::kNullBit);
        default:
            return false;
    }
}

class GuardElimination {
  public:
    explicit GuardElimination(Function& function) : function_(function), replaced_(function) {}

    void run() {
        ends_.resize(maxBlockId() + 1);
        done_.resize(ends_.size());
        for (Block* block : function_.blocks) visit(block);
        replaced_.apply(function_);
        removeInstrs(function_, [&](const Instr& instr) {
            return replaced_.isReplaced(&instr) || instr.op == Op::kNop;
        });
    }

  private:
    [[nodiscard]] size_t maxBlockId() const {
        uint32_t id = 0;
        for (const Block* block : function_.blocks) id = std::max(id, block->id);
        return id;
    }

    void visit(Block* block) {
        facts_ = factsAt(*block);
        for (Instr* instr : block->instrs) visit(instr);
        ends_[block->id] = facts_;
        done_[block->id] = true;
    }

    [[nodiscard]] Facts factsAt(const Block& block) const {
        if (block.predecessors.empty()) return {};
        const Block* first = block.predecessors.front();
        Facts facts = done_[first->id] ? ends_[first->id] : Facts{};
        for (const Block* other : block.predecessors) {
            if (other == first) continue;
            if (!done_[other->id]) {
                std::erase_if(facts, [](const Instr* fact) { return endsAtCalls(*fact); });
                continue;
            }
            const Facts& theirs = ends_[other->id];
            std::erase_if(facts, [&](const Instr* fact) {
                return std::ranges::find(theirs, fact) == theirs.end();
            });
        }
        return facts;
    }

    void visit(Instr* instr) {
        for (Instr*& operand : instr->operands) {
            if (instr->op != Op::kPhi) operand = replaced_.resolve(operand);
        }
        if (isCertain(*instr)) {
            replaced_.replace(instr, instr->operands[0]);
            return;
        }
        if (isUncountedReference(*instr)) {
            instr->op = Op::kNop;
            return;
        }
        if (isFact(*instr)) {
            addFact(instr);
        } else if (instr->has(kKillsFacts)) {
            std::erase_if(facts_, [](const Instr* fact) { return endsAtCalls(*fact); });
        } else if (instr->has(kWrites) && !isCounting(*instr)) {
            std::erase_if(facts_, [](const Instr* fact) { return endsAtWrites(*fact); });
        }
    }

    void addFact(Instr* instr) {
        const auto known =
            std::ranges::find_if(facts_, [&](const Instr* fact) { return same(*fact, *instr); });
        if (known != facts_.end()) {
            replaced_.replace(instr, *known);
        } else {
            facts_.push_back(instr);
        }
    }

    // Counts are no fact of this pass.
    static bool isCounting(const Instr& instr) {
        return instr.op == Op::kIncref || instr.op == Op::kIncrefNullable;
    }

    // Counting a value that a dominating guard has shown to be immediate.
    [[nodiscard]] bool isUncountedReference(const Instr& instr) const {
        const bool counts =
            isCounting(instr) || instr.op == Op::kDecref || instr.op == Op::kDecrefNullable;
        if (!counts) return false;
        const Instr* value = instr.operands[0];
        if (value->type.isUncounted()) return true;
        return std::ranges::any_of(facts_, [&](const Instr* fact) {
            return fact->operands.size() == 1 && fact->operands[0] == value &&
                   fact->type.isWithin(types::kImmediate) && !fact->type.isNothing();
        });
    }

    Function& function_;
    Replacement replaced_;
    std::vector<Facts> ends_;  // by block id: facts at its end
    std::vector<bool> done_;   // by block id
    Facts facts_;              // at the instruction being visited
};

}  // namespace

void eliminateRedundantGuards(Function& function) { GuardElimination(function).run(); }

}  // namespace tagproof::hir
