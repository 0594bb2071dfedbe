// CPython's ast_unparse.c: parentheses only where precedence asks for them.

#include "runtime/frontend/unparse.h"

#include "runtime/frontend/literal_repr.h"

namespace tagproof::frontend {

namespace {

// How tightly the place around an expression binds; a looser expression gets parentheses.
enum Precedence {
    kNamed,
    kTuple,
    kTest,
    kOr,
    kAnd,
    kNot,
    kComparison,
    kBitwiseOr,
    kBitwiseXor,
    kBitwiseAnd,
    kShift,
    kArithmetic,
    kTerm,
    kFactor,
    kPower,
    kAwaitLevel,
    kAtom,
};

Precedence next(Precedence level) { return static_cast<Precedence>(level + 1); }

struct OperatorText {
    std::string_view text;
    Precedence level;
};

OperatorText describe(Operator op) {
    switch (op) {
        case Operator::kAdd:
            return {" + ", kArithmetic};
        case Operator::kSub:
            return {" - ", kArithmetic};
        case Operator::kMult:
            return {" * ", kTerm};
        case Operator::kMatMult:
            return {" @ ", kTerm};
        case Operator::kDiv:
            return {" / ", kTerm};
        case Operator::kMod:
            return {" % ", kTerm};
        case Operator::kLShift:
            return {" << ", kShift};
        case Operator::kRShift:
            return {" >> ", kShift};
        case Operator::kBitOr:
            return {" | ", kBitwiseOr};
        case Operator::kBitXor:
            return {" ^ ", kBitwiseXor};
        case Operator::kBitAnd:
            return {" & ", kBitwiseAnd};
        case Operator::kFloorDiv:
            return {" // ", kTerm};
        case Operator::kPow:
            break;
    }
    return {" ** ", kPower};
}

std::string_view describe(CmpOp op) {
    switch (op) {
        case CmpOp::kEq:
            return " == ";
        case CmpOp::kNotEq:
            return " != ";
        case CmpOp::kLt:
            return " < ";
        case CmpOp::kLtE:
            return " <= ";
        case CmpOp::kGt:
            return " > ";
        case CmpOp::kGtE:
            return " >= ";
        case CmpOp::kIs:
            return " is ";
        case CmpOp::kIsNot:
            return " is not ";
        case CmpOp::kIn:
            return " in ";
        case CmpOp::kNotIn:
            break;
    }
    return " not in ";
}

class Unparser {
  public:
    void write(const Expr& expression, Precedence level);
    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    // Parentheses around what is written during its life, when `needed`.
    class Parentheses {
      public:
        Parentheses(std::string& text, bool needed) : text_(text), needed_(needed) {
            if (needed_) text_ += '(';
        }
        Parentheses(const Parentheses&) = delete;
        Parentheses& operator=(const Parentheses&) = delete;
        ~Parentheses() {
            if (needed_) text_ += ')';
        }

      private:
        std::string& text_;
        bool needed_;
    };

    void writeOptional(const Expr* expression, Precedence level) {
        if (expression != nullptr) write(*expression, level);
    }
    void writeList(Seq<Expr> expressions, std::string_view separator, Precedence level);
    void writeOperation(const Expr& expression, Precedence level);
    void writeUnary(const UnaryOp& expression, Precedence level);
    void writeBinary(const BinOp& expression, Precedence level);
    void writeCompare(const Compare& expression, Precedence level);
    void writeLambda(const Lambda& expression, Precedence level);
    void writeArguments(const Arguments& arguments);
    void writeChoice(const IfExp& expression, Precedence level);
    void writeDict(const Dict& expression);
    void writeComprehension(const Expr& element, Seq<Comprehension> generators);
    void writeContainer(const Expr& expression, Precedence level);
    void writeCall(const Call& expression);
    void writeConstant(const Constant& expression);
    void writeAttribute(const Attribute& expression);
    void writeSlice(const Slice& expression);
    void writeTuple(const Tuple& expression, Precedence level);
    void writeFString(const Expr& expression);
    void writeYield(std::string_view keyword, const Expr* value);
    static std::string fStringBody(const Expr& expression);

