#pragma once
// The abstract state: one value per register and stack word, and the operations that act on all
// locations that share a symbol. Fixed size, no allocation; only the first 16 + stack_words
// locations are ever touched.

#include "jit/verify/domain.h"

namespace tagproof::verify {

inline constexpr uint32_t kMaxLocations = kRegisterCount + kMaxStackWords;
inline constexpr uint32_t kRsp = 4;

// Remembers what a refinement overwrote, so that the other edge of a branch can start anew.
struct UndoLog {
    uint32_t count = 0;
    uint32_t epoch = 1;
    uint32_t stamp[kMaxLocations] = {};  // == epoch: already remembered
    uint16_t location[kMaxLocations];
    Abstract old[kMaxLocations];

    // Forgets the log: the state stays as it is.
    void commit() {
        count = 0;
        ++epoch;
    }
};

// What a taken edge says about one word.
struct Constraint {
    int64_t lo = kMin;
    int64_t hi = kMax;
    uint8_t low = kAnyLow;
    bool non_zero = false;
    uint32_t bound_owner = 0;  // non-zero: 0 <= word < item count of that symbol
};

class State {
  public:
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    [[nodiscard]] uint32_t locations() const { return kRegisterCount + stack_words; }
    [[nodiscard]] uint32_t freshSymbol() { return next_symbol++; }
    // `a` with a symbol of its own.
    [[nodiscard]] Abstract fresh(Abstract a) {
        a.sym = freshSymbol();
        return a;
    }

    // Grows or shrinks the frame; new words are kTop.
    void setStackWords(uint32_t words);
    // Everything unknown, frame of `words`.
    void clear(uint32_t words);

    // Narrows the word `x` (an operand of a comparison) and all that is known through it. False: no
    // word fits, so the edge cannot be taken. With a log, changes are remembered.
    [[nodiscard]] bool refine(const Abstract& x, const Constraint& constraint, UndoLog& log);
    // The words that are `owner` have type row `row`: the type compare succeeded.
    void setType(uint32_t owner, uint32_t row, const Tables& tables, UndoLog& log);
    // The item count of `owner` is at least `count`.
    void setMinimumLength(uint32_t owner, int64_t count, UndoLog& log);
    void undo(UndoLog& log);

    // Facts that a call which may free or materialise leaves.
    void forgetAtCall(const Tables& tables);

    // Does this state imply the hint of a label? On failure `location` says where.
    [[nodiscard]] bool implies(const LabelHint& hint, const Tables& tables, uint32_t& location);
    // Becomes the hint's state, with symbols of its own.
    void load(const LabelHint& hint);

    Abstract at[kMaxLocations];  // registers, then stack words downward from the return address
    uint32_t stack_words = 0;    // words between the return address and rsp
    uint32_t next_symbol = 1;    // symbols are never reused within a function

  private:
    // Restricts the patterns of a symbol; false: empty.
    [[nodiscard]] bool restrict(uint32_t symbol, uint8_t low, bool non_zero, UndoLog& log);
    [[nodiscard]] bool refineInteger(const Abstract& x, const Constraint& constraint, UndoLog& log);
    void remember(uint32_t location, UndoLog& log);

    uint32_t symbol_map_[2 * kMaxLocations + 1] = {};  // implies(): hint symbol -> state symbol
};

}  // namespace tagproof::verify
