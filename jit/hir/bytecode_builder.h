#pragma once
// The builder's class: state of the walk and one build function per bytecode. Internal to the
// builder's sources (builder.cc and build_*.cc); see builder.h for what it does.

#include <optional>
#include <vector>

#include "jit/helpers.h"
#include "jit/hir/builder.h"
#include "jit/hir/bytecode_cfg.h"
#include "objmodel/check.h"
#include "objmodel/type.h"
#include "runtime/attr_cache.h"
#include "runtime/code.h"

namespace tagproof::hir {

enum class Own : uint8_t { kStable, kUnstable, kOwned };

struct Slot {
    Instr* value = nullptr;
    Own own = Own::kStable;
    friend bool operator==(const Slot&, const Slot&) = default;
};

// The abstract frame: locals and cells, then the operand stack.
using AbstractFrame = std::vector<Slot>;

struct Incoming {
    Block* from;
    AbstractFrame frame;
};

// A bytecode block in the making.
struct BlockPlan {
    Block* block = nullptr;
    std::vector<Incoming> incoming;   // forward edges, in the order of the block's predecessors
    std::vector<Instr*> header_phis;  // loop headers: per frame slot, or null
    AbstractFrame header_frame;       // loop headers: the frame at entry
    bool is_built = false;
};

class BytecodeBuilder {
  public:
    BytecodeBuilder(Thread& thread, const BuildRequest& request, Function& function);

    // Fills the function; false = stopped, see error().
    [[nodiscard]] bool build();
    [[nodiscard]] const CompileError& error() const { return *error_; }

  private:
    // --- walk (builder.cc)
    [[nodiscard]] static uint32_t firstInstruction(const BuildRequest& request);
    [[nodiscard]] bool withinLimits();
    [[nodiscard]] bool readsItsFrame() const;
    void buildEntry();
    [[nodiscard]] size_t parameterWords() const;
    Instr* loadArgument(uint32_t index);
    void buildArguments();
    void buildGeneratorCreation();
    void buildFreeVariables();
    void buildFrameEntry();
    void buildBlock(uint32_t begin);
    void enterJoin(BlockPlan& plan);
    void enterLoopHeader(BlockPlan& plan, const BytecodeBlock& shape);
    void buildInstruction(Instruction instruction);
    void finishBlocks();
    void refuse(CompileErrorKind kind, std::string message);
    [[nodiscard]] BlockPlan& planAt(uint32_t begin);

    // --- one per bytecode
#define BYTECODE(name, operand, pops, pushes, flags, text) \
    void build##name(Instruction instruction);
#include "runtime/bytecode.def"
#undef BYTECODE

    // --- emission (build_frame.cc)
    Instr* emit(Op op, std::initializer_list<Instr*> operands = {});
    Instr* emitTyped(Op op, HirType type, std::initializer_list<Instr*> operands = {});
    // An instruction that leaves, before the current bytecode, when its condition fails.
    Instr* emitGuard(Op op, DeoptReason reason, std::initializer_list<Instr*> operands = {});
    void append(Instr* instr);
    Instr* constant(Value value);
    Instr* immediate(const void* address);
    Instr* immediate(int64_t number);
    FrameState* frameBefore();
    FrameState* frameAt(uint32_t pc);
    // Leaves if what just ran has invalidated the code; the frame resumes at after_pc_.
    void guardValid();

    // --- abstract frame (build_frame.cc)
    void push(Instr* value, Own own);
    Slot pop();
    [[nodiscard]] Slot& top(size_t depth = 1);
    [[nodiscard]] size_t stackDepth() const { return frame_.size() - stack_begin_; }
    // `value`, known not to be the empty word; leaves before the current bytecode where it is.
    Instr* nonNull(Instr* value);
    void makeOwned(Slot& slot);
    void makeStackOwned();
    void countUnstable();
    void countAliasesOf(const Instr* value);
    // Gives up the references of operands just popped, which come top first; the lowest, evaluated
    // first, goes first.
    void release(Slot slot);
    void releaseAll(std::vector<Slot> slots);
    void storeLocal(uint32_t index, Slot slot);
    [[nodiscard]] Instr* cellAt(Instruction instruction);
    [[nodiscard]] Instr* loadCell(Cell* cell);
    [[nodiscard]] Cell* globalCell(Str* name);

