#include "runtime/frontend/constant_fold.h"

#include <cmath>

namespace tagproof::frontend {

namespace {

using Kind = ConstantItem::Kind;
using Folded = std::optional<ConstantItem>;

constexpr std::int64_t kLimit = std::int64_t{1} << 60;

std::optional<std::int64_t> smallInt(const ConstantItem& constant) {
    if (constant.kind != Kind::kInt || !constant.int_fits) return std::nullopt;
    if (constant.int_value >= static_cast<std::uint64_t>(kLimit)) return std::nullopt;
    const auto magnitude = static_cast<std::int64_t>(constant.int_value);
    return constant.is_negative ? -magnitude : magnitude;
}

Folded boundedInt(std::int64_t value) {
    if (value <= -kLimit || value >= kLimit) return std::nullopt;
    return ConstantItem::integer(value);
}

Folded multiply(std::int64_t left, std::int64_t right) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(left, right, &product)) return std::nullopt;
    return boundedInt(product);
}

Folded power(std::int64_t base, std::int64_t exponent) {
    if (exponent < 0 || exponent > 60) return std::nullopt;
    std::int64_t result = 1;
    for (; exponent > 0; --exponent) {
        if (__builtin_mul_overflow(result, base, &result)) return std::nullopt;
    }
    return boundedInt(result);
}

Folded shiftLeft(std::int64_t value, std::int64_t count) {
    if (count < 0 || count >= 60) return std::nullopt;
    return multiply(value, std::int64_t{1} << count);
}

// Rounds towards minus infinity.
std::int64_t floorDivide(std::int64_t left, std::int64_t right) {
    const std::int64_t quotient = left / right;
    return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
}

Folded foldInts(Operator op, std::int64_t left, std::int64_t right) {
    switch (op) {
        case Operator::kAdd:
            return boundedInt(left + right);
        case Operator::kSub:
            return boundedInt(left - right);
        case Operator::kMult:
            return multiply(left, right);
        case Operator::kPow:
            return power(left, right);
        case Operator::kLShift:
            return shiftLeft(left, right);
        case Operator::kRShift:
            if (right < 0 || right >= 63) return std::nullopt;
            return boundedInt(left >> right);
        case Operator::kBitOr:
            return boundedInt(left | right);
        case Operator::kBitXor:
            return boundedInt(left ^ right);
        case Operator::kBitAnd:
            return boundedInt(left & right);
        case Operator::kFloorDiv:
            if (right == 0) return std::nullopt;
            return boundedInt(floorDivide(left, right));
        case Operator::kMod:
            if (right == 0) return std::nullopt;
            return boundedInt(left - right * floorDivide(left, right));
        case Operator::kMatMult:
        case Operator::kDiv:
            break;
    }
    return std::nullopt;
}

// Integers of more than 53 bits might round, so that they are left to run time.
std::optional<double> toDouble(const ConstantItem& constant) {
    if (constant.kind == Kind::kFloat) return constant.float_value;
    const std::optional<std::int64_t> integer = smallInt(constant);
    if (!integer || std::llabs(*integer) > std::int64_t{1} << 53) return std::nullopt;
    return static_cast<double>(*integer);
}

Folded foldDoubles(Operator op, double left, double right) {
    if (op == Operator::kAdd) return ConstantItem::floating(left + right);
    if (op == Operator::kSub) return ConstantItem::floating(left - right);
    if (op == Operator::kMult) return ConstantItem::floating(left * right);
    if (op == Operator::kDiv && right != 0) return ConstantItem::floating(left / right);
    return std::nullopt;
}

Folded foldBinary(const BinOp& expression) {
    const Folded left = foldConstant(*expression.left);
    if (!left) return std::nullopt;
    const Folded right = foldConstant(*expression.right);
    if (!right) return std::nullopt;
    const auto left_int = smallInt(*left);
    const auto right_int = smallInt(*right);
    if (left_int && right_int && expression.op != Operator::kDiv) {
        return foldInts(expression.op, *left_int, *right_int);
    }
    const auto left_double = toDouble(*left);
    const auto right_double = toDouble(*right);
    if (!left_double || !right_double) return std::nullopt;
    return foldDoubles(expression.op, *left_double, *right_double);
}

Folded negate(ConstantItem constant) {
    if (constant.kind == Kind::kFloat) return ConstantItem::floating(-constant.float_value);
    if (constant.kind != Kind::kInt) return std::nullopt;
    const bool is_zero = constant.int_fits && constant.int_value == 0;
    constant.is_negative = !is_zero && !constant.is_negative;
    return constant;
}

