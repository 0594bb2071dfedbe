// Attribute sites that have seen a few types: a path for each, joined behind.
//
//   owner = GuardHeap; HasType<A> owner -> path A, else HasType<B> owner -> path B, else
//   GuardType<C>

#include <algorithm>

#include "jit/hir/bytecode_builder.h"

namespace tagproof::hir {

// The entries of a polymorphic cache, one per type and up to date; empty where one is not.
std::vector<AttrEntry> BytecodeBuilder::polymorphicEntries(Instruction instruction) const {
    const AttrCache& cache = code_->caches[instruction.site];
    std::vector<AttrEntry> entries;
    if (cache.state != CacheState::kPoly) return {};
    for (size_t i = 0; i < cache.count; ++i) {
        const std::optional<AttrEntry> entry = currentEntry(instruction, cache.entries[i]);
        const bool is_instance = entry && entry->kind != AttrKind::kTypeAttribute &&
                                 entry->kind != AttrKind::kModuleAttribute;
        if (!is_instance) return {};
        if (std::ranges::find(entries, entry->type, &AttrEntry::type) != entries.end()) return {};
        entries.push_back(*entry);
    }
    return entries;
}

// One path for each type that the site has seen; the last one leaves for any other type. The owner
// is on top; `access` takes it, `generically` where it does not serve.
bool BytecodeBuilder::buildPolymorphic(Instruction instruction,
                                       EntryAccess access,
                                       GenericAccess generically) {
    const std::vector<AttrEntry> entries = polymorphicEntries(instruction);
    if (entries.size() < 2) return false;
    countUnstable();
    top().value = emitGuard(Op::kGuardHeap, DeoptReason::kWrongType, {nonNull(top().value)});
    const AbstractFrame before = frame_;
    BlockPlan join;
    join.block = function_.newBlock(pc_);
    join.block->is_cold = block_->is_cold;
    for (const AttrEntry& entry : entries) {
        frame_ = before;
        Block* other = &entry == &entries.back() ? nullptr : branchOnType(entry.type);
        if (!(this->*access)(entry, body_.names[instruction.operand])) {
            (this->*generically)(instruction);
        }
        join.incoming.push_back({block_, frame_});
        block_ = other;
    }
    const bool is_load = instruction.op() == Opcode::LOAD_ATTR;
    joinPaths(join, is_load);
    return true;
}

// Goes on where all paths meet. A result that they leave on top is counted on all or on none.
void BytecodeBuilder::joinPaths(BlockPlan& join, bool has_result) {
    const bool counted = has_result && std::ranges::any_of(join.incoming, [](const Incoming& path) {
                             return path.frame.back().own == Own::kOwned;
                         });
    for (Incoming& path : join.incoming) {
        block_ = path.from;
        frame_ = path.frame;
        if (counted) makeOwned(top());
        emit(Op::kJump);
        link(block_, join.block);
        path.frame = frame_;
    }
    block_ = join.block;
    enterJoin(join);
}

// Ends the block: the owner on top has this type in the block that building goes on in, and another
// one in the block returned.
Block* BytecodeBuilder::branchOnType(const Type* type) {
    Instr* owner = top().value;
    Instr* is_type = emit(Op::kHasType, {owner});
    is_type->immediates[0].type = type;
    function_.addReference(Value::of(type));
    Block* same = function_.newBlock(pc_);
    Block* other = function_.newBlock(pc_);
    same->is_cold = other->is_cold = block_->is_cold;
    emit(Op::kBranch, {is_type});
    link(block_, same);
    link(block_, other);
    block_ = same;
    Instr* typed = emitTyped(Op::kAssumeType, HirType(HirType::kHeapBit, type), {owner});
    typed->immediates[0].type = type;
    top().value = typed;
    return other;
}

}  // namespace tagproof::hir
