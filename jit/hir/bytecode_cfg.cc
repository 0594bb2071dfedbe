#include "jit/hir/bytecode_cfg.h"

#include <algorithm>
#include <utility>

namespace tagproof::hir {

namespace {

bool hasFlag(Instruction instruction, OpcodeFlag flag) {
    return (opcodeInfo(instruction.op()).flags & flag) != 0;
}

// A yield ends the activation of the code; what follows is entered anew.
bool ends(Instruction instruction) {
    return hasFlag(instruction, kEnds) || instruction.op() == Opcode::YIELD_VALUE;
}

// Depth-first walk with its own stack: bytecode may have many blocks in a row.
class PostorderWalk {
  public:
    PostorderWalk(const std::vector<BytecodeBlock>& blocks, const std::vector<uint32_t>& block_of)
        : blocks_(blocks), block_of_(block_of), seen_(blocks.size()) {}

    std::vector<uint32_t> run(uint32_t entry) {
        push(entry);
        while (!stack_.empty()) step();
        return std::move(postorder_);
    }

  private:
    struct Visit {
        uint32_t block;
        size_t next;  // edge to follow
    };

    void push(uint32_t block) {
        seen_[block] = true;
        stack_.push_back({block, 0});
    }

    void step() {
        Visit& visit = stack_.back();
        const BytecodeBlock& block = blocks_[visit.block];
        const size_t handlers = block.handlers.size();
        if (visit.next == handlers + block.successors.size()) {
            postorder_.push_back(visit.block);
            stack_.pop_back();
            return;
        }
        const size_t edge = visit.next++;
        // Handlers first: they come last in reverse postorder, behind the code that they protect.
        const uint32_t target =
            edge < handlers ? block.handlers[edge]
                            : block.successors[block.successors.size() - 1 - (edge - handlers)];
        if (!seen_[block_of_[target]]) push(block_of_[target]);
    }