Folded foldUnary(const UnaryOp& expression) {
    Folded operand = foldConstant(*expression.operand);
    if (!operand) return std::nullopt;
    const bool is_number = operand->kind == Kind::kInt || operand->kind == Kind::kFloat;
    switch (expression.op) {
        case UnaryOperator::kNot:
            return ConstantItem::boolean(!isTrue(*operand));
        case UnaryOperator::kUSub:
            return negate(*operand);
        case UnaryOperator::kUAdd:
            return is_number ? operand : std::nullopt;
        case UnaryOperator::kInvert:
            break;
    }
    const auto integer = smallInt(*operand);
    return integer ? boundedInt(~*integer) : std::nullopt;
}

Folded foldLiteral(const ConstantValue& value) {
    const bool is_supported = value.kind != ConstantValue::Kind::kComplex;
    return is_supported ? Folded(ConstantItem::of(value)) : std::nullopt;
}

}  // namespace

namespace {

// The code point that begins at `at`, in UTF-8.
std::string_view codePointAt(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    return text.substr(at, end - at);
}

Folded foldCharacter(std::string_view text, std::int64_t index) {
    std::vector<std::string_view> characters;
    for (std::size_t at = 0; at < text.size(); at += characters.back().size()) {
        characters.push_back(codePointAt(text, at));
    }
    const auto count = static_cast<std::int64_t>(characters.size());
    if (index < 0) index += count;
    if (index < 0 || index >= count) return std::nullopt;
    return ConstantItem::str(characters[static_cast<std::size_t>(index)]);
}

// An item of a constant. An index that is out of range is left to run time.
Folded foldSubscript(const Subscript& subscript) {
    if (subscript.ctx != ExprContext::kLoad) return std::nullopt;
    const Folded container = foldConstant(*subscript.value);
    const Folded key = container ? foldConstant(*subscript.slice) : std::nullopt;
    constexpr std::uint64_t kMost = std::uint64_t{1} << 32;
    if (!key || key->kind != Kind::kInt || !key->int_fits || key->int_value >= kMost) {
        return std::nullopt;
    }
    const auto magnitude = static_cast<std::int64_t>(key->int_value);
    std::int64_t index = key->is_negative ? -magnitude : magnitude;
    if (container->kind == Kind::kStr) return foldCharacter(container->text, index);
    const bool is_tuple = container->kind == Kind::kTuple;
    if (!is_tuple && container->kind != Kind::kBytes) return std::nullopt;
    const auto count =
        static_cast<std::int64_t>(is_tuple ? container->items.size() : container->text.size());
    if (index < 0) index += count;
    if (index < 0 || index >= count) return std::nullopt;
    const auto at = static_cast<std::size_t>(index);
    if (is_tuple) return container->items[at];
    return ConstantItem::integer(static_cast<unsigned char>(container->text[at]));
}

}  // namespace

bool isTrue(const ConstantItem& constant) {
    switch (constant.kind) {
        case Kind::kNone:
        case Kind::kFalse:
            return false;
        case Kind::kInt:
            return !constant.int_fits || constant.int_value != 0;
        case Kind::kFloat:
            return constant.float_value != 0;
        case Kind::kStr:
        case Kind::kBytes:
            return !constant.text.empty();
        case Kind::kTuple:
        case Kind::kFrozenSet:
            return !constant.items.empty();
        case Kind::kTrue:
        case Kind::kEllipsis:
        case Kind::kCode:
            break;
    }
    return true;
}

Folded foldSequence(Seq<Expr> elements, Kind kind) {
    ConstantItem sequence{.kind = kind};
    for (const Expr* element : elements) {
        Folded item = foldConstant(*element);
        if (!item) return std::nullopt;
        sequence.items.push_back(std::move(*item));
    }
    return sequence;
}

Folded foldConstant(const Expr& expression) {
    if (const auto* constant = expression.tryAs<Constant>()) return foldLiteral(constant->value);
    if (const auto* unary = expression.tryAs<UnaryOp>()) return foldUnary(*unary);
    if (const auto* binary = expression.tryAs<BinOp>()) return foldBinary(*binary);
    if (const auto* subscript = expression.tryAs<Subscript>()) return foldSubscript(*subscript);
    if (const auto* tuple = expression.tryAs<Tuple>()) {
        return tuple->ctx == ExprContext::kLoad ? foldSequence(tuple->elts, Kind::kTuple)
                                                : std::nullopt;
    }
    if (const auto* name = expression.tryAs<Name>()) {
        const bool is_debug = name->ctx == ExprContext::kLoad && name->id == "__debug__";
        return is_debug ? Folded(ConstantItem::boolean(true)) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace tagproof::frontend
