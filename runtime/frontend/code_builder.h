#pragma once
// Instructions of one code unit while it is compiled, with labels for jump targets. Each
// instruction remembers the place in the source and the exception handler that are current when it
// is emitted; what cannot be reached is not recorded. assemble() (runtime/frontend/assemble.h) lays
// it out.

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/frontend/code_unit.h"
#include "runtime/frontend/symbol_table.h"

namespace tagproof::frontend {

// A place in the code, before it is known where that is.
struct Label {
    std::uint32_t index = 0;
};

// The exception handler that protects instructions: an index into the builder's handlers.
using HandlerId = std::int32_t;
inline constexpr HandlerId kNoHandler = -1;

class CodeBuilder {
  public:
    struct Pending {
        Opcode opcode;
        std::uint32_t operand;  // a label's index for jumps
        HandlerId handler;
        SourceRange location;
    };
    struct Handler {
        Label entry;
        int depth;  // of the stack that the handler keeps
    };
    static constexpr std::uint32_t kUnplaced = 0xffffffff;

    explicit CodeBuilder(CodeUnit& unit) : unit_(unit) {}

    void emit(Opcode opcode, std::size_t operand = 0);
    void emitJump(Opcode opcode, Label target);
    // JUMP_BACKWARD when the label has been placed, else JUMP.
    void emitJump(Label target);
    void emitConstant(const ConstantItem& constant) {
        emit(Opcode::LOAD_CONST, addConstant(constant));
    }
    // An instruction whose operand is a name.
    void emitName(Opcode opcode, Identifier name) { emit(opcode, addName(name)); }

    [[nodiscard]] Label newLabel();
    // The next instruction is the label's.
    void place(Label label);
    // The same for the entry of a handler, where the stack holds what the handler keeps and the
    // exception.
    void placeHandler(HandlerId handler);

    // Makes a handler that keeps `depth` values. Instructions emitted while it is current are
    // protected by it.
    [[nodiscard]] HandlerId newHandler(int depth);
    [[nodiscard]] HandlerId handler() const { return handler_; }
    void setHandler(HandlerId handler) { handler_ = handler; }

    [[nodiscard]] const SourceRange& location() const { return location_; }
    void setLocation(const SourceRange& location) { location_ = location; }

    // Values on the stack here.
    [[nodiscard]] int depth() const { return depth_; }
    void setDepth(int depth) { depth_ = depth; }
    // Whether the next instruction can be reached.
    [[nodiscard]] bool isReachable() const { return reachable_; }

    [[nodiscard]] std::uint32_t addConstant(const ConstantItem& constant);
    [[nodiscard]] std::uint32_t addName(Identifier name);
    [[nodiscard]] std::uint32_t localIndex(Identifier name);
    // Index of a cell or free variable. REQUIRES: it is one.
    [[nodiscard]] std::uint32_t cellIndex(Identifier name) const;

    [[nodiscard]] CodeUnit& unit() { return unit_; }
    [[nodiscard]] const std::vector<Pending>& pending() const { return pending_; }
    [[nodiscard]] std::uint32_t placeOf(Label label) const { return labels_[label.index].place; }
    [[nodiscard]] const Handler& handlerAt(HandlerId id) const {
        return handlers_[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] int maxDepth() const { return max_depth_; }
    // An operand or the code is larger than the format allows.
    [[nodiscard]] bool isTooLarge() const { return too_large_; }

  private:
    struct LabelState {
        std::uint32_t place = kUnplaced;  // index of a pending instruction
        bool used = false;                // a recorded instruction leads here
        int depth = 0;                    // of the stack there, when used or placed
    };

    void record(Opcode opcode, std::size_t operand);
    void applyEffect(Opcode opcode, std::size_t operand);

    CodeUnit& unit_;
    std::vector<Pending> pending_;
    std::vector<LabelState> labels_;
    std::vector<Handler> handlers_;
    std::unordered_map<std::string, std::uint32_t> constant_index_;  // by constantKey()
    InternedMap<std::uint32_t> name_index_;
    InternedMap<std::uint32_t> local_index_;
    SourceRange location_;
    HandlerId handler_ = kNoHandler;
    int depth_ = 0;
    int max_depth_ = 0;
    bool reachable_ = true;
    bool too_large_ = false;
};

}  // namespace tagproof::frontend
