// The math module: functions of floats. Integer functions are in math_integer.cc.

#include <cerrno>
#include <cmath>
#include <limits>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int_operand.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/modules/math_special.h"
#include "runtime/modules/native_modules.h"

namespace tagproof {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Value domainError(Thread& thread) {
    return raise(thread, ExceptionKind::kValueError, "math domain error");
}
Value rangeError(Thread& thread) {
    return raise(thread, ExceptionKind::kOverflowError, "math range error");
}

using UnaryMath = double (*)(double);

// f(x): NaN out of numbers is a domain error, infinity out of finite ones a range error where the
// function can overflow, else a domain error (a pole).
template <double (*Function)(double), bool CanOverflow>
Value unary(Thread& thread, Value, const Value* args, size_t) {
    double x;
    if (!toDouble(thread, args[0], &x)) return Value::null();
    const double r = Function(x);
    if (std::isnan(r) && !std::isnan(x)) return domainError(thread);
    if (std::isinf(r) && std::isfinite(x)) {
        return CanOverflow ? rangeError(thread) : domainError(thread);
    }
    return makeFloat(thread, r);
}

// f(x) that says by errno what is wrong.
template <double (*Function)(double)>
Value unaryErrno(Thread& thread, Value, const Value* args, size_t) {
    double x;
    if (!toDouble(thread, args[0], &x)) return Value::null();
    const double r = Function(x);
    if (errno == EDOM) return domainError(thread);
    if (errno == ERANGE && std::fabs(r) > 1.0) return rangeError(thread);
    return makeFloat(thread, r);
}

bool twoDoubles(Thread& thread, const Value* args, double* x, double* y) {
    return toDouble(thread, args[0], x) && toDouble(thread, args[1], y);
}

// Of finite numbers it may be infinite.
Value degreesMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    if (!toDouble(thread, args[0], &x)) return Value::null();
    return makeFloat(thread, x * (180.0 / M_PI));
}
double radians(double x) { return x * (M_PI / 180.0); }

Value atan2Math(Thread& thread, Value, const Value* args, size_t) {
    double y;
    double x;
    if (!twoDoubles(thread, args, &y, &x)) return Value::null();
    return makeFloat(thread, std::atan2(y, x));
}

Value copysignMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    double y;
    if (!twoDoubles(thread, args, &x, &y)) return Value::null();
    return makeFloat(thread, std::copysign(x, y));
}

Value fmodMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    double y;
    if (!twoDoubles(thread, args, &x, &y)) return Value::null();
    if (std::isinf(y) && std::isfinite(x)) return makeFloat(thread, x);
    const double r = std::fmod(x, y);
    if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return domainError(thread);
    return makeFloat(thread, r);
}

Value remainderMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    double y;
    if (!twoDoubles(thread, args, &x, &y)) return Value::null();
    const double r = std::remainder(x, y);
    if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return domainError(thread);
    return makeFloat(thread, r);
}

Value powMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    double y;
    if (!twoDoubles(thread, args, &x, &y)) return Value::null();
    const double r = std::pow(x, y);
    const bool finite = std::isfinite(x) && std::isfinite(y);
    if (finite && std::isnan(r)) return domainError(thread);
    if (finite && std::isinf(r)) return x == 0.0 ? domainError(thread) : rangeError(thread);
    return makeFloat(thread, r);
}

Value ldexpMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    if (!toDouble(thread, args[0], &x)) return Value::null();
    if (!isInt(args[1])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "Expected an int as second argument to ldexp.");
    }
    const int64_t exponent = saturateInt64(thread, args[1]);
    if (x == 0.0 || !std::isfinite(x)) return makeFloat(thread, x);
    if (exponent > std::numeric_limits<int>::max()) return rangeError(thread);
    if (exponent < std::numeric_limits<int>::min()) return makeFloat(thread, std::copysign(0.0, x));
    const double r = std::ldexp(x, static_cast<int>(exponent));
    return std::isinf(r) ? rangeError(thread) : makeFloat(thread, r);
}

Value pairOf(Thread& thread, Value first, Value second) {
    const Ref left(first);
    const Ref right(second);
    if (!left || !right) return Value::null();
    return Value::of(makeTuple(thread, left.get(), right.get()));
}

