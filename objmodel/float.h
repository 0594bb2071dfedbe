#pragma once
// Floats: an immediate word for the common exponents, else a boxed Float (NaN and rare exponents;
// instances of subclasses always). "Float" below means either (isFloat).

#include <cstdint>
#include <string>
#include <string_view>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Str;
struct Thread;

struct Float {
    Object head;
    double value = 0;  // the number, at layout::kFloatValue
};

[[nodiscard]] inline bool isFloat(Value value) {
    return value.isImmediateDouble() ||
           (value.isObject() && hasFlag(value.asObject()->type, kTypeIsFloat));
}
[[nodiscard]] bool isExactFloat(const Thread& thread, Value value);

// Requires isFloat(value).
[[nodiscard]] inline double floatValue(Value value) {
    return value.isImmediateDouble() ? value.asImmediateDouble() : value.as<Float>()->value;
}

[[nodiscard]] Value makeBoxedFloat(Thread& thread, double number);
// New reference, or null with MemoryError pending.
[[nodiscard]] inline Value makeFloat(Thread& thread, double number) {
    const Value word = Value::immediateDouble(number);
    return word.isNull() ? makeBoxedFloat(thread, number) : word;
}

// The number of a Float or an Int. False with nothing pending when `value` is neither, or with
// OverflowError pending when the int is too large.
[[nodiscard]] bool numberToDouble(Thread& thread, Value value, double* out);
// float(value): also __float__, __index__; false with TypeError "must be real number, not ..."
// pending. What math functions accept.
[[nodiscard]] bool toDouble(Thread& thread, Value value, double* out);

// Shortest text that reads back as `number`, as Python's repr writes it.
[[nodiscard]] std::string reprDouble(double number);
// Text of printf-like conversions as Python makes them: `type` one of e E f F g G n r, precision in
// digits (ignored for r), `alternate` is the # flag. No sign for positive numbers.
// kFormatGeneralFraction is g with at least one digit after the point, what format() does to a
// float with a precision but no type.
inline constexpr char kFormatGeneralFraction = '.';
[[nodiscard]] std::string formatDouble(double number, char type, int precision, bool alternate);
// Reads all of `text` (no blanks, no underscores; inf and nan allowed); false when it is no number.
[[nodiscard]] bool parseDouble(std::string_view text, double* out);
// float(text) with blanks and underscores; ValueError as CPython's.
[[nodiscard]] bool doubleFromStr(Thread& thread, Str* text, double* out);

[[nodiscard]] int64_t hashDouble(double number, Value identity);  // identity: hashed for NaN
// Python's //, % and ** on doubles. Divisor not 0.
[[nodiscard]] double floorDivideDoubles(double left, double right);
[[nodiscard]] double remainderDoubles(double left, double right);
// False with ZeroDivisionError or OverflowError pending. A negative base with a fractional exponent
// (complex in Python) raises ValueError.
[[nodiscard]] bool powerDoubles(Thread& thread, double left, double right, double* out);
[[nodiscard]] Value floatBinary(Thread& thread, BinaryOp op, double left, double right);

void initFloatType(Thread& thread);

}  // namespace tagproof