    const std::vector<BytecodeBlock>& blocks_;
    const std::vector<uint32_t>& block_of_;
    std::vector<bool> seen_;
    std::vector<Visit> stack_;
    std::vector<uint32_t> postorder_;
};

}  // namespace

const ExceptionRange* findHandler(const CodeBody& body, uint32_t instruction) {
    for (const ExceptionRange& range : body.exceptions) {
        if (instruction >= range.begin && instruction < range.end) return &range;
    }
    return nullptr;
}

BytecodeCfg::BytecodeCfg(const CodeBody& body, uint32_t entry)
    : body_(body),
      leaders_(body.instructions.size() + 1),
      block_of_(body.instructions.size()),
      assigned_(body.local_names.size() + body.cell_names.size()) {
    findLeaders(entry);
    makeBlocks();
    for (BytecodeBlock& block : blocks_) connect(block);
    orderBlocks(entry);
    findLoops();
    for (uint32_t index : order_) markAssigned(blocks_[index], assigned_);
}

const ExceptionRange* BytecodeCfg::handlerOf(uint32_t instruction) const {
    return findHandler(body_, instruction);
}

void BytecodeCfg::findLeaders(uint32_t entry) {
    leaders_[0] = true;
    leaders_[entry] = true;
    for (uint32_t i = 0; i < body_.instructions.size(); ++i) {
        const Instruction instruction = body_.instructions[i];
        if (hasFlag(instruction, kJump)) leaders_[instruction.operand] = true;
        if (hasFlag(instruction, kJump) || ends(instruction)) leaders_[i + 1] = true;
    }
    for (const ExceptionRange& range : body_.exceptions) {
        leaders_[range.begin] = true;
        leaders_[range.end] = true;
        leaders_[range.target] = true;
    }
}

void BytecodeCfg::makeBlocks() {
    for (uint32_t i = 0; i < body_.instructions.size(); ++i) {
        if (leaders_[i]) {
            BytecodeBlock& block = blocks_.emplace_back();
            block.begin = i;
        }
        blocks_.back().end = i + 1;
        block_of_[i] = static_cast<uint32_t>(blocks_.size() - 1);
    }
}

bool BytecodeCfg::mayRaise(const BytecodeBlock& block) const {
    return std::any_of(body_.instructions.begin() + block.begin,
                       body_.instructions.begin() + block.end,
                       [](Instruction instruction) { return hasFlag(instruction, kMayRaise); });
}

void BytecodeCfg::connect(BytecodeBlock& block) {
    const Instruction last = body_.instructions[block.end - 1];
    if (!ends(last)) block.successors.push_back(block.end);
    if (hasFlag(last, kJump)) block.successors.push_back(last.operand);
    // Ranges begin and end at block boundaries, so one instruction stands for all. An edge that is
    // never taken could make a loop irreducible, as that of the jump behind a yield would.
    const ExceptionRange* handler = mayRaise(block) ? handlerOf(block.begin) : nullptr;
    if (handler != nullptr) block.handlers.push_back(handler->target);
}

void BytecodeCfg::orderBlocks(uint32_t entry) {
    order_ = PostorderWalk(blocks_, block_of_).run(block_of_[entry]);
    std::ranges::reverse(order_);
    for (uint32_t index : order_) {
        for (uint32_t target : blocks_[index].successors) {
            blocks_[block_of_[target]].predecessors.push_back(blocks_[index].begin);
        }
        for (uint32_t target : blocks_[index].handlers) {
            blocks_[block_of_[target]].predecessors.push_back(blocks_[index].begin);
            blocks_[block_of_[target]].is_handler = true;
        }
    }
}

// Back edges are those that go against the order, whatever instruction makes them: where execution
// begins at an inner loop, the way back to it through the outer one falls into it from the front.
void BytecodeCfg::findLoops() {
    std::vector<size_t> position(blocks_.size());
    for (size_t i = 0; i < order_.size(); ++i) position[order_[i]] = i;
    for (size_t i = 0; i < order_.size(); ++i) {
        const BytecodeBlock& latch = blocks_[order_[i]];
        for (const std::vector<uint32_t>* edges : {&latch.successors, &latch.handlers}) {
            for (uint32_t target : *edges) {
                const uint32_t header = block_of_[target];
                if (position[header] <= i) markLoop(blocks_[header], order_[i]);
            }
        }
    }
}

// The natural loop of a back edge: what reaches the latch without passing the header.
void BytecodeCfg::markLoop(BytecodeBlock& header, uint32_t latch) {
    header.is_loop_header = true;
    header.assigned_in_loop.resize(assigned_.size());
    std::vector<bool> inside(blocks_.size());
    inside[block_of_[header.begin]] = true;
    markAssigned(header, header.assigned_in_loop);
    std::vector<uint32_t> work{latch};
    while (!work.empty()) {
        const uint32_t index = work.back();
        work.pop_back();
        if (inside[index]) continue;
        inside[index] = true;
        if (index == order_.front()) is_reducible_ = false;
        markAssigned(blocks_[index], header.assigned_in_loop);
        for (uint32_t begin : blocks_[index].predecessors) work.push_back(block_of_[begin]);
    }
}

void BytecodeCfg::markAssigned(const BytecodeBlock& block, std::vector<bool>& assigned) const {
    for (uint32_t i = block.begin; i < block.end; ++i) {
        const Instruction instruction = body_.instructions[i];
        switch (opcodeInfo(instruction.op()).operand) {
            case OperandKind::kLocal:
                if (instruction.op() == Opcode::STORE_FAST ||
                    instruction.op() == Opcode::DELETE_FAST) {
                    assigned[instruction.operand] = true;
                }
                break;
            case OperandKind::kCell:
                if (instruction.op() == Opcode::MAKE_CELL) {
                    assigned[body_.local_names.size() + instruction.operand] = true;
                }
                break;
            case OperandKind::kNone:
            case OperandKind::kName:
            case OperandKind::kConst:
            case OperandKind::kCount:
            case OperandKind::kTarget:
            case OperandKind::kOp:
            case OperandKind::kFlags:
                break;
        }
    }
}

}  // namespace tagproof::hir
