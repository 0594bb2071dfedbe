#pragma once
// Contracts: where the verifier's text calls a function that is proven by itself, the proofs of the
// caller use what is proven of it (called.h).
//   conditions   tell refine() only what holds of the operands. That refine() draws the right
//                conclusions from any constraint that holds is proven of refine().
//   lea          adds and shifts: the results describe the sum and the shifted word, as is proven
//                of add and shl.
//   cmov         join() returns any word; what implies() says of it holds.

#include <vector>

#include "tests/soundness/transfer/scene.h"

namespace tagproof::soundness {

// `word` is what `constraint` says.
[[nodiscard]] z3::expr fulfils(Scene& scene,
                               const symbolic::Constraint& constraint,
                               const z3::expr& word);

// While it lives, the verifier's text uses contracts about rax and rcx (for `bytes` of them), as
// they are in the scene, and what is made of these. Results are of shape `result`.
class Contracts {
  public:
    Contracts(Explorer& explorer, Scene& scene, unsigned bytes, Shape result);
    ~Contracts();
    Contracts(const Contracts&) = delete;
    Contracts& operator=(const Contracts&) = delete;
    [[nodiscard]] static Contracts& current();
    [[nodiscard]] static bool isActive();

    // Claims that `constraint` holds of the operand `x` of the comparison.
    void tell(const symbolic::Comparison& flags,
              const Abstract& x,
              const symbolic::Constraint& constraint);
    [[nodiscard]] Abstract sum(const Abstract& a, const Abstract& b);
    [[nodiscard]] Abstract shift(const Abstract& a, unsigned by);
    // Of the first and the second operand, that is of what was read of them.
    [[nodiscard]] Abstract join(const Abstract& a, const Abstract& b);
    [[nodiscard]] bool isImplied(const Abstract& a, const Abstract& hint);

  private:
    struct Known {
        Abstract a;
        z3::expr word;
    };
    [[nodiscard]] z3::expr wordOf(const Abstract& a) const;
    [[nodiscard]] Abstract any();
    [[nodiscard]] Abstract describing(const z3::expr& word);

    Explorer& explorer_;
    Scene& scene_;
    z3::expr first_;
    z3::expr second_;
    Shape result_;
    unsigned results_ = 0;
    std::vector<Known> known_;
    const Abstract* joined_[2] = {};
};

}  // namespace tagproof::soundness