    // --- helpers and failure edges (build_frame.cc)
    // Calls a slow path. Its stack operands are still on the abstract stack. Operands only, then
    // the test for failure; the result is known not to be null.
    Instr* callHelper(Helper helper, std::initializer_list<Instr*> operands);
    Instr* callWithArgs(Helper helper,
                        std::vector<Instr*> fixed,
                        const std::vector<Instr*>& arguments);
    Instr* callStatus(Helper helper, std::initializer_list<Instr*> operands);
    Instr* emitCall(Op op, HirType type, Helper helper, std::vector<Instr*> operands);
    Instr* requireNotNull(Instr* result);
    Instr* assertNotNull(Instr* word);  // unwinds to the caller, whatever handler there is
    Instr* loadResult(uint32_t index);
    void requireNotNegative(Instr* status);
    void requireNot(Instr* failed);
    void callVoid(Helper helper, std::initializer_list<Instr*> operands);
    // Ends the block with a branch to a landing pad when `failed`; returns where to go on.
    [[nodiscard]] Block* branchToLandingPad(Instr* failed);
    void leaveForTraceback();
    void addTraceback();
    void buildLandingPad(Block* pad, bool adds_traceback);
    void releaseInLandingPad(const std::vector<Slot>& slots);
    void raise(bool adds_traceback);
    // Pops `count` operands, pushes the owned result, releases the operands, and checks validity.
    void replaceOperands(size_t count, Instr* result);
    void dropOperands(size_t count);

    // --- control (build_control.cc)
    void jumpTo(uint32_t target);
    struct Edges {
        Block* if_true;
        Block* if_false;
    };
    [[nodiscard]] Edges splitOn(Instr* flag);
    void finishEdge(
        Block* edge, uint32_t target, const AbstractFrame& frame, Slot drop, bool ran_guest);
    [[nodiscard]] bool ranGuest(const Instr* flag) const;
    // The flag that tells the truth of a value still on the stack.
    Instr* truthFlag(Instr* value);
    void buildConditionalJump(Instruction instruction, bool jump_if);
    void buildJumpOrPop(Instruction instruction, bool jump_if);
    void buildNoneJump(Instruction instruction, bool jump_if_none);
    void finishForIter(Edges edges, uint32_t exhausted, Instr* source, bool ran_guest);

    // --- attributes (build_attributes.cc)
    [[nodiscard]] std::optional<AttrEntry> monomorphicEntry(Instruction instruction) const;
    [[nodiscard]] std::optional<AttrEntry> renewed(const AttrEntry& entry, Str* name) const;
    Instr* guardType(Instr* value, const Type* type);
    Instr* guardIs(Instr* value, Value expected);
    Instr* guardValuesForm(Instr* owner);
    Instr* guardNotNull(Instr* value, DeoptReason reason);
    void dependOnLookup(Type* type, Str* name, bool constant);
    bool guardNoInstanceAttribute(Instr* owner, const Type* type, Str* name);
    void replaceOwner(Instr* value, Own own);
    using EntryAccess = bool (BytecodeBuilder::*)(const AttrEntry& entry, Str* name);
    using GenericAccess = void (BytecodeBuilder::*)(Instruction instruction);
    [[nodiscard]] std::optional<AttrEntry> currentEntry(Instruction instruction,
                                                        const AttrEntry& entry) const;
    [[nodiscard]] std::vector<AttrEntry> polymorphicEntries(Instruction instruction) const;
    bool buildPolymorphic(Instruction instruction, EntryAccess access, GenericAccess generically);
    [[nodiscard]] Block* branchOnType(const Type* type);
    void joinPaths(BlockPlan& join, size_t results);
    bool buildPolymorphicCall(size_t count);
    [[nodiscard]] std::vector<Value> functionsOf(const Instr* callable, size_t given) const;
    void loadGenerically(Instruction instruction);
    void storeGenerically(Instruction instruction);
    bool loadFromEntry(const AttrEntry& entry, Str* name);
    bool loadInlineValue(const AttrEntry& entry, Str* name);
    bool loadSlotMember(const AttrEntry& entry, Str* name);
    bool loadClassCell(const AttrEntry& entry, Str* name);
    [[nodiscard]] bool isClassOfObject(const AttrEntry& entry) const;
    bool loadGetSet(const AttrEntry& entry, Str* name);
    bool loadStaticMethod(const AttrEntry& entry, Str* name);
    bool loadProperty(const AttrEntry& entry, Str* name);
    struct DescriptorAccess {
        tagproof::Function* method = nullptr;  // null: not by a direct call
        Instr* descriptor = nullptr;
        bool gives_way = false;  // to an attribute of the instance
    };
    DescriptorAccess descriptorAccess(const AttrEntry& entry, Str* name, Str* special);
    bool loadDescriptor(const AttrEntry& entry, Str* name);
    bool storeThroughDescriptor(const AttrEntry& entry, Str* name);
    bool storeThroughProperty(const AttrEntry& entry, Str* name);
    bool storeToEntry(const AttrEntry& entry, Str* name);
    bool storeInlineValue(const AttrEntry& entry, Str* name);
    bool storeSlotMember(const AttrEntry& entry, Str* name);
    void finishStore(Instr* store);
    // False where a guard of the current bytecode has failed too often.
    [[nodiscard]] bool speculates() const;

