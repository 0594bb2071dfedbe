#include "jit/hir/ir.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/core_types.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"

namespace tagproof::hir {

namespace {

constexpr OpInfo kOps[] = {
#define HIR_OP(name, operands, result, immediates, effects, exit, text) \
    {#name, operands, types::result, immediates, effects, ExitKind::exit},
#include "jit/hir/hir.def"
#undef HIR_OP
};

struct BitName {
    HirType type;
    std::string_view name;
};

// Widest first: a type prints as the first row it equals, else as the union of its bits.
constexpr BitName kNamedTypes[] = {
    {types::kObjectOrNull, "ObjectOrNull"},
    {types::kObject, "Object"},
    {types::kHeapObject, "HeapObject"},
    {types::kFixnum, "Fixnum"},
    {types::kDouble, "Double"},
    {types::kNone, "None"},
    {types::kBool, "Bool"},
    {types::kNull, "Null"},
    {types::kFlag, "Flag"},
    {types::kInt, "Int"},
    {types::kRawDouble, "RawDouble"},
    {types::kValues, "Values"},
    {HirType(HirType::kHeapBit), "Heap"},
    {types::kFixnumOrNull, "FixnumOrNull"},
    {types::kNothing, "Nothing"},
};

}  // namespace

const OpInfo& opInfo(Op op) { return kOps[static_cast<size_t>(op)]; }

std::string HirType::toString() const {
    if (exact_ != nullptr) return toUtf8(exact_->name);
    for (const BitName& row : kNamedTypes) {
        if (row.type == *this) return std::string(row.name);
    }
    std::string text;
    for (const BitName& row : kNamedTypes) {
        const bool single = std::has_single_bit(row.type.bits());
        if (!single || (row.type.bits() & bits_) == 0) continue;
        if (!text.empty()) text += '|';
        text += row.name;
    }
    return text;
}

std::optional<HirType> typeNamed(std::string_view name) {
    for (const BitName& row : kNamedTypes) {
        if (row.name == name) return row.type;
    }
    return std::nullopt;
}

std::string_view toString(DeoptReason reason) {
    using enum DeoptReason;
    switch (reason) {
        case kNone:
            return "none";
        case kNotFixnum:
            return "not a fixnum";
        case kNotDouble:
            return "not an immediate double";
        case kWrongType:
            return "another type";
        case kWrongObject:
            return "another object";
        case kNotValuesForm:
            return "attributes not in values form";
        case kEmptyAttribute:
            return "attribute not set";
        case kUnboundLocal:
            return "unbound local";
        case kGlobalChanged:
            return "global changed";
        case kOverflow:
            return "fixnum overflow";
        case kDivisionByZero:
            return "division by zero";
        case kIndexOutOfRange:
            return "index out of range";
        case kInvalidated:
            return "code invalidated";
        case kPoll:
            return "interrupt or collection";
        case kNeverExecuted:
            return "never executed before";
        case kTracebackLives:
            return "traceback keeps the locals";
        case kForced:
            return "forced";
    }
    return "unknown";
}

uint32_t accessProtocol(Thread& thread, Type* type) {
    const Names& names = thread.singletons->names;
    uint32_t protocol = 0;
    for (Str* name : {names.getattribute, names.getattr, names.setattr}) {
        const Value found = lookupTypeAttribute(thread, type, name);
        const bool is_default = found == lookupTypeAttribute(thread, thread.types->object, name);
        protocol = protocol << 1 | (is_default ? 1 : 0);
    }
    return protocol;
}

Block* Function::newBlock(uint32_t pc) {
    Block& block = block_arena_.emplace_back();
    block.id = static_cast<uint32_t>(block_arena_.size() - 1);
    block.pc = pc;
    return &block;
}

Instr* Function::newInstr(Op op, HirType type) {
    Instr& instr = instr_arena_.emplace_back();
    instr.op = op;
    instr.type = type;
    instr.id = next_id_++;
    return &instr;
}

FrameState* Function::newFrameState() { return &frame_arena_.emplace_back(); }

void Function::addDependency(const Dependency& dependency) {
    if (std::ranges::find(dependencies, dependency) == dependencies.end()) {
        dependencies.push_back(dependency);
    }
}

void Function::addFunctionDependency(tagproof::Function* callee) {
    if (std::ranges::find(called_functions, callee) == called_functions.end()) {
        called_functions.push_back(callee);
    }
}

void Function::addReference(Value value) {
    if (!value.isObject()) return;
    if (std::ranges::find(references, value) == references.end()) references.push_back(value);
}

namespace {

// Depth-first, without recursion.
std::vector<Block*> postorder(Block* entry, size_t block_count) {
    std::vector<bool> seen(block_count);
    std::vector<std::pair<Block*, size_t>> stack{{entry, 0}};
    std::vector<Block*> result;
    seen[entry->id] = true;
    while (!stack.empty()) {
        auto& [block, next] = stack.back();
        if (next == block->successors.size()) {
            result.push_back(block);
            stack.pop_back();
            continue;
        }
        // Second successors first, so that the first one follows its branch.
        Block* successor = block->successors[block->successors.size() - 1 - next++];
        if (seen[successor->id]) continue;
        seen[successor->id] = true;
        stack.emplace_back(successor, 0);
    }
    return result;
}

void dropPredecessor(Block* block, size_t index) {
    block->predecessors.erase(block->predecessors.begin() + static_cast<ptrdiff_t>(index));
    for (Instr* instr : block->instrs) {
        if (instr->op != Op::kPhi) break;
        instr->operands.erase(instr->operands.begin() + static_cast<ptrdiff_t>(index));
    }
}

}  // namespace

void Function::orderBlocks() {
    blocks = postorder(entry, block_arena_.size());
    std::ranges::reverse(blocks);
    std::vector<bool> reachable(block_arena_.size());
    for (const Block* block : blocks) reachable[block->id] = true;
    for (Block* block : blocks) {
        for (size_t i = block->predecessors.size(); i-- > 0;) {
            if (!reachable[block->predecessors[i]->id]) dropPredecessor(block, i);
        }
    }
}

void link(Block* from, Block* to) {
    from->successors.push_back(to);
    to->predecessors.push_back(from);
}

}  // namespace tagproof::hir