    std::string text_;
};

void Unparser::writeList(Seq<Expr> expressions, std::string_view separator, Precedence level) {
    for (std::size_t i = 0; i < expressions.size(); ++i) {
        if (i > 0) text_ += separator;
        write(*expressions[i], level);
    }
}

void Unparser::writeUnary(const UnaryOp& expression, Precedence level) {
    const bool is_not = expression.op == UnaryOperator::kNot;
    const Precedence own = is_not ? kNot : kFactor;
    const Parentheses around(text_, level > own);
    if (is_not) {
        text_ += "not ";
    } else if (expression.op == UnaryOperator::kInvert) {
        text_ += '~';
    } else {
        text_ += expression.op == UnaryOperator::kUAdd ? '+' : '-';
    }
    write(*expression.operand, own);
}

void Unparser::writeBinary(const BinOp& expression, Precedence level) {
    const OperatorText op = describe(expression.op);
    const bool to_the_right = expression.op == Operator::kPow;
    const Parentheses around(text_, level > op.level);
    write(*expression.left, to_the_right ? next(op.level) : op.level);
    text_ += op.text;
    write(*expression.right, to_the_right ? op.level : next(op.level));
}

void Unparser::writeCompare(const Compare& expression, Precedence level) {
    const Parentheses around(text_, level > kComparison);
    write(*expression.left, next(kComparison));
    for (std::size_t i = 0; i < expression.ops.size(); ++i) {
        text_ += describe(expression.ops[i]);
        write(*expression.comparators[i], next(kComparison));
    }
}

void Unparser::writeArguments(const Arguments& arguments) {
    const std::size_t count = arguments.posonlyargs.size() + arguments.args.size();
    const std::size_t required = count - arguments.defaults.size();
    bool first = true;
    const auto separate = [&] {
        if (!first) text_ += ", ";
        first = false;
    };
    for (std::size_t i = 0; i < count; ++i) {
        const bool is_positional = i < arguments.posonlyargs.size();
        separate();
        text_ += is_positional ? arguments.posonlyargs[i]->arg
                               : arguments.args[i - arguments.posonlyargs.size()]->arg;
        if (i >= required) {
            text_ += '=';
            write(*arguments.defaults[i - required], kTest);
        }
        if (is_positional && i + 1 == arguments.posonlyargs.size()) text_ += ", /";
    }
    if (arguments.vararg != nullptr || !arguments.kwonlyargs.empty()) {
        separate();
        text_ += '*';
        if (arguments.vararg != nullptr) text_ += arguments.vararg->arg;
    }
    for (std::size_t i = 0; i < arguments.kwonlyargs.size(); ++i) {
        separate();
        text_ += arguments.kwonlyargs[i]->arg;
        if (arguments.kw_defaults[i] == nullptr) continue;
        text_ += '=';
        write(*arguments.kw_defaults[i], kTest);
    }
    if (arguments.kwarg == nullptr) return;
    separate();
    text_ += "**";
    text_ += arguments.kwarg->arg;
}

void Unparser::writeLambda(const Lambda& expression, Precedence level) {
    const Parentheses around(text_, level > kTest);
    // No blank before `*args` or `/`, as in CPython.
    text_ += expression.args->args.empty() ? "lambda" : "lambda ";
    writeArguments(*expression.args);
    text_ += ": ";
    write(*expression.body, kTest);
}

void Unparser::writeChoice(const IfExp& expression, Precedence level) {
    const Parentheses around(text_, level > kTest);
    write(*expression.body, next(kTest));
    text_ += " if ";
    write(*expression.test, next(kTest));
    text_ += " else ";
    write(*expression.orelse, kTest);
}

void Unparser::writeDict(const Dict& expression) {
    text_ += '{';
    for (std::size_t i = 0; i < expression.values.size(); ++i) {
        if (i > 0) text_ += ", ";
        if (expression.keys[i] != nullptr) {
            write(*expression.keys[i], kTest);
            text_ += ": ";
            write(*expression.values[i], kTest);
        } else {
            text_ += "**";
            write(*expression.values[i], kBitwiseOr);
        }
    }
    text_ += '}';
}

void Unparser::writeComprehension(const Expr& element, Seq<Comprehension> generators) {
    write(element, kTest);
    for (const Comprehension* generator : generators) {
        text_ += generator->is_async ? " async for " : " for ";
        write(*generator->target, kTuple);
        text_ += " in ";
        write(*generator->iter, next(kTest));
        for (const Expr* condition : generator->ifs) {
            text_ += " if ";
            write(*condition, next(kTest));
        }
    }
}

void Unparser::writeCall(const Call& expression) {
    write(*expression.func, kAtom);
    const bool is_generator = expression.args.size() == 1 && expression.keywords.empty() &&
                              expression.args[0]->is<GeneratorExp>();
    if (is_generator) return write(*expression.args[0], kTest);
    text_ += '(';
    writeList(expression.args, ", ", kTest);
    bool first = expression.args.empty();
    for (const Keyword* keyword : expression.keywords) {
        if (!first) text_ += ", ";
        first = false;
        if (isPresent(keyword->arg)) {
            text_ += keyword->arg;
            text_ += '=';
        } else {
            text_ += "**";
        }
        write(*keyword->value, kTest);
    }
    text_ += ')';
}

void Unparser::writeConstant(const Constant& expression) {
    if (expression.value.kind == ConstantValue::Kind::kEllipsis) {
        text_ += "...";
        return;
    }
    if (expression.has_u_prefix) text_ += 'u';
    std::string literal = reprOfConstant(expression.value);
    // There is no literal for infinity; this one overflows to it.
    for (std::size_t at = literal.find("inf"); at != std::string::npos; at = literal.find("inf")) {
        if (expression.value.kind == ConstantValue::Kind::kStr) break;
        literal.replace(at, 3, "1e309");
    }
    text_ += literal;
}

void Unparser::writeAttribute(const Attribute& expression) {
    write(*expression.value, kAtom);
    const auto* constant = expression.value->tryAs<Constant>();
    const bool is_int = constant != nullptr && constant->value.kind == ConstantValue::Kind::kInt;
    text_ += is_int ? " ." : ".";
    text_ += expression.attr;
}

void Unparser::writeSlice(const Slice& expression) {
    writeOptional(expression.lower, kTest);
    text_ += ':';
    writeOptional(expression.upper, kTest);
    if (expression.step == nullptr) return;
    text_ += ':';
    write(*expression.step, kTest);
}

void Unparser::writeTuple(const Tuple& expression, Precedence level) {
    if (expression.elts.empty()) {
        text_ += "()";
        return;
    }
    const Parentheses around(text_, level > kTuple);
    writeList(expression.elts, ", ", kTest);
    if (expression.elts.size() == 1) text_ += ',';
}

// --- f-strings ---------------------------------------------------------------------------------

std::string escapeBraces(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '{' || c == '}') escaped += c;
        escaped += c;
    }
    return escaped;
}

