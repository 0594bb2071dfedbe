// Calls. On the stack: the callable, the receiver of a method call or null, the arguments.

#include <algorithm>

#include "runtime/frontend/compiler.h"

namespace tagproof::frontend {

namespace {

// Longer calls pass a tuple and a dict (as in CPython).
constexpr std::size_t kMaxStackedArguments = 30;

bool isStarred(const Expr* expression) { return expression->is<Starred>(); }
bool isExpanded(const Keyword* keyword) { return !isPresent(keyword->arg); }

// Whether the arguments must be collected in a tuple and a dict.
bool needsExpansion(Seq<Expr> args, Seq<Keyword> keywords, std::size_t pushed) {
    return args.size() + 2 * keywords.size() + pushed > kMaxStackedArguments ||
           std::any_of(args.begin(), args.end(), isStarred) ||
           std::any_of(keywords.begin(), keywords.end(), isExpanded);
}

}  // namespace

void Compiler::compileCall(const Call& call) {
    checkKeywords(call.keywords);
    if (isSuperCall(call)) {
        compile(*call.func);
        emit(Opcode::PUSH_NULL);
        loadSuperArguments();
        return emit(Opcode::CALL, 2);
    }
    if (compileMethodCall(call)) return;
    compile(*call.func);
    emit(Opcode::PUSH_NULL);
    compileArguments(call.args, call.keywords, 0);
}

// `o.f(...)`: LOAD_METHOD finds f without making a bound method.
bool Compiler::compileMethodCall(const Call& call) {
    const auto* attribute = call.func->tryAs<Attribute>();
    if (attribute == nullptr || needsExpansion(call.args, call.keywords, 0)) return false;
    {
        const LocationScope place(*this, attribute->location);
        if (compileSuperAttribute(*attribute)) {
            emit(Opcode::PUSH_NULL);
        } else {
            compile(*attribute->value);
            setAttributeLocation(*attribute);
            code().emitName(Opcode::LOAD_METHOD, mangled(attribute->attr));
        }
    }
    compileAll(call.args);
    for (const Keyword* keyword : call.keywords) compile(*keyword->value);
    const LocationScope place(*this, call.location);
    setAttributeLocation(*attribute);
    const std::size_t count = call.args.size() + call.keywords.size();
    if (call.keywords.empty()) {
        emit(Opcode::CALL, count);
    } else {
        emitKeywordNames(call.keywords);
        emit(Opcode::CALL_KW, count);
    }
    return true;
}

// --- super() -----------------------------------------------------------------------------------

// super() without arguments in a method, where `super` is the built-in as far as the module shows:
// then its class and instance are loaded here, so that nobody has to search the frame for them.
bool Compiler::isSuperCall(const Expr& expression) {
    const auto* call = expression.tryAs<Call>();
    if (call == nullptr || !call->args.empty() || !call->keywords.empty()) return false;
    const auto* name = call->func->tryAs<Name>();
    if (name == nullptr || name->id != "super") return false;
    if (unit().block.kind != BlockKind::kFunction || unit().code->positional == 0) return false;
    // Where one is deleted, super() itself says so.
    const Identifier self = unit().block.parameters.front();
    const auto flags = unit().block.flagsOf(self) | unit().block.flagsOf(class_cell_name_);
    if ((flags & kDeleted) != 0) {
        unit().code->flags |= kCodeReadsFrame;
        return false;
    }
    return unit().block.scopeOf(name->id) == Scope::kGlobalImplicit &&
           (symbols_.module().flagsOf(name->id) & (kDefBound | kDefGlobal)) == 0 &&
           unit().block.scopeOf(class_cell_name_) == Scope::kFree;
}

void Compiler::loadSuperArguments() {
    emit(Opcode::LOAD_CELL, code().cellIndex(class_cell_name_));
    const Identifier self = unit().block.parameters.front();
    if (unit().block.scopeOf(self) == Scope::kCell) {
        emit(Opcode::LOAD_CELL, code().cellIndex(self));
    } else {
        emit(Opcode::LOAD_FAST, code().localIndex(self));
    }
}

// `super().name`
bool Compiler::compileSuperAttribute(const Attribute& attribute) {
    if (!isSuperCall(*attribute.value)) return false;
    {
        const LocationScope place(*this, attribute.value->location);
        loadSuperArguments();
    }
    setAttributeLocation(attribute);
    code().emitName(Opcode::LOAD_SUPER_ATTR, mangled(attribute.attr));
    return true;
}

// --- arguments ---------------------------------------------------------------------------------

void Compiler::checkKeywords(Seq<Keyword> keywords) {
    for (std::size_t i = 0; i < keywords.size(); ++i) {
        const Identifier name = keywords[i]->arg;
        if (!isPresent(name)) continue;
        if (rejectDebug(name, ExprContext::kStore)) return;
        for (std::size_t j = i + 1; j < keywords.size(); ++j) {
            if (keywords[j]->arg.data() != name.data()) continue;
            error(keywords[j]->location, "keyword argument repeated: " + std::string(name));
            return;
        }
    }
}

void Compiler::emitKeywordNames(Seq<Keyword> keywords) {
    ConstantItem names{.kind = ConstantItem::Kind::kTuple};
    for (const Keyword* keyword : keywords) names.items.push_back(ConstantItem::str(keyword->arg));
    code().emitConstant(names);
}

// The arguments and the call, behind callable and null and `pushed` arguments.
void Compiler::compileArguments(Seq<Expr> args, Seq<Keyword> keywords, std::size_t pushed) {
    checkKeywords(keywords);
    if (needsExpansion(args, keywords, pushed)) {
        return compileExpandedArguments(args, keywords, pushed);
    }
    compileAll(args);
    for (const Keyword* keyword : keywords) compile(*keyword->value);
    const std::size_t count = pushed + args.size() + keywords.size();
    if (keywords.empty()) return emit(Opcode::CALL, count);
    emitKeywordNames(keywords);
    emit(Opcode::CALL_KW, count);
}

void Compiler::compileExpandedArguments(Seq<Expr> args, Seq<Keyword> keywords, std::size_t pushed) {
    if (pushed == 0 && args.size() == 1 && args[0]->is<Starred>()) {
        compile(*args[0]->as<Starred>().value);
    } else {
        compileTupleDisplay(args, pushed);
    }
    if (!keywords.empty()) compileKeywordDict(keywords);
    emit(Opcode::CALL_EX, keywords.empty() ? 0 : 1);
}

// Names and values of consecutive keywords, as a dict.
void Compiler::compileKeywordGroup(Seq<Keyword> keywords) {
    const bool is_built = 2 * keywords.size() > kMaxStackedArguments;
    if (is_built) emit(Opcode::BUILD_MAP, 0);
    for (const Keyword* keyword : keywords) {
        emitStr(keyword->arg);
        compile(*keyword->value);
        if (is_built) emit(Opcode::MAP_ADD, 1);
    }
    if (!is_built) emit(Opcode::BUILD_MAP, keywords.size());
}

void Compiler::compileKeywordDict(Seq<Keyword> keywords) {
    bool is_built = false;
    std::size_t begin = 0;  // of the keywords not yet in the dict
    const auto flush = [&](std::size_t end) {
        if (begin == end && is_built) return;
        compileKeywordGroup(keywords.subspan(begin, end - begin));
        if (is_built) emit(Opcode::DICT_MERGE, 1);
        is_built = true;
    };
    for (std::size_t i = 0; i < keywords.size(); ++i) {
        if (!isExpanded(keywords[i])) continue;
        flush(i);
        compile(*keywords[i]->value);
        emit(Opcode::DICT_MERGE, 1);
        begin = i + 1;
    }
    flush(keywords.size());
}

}  // namespace tagproof::frontend