Value frexpMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    if (!toDouble(thread, args[0], &x)) return Value::null();
    int exponent = 0;
    const double mantissa = std::isfinite(x) ? std::frexp(x, &exponent) : x;
    return pairOf(thread, makeFloat(thread, mantissa), Value::fixnum(exponent));
}

Value modfMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    if (!toDouble(thread, args[0], &x)) return Value::null();
    if (std::isinf(x)) {
        return pairOf(thread, makeFloat(thread, std::copysign(0.0, x)), makeFloat(thread, x));
    }
    double whole;
    const double fraction = std::modf(x, &whole);
    return pairOf(thread, makeFloat(thread, fraction), makeFloat(thread, whole));
}

// --- logarithms ----------------------------------------------------------------------------------

double naturalLog(double x) { return std::log(x); }
double decimalLog(double x) { return std::log10(x); }
double binaryLog(double x) { return std::log2(x); }

// Function(number), ints beyond the range of doubles included. False + pending.
template <UnaryMath Function>
bool logarithm(Thread& thread, Value number, double* result) {
    double x;
    if (isInt(number)) {
        if (intSign(thread, number) <= 0) {
            domainError(thread);
            return false;
        }
        if (!intToDouble(thread, number, &x)) {
            clearPending(thread);
            const IntOperand operand(thread, number);
            long exponent;
            const double mantissa = mpz_get_d_2exp(&exponent, operand.get());
            *result = Function(mantissa) + Function(2.0) * static_cast<double>(exponent);
            return true;
        }
    } else if (!toDouble(thread, number, &x)) {
        return false;
    }
    if (x > 0.0 || std::isnan(x)) {
        *result = Function(x);
        return true;
    }
    domainError(thread);
    return false;
}

Value logMath(Thread& thread, Value, const Value* args, size_t count) {
    double numerator;
    if (!logarithm<naturalLog>(thread, args[0], &numerator)) return Value::null();
    if (count == 1) return makeFloat(thread, numerator);
    double denominator;
    if (!logarithm<naturalLog>(thread, args[1], &denominator)) return Value::null();
    if (denominator == 0.0) {
        return raise(thread, ExceptionKind::kZeroDivisionError, "float division by zero");
    }
    return makeFloat(thread, numerator / denominator);
}
Value log2Math(Thread& thread, Value, const Value* args, size_t) {
    double r;
    return logarithm<binaryLog>(thread, args[0], &r) ? makeFloat(thread, r) : Value::null();
}
Value log10Math(Thread& thread, Value, const Value* args, size_t) {
    double r;
    return logarithm<decimalLog>(thread, args[0], &r) ? makeFloat(thread, r) : Value::null();
}

// --- rounding ------------------------------------------------------------------------------------

// floor, ceil: floats directly, others by their special method, else as floats.
Value roundTo(Thread& thread, Value number, Str* method_name, UnaryMath function) {
    if (isFloat(number) && isExactFloat(thread, number)) {
        return intFromDouble(thread, function(floatValue(number)));
    }
    const Ref method(lookupSpecial(thread, number, method_name));
    if (method) return call(thread, method.get(), nullptr, 0);
    double x;
    if (hasPending(thread) || !toDouble(thread, number, &x)) return Value::null();
    return intFromDouble(thread, function(x));
}
Value floorMath(Thread& thread, Value, const Value* args, size_t) {
    return roundTo(thread, args[0], thread.singletons->names.floor, std::floor);
}
Value ceilMath(Thread& thread, Value, const Value* args, size_t) {
    return roundTo(thread, args[0], thread.singletons->names.ceil, std::ceil);
}
Value truncMath(Thread& thread, Value, const Value* args, size_t) {
    const Ref method(lookupSpecial(thread, args[0], thread.singletons->names.trunc));
    if (method) return call(thread, method.get(), nullptr, 0);
    if (hasPending(thread)) return Value::null();
    return raise(thread, ExceptionKind::kTypeError, "type {} doesn't define __trunc__ method",
                 typeName(typeOf(thread, args[0])));
}

// --- predicates ----------------------------------------------------------------------------------

