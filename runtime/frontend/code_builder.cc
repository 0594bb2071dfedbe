#include "runtime/frontend/code_builder.h"

#include <algorithm>

#include "objmodel/check.h"

namespace tagproof::frontend {

namespace {

constexpr std::size_t kMaxOperand = (std::size_t{1} << 24) - 1;

}  // namespace

void CodeBuilder::record(Opcode opcode, std::size_t operand) {
    if (operand > kMaxOperand || pending_.size() >= kMaxOperand) {
        too_large_ = true;
        return;
    }
    if (handler_ != kNoHandler) {
        labels_[handlerAt(handler_).entry.index].used = true;
    }
    pending_.push_back({.opcode = opcode,
                        .operand = static_cast<std::uint32_t>(operand),
                        .handler = handler_,
                        .location = location_});
}

void CodeBuilder::applyEffect(Opcode opcode, std::size_t operand) {
    const Instruction instruction{.form = static_cast<std::uint32_t>(opcode),
                                  .operand = static_cast<std::uint32_t>(operand & kMaxOperand),
                                  .site = 0};
    const StackEffect effect = stackEffect(instruction, false);
    depth_ += effect.pushes - effect.pops;
    if (reachable_) max_depth_ = std::max(max_depth_, depth_);
    if ((opcodeInfo(opcode).flags & kEnds) != 0) reachable_ = false;
}

void CodeBuilder::emit(Opcode opcode, std::size_t operand) {
    if (reachable_) record(opcode, operand);
    applyEffect(opcode, operand);
}

void CodeBuilder::emitJump(Opcode opcode, Label target) {
    if (reachable_) {
        const Instruction instruction{
            .form = static_cast<std::uint32_t>(opcode), .operand = 0, .site = 0};
        const StackEffect jumped = stackEffect(instruction, true);
        LabelState& label = labels_[target.index];
        label.used = true;
        label.depth = depth_ + jumped.pushes - jumped.pops;
        record(opcode, target.index);
    }
    applyEffect(opcode, 0);
}

void CodeBuilder::emitJump(Label target) {
    const bool placed = labels_[target.index].place != kUnplaced;
    emitJump(placed ? Opcode::JUMP_BACKWARD : Opcode::JUMP, target);
}

Label CodeBuilder::newLabel() {
    labels_.emplace_back();
    return {static_cast<std::uint32_t>(labels_.size() - 1)};
}

void CodeBuilder::place(Label label) {
    LabelState& state = labels_[label.index];
    TAGPROOF_DCHECK(state.place == kUnplaced, "a label is placed once");
    state.place = static_cast<std::uint32_t>(pending_.size());
    if (state.used) {
        depth_ = state.depth;
        reachable_ = true;
    } else {
        state.depth = depth_;
    }
}

void CodeBuilder::placeHandler(HandlerId handler) {
    const Handler& placed = handlerAt(handler);
    depth_ = placed.depth + 1;
    labels_[placed.entry.index].depth = depth_;
    place(placed.entry);
    if (reachable_) max_depth_ = std::max(max_depth_, depth_);
}

HandlerId CodeBuilder::newHandler(int depth) {
    handlers_.push_back({.entry = newLabel(), .depth = depth});
    return static_cast<HandlerId>(handlers_.size() - 1);
}

std::uint32_t CodeBuilder::addConstant(const ConstantItem& constant) {
    const auto [found, added] = constant_index_.emplace(
        constantKey(constant), static_cast<std::uint32_t>(unit_.constants.size()));
    if (added) unit_.constants.push_back(constant);
    return found->second;
}

std::uint32_t CodeBuilder::addName(Identifier name) {
    const auto [found, added] =
        name_index_.emplace(name, static_cast<std::uint32_t>(unit_.names.size()));
    if (added) unit_.names.push_back(name);
    return found->second;
}

std::uint32_t CodeBuilder::localIndex(Identifier name) {
    const auto [found, added] =
        local_index_.emplace(name, static_cast<std::uint32_t>(unit_.local_names.size()));
    if (added) unit_.local_names.push_back(name);
    return found->second;
}

std::uint32_t CodeBuilder::cellIndex(Identifier name) const {
    const auto& cells = unit_.cell_names;
    const auto found = std::find_if(cells.begin(), cells.end(),
                                    [&](Identifier cell) { return cell.data() == name.data(); });
    TAGPROOF_CHECK(found != cells.end(), "the symbol table knows every cell");
    return static_cast<std::uint32_t>(found - cells.begin());
}

}  // namespace tagproof::frontend
