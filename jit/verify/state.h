#pragma once
// The abstract state: one value per register and stack word, and the operations that act on all
// locations that share a symbol. Fixed size, no allocation; only the first 16 + stack_words
// locations are ever touched.

#include <cstring>

#include "jit/verify/domain.h"

namespace tagproof::verify {

inline constexpr uint32_t kMaxLocations = kRegisterCount + kMaxStackWords;
inline constexpr uint32_t kRsp = 4;

// Branches whose targets have no hint may nest so deep (walk.h).
inline constexpr uint32_t kMaxNesting = 4;

// Equal but for the names of symbols: implies() then holds without a look at the kind.
[[nodiscard]] inline bool isSameShape(const Abstract& a, const Abstract& b) {
    uint32_t head_a = 0;  // kind, low, flags
    uint32_t head_b = 0;
    std::memcpy(&head_a, &a, sizeof head_a);
    std::memcpy(&head_b, &b, sizeof head_b);
    const bool same = head_a == head_b && a.map == b.map && a.lo == b.lo && a.hi == b.hi;
    return same && (a.aux == b.aux || auxIsSymbol(a));
}

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
    // Registers, then stack words downward from the return address.
    [[nodiscard]] const Abstract& at(uint32_t location) const { return words_[location]; }
    void set(uint32_t location, const Abstract& a) {
        remember(location);
        write(location, a);
    }
    // The same; the word gets a symbol if it can have one and has none.
    void setNamed(uint32_t location, const Abstract& a) {
        set(location, a);
        if (a.sym != 0 || !isNameable(a.kind)) return;
        words_[location].sym = names_[location] = freshSymbol();
    }
    [[nodiscard]] uint32_t freshSymbol() { return next_symbol++; }
    // `a` with a symbol of its own.
    [[nodiscard]] Abstract fresh(Abstract a) {
        a.sym = freshSymbol();
        return a;
    }

    // What is written between mark() and its undo() is taken back. Marks nest, kMaxNesting + 1
    // deep.
    struct Mark {
        uint32_t log_size;
        uint32_t epoch;
        uint32_t stack_words;
    };
    [[nodiscard]] Mark mark();
    void undo(const Mark& mark);

    // Grows or shrinks the frame; new words are kTop.
    void setStackWords(uint32_t words);
    // Everything unknown, frame of `words`, no mark.
    void clear(uint32_t words);

    // Narrows the word `x` (an operand of a comparison) and all that is known through it. False: no
    // word fits, so the edge cannot be taken.
    [[nodiscard]] bool refine(const Abstract& x, const Constraint& constraint);
    // The words that are `owner` have type row `row`: the type compare succeeded.
    void setType(uint32_t owner, uint32_t row, const Tables& tables);
    // The item count of `owner` is at least `count`.
    void setMinimumLength(uint32_t owner, int64_t count);

    // Facts that a call which may free or materialise leaves.
    void forgetAtCall(const Tables& tables);

    // Does this state imply the hint of a label? On failure `location` says where.
    [[nodiscard]] bool implies(const LabelHint& hint, const Tables& tables, uint32_t& location);
    // Becomes the hint's state. Nothing is left of the state before, so symbols start anew.
    void load(const LabelHint& hint);

    uint32_t stack_words = 0;  // words between the return address and rsp
    uint32_t next_symbol = 1;  // symbols are never reused between labels

  private:
    struct Overwritten {
        Abstract old;
        uint32_t stamp;
        uint32_t location;
    };

    // The word at `location` is about to change. Each mark logs a location once.
    void remember(uint32_t location) {
        if (stamp_[location] == epoch_) return;
        log_[log_size_++] = Overwritten{words_[location], stamp_[location], location};
        stamp_[location] = epoch_;
    }
    void write(uint32_t location, const Abstract& a) {
        words_[location] = a;
        names_[location] = a.sym;
        origins_[location] = isDerived(a) ? a.aux : 0;
        is_passing_[location] = outlivesCalls(a.kind) ? 0 : 1;
    }
    [[nodiscard]] static bool isDerived(const Abstract& a) {
        return a.kind == Kind::kInt && has(a, Abstract::kDerived);
    }
    // Most words of a frame: forgetAtCall() looks at the others.
    [[nodiscard]] static bool outlivesCalls(Kind kind) {
        return kind == Kind::kTop || kind == Kind::kValue || kind == Kind::kSaved ||
               kind == Kind::kStack || kind == Kind::kThread;
    }
    // Calls action(location) for the words that are `symbol` or derived from it.
    template <typename Action>
    void forHolders(uint32_t symbol, Action action);

    // Restricts the patterns of a symbol; false: empty.
    [[nodiscard]] bool restrict(uint32_t symbol, uint8_t low, bool non_zero);
    void forgetWordAtCall(uint32_t i, const Tables& tables);
    [[nodiscard]] bool refineInteger(const Abstract& x, const Constraint& constraint);

    Abstract words_[kMaxLocations];
    // What scans look for, by location, in arrays of their own.
    static constexpr uint32_t kScan = 16;  // locations at a time
    static_assert(kMaxLocations % kScan == 0);
    uint32_t names_[kMaxLocations] = {};      // the word's symbol
    uint32_t origins_[kMaxLocations] = {};    // the symbol that it is derived from
    uint8_t is_passing_[kMaxLocations] = {};  // does not outlive calls
    uint32_t stamp_[kMaxLocations] = {};  // == epoch_: logged since the last mark; 0 without mark
    uint32_t epoch_ = 0;                  // of the last mark; 0: nothing is logged
    uint32_t last_epoch_ = 0;
    uint32_t log_size_ = 0;
    Overwritten log_[(kMaxNesting + 1) * kMaxLocations];
    uint32_t symbol_map_[2 * kMaxLocations + 1] = {};  // implies(): hint symbol -> state symbol
};

}  // namespace tagproof::verify