// What stands between the quotes of an f-string.
std::string Unparser::fStringBody(const Expr& expression) {
    if (const auto* constant = expression.tryAs<Constant>()) {
        return escapeBraces(constant->value.text);
    }
    std::string body;
    if (const auto* joined = expression.tryAs<JoinedStr>()) {
        for (const Expr* value : joined->values) body += fStringBody(*value);
        return body;
    }
    const FormattedValue& formatted = expression.as<FormattedValue>();
    Unparser inner;
    inner.write(*formatted.value, next(kTest));
    const std::string value = inner.take();
    body = value.starts_with('{') ? "{ " : "{";
    body += value;
    if (formatted.conversion > 0) {
        body += '!';
        body += static_cast<char>(formatted.conversion);
    }
    if (formatted.format_spec != nullptr) body += ':' + fStringBody(*formatted.format_spec);
    return body + '}';
}

void Unparser::writeFString(const Expr& expression) {
    text_ += 'f' + reprOfText(fStringBody(expression));
}

void Unparser::writeYield(std::string_view keyword, const Expr* value) {
    text_ += '(';
    text_ += keyword;
    if (value != nullptr) {
        text_ += ' ';
        write(*value, kTest);
    }
    text_ += ')';
}

// --- dispatch ----------------------------------------------------------------------------------

