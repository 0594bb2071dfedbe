#pragma once
// The transfer functions: executes one instruction on the abstract state. Used by the checker,
// which reports, and by inference, which does not. One source file per family:
//   machine.cc        dispatch, operands, moves, stack pointer
//   transfer_alu.cc   integer arithmetic and what it leaves in the flags
//   transfer_vector.cc  vector registers
//   memory.cc         addresses, loads, stores
//   conditions.cc     what a condition says about the operands of the last comparison
//   calls.cc          calls, exits, returns

#include <optional>

#include "jit/verify/decode.h"
#include "jit/verify/label_state.h"
#include "jit/verify/state.h"

namespace tagproof::verify {

// Takes reports of broken rules; null in inference.
class Reporter {
  public:
    virtual ~Reporter() = default;
    virtual void report(const Instruction& at, RuleId rule, std::string_view message) = 0;
};

// What the flags hold.
struct Comparison {
    enum class Op : uint8_t {
        kNone,
        kCompare,  // of a and b
        kTest,     // a & b; overflow and carry clear
        kResult,   // zero and sign of a; overflow and carry unknown
    };
    Op op = Op::kNone;
    uint8_t width = 8;
    Abstract a;  // truncated to `width`
    Abstract b;
};

// Where control goes after an instruction.
enum class Flow : uint8_t { kNext, kBranch, kJump, kStop };

// Exit buffer: what a word stored since the last label or call is.
struct ExitStore {
    uint64_t epoch = 0;  // of the store; older than MachineMemory::exit_epoch: forgotten
    bool is_double = false;
    Abstract word;
};

// What a pass works on, kept between functions for its capacity (Workspace).
struct MachineMemory {
    State state;
    uint64_t exit_epoch = 1;
    ExitStore exit_words[kMaxExitWords];
    std::vector<LabelState> labels;
    EntryStore entries;
    LabelJoiner joiner;
};

class Machine {
  public:
    Machine(const Trusted& trusted,
            MachineMemory& memory,
            Reporter* reporter,
            Statistics* statistics);
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    // The state of the function's entry contract.
    void enter();
    // Goes on from a label.
    void load(const LabelHint& hint);
    // Executes; the state afterwards is that of the fall-through edge before its condition is
    // known.
    [[nodiscard]] Flow step(const Instruction& instruction);
    // Assumes that condition code `code` holds for the last comparison. False: it cannot.
    [[nodiscard]] bool assume(unsigned code);

    // Takes one way of a fork, then goes back to it: what the machine has done in between is
    // undone.
    struct Fork {
        State::Mark mark;
        Comparison flags;
    };
    [[nodiscard]] Fork fork() { return Fork{state.mark(), flags_}; }
    void rejoin(const Fork& fork) {
        state.undo(fork.mark);
        flags_ = fork.flags;
        ++memory_.exit_epoch;  // stores to the exit buffer are not undone but forgotten
    }

    [[nodiscard]] const Tables& tables() const { return tables_; }
    void fail(RuleId rule, std::string_view message);
    void failAt(const Instruction& at, RuleId rule, std::string_view message) {
        current_ = &at;
        fail(rule, message);
    }

    State& state;  // memory_.state

  private:
    // An operand's place: a register, or memory.
    enum class Region : uint8_t { kBad, kStack, kObject, kValues, kItems, kThread, kAbsolute };
    struct Address {
        Region region = Region::kBad;
        int64_t lo = 0;           // offset in the region (kAbsolute: address), lowest
        int64_t hi = 0;           // highest
        bool words = true;        // lo, hi and everything between differ by multiples of 8
        uint32_t item_owner = 0;  // non-zero: plus 8 * an index below this symbol's item count
        uint32_t owner = 0;       // symbol of the object that a load is from
        const Abstract* base = nullptr;  // the pointer, in the state; none in the frame
    };
    enum class StoreKind : uint8_t { kPlain, kCount, kVector };

    [[nodiscard]] static Address stackAddress(int64_t offset) {
        Address address;
        address.region = Region::kStack;
        address.lo = address.hi = offset;
        return address;
    }

    // operands
    [[nodiscard]] Abstract readRegister(unsigned reg, unsigned width) const {
        return truncate(state.at(reg), width);
    }
    void writeRegister(unsigned reg, unsigned width, const Abstract& a);
    [[nodiscard]] Abstract readOperand(const Instruction& in, unsigned k, unsigned width);
    void writeOperand(const Instruction& in, unsigned k, const Abstract& a, StoreKind kind);
    void setStackPointer(const Abstract& a);
    [[nodiscard]] Abstract named(const Abstract& a) {
        return a.sym == 0 && isNameable(a.kind) ? state.fresh(a) : a;
    }