template <bool (*Predicate)(double)>
Value predicate(Thread& thread, Value, const Value* args, size_t) {
    double x;
    if (!toDouble(thread, args[0], &x)) return Value::null();
    return boolValue(thread, Predicate(x));
}
bool isFinite(double x) { return std::isfinite(x); }
bool isInfinite(double x) { return std::isinf(x); }
bool isNan(double x) { return std::isnan(x); }

Value iscloseMath(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"a", "b", "rel_tol", "abs_tol", nullptr};
    const ParameterList parameters{
        .function = "isclose", .names = kNames, .max_positional = 2, .required = 2};
    Value bound[4];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    double a;
    double b;
    double relative = 1e-9;
    double absolute = 0.0;
    if (!toDouble(thread, bound[0], &a) || !toDouble(thread, bound[1], &b) ||
        (!bound[2].isNull() && !toDouble(thread, bound[2], &relative)) ||
        (!bound[3].isNull() && !toDouble(thread, bound[3], &absolute))) {
        return Value::null();
    }
    if (relative < 0.0 || absolute < 0.0) {
        return raise(thread, ExceptionKind::kValueError, "tolerances must be non-negative");
    }
    if (a == b) return thread.singletons->true_;
    if (std::isinf(a) || std::isinf(b)) return thread.singletons->false_;
    const double difference = std::fabs(b - a);
    const bool close = difference <= std::fabs(relative * b) ||
                       difference <= std::fabs(relative * a) || difference <= absolute;
    return boolValue(thread, close);
}

// --- sums and norms ------------------------------------------------------------------------------

Value fsumMath(Thread& thread, Value, const Value* args, size_t) {
    ExactSum sum;
    bool overflow = false;
    const bool done = forEach(thread, args[0], [&](Value item) {
        double x;
        if (!toDouble(thread, item, &x)) return false;
        overflow = !sum.add(x);
        return !overflow;
    });
    if (overflow) {
        return raise(thread, ExceptionKind::kOverflowError, "intermediate overflow in fsum");
    }
    if (!done) return Value::null();
    double result;
    if (sum.result(&result) == SumStatus::kInfinities) {
        return raise(thread, ExceptionKind::kValueError, "-inf + inf in fsum");
    }
    return makeFloat(thread, result);
}

Value norm(Thread& thread, std::vector<double>& vector) {
    double max = 0.0;
    bool found_nan = false;
    for (double& x : vector) {
        x = std::fabs(x);
        found_nan = found_nan || std::isnan(x);
        if (x > max) max = x;
    }
    return makeFloat(thread, vectorNorm(vector.data(), vector.size(), max, found_nan));
}

Value hypotMath(Thread& thread, Value, const Value* args, size_t count) {
    std::vector<double> vector(count);
    for (size_t i = 0; i < count; ++i) {
        if (!toDouble(thread, args[i], &vector[i])) return Value::null();
    }
    return norm(thread, vector);
}

Value distMath(Thread& thread, Value, const Value* args, size_t) {
    const Ref p(Value::of(tupleFromIterable(thread, args[0])));
    if (!p) return Value::null();
    const Ref q(Value::of(tupleFromIterable(thread, args[1])));
    if (!q) return Value::null();
    const size_t count = p.as<Tuple>()->size;
    if (count != q.as<Tuple>()->size) {
        return raise(thread, ExceptionKind::kValueError,
                     "both points must have the same number of dimensions");
    }
    std::vector<double> vector(count);
    for (size_t i = 0; i < count; ++i) {
        double x;
        double y;
        if (!toDouble(thread, p.as<Tuple>()->items()[i], &x) ||
            !toDouble(thread, q.as<Tuple>()->items()[i], &y)) {
            return Value::null();
        }
        vector[i] = x - y;
    }
    return norm(thread, vector);
}

Value prodMath(Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"", "start", nullptr};
    const ParameterList parameters{.function = "prod",
                                   .names = kNames,
                                   .positional_only = 1,
                                   .max_positional = 1,
                                   .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    Ref product = Ref::borrow(bound[1].isNull() ? Value::fixnum(1) : bound[1]);
    const bool done = forEach(thread, bound[0], [&](Value item) {
        product = Ref(binaryOp(thread, BinaryOp::kMultiply, product.get(), item));
        return static_cast<bool>(product);
    });
    return done ? product.release() : Value::null();
}