void Unparser::writeOperation(const Expr& expression, Precedence level) {
    if (const auto* bools = expression.tryAs<BoolOp>()) {
        const bool is_and = bools->op == BoolOperator::kAnd;
        const Precedence own = is_and ? kAnd : kOr;
        const Parentheses around(text_, level > own);
        writeList(bools->values, is_and ? " and " : " or ", next(own));
    } else if (const auto* named = expression.tryAs<NamedExpr>()) {
        const Parentheses around(text_, level > kNamed);
        write(*named->target, kAtom);
        text_ += " := ";
        write(*named->value, kAtom);
    } else if (const auto* await = expression.tryAs<Await>()) {
        const Parentheses around(text_, level > kAwaitLevel);
        text_ += "await ";
        write(*await->value, kAtom);
    } else if (const auto* starred = expression.tryAs<Starred>()) {
        text_ += '*';
        write(*starred->value, kBitwiseOr);
    } else if (const auto* subscript = expression.tryAs<Subscript>()) {
        write(*subscript->value, kAtom);
        text_ += '[';
        write(*subscript->slice, kTuple);
        text_ += ']';
    }
}

void Unparser::writeContainer(const Expr& expression, Precedence level) {
    if (const auto* list = expression.tryAs<List>()) {
        text_ += '[';
        writeList(list->elts, ", ", kTest);
        text_ += ']';
    } else if (const auto* set = expression.tryAs<Set>()) {
        text_ += '{';
        writeList(set->elts, ", ", kTest);
        text_ += '}';
    } else if (const auto* tuple = expression.tryAs<Tuple>()) {
        writeTuple(*tuple, level);
    } else if (const auto* list_comp = expression.tryAs<ListComp>()) {
        text_ += '[';
        writeComprehension(*list_comp->elt, list_comp->generators);
        text_ += ']';
    } else if (const auto* set_comp = expression.tryAs<SetComp>()) {
        text_ += '{';
        writeComprehension(*set_comp->elt, set_comp->generators);
        text_ += '}';
    } else if (const auto* dict_comp = expression.tryAs<DictComp>()) {
        text_ += '{';
        write(*dict_comp->key, kTest);
        text_ += ": ";
        writeComprehension(*dict_comp->value, dict_comp->generators);
        text_ += '}';
    } else if (const auto* generator = expression.tryAs<GeneratorExp>()) {
        text_ += '(';
        writeComprehension(*generator->elt, generator->generators);
        text_ += ')';
    }
}

void Unparser::write(const Expr& expression, Precedence level) {
    switch (expression.kind) {
        case ExprKind::kBoolOp:
        case ExprKind::kNamedExpr:
        case ExprKind::kAwait:
        case ExprKind::kStarred:
        case ExprKind::kSubscript:
            return writeOperation(expression, level);
        case ExprKind::kSet:
        case ExprKind::kList:
        case ExprKind::kTuple:
        case ExprKind::kListComp:
        case ExprKind::kSetComp:
        case ExprKind::kDictComp:
        case ExprKind::kGeneratorExp:
            return writeContainer(expression, level);
        case ExprKind::kBinOp:
            return writeBinary(expression.as<BinOp>(), level);
        case ExprKind::kUnaryOp:
            return writeUnary(expression.as<UnaryOp>(), level);
        case ExprKind::kLambda:
            return writeLambda(expression.as<Lambda>(), level);
        case ExprKind::kIfExp:
            return writeChoice(expression.as<IfExp>(), level);
        case ExprKind::kDict:
            return writeDict(expression.as<Dict>());
        case ExprKind::kYield:
            return writeYield("yield", expression.as<Yield>().value);
        case ExprKind::kYieldFrom:
            return writeYield("yield from", expression.as<YieldFrom>().value);
        case ExprKind::kCompare:
            return writeCompare(expression.as<Compare>(), level);
        case ExprKind::kCall:
            return writeCall(expression.as<Call>());
        case ExprKind::kFormattedValue:
        case ExprKind::kJoinedStr:
            return writeFString(expression);
        case ExprKind::kConstant:
            return writeConstant(expression.as<Constant>());
        case ExprKind::kAttribute:
            return writeAttribute(expression.as<Attribute>());
        case ExprKind::kName:
            text_ += expression.as<Name>().id;
            return;
        case ExprKind::kSlice:
            return writeSlice(expression.as<Slice>());
    }
}

}  // namespace

std::string unparse(const Expr& expression) {
    Unparser unparser;
    unparser.write(expression, kTest);
    return unparser.take();
}

}  // namespace tagproof::frontend
