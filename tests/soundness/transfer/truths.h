#pragma once
// What is known on a way, as far as it answers questions without z3: which truths were decided or
// assumed, and which words are not above which (as signed numbers) because of it.

#include <z3++.h>

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace tagproof::soundness {

class Truths {
  public:
    // `e` is true or false from now on, and what follows from that for its parts.
    void learn(const z3::expr& e, bool is_true);
    // What `e` is, if what was learnt says so.
    [[nodiscard]] std::optional<bool> find(const z3::expr& e);
    // `e` without the parts that are known: the same truth.
    [[nodiscard]] z3::expr reduced(const z3::expr& e);
    // Back to an earlier time.
    struct Mark {
        size_t facts = 0;
        size_t orders = 0;
    };
    [[nodiscard]] Mark mark() const { return {facts_.size(), orders_.size()}; }
    void undo(const Mark& mark);
    void clear();

  private:
    // A word, or a number.
    struct Word {
        z3::expr e;
        bool is_number;
        int64_t number;
    };
    // Words by their places: `smaller` is not above `larger`, or below it.
    struct Order {
        size_t smaller;
        size_t larger;
        bool is_strict;
    };
    enum class Reach : uint8_t { kNone, kNotAbove, kBelow };

    [[nodiscard]] size_t placeOf(const z3::expr& word);
    void learnOrder(const z3::expr& smaller, const z3::expr& larger, bool is_strict);
    void learnParts(const z3::expr& e, bool is_true);
    [[nodiscard]] Reach reach(const z3::expr& from, const z3::expr& to);
    [[nodiscard]] std::optional<bool> findOrder(const z3::expr& a, const z3::expr& b);
    [[nodiscard]] std::optional<bool> findEqual(const z3::expr& a, const z3::expr& b);
    [[nodiscard]] std::optional<bool> findAll(const z3::expr& e, bool all);
    [[nodiscard]] std::optional<bool> findChoice(const z3::expr& e);
    [[nodiscard]] std::optional<bool> findWith(const z3::expr& e,
                                               const z3::expr& condition,
                                               bool is_true);

    [[nodiscard]] z3::expr reducedAll(const z3::expr& e, bool all);
    [[nodiscard]] z3::expr reducedChoice(const z3::expr& e);
    [[nodiscard]] z3::expr reducedWith(const z3::expr& e, const z3::expr& condition, bool is_true);

    std::vector<z3::expr> facts_;
    std::unordered_map<unsigned, bool> known_;  // by the expression's number
    std::vector<Word> words_;
    std::unordered_map<unsigned, size_t> places_;
    std::vector<Order> orders_;
};

}  // namespace tagproof::soundness
