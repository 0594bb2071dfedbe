// The math module: functions of integers of any size.

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int_operand.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/modules/native_modules.h"

namespace tagproof {

namespace {

using Combine = void (*)(mpz_ptr, mpz_srcptr, mpz_srcptr);

// gcd and lcm over any number of ints.
Value fold(Thread& thread, const Value* args, size_t count, unsigned long start, Combine combine) {
    MpzTemp result;
    mpz_set_ui(result.get(), start);
    for (size_t i = 0; i < count; ++i) {
        const Ref number(indexOf(thread, args[i]));
        if (!number) return Value::null();
        const IntOperand operand(thread, number.get());
        combine(result.get(), result.get(), operand.get());
    }
    return makeInt(thread, result.get());
}
Value gcdMath(Thread& thread, Value, const Value* args, size_t count) {
    return fold(thread, args, count, 0, mpz_gcd);
}
Value lcmMath(Thread& thread, Value, const Value* args, size_t count) {
    return fold(thread, args, count, 1, mpz_lcm);
}

Value factorialMath(Thread& thread, Value, const Value* args, size_t) {
    const Ref number(indexOf(thread, args[0]));
    if (!number) return Value::null();
    const int64_t n = saturateInt64(thread, number.get());
    if (n < 0) {
        return raise(thread, ExceptionKind::kValueError,
                     "factorial() not defined for negative values");
    }
    constexpr int64_t kMaximum = 100'000'000;
    if (n == INT64_MAX) {
        return raise(thread, ExceptionKind::kOverflowError,
                     "factorial() argument should not exceed {}", INT64_MAX);
    }
    if (n > kMaximum) return raiseMemoryError(thread);
    MpzTemp result;
    mpz_fac_ui(result.get(), static_cast<unsigned long>(n));
    return makeInt(thread, result.get());
}

Value isqrtMath(Thread& thread, Value, const Value* args, size_t) {
    const Ref number(indexOf(thread, args[0]));
    if (!number) return Value::null();
    if (intSign(thread, number.get()) < 0) {
        return raise(thread, ExceptionKind::kValueError, "isqrt() argument must be nonnegative");
    }
    const IntOperand operand(thread, number.get());
    MpzTemp result;
    mpz_sqrt(result.get(), operand.get());
    return makeInt(thread, result.get());
}

// Checks n and k of comb and perm. False + pending; *zero when k > n.
bool checkCounts(Thread& thread, const Ref& n, const Ref& k, bool* zero) {
    if (!n || !k) return false;
    if (intSign(thread, n.get()) < 0) {
        raise(thread, ExceptionKind::kValueError, "n must be a non-negative integer");
        return false;
    }
    if (intSign(thread, k.get()) < 0) {
        raise(thread, ExceptionKind::kValueError, "k must be a non-negative integer");
        return false;
    }
    *zero = compareInt(thread, n.get(), k.get()) < 0;
    return true;
}

Value combMath(Thread& thread, Value, const Value* args, size_t) {
    const Ref n(indexOf(thread, args[0]));
    const Ref k(n ? indexOf(thread, args[1]) : Value::null());
    bool zero;
    if (!checkCounts(thread, n, k, &zero)) return Value::null();
    if (zero) return Value::fixnum(0);
    const IntOperand all(thread, n.get());
    const IntOperand chosen(thread, k.get());
    MpzTemp fewer;  // of k and n - k
    mpz_sub(fewer.get(), all.get(), chosen.get());
    if (mpz_cmp(chosen.get(), fewer.get()) < 0) mpz_set(fewer.get(), chosen.get());
    if (!mpz_fits_slong_p(fewer.get())) {
        return raise(thread, ExceptionKind::kOverflowError, "min(n - k, k) must not exceed {}",
                     INT64_MAX);
    }
    MpzTemp result;
    mpz_bin_ui(result.get(), all.get(), mpz_get_ui(fewer.get()));
    return makeInt(thread, result.get());
}

Value permMath(Thread& thread, Value, const Value* args, size_t count) {
    if (count == 1 || args[1] == thread.singletons->none) {
        return factorialMath(thread, Value::null(), args, 1);
    }
    const Ref n(indexOf(thread, args[0]));
    const Ref factors(n ? indexOf(thread, args[1]) : Value::null());
    bool zero;
    if (!checkCounts(thread, n, factors, &zero)) return Value::null();
    if (zero) return Value::fixnum(0);
    int64_t k;
    if (!fitsInt64(thread, factors.get(), &k)) {
        return raise(thread, ExceptionKind::kOverflowError, "k must not exceed {}", INT64_MAX);
    }
    const IntOperand operand(thread, n.get());
    MpzTemp factor;
    mpz_set(factor.get(), operand.get());
    MpzTemp result;
    mpz_set_ui(result.get(), 1);
    for (int64_t i = 0; i < k; ++i) {
        mpz_mul(result.get(), result.get(), factor.get());
        mpz_sub_ui(factor.get(), factor.get(), 1);
    }
    return makeInt(thread, result.get());
}

constexpr FunctionRow kFunctions[] = {
    {"comb", combMath, 2, 2},   {"factorial", factorialMath, 1, 1}, {"gcd", gcdMath, 0, kAnyCount},
    {"isqrt", isqrtMath, 1, 1}, {"lcm", lcmMath, 0, kAnyCount},     {"perm", permMath, 1, 2},
};

}  // namespace

bool addMathIntegers(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions);
}

}  // namespace tagproof
