#include "runtime/modules/math_special.h"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

namespace tagproof {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

constexpr size_t kLanczosCount = 13;
constexpr double kLanczosG = 6.024680040776729583740234375;
constexpr double kLanczosGMinusHalf = 5.524680040776729583740234375;
constexpr double kLanczosNumerator[kLanczosCount] = {
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
constexpr double kLanczosDenominator[kLanczosCount] = {
    0.0,       39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
    2637558.0, 357423.0,   32670.0,     1925.0,      66.0,        1.0};
constexpr size_t kMaxIntegerGamma = 23;
constexpr double kIntegerGamma[kMaxIntegerGamma] = {1.0,
                                                    1.0,
                                                    2.0,
                                                    6.0,
                                                    24.0,
                                                    120.0,
                                                    720.0,
                                                    5040.0,
                                                    40320.0,
                                                    362880.0,
                                                    3628800.0,
                                                    39916800.0,
                                                    479001600.0,
                                                    6227020800.0,
                                                    87178291200.0,
                                                    1307674368000.0,
                                                    20922789888000.0,
                                                    355687428096000.0,
                                                    6402373705728000.0,
                                                    121645100408832000.0,
                                                    2432902008176640000.0,
                                                    51090942171709440000.0,
                                                    1124000727777607680000.0};

double lanczosSum(double x) {
    double numerator = 0.0;
    double denominator = 0.0;
    if (x < 5.0) {
        for (size_t i = kLanczosCount; i-- > 0;) {
            numerator = numerator * x + kLanczosNumerator[i];
            denominator = denominator * x + kLanczosDenominator[i];
        }
    } else {
        for (size_t i = 0; i < kLanczosCount; ++i) {
            numerator = numerator / x + kLanczosNumerator[i];
            denominator = denominator / x + kLanczosDenominator[i];
        }
    }
    return numerator / denominator;
}

// sin(pi * x), exact at integers and halves.
double sinPi(double x) {
    const double y = std::fmod(std::fabs(x), 2.0);
    const int n = static_cast<int>(std::round(2.0 * y));
    double r = 0;
    if (n == 0) r = std::sin(M_PI * y);
    if (n == 1) r = std::cos(M_PI * (y - 0.5));
    if (n == 2) r = std::sin(M_PI * (1.0 - y));
    if (n == 3) r = -std::cos(M_PI * (y - 1.5));
    if (n == 4) r = std::sin(M_PI * (y - 2.0));
    return std::copysign(1.0, x) * r;
}

// x + 0.0 for negative x below -200: the sign of an infinitesimal.
double tinyGamma(double x) { return 0.0 / sinPi(x); }

// The Lanczos part for |x| between 1e-20 and 200.
double lanczosGamma(double x) {
    const double magnitude = std::fabs(x);
    const double y = magnitude + kLanczosGMinusHalf;
    double z;  // the rounding error of y
    if (magnitude > kLanczosGMinusHalf) {
        const double q = y - magnitude;
        z = q - kLanczosGMinusHalf;
    } else {
        const double q = y - kLanczosGMinusHalf;
        z = q - magnitude;
    }
    z = z * kLanczosG / y;
    double r;
    if (x < 0.0) {
        r = -M_PI / sinPi(magnitude) / magnitude * std::exp(y) / lanczosSum(magnitude);
        r -= z * r;
        if (magnitude < 140.0) {
            r /= std::pow(y, magnitude - 0.5);
        } else {
            const double root = std::pow(y, magnitude / 2.0 - 0.25);
            r /= root;
            r /= root;
        }
    } else {
        r = lanczosSum(magnitude) / std::exp(y);
        r += z * r;
        if (magnitude < 140.0) {
            r *= std::pow(y, magnitude - 0.5);
        } else {
            const double root = std::pow(y, magnitude / 2.0 - 0.25);
            r *= root;
            r *= root;
        }
    }
    if (std::isinf(r)) errno = ERANGE;
    return r;
}

}  // namespace

double gammaFunction(double x) {
    errno = 0;
    if (!std::isfinite(x)) {
        if (std::isnan(x) || x > 0.0) return x;
        errno = EDOM;
        return kNan;
    }
    if (x == 0.0) {
        errno = EDOM;
        return std::copysign(kInfinity, x);
    }
    if (x == std::floor(x)) {
        if (x < 0.0) {
            errno = EDOM;
            return kNan;
        }
        if (x <= kMaxIntegerGamma) return kIntegerGamma[static_cast<size_t>(x) - 1];
    }
    const double magnitude = std::fabs(x);
    if (magnitude < 1e-20) {
        const double r = 1.0 / x;
        if (std::isinf(r)) errno = ERANGE;
        return r;
    }
    if (magnitude > 200.0) {
        if (x < 0.0) return tinyGamma(x);
        errno = ERANGE;
        return kInfinity;
    }
    return lanczosGamma(x);
}

double logGamma(double x) {
    errno = 0;
    if (std::isnan(x)) return x;
    if (std::isinf(x)) return kInfinity;
    if (x == std::floor(x) && x <= 2.0) {
        if (x > 0.0) return 0.0;
        errno = EDOM;
        return kInfinity;
    }
    const double magnitude = std::fabs(x);
    if (magnitude < 1e-20) return -std::log(magnitude);
    double r = std::log(lanczosSum(magnitude)) - kLanczosG;
    r += (magnitude - 0.5) * (std::log(magnitude + kLanczosG - 0.5) - 1);
    if (x < 0.0) {
        constexpr double kLogPi = 1.144729885849400174143427351353058711647;
        r = kLogPi - std::log(std::fabs(sinPi(magnitude))) - std::log(magnitude) - r;
    }
    if (std::isinf(r)) errno = ERANGE;
    return r;
}

namespace {

constexpr double kSplitter = 134217729.0;  // 2^27 + 1

// Running sum of exact products with three correction terms.
struct SquareSum {
    double sum = 1.0;
    double first = 0.0;
    double second = 0.0;
    double third = 0.0;