Value nextafterMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    double y;
    if (!twoDoubles(thread, args, &x, &y)) return Value::null();
    return makeFloat(thread, std::nextafter(x, y));
}

double unitInLastPlace(double x) {
    if (std::isnan(x)) return x;
    x = std::fabs(x);
    if (std::isinf(x)) return x;
    const double next = std::nextafter(x, kInfinity);
    return std::isinf(next) ? x - std::nextafter(x, -kInfinity) : next - x;
}
Value ulpMath(Thread& thread, Value, const Value* args, size_t) {
    double x;
    if (!toDouble(thread, args[0], &x)) return Value::null();
    return makeFloat(thread, unitInLastPlace(x));
}

double exponential2(double x) { return std::exp2(x); }

constexpr FunctionRow kFunctions[] = {
    {"acos", unary<std::acos, false>, 1, 1},
    {"acosh", unary<std::acosh, false>, 1, 1},
    {"asin", unary<std::asin, false>, 1, 1},
    {"asinh", unary<std::asinh, false>, 1, 1},
    {"atan", unary<std::atan, false>, 1, 1},
    {"atan2", atan2Math, 2, 2},
    {"atanh", unary<std::atanh, false>, 1, 1},
    {"cbrt", unary<std::cbrt, false>, 1, 1},
    {"ceil", ceilMath, 1, 1},
    {"copysign", copysignMath, 2, 2},
    {"cos", unary<std::cos, false>, 1, 1},
    {"cosh", unary<std::cosh, true>, 1, 1},
    {"degrees", degreesMath, 1, 1},
    {"dist", distMath, 2, 2},
    {"erf", unary<std::erf, false>, 1, 1},
    {"erfc", unary<std::erfc, false>, 1, 1},
    {"exp", unary<std::exp, true>, 1, 1},
    {"exp2", unary<exponential2, true>, 1, 1},
    {"expm1", unary<std::expm1, true>, 1, 1},
    {"fabs", unary<std::fabs, false>, 1, 1},
    {"floor", floorMath, 1, 1},
    {"fmod", fmodMath, 2, 2},
    {"frexp", frexpMath, 1, 1},
    {"fsum", fsumMath, 1, 1},
    {"gamma", unaryErrno<gammaFunction>, 1, 1},
    {"hypot", hypotMath, 0, kAnyCount},
    {"isfinite", predicate<isFinite>, 1, 1},
    {"isinf", predicate<isInfinite>, 1, 1},
    {"isnan", predicate<isNan>, 1, 1},
    {"ldexp", ldexpMath, 2, 2},
    {"lgamma", unaryErrno<logGamma>, 1, 1},
    {"log", logMath, 1, 2},
    {"log10", log10Math, 1, 1},
    {"log1p", unary<std::log1p, false>, 1, 1},
    {"log2", log2Math, 1, 1},
    {"modf", modfMath, 1, 1},
    {"nextafter", nextafterMath, 2, 2},
    {"pow", powMath, 2, 2},
    {"radians", unary<radians, false>, 1, 1},
    {"remainder", remainderMath, 2, 2},
    {"sin", unary<std::sin, false>, 1, 1},
    {"sinh", unary<std::sinh, true>, 1, 1},
    {"sqrt", unary<std::sqrt, false>, 1, 1},
    {"tan", unary<std::tan, false>, 1, 1},
    {"tanh", unary<std::tanh, false>, 1, 1},
    {"trunc", truncMath, 1, 1},
    {"ulp", ulpMath, 1, 1},
};
constexpr KeywordFunctionRow kKeywordFunctions[] = {
    {"isclose", iscloseMath},
    {"prod", prodMath},
};

}  // namespace

bool initMathModule(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions) &&
           addFunctions(thread, module, kKeywordFunctions) && addMathIntegers(thread, module) &&
           addValue(thread, module, "e", makeFloat(thread, M_E)) &&
           addValue(thread, module, "pi", makeFloat(thread, M_PI)) &&
           addValue(thread, module, "tau", makeFloat(thread, 2 * M_PI)) &&
           addValue(thread, module, "inf", makeFloat(thread, kInfinity)) &&
           addValue(thread, module, "nan", makeFloat(thread, std::nan("")));
}

}  // namespace tagproof
