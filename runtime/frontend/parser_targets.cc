// Targets of assignments, loops and deletions. They are parsed as expressions, which are then
// checked and marked; parser_errors.cc explains those that cannot be targets.

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

namespace {

const Expr* findInvalidElement(Seq<Expr> elts, TargetUse use) {
    for (const Expr* elt : elts) {
        if (const Expr* invalid = findInvalidTarget(*elt, use)) return invalid;
    }
    return nullptr;
}

}  // namespace

const Expr* findInvalidTarget(const Expr& expr, TargetUse use) {
    if (expr.is<Name>() || expr.is<Subscript>() || expr.is<Attribute>()) return nullptr;
    if (const auto* list = expr.tryAs<List>()) return findInvalidElement(list->elts, use);
    if (const auto* tuple = expr.tryAs<Tuple>()) return findInvalidElement(tuple->elts, use);
    if (const auto* starred = expr.tryAs<Starred>(); starred && use != TargetUse::kDelete) {
        return findInvalidTarget(*starred->value, use);
    }
    // `x in y`, where `x` alone was meant as the target of a loop.
    if (const auto* compare = expr.tryAs<Compare>(); compare && use == TargetUse::kFor) {
        return compare->ops[0] == CmpOp::kIn ? findInvalidTarget(*compare->left, use) : nullptr;
    }
    return &expr;
}

bool Parser::isSingleTarget(const Expr& expr) {
    return expr.is<Name>() || expr.is<Attribute>() || expr.is<Subscript>();
}

// REQUIRES: findInvalidTarget() finds nothing.
void Parser::setContext(Expr& expr, ExprContext context) {
    auto set_sequence = [context](auto& sequence) {
        sequence.ctx = context;
        for (Expr* elt : sequence.elts) setContext(*elt, context);
    };
    if (expr.is<Name>()) {
        expr.as<Name>().ctx = context;
    } else if (expr.is<Attribute>()) {
        expr.as<Attribute>().ctx = context;
    } else if (expr.is<Subscript>()) {
        expr.as<Subscript>().ctx = context;
    } else if (expr.is<Starred>()) {
        expr.as<Starred>().ctx = context;
        setContext(*expr.as<Starred>().value, context);
    } else if (expr.is<List>()) {
        set_sequence(expr.as<List>());
    } else if (expr.is<Tuple>()) {
        set_sequence(expr.as<Tuple>());
    }
}

// One or more targets, up to the `in` of a loop.
Expr* Parser::parseStarTargets() {
    const std::size_t start = cursor_;
    Expr* first = parseStarTarget();
    Expr* result = first;
    if (first != nullptr && at(TokenKind::kComma)) {
        SeqBuilder<Expr> elts(*this);
        elts.add(first);
        while (accept(TokenKind::kComma)) {
            if (at(TokenKind::kIn)) break;
            Expr* elt = parseStarTarget();
            if (elt == nullptr) break;
            elts.add(elt);
        }
        auto* tuple = makeAt<Tuple>(tokens_[start]);
        tuple->elts = elts.finish();
        result = tuple;
    }
    const bool is_valid = result != nullptr && at(TokenKind::kIn) &&
                          findInvalidTarget(*result, TargetUse::kAssign) == nullptr;
    if (!is_valid && !hasFailed()) diagnoseTargets(start, TargetUse::kFor);
    if (!is_valid) return nullptr;
    setContext(*result, ExprContext::kStore);
    return result;
}

// One target, not yet marked as such.
Expr* Parser::parseStarTarget() {
    if (!at(TokenKind::kStar)) return parsePrimary();
    return parseStarred(&Parser::parsePrimary);
}

}  // namespace tagproof::frontend
