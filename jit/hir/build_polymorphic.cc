// Attribute sites that have seen a few types: a path for each, joined behind.
//
//   owner = GuardHeap; HasType<A> owner -> path A, else HasType<B> owner -> path B, else
//   GuardType<C>
//
// Where they load methods, the call that follows has a path for each function again.

#include <algorithm>

#include "jit/hir/bytecode_builder.h"
#include "runtime/function.h"

namespace tagproof::hir {

// The entries of a polymorphic cache, one per type and up to date; empty where one is not.
std::vector<AttrEntry> BytecodeBuilder::polymorphicEntries(Instruction instruction) const {
    const AttrCache& cache = code_->caches[instruction.site];
    std::vector<AttrEntry> entries;
    if (cache.state != CacheState::kPoly) return {};
    for (size_t i = 0; i < cache.count; ++i) {
        const std::optional<AttrEntry> entry = currentEntry(instruction, cache.entries[i]);
        const bool is_instance = entry && entry->kind != AttrKind::kTypeAttribute &&
                                 entry->kind != AttrKind::kTypeClassMethod &&
                                 entry->kind != AttrKind::kModuleAttribute;
        if (!is_instance) return {};
        if (std::ranges::find(entries, entry->type, &AttrEntry::type) != entries.end()) return {};
        entries.push_back(*entry);
    }
    return entries;
}

// How many words an attribute access leaves on the stack in place of its operands.
static size_t resultsOf(Opcode op) {
    if (op == Opcode::LOAD_METHOD) return 2;
    return op == Opcode::LOAD_ATTR ? 1 : 0;
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
    joinPaths(join, resultsOf(instruction.op()));
    return true;
}

// Goes on where all paths meet. A result that they leave on top is counted on all or on none, and
// stable only when it is so on all.
void BytecodeBuilder::joinPaths(BlockPlan& join, size_t results) {
    const auto any_is = [&](size_t depth, Own own) {
        return std::ranges::any_of(join.incoming, [&](const Incoming& path) {
            return path.frame[path.frame.size() - depth].own == own;
        });
    };
    std::vector<Own> common;
    for (size_t depth = 1; depth <= results; ++depth) {
        const Own uncounted = any_is(depth, Own::kUnstable) ? Own::kUnstable : Own::kStable;
        common.push_back(any_is(depth, Own::kOwned) ? Own::kOwned : uncounted);
    }
    for (Incoming& path : join.incoming) {
        block_ = path.from;
        frame_ = path.frame;
        for (size_t depth = 1; depth <= results; ++depth) {
            const Own own = common[depth - 1];
            if (own == Own::kOwned) makeOwned(top(depth));
            top(depth).own = own;
        }
        emit(Op::kJump);
        link(block_, join.block);
        path.frame = frame_;
    }
    block_ = join.block;
    enterJoin(join);
}

// Calls a callable that is one of a few functions, as a polymorphic LOAD_METHOD leaves it: a path
// for each. Stack: callable self a1 ... an.
bool BytecodeBuilder::buildPolymorphicCall(size_t count) {
    Instr* callable = top(count + 2).value;
    const std::vector<Value> callees = functionsOf(callable, count + 1);
    if (callees.empty() || top(count + 1).value->type.mayBe(HirType::kNullBit)) return false;
    countUnstable();
    const AbstractFrame before = frame_;
    BlockPlan join;
    join.block = function_.newBlock(pc_);
    join.block->is_cold = block_->is_cold;
    for (const Value callee : callees) {
        frame_ = before;
        const bool is_last = callee == callees.back();
        const Edges edges = is_last ? Edges{block_, nullptr}
                                    : splitOn(emit(Op::kIsSame, {callable, constant(callee)}));
        block_ = edges.if_true;
        auto* function = callee.as<tagproof::Function>();
        std::vector<Instr*> arguments;
        for (size_t i = count + 1; i > 0; --i) arguments.push_back(top(i).value);
        addDefaults(function, arguments);
        replaceOperands(count + 2, callFunction(function, std::move(arguments)));
        join.incoming.push_back({block_, frame_});
        block_ = edges.if_false;
    }
    joinPaths(join, 1);
    return true;
}

// The different functions that a phi of constants may be, if all of them take so many arguments;
// else nothing.
std::vector<Value> BytecodeBuilder::functionsOf(const Instr* callable, size_t given) const {
    std::vector<Value> callees;
    if (callable->op != Op::kPhi) return {};
    for (const Instr* operand : callable->operands) {
        const Value callee{operand->op == Op::kConst ? operand->immediates[0].bits : 0};
        if (callee.isNull() || !isFunction(thread_, callee)) return {};
        if (!acceptsPositional(callee.as<tagproof::Function>(), given)) return {};
        if (std::ranges::find(callees, callee) == callees.end()) callees.push_back(callee);
    }
    return callees;
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
