#pragma once
// The control-flow graph of a bytecode function, exception edges included: basic blocks in reverse
// postorder, loop headers, and the locals that each loop assigns. Blocks that cannot be reached
// from the entry are left out.

#include <cstdint>
#include <vector>

#include "runtime/code.h"

namespace tagproof::hir {

struct BytecodeBlock {
    uint32_t begin = 0;                  // first instruction
    uint32_t end = 0;                    // one behind the last
    std::vector<uint32_t> successors;    // first instructions of the blocks it jumps or falls to
    std::vector<uint32_t> handlers;      // first instructions of the handlers that protect it
    std::vector<uint32_t> predecessors;  // of both kinds, one entry per edge
    bool is_loop_header = false;
    bool is_handler = false;
    std::vector<bool>
        assigned_in_loop;  // loop headers: per frame slot, whether the loop assigns it
};

// Innermost handler range that protects `instruction`, or null.
[[nodiscard]] const ExceptionRange* findHandler(const CodeBody& body, uint32_t instruction);

class BytecodeCfg {
  public:
    // `entry`: the instruction where execution begins: 0, a loop header, one behind a yield, or a
    // handler. A yield has no successor.
    BytecodeCfg(const CodeBody& body, uint32_t entry);

    // Indices into blocks(), in reverse postorder.
    [[nodiscard]] const std::vector<uint32_t>& order() const { return order_; }
    [[nodiscard]] const BytecodeBlock& block(uint32_t index) const { return blocks_[index]; }
    // The block that begins at instruction `begin`.
    [[nodiscard]] const BytecodeBlock& blockAt(uint32_t begin) const {
        return blocks_[block_of_[begin]];
    }
    [[nodiscard]] bool isBlockBegin(uint32_t instruction) const { return leaders_[instruction]; }
    [[nodiscard]] const ExceptionRange* handlerOf(uint32_t instruction) const;
    // False when some loop can be entered beside its header, as happens where execution begins in
    // the middle of another loop.
    [[nodiscard]] bool isReducible() const { return is_reducible_; }
    // Whether any reachable instruction assigns this local or cell slot.
    [[nodiscard]] bool isAssigned(uint32_t slot) const { return assigned_[slot]; }

  private:
    void findLeaders(uint32_t entry);
    void makeBlocks();
    [[nodiscard]] bool mayRaise(const BytecodeBlock& block) const;
    void connect(BytecodeBlock& block);
    void orderBlocks(uint32_t entry);
    void findLoops();
    void markLoop(BytecodeBlock& header, uint32_t latch);
    void markAssigned(const BytecodeBlock& block, std::vector<bool>& assigned) const;

    const CodeBody& body_;               // borrowed
    std::vector<bool> leaders_;          // per instruction
    std::vector<uint32_t> block_of_;     // per instruction: index of its block
    std::vector<BytecodeBlock> blocks_;  // in instruction order
    std::vector<uint32_t> order_;        // reachable blocks in reverse postorder
    std::vector<bool> assigned_;         // per frame slot
    bool is_reducible_ = true;
};

}  // namespace tagproof::hir
