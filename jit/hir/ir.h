#pragma once
// The compiler's intermediate representation: a Function of Blocks of Instrs in SSA form, with
// frame states that say how to rebuild the interpreter's frames at an exit. Everything lives in the
// Function's arena and dies with it; the guest objects it names are kept alive by `references`.

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "jit/hir/hir_type.h"
#include "objmodel/descriptor_change.h"
#include "objmodel/value.h"

namespace tagproof {
struct Cell;
struct Code;
struct Function;
struct Str;
struct Thread;
struct Tuple;
struct Type;
}  // namespace tagproof

namespace tagproof::hir {

enum class Op : uint8_t {
#define HIR_OP(name, operands, result, immediates, effects, exit, text) k##name,
#include "jit/hir/hir.def"
#undef HIR_OP
};

enum Effect : uint16_t {
    kPure = 0,
    kReads = 1,
    kWrites = 2,
    kKillsFacts = 4,
    kRunsGuest = 8,
    kRaises = 16,
    kTerminator = 32,
};

enum class ExitKind : uint8_t { kNone, kGuard, kUnwind, kSuspend };

struct OpInfo {
    std::string_view name;
    std::string_view operands;
    HirType result;
    std::string_view immediates;
    uint16_t effects;
    ExitKind exit;
};
[[nodiscard]] const OpInfo& opInfo(Op op);

// Why an exit was taken; the rows of the deopt statistics.
enum class DeoptReason : uint8_t {
    kNone,
    kNotFixnum,
    kNotDouble,
    kWrongType,
    kWrongObject,
    kNotValuesForm,
    kEmptyAttribute,
    kUnboundLocal,
    kGlobalChanged,
    kOverflow,
    kDivisionByZero,
    kIndexOutOfRange,
    kInvalidated,
    kPoll,
    kNeverExecuted,
    kTracebackLives,
    kForced,
};
[[nodiscard]] std::string_view toString(DeoptReason reason);

struct Block;
struct Instr;

// Who counts the reference that a frame slot's word stands for.
enum class Ownership : uint8_t {
    kImmediate,  // nobody: the word carries no count
    kBorrowed,   // somebody else keeps it alive; an exit takes a count of its own
    kOwned,      // this slot
};

struct FrameSlot {
    Instr* value = nullptr;  // a Null instruction = the empty word
    Ownership ownership = Ownership::kImmediate;
};

// The interpreter frame at an exit: resumed before instruction `pc` with these locals and stack.
struct FrameState {
    Code* code = nullptr;
    uint32_t pc = 0;
    std::vector<FrameSlot> slots;  // locals and cells, operand stack bottom first, words to release
    uint32_t stack_begin = 0;      // index of the first stack slot
    uint32_t stack_end = 0;  // from here on: operands of a finished instruction, still to release
    FrameState* caller = nullptr;  // frame state of the call this code was inlined into, or null
};

union Immediate {
    uint64_t bits;
    const Type* type;
    Str* name;
    tagproof::Cell* cell;
    tagproof::Function* function;
    Code* code;
    int64_t number;
};

struct Instr {
    Op op;
    DeoptReason reason = DeoptReason::kNone;
    HirType type;            // of the result
    uint32_t id = 0;         // unique in the function; v<id> in text
    uint32_t pc = 0;         // bytecode instruction it was made for
    Block* block = nullptr;  // where it stands
    std::vector<Instr*> operands;
    std::array<Immediate, 2> immediates{};
    FrameState* frame = nullptr;  // with an exit: what the interpreter resumes with

    [[nodiscard]] const OpInfo& info() const { return opInfo(op); }
    [[nodiscard]] bool has(Effect effect) const { return (info().effects & effect) != 0; }
    [[nodiscard]] bool isTerminator() const { return has(kTerminator); }
    [[nodiscard]] bool hasResult() const { return !type.isNothing(); }
};

struct Block {
    uint32_t id = 0;
    uint32_t pc = 0;       // first bytecode instruction, for readers
    bool is_cold = false;  // laid out after the rest
    bool is_loop_header = false;
    std::vector<Instr*> instrs;        // phis first, terminator last
    std::vector<Block*> predecessors;  // in the order of the phis' operands
    std::vector<Block*> successors;

    [[nodiscard]] Instr* terminator() const { return instrs.back(); }
};

enum class EntryKind : uint8_t {
    kNormal,  // a call
    kLoop,    // a frame that the interpreter runs, at a loop header
    kResume,  // a generator's frame, behind the yield that suspended it
    kThrow,   // a generator's frame, at the yield that suspended it, with an exception pending
};
inline constexpr size_t kEntryKindCount = 4;
// Whether code of this kind takes over a frame that exists, and leaves into it.
[[nodiscard]] constexpr bool entersFrame(EntryKind kind) { return kind != EntryKind::kNormal; }

// A relation the code relies on without testing it: when `type`'s lookup of `name` changes, the
// code is invalidated.
struct Dependency {
    Type* type;
    Str* name;
    tagproof::Cell* cell;
    Value constant;     // null: the content of the cell may change
    int key_index;      // of the name among the type's shared keys; -1: instances cannot have it
    uint32_t protocol;  // of the type: accessProtocol()
    Tuple* mro;         // of the type, when the code relies on it instead of a lookup; else null
    Type* held_type = nullptr;  // of the descriptor in the cell, which may change; else null
    DescriptorCalls calls{};    // what `constant` calls, if it is a property or the like
    friend bool operator==(const Dependency&, const Dependency&) = default;
};

// Which special methods decide how attributes of a type's instances are read and written: one bit
// each where it is the default one. By lookup, since the hook that tells of a change comes before
// the type's flags follow it.
[[nodiscard]] uint32_t accessProtocol(Thread& thread, Type* type);

class Function {
  public:
    Function(Code* code_in, EntryKind kind) : code(code_in), entry_kind(kind) {}
    Function(const Function&) = delete;
    Function& operator=(const Function&) = delete;

    [[nodiscard]] Block* newBlock(uint32_t pc);
    // An instruction not yet placed.
    [[nodiscard]] Instr* newInstr(Op op, HirType type);
    [[nodiscard]] FrameState* newFrameState();
    void addDependency(const Dependency& dependency);
    // The code relies on code and defaults of a function it calls.
    void addFunctionDependency(tagproof::Function* callee);
    void addReference(Value value);
    // Lists the blocks reachable from the entry in reverse postorder, cold ones last; edges from
    // unreachable blocks are dropped, phi operands with them.
    void orderBlocks();
    [[nodiscard]] uint32_t instrCount() const { return next_id_; }

    Code* code;  // what is compiled; borrowed
    EntryKind entry_kind;
    uint32_t argument_count = 0;  // kNormal: parameters
    uint32_t osr_target = 0;      // entersFrame(): the bytecode instruction it begins with
    uint32_t osr_words = 0;       // entersFrame(): words handed over
    Block* entry = nullptr;
    std::vector<Block*> blocks;  // reverse postorder once the builder is done
    std::vector<Dependency> dependencies;
    std::vector<tagproof::Function*> called_functions;  // borrowed until published
    std::vector<Value> references;  // constants the code must keep alive; borrowed until published

  private:
    std::deque<Block> block_arena_;
    std::deque<Instr> instr_arena_;
    std::deque<FrameState> frame_arena_;
    uint32_t next_id_ = 0;
};

// Links a -> b: successor and predecessor lists.
void link(Block* from, Block* to);

}  // namespace tagproof::hir
