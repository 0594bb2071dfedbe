#pragma once
// Executes a function of the verifier for all words at once: again and again, once for each way
// through it. A comparison of symbols is a decision; both outcomes are taken if both are possible
// with what is known so far (z3 says so). At the end of each way, what was claimed must follow from
// what is known.

#include <z3++.h>

#include <cstdint>
#include <ctime>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/soundness/transfer/truths.h"

namespace tagproof::soundness {

// What is thrown when a proof takes too long or z3 gives up.
class Unfinished : public std::runtime_error {
  public:
    explicit Unfinished(const std::string& why)
        : std::runtime_error("not finished in its time" + why) {}
};

class Explorer {
  public:
    Explorer();
    ~Explorer();
    Explorer(const Explorer&) = delete;
    Explorer& operator=(const Explorer&) = delete;

    // The one that symbols ask.
    [[nodiscard]] static Explorer& current();
    [[nodiscard]] z3::context& context() { return context_; }

    // A constant of `bits` bits (0: a truth) that stands for all its values.
    [[nodiscard]] z3::expr variable(const std::string& name, unsigned bits);
    [[nodiscard]] z3::expr number(uint64_t value, unsigned bits = 64) {
        return context_.bv_val(value, bits);
    }
    // A function of a word of which nothing is known but that it is one: equal words, equal
    // results. (Of `bits` bits; 0: a truth.)
    [[nodiscard]] z3::expr apply(const std::string& function, const z3::expr& word, unsigned bits);
    // A variable that stands for `definition`. What is known of it is assumed by the caller; only a
    // counterexample must stand with the definition.
    [[nodiscard]] z3::expr standIn(const std::string& name, const z3::expr& definition);
    // Words that occur on this way: what is assumed of summaries is assumed for these.
    void watch(const z3::expr& word);
    [[nodiscard]] const std::vector<z3::expr>& watched() const { return watched_; }

    // Exact sums and differences (65 bits, signed) and products (128 bits, unsigned). Proofs about
    // intervals need of them only that they are monotone, which is assumed of each two that occur
    // (and proven in lemma_proofs.cc); a counterexample must stand with their exact values.
    enum class Exact : uint8_t { kSum, kDifference, kProduct };
    [[nodiscard]] z3::expr exact(Exact function, const z3::expr& a, const z3::expr& b);
    // On this way so far.
    [[nodiscard]] bool occurs(Exact function) const { return exact_.contains(function); }
    // What exact() stands for.
    [[nodiscard]] static z3::expr definition(Exact function, const z3::expr& a, const z3::expr& b);
    // What is assumed of two: that `smaller` is not above `larger` if their operands say so.
    struct Operands {
        z3::expr a;
        z3::expr b;
        z3::expr result;
    };
    [[nodiscard]] static z3::expr monotone(Exact function,
                                           const Operands& smaller,
                                           const Operands& larger);
    // And of one: its low 3 bits.
    [[nodiscard]] static z3::expr lowBits(Exact function, const Operands& one);
    // A question without words: is it true of all values of its variables?
    [[nodiscard]] bool isValid(const z3::expr& lemma, const char* logic);
    // Keeps an expression until the exploration ends.
    [[nodiscard]] const z3::expr* keep(const z3::expr& e) { return &kept_.emplace_back(e); }
    // The only value of an expression without variables.
    [[nodiscard]] uint64_t known(const z3::expr& e) const;

    // During an exploration: what is known; which way to go; what must hold at the end of the way.
    void assume(const z3::expr& fact);
    [[nodiscard]] bool decide(const z3::expr& condition);
    void claim(const z3::expr& claim, std::function<std::string(const z3::model&)> failure);

    // Takes all ways through `way`. A counterexample in words, or nothing: proven.
    [[nodiscard]] std::optional<std::string> explore(const std::function<void()>& way);

    // From now on so many seconds of CPU time; then explore() throws Unfinished.
    void limit(unsigned seconds);

    uint64_t paths = 0;
    uint64_t queries = 0;
    uint64_t claims = 0;  // that z3 had to prove
    unsigned spoil = 0;   // wrong operator in use; 0: none

  private:
    struct Impossible {};  // what is known contradicts itself: there is no such way
    struct Decision {
        bool taken;
        bool other_is_open;
        z3::expr condition;
        Truths::Mark before;
        std::optional<z3::model> other;  // a case in which the other way is taken
    };
    struct Claim {
        z3::expr holds;
        std::function<std::string(const z3::model&)> failure;
    };

    [[nodiscard]] bool holds(const z3::model& model, const z3::expr& condition) const;
    [[nodiscard]] bool isPossible(const z3::expr& condition);
    [[nodiscard]] z3::expr reduced(const z3::expr& condition);
    [[nodiscard]] z3::check_result askAlone();
    [[nodiscard]] std::optional<std::string> check();
    [[nodiscard]] bool isBroken(const z3::expr& broken);
    [[nodiscard]] bool nextWay();

    std::clock_t limit_ = std::numeric_limits<std::clock_t>::max();
    z3::context context_;
    z3::solver solver_;
    Truths truths_;  // of this way
    uint64_t reduced_ = 0;
    std::deque<z3::expr> kept_;
    std::vector<Decision> decisions_;
    size_t depth_ = 0;  // decisions of this way so far
    std::vector<Claim> claims_;
    struct Application {
        z3::expr word;
        z3::expr result;
    };
    std::map<std::string, std::vector<Application>> applications_;
    std::map<Exact, std::vector<Operands>> exact_;
    std::vector<z3::expr> watched_;
    std::vector<z3::expr> definitions_;  // of stand-ins
    std::optional<z3::model> witness_;   // a case of the present way
};

// A value in a model, as people read it.
[[nodiscard]] std::string inWords(const z3::model& model, const z3::expr& e);

}  // namespace tagproof::soundness