    // --- attributes of classes and modules (build_namespaces.cc)
    bool loadTypeAttribute(const AttrEntry& entry, Str* name);
    bool storeTypeAttribute(const AttrEntry& entry, Str* name);
    Instr* guardPlain(Instr* value, const Cell* cell);
    [[nodiscard]] Value cachedModule(const AttrEntry& entry, Str* name) const;
    Instr* loadModuleCell(const AttrEntry& entry, Str* name);
    bool loadModuleAttribute(const AttrEntry& entry, Str* name);
    bool storeModuleAttribute(const AttrEntry& entry, Str* name);

    // --- __getattribute__, __getattr__, __setattr__ (build_hooks.cc)
    [[nodiscard]] tagproof::Function* hookOfLoad(Type* type, Str* name);
    bool loadThroughHook(const AttrEntry& entry, Str* name);
    bool storeThroughHook(const AttrEntry& entry, Str* name);

    // --- methods (build_methods.cc)
    [[nodiscard]] tagproof::Function* lookUpMethod(Type* type, Str* name);
    void loadMethodGenerically(Instruction instruction);
    void replaceWithCallee(Slot callable, Slot self);
    bool loadMethodFromEntry(const AttrEntry& entry, Str* name);
    bool loadBoundMethod(const AttrEntry& entry, Str* name);
    bool loadMethod(const AttrEntry& entry, Str* name);
    bool loadUnboundMethod(const AttrEntry& entry, Str* name);
    bool loadClassToCall(const AttrEntry& entry, Str* name);
    bool loadMethodOfType(const AttrEntry& entry, Str* name);
    [[nodiscard]] Type* definingClass() const;
    [[nodiscard]] bool mayExpandArguments(uint32_t pc) const;
    bool loadSuperMethod(Str* name);

    // --- operators (build_operators.cc)
    void buildBinary(Instruction instruction, Helper helper);
    bool fixnumBinary(BinaryOp op, const Feedback& feedback);
    bool doubleBinary(BinaryOp op, const Feedback& feedback);
    Instr* guardFixnum(Instr* value);
    Instr* guardDouble(Instr* value);
    Instr* boxDouble(Instr* number);
    Instr* toRawDouble(Instr* value, uint8_t seen);
    void replaceUncounted(size_t count, Instr* result);
    void replaceFlag(size_t count, Instr* flag);
    bool loadSequenceItem(const Feedback& feedback);

    // --- calls (build_calls.cc)
    [[nodiscard]] bool hasPlainParameters(const Code* code, size_t count) const;
    bool buildDirectCall(size_t count);
    [[nodiscard]] bool acceptsPositional(const tagproof::Function* function, size_t given) const;
    bool addDefaults(tagproof::Function* function, std::vector<Instr*>& arguments);
    bool buildConstruction(size_t count);
    bool buildPlainConstruction(Type* type, size_t count);
    [[nodiscard]] Type* constructedType(Value callable) const;
    Instr* emitFunctionCall(tagproof::Function* callee, std::vector<Instr*> arguments);
    Instr* callFunction(tagproof::Function* callee, std::vector<Instr*> arguments);
    Instr* callForAttribute(tagproof::Function* callee,
                            std::vector<Instr*> arguments,
                            Instr* owner,
                            Str* name);
    bool buildNativeCall(size_t count);
    bool buildIntFromDouble(size_t count);
    [[nodiscard]] bool isIntConversion(size_t count);
    [[nodiscard]] bool isClosure(Value callee) const;
    void speculateCallee(Instruction instruction, size_t count);
    void buildFromArgs(Helper helper, size_t count, size_t number);
    void buildAddition(Helper helper, size_t depth);
    void pushUnpacked(uint32_t count);

    // --- generators (build_generators.cc)
    void leaveGenerator();

    // --- exceptions and with (build_exceptions.cc)
    bool enterKnownManager(Instruction instruction);

    Thread& thread_;
    const BuildRequest& request_;
    Function& function_;
    Code* code_;  // being compiled
    const CodeBody& body_;
    BytecodeCfg cfg_;
    std::vector<BlockPlan> plans_;     // per instruction index that begins a block
    std::vector<bool> local_owned_;    // per frame slot: the slot counts its word
    std::vector<bool> local_deleted_;  // per frame slot: some DELETE_FAST empties it
    size_t stack_begin_;               // locals + cells
    Block* block_ = nullptr;           // where instructions go; null behind a terminator
    AbstractFrame frame_;              // state before the instruction being built
    uint32_t pc_ = 0;                  // instruction being built
    uint32_t after_pc_ = 0;            // where the interpreter goes on once it is done
    std::vector<Slot> releasing_;      // operands popped whose release is still to come
    std::optional<CompileError> error_;
};

}  // namespace tagproof::hir
