#pragma once
// Functions of the math module that need an algorithm of their own to give CPython's digits.

#include <cstddef>

namespace tagproof {

// Gamma by Lanczos' approximation with the coefficients that CPython uses (Boost's, N = 13). errno
// is EDOM for poles and ERANGE for overflow, else 0.
[[nodiscard]] double gammaFunction(double x);
[[nodiscard]] double logGamma(double x);

// sqrt(sum of squares), accurate to the last digit but for rare cases. Scales the vector by its
// largest magnitude, splits each product exactly (Veltkamp) and corrects the root once.
[[nodiscard]] double vectorNorm(double* vector, size_t count, double max, bool found_nan);

// Exact sum in partials that do not overlap (Shewchuk). Results: kOk; kOverflow: an intermediate
// partial became infinite; kInfinities: -inf + inf.
enum class SumStatus { kOk, kOverflow, kInfinities };
class ExactSum {
  public:
    ExactSum() = default;
    ~ExactSum();
    ExactSum(const ExactSum&) = delete;
    ExactSum& operator=(const ExactSum&) = delete;

    [[nodiscard]] bool add(double x);  // false: overflow of a partial
    [[nodiscard]] SumStatus result(double* sum) const;

  private:
    double* partials_ = nullptr;  // increasing magnitude, owned
    size_t count_ = 0;
    size_t capacity_ = 0;
    double special_sum_ = 0;  // infinities and NaNs seen
    double infinity_sum_ = 0;
    bool has_special_ = false;
};

}  // namespace tagproof