    // families
    void move(const Instruction& in);
    void extend(const Instruction& in);
    void lea(const Instruction& in);
    void exchange(const Instruction& in);
    void push(const Instruction& in);
    void pop(const Instruction& in);
    void alu(const Instruction& in);
    void unary(const Instruction& in);
    void shift(const Instruction& in);
    void imul(const Instruction& in);
    void divide(const Instruction& in);
    void signToRdx();
    void setCondition(const Instruction& in);
    void moveIf(const Instruction& in);
    void vectorMove(const Instruction& in);
    void vectorArith(const Instruction& in);
    void vectorToInt(const Instruction& in);
    void vectorCompare(const Instruction& in);
    Flow call(const Instruction& in);
    Flow fault(const Instruction& in);
    void leave();

    // arithmetic
    [[nodiscard]] Abstract binary(unsigned op, const Abstract& a, const Abstract& b) const;
    [[nodiscard]] Abstract addOffset(const Abstract& pointer, int64_t offset) const;
    [[nodiscard]] Abstract shifted(unsigned op,
                                   const Abstract& a,
                                   unsigned by,
                                   unsigned width) const;
    [[nodiscard]] Abstract either(const Abstract& a, const Abstract& b) const;
    void compare(Comparison::Op op, const Abstract& a, const Abstract& b, unsigned width);

    // memory
    [[nodiscard]] Address address(const Instruction& in);
    [[nodiscard]] static bool addIndex(Address& address, const Abstract& index, unsigned scale);
    [[nodiscard]] Address fromBase(const Abstract& base, int64_t disp);
    [[nodiscard]] Abstract load(const Address& address, unsigned width);
    [[nodiscard]] Abstract halfWord(const Abstract& a);
    [[nodiscard]] Abstract loadStack(const Address& address, unsigned width);
    [[nodiscard]] Abstract loadObject(const Address& address, unsigned width);
    // Nothing: the load is none of the head's.
    [[nodiscard]] std::optional<Abstract> loadHead(const Address& address,
                                                   uint32_t owner,
                                                   unsigned width) const;
    [[nodiscard]] Abstract loadField(const Field& field, const Address& address, unsigned width);
    [[nodiscard]] Abstract loadAbsolute(const Address& address, unsigned width);
    void store(const Address& address, unsigned width, const Abstract& a, StoreKind kind);
    void storeStack(const Address& address, unsigned width, const Abstract& a);
    void storeObject(const Address& address, unsigned width, const Abstract& a, StoreKind kind);
    void storeValues(const Address& address, unsigned width, const Abstract& a);
    void storeThread(const Address& address, unsigned width, const Abstract& a, StoreKind kind);
    void storeField(const Field& field,
                    const Address& address,
                    unsigned width,
                    const Abstract& a,
                    StoreKind kind);
    void storeAbsolute(const Address& address, unsigned width, const Abstract& a, StoreKind kind);
    [[nodiscard]] bool fits(FieldKind kind, const Abstract& a, StoreKind store) const;
    [[nodiscard]] uint32_t capacityOf(uint32_t type_row) const;
    void count(WriteClass write);

    // calls
    bool checkArgument(ArgKind kind, unsigned reg, char handle_sort = 0);
    void checkExit(const Abstract& id);
    void afterCall(CallEffect effect, const Abstract& result);
    [[nodiscard]] Abstract resultOf(const Helper& helper);
    Flow callHelper(const Helper& helper);
    void callEntry(const EntryCell& cell);

    // conditions
    [[nodiscard]] bool assumeCompare(unsigned code);
    [[nodiscard]] bool assumeTest(unsigned code);
    [[nodiscard]] bool assumeMasked(bool zero);
    [[nodiscard]] bool assumeSign(bool negative, const Abstract& a);
    [[nodiscard]] bool assumeEqual(const Abstract& a, const Abstract& b);
    [[nodiscard]] bool assumeNotEqual(const Abstract& a, const Abstract& b);
    [[nodiscard]] bool assumeLess(const Abstract& a,
                                  const Abstract& b,
                                  bool strict,
                                  bool is_signed);

    MachineMemory& memory_;
    const Tables tables_;
    Reporter* const reporter_;              // null: inference
    Statistics* const statistics_;          // null: inference
    const Instruction* current_ = nullptr;  // for reports
    Comparison flags_;
};

}  // namespace tagproof::verify