    // Adds sign * x * x.
    void add(double x, double sign) {
        const double t = x * kSplitter;
        const double high = t - (t - x);
        const double low = x - high;
        accumulate(sign * high * high, &first);
        accumulate(sign * 2.0 * high * low, &second);
        if (sign > 0) {
            third += low * low;
        } else {
            accumulate(-low * low, &third);
        }
    }
    void accumulate(double x, double* correction) {
        const double old = sum;
        sum += x;
        *correction += (old - sum) + x;
    }
    [[nodiscard]] double total() const { return sum - 1.0 + (first + second + third); }
};

}  // namespace

double vectorNorm(double* vector, size_t count, double max, bool found_nan) {
    if (std::isinf(max)) return max;
    if (found_nan) return kNan;
    if (max == 0.0 || count <= 1) return max;
    int exponent;
    static_cast<void>(std::frexp(max, &exponent));
    SquareSum squares;
    if (exponent < -1023) {
        // The scale would overflow.
        for (size_t i = 0; i < count; ++i) {
            const double x = vector[i] / max;
            squares.accumulate(x * x, &squares.first);
        }
        return max * std::sqrt(squares.sum - 1.0 + squares.first);
    }
    const double scale = std::ldexp(1.0, -exponent);
    for (size_t i = 0; i < count; ++i) squares.add(vector[i] * scale, 1.0);
    const double root = std::sqrt(squares.total());
    squares.add(root, -1.0);
    return (root + squares.total() / (2.0 * root)) / scale;
}

// --- exact sum -----------------------------------------------------------------------------------

ExactSum::~ExactSum() { std::free(partials_); }

bool ExactSum::add(double x) {
    const double original = x;
    size_t kept = 0;
    for (size_t j = 0; j < count_; ++j) {
        double y = partials_[j];
        if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
        const volatile double high = x + y;
        const volatile double rounded = high - x;
        const volatile double low = y - rounded;
        if (low != 0.0) partials_[kept++] = low;
        x = high;
    }
    count_ = kept;
    if (x == 0.0) return true;
    if (!std::isfinite(x)) {
        if (std::isfinite(original)) return false;
        if (std::isinf(original)) infinity_sum_ += original;
        special_sum_ += original;
        has_special_ = true;
        count_ = 0;
        return true;
    }
    if (count_ == capacity_) {
        capacity_ = capacity_ == 0 ? 32 : capacity_ * 2;
        partials_ = static_cast<double*>(std::realloc(partials_, capacity_ * sizeof(double)));
        if (partials_ == nullptr) std::abort();
    }
    partials_[count_++] = x;
    return true;
}

SumStatus ExactSum::result(double* sum) const {
    if (has_special_) {
        *sum = special_sum_;
        return std::isnan(infinity_sum_) ? SumStatus::kInfinities : SumStatus::kOk;
    }
    double high = 0.0;
    size_t n = count_;
    if (n > 0) {
        double low = 0.0;
        high = partials_[--n];
        while (n > 0) {
            const double x = high;
            const double y = partials_[--n];
            high = x + y;
            const double rounded = high - x;
            low = y - rounded;
            if (low != 0.0) break;
        }
        // Round half to even across partials.
        if (n > 0 &&
            ((low < 0.0 && partials_[n - 1] < 0.0) || (low > 0.0 && partials_[n - 1] > 0.0))) {
            const double y = low * 2.0;
            const double x = high + y;
            if (y == x - high) high = x;
        }
    }
    *sum = high;
    return SumStatus::kOk;
}

}  // namespace tagproof
