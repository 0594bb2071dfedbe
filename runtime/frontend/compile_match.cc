// Match statements: the subject lies on the stack; each case but the last works on a copy. What the
// patterns capture is kept on the stack and stored when the whole pattern has matched.

#include <algorithm>

#include "runtime/frontend/compiler.h"

namespace tagproof::frontend {

namespace {

bool isWildcard(const Pattern& pattern) {
    const auto* capture = pattern.tryAs<MatchAs>();
    return capture != nullptr && capture->pattern == nullptr && !isPresent(capture->name);
}

}  // namespace

void Compiler::compileMatch(const Match& statement) {
    compile(*statement.subject);
    const Label end = code().newLabel();
    const std::size_t count = statement.cases.size();
    const MatchCase& last = *statement.cases.back();
    const bool has_default = isWildcard(*last.pattern) && count > 1;
    const std::size_t tested = has_default ? count - 1 : count;
    const int depth = code().depth();
    for (std::size_t i = 0; i < tested; ++i) {
        code().setDepth(depth);
        compileCase(*statement.cases[i], i + 1 == count, i + 1 < tested, end);
    }
    if (has_default) {
        setLocation(last.pattern->location);
        if (last.guard != nullptr) compileJumpIf(*last.guard, end, false);
        compileStatements(last.body);
    }
    code().setDepth(depth - 1);
    code().place(end);
}

void Compiler::compileCase(const MatchCase& match_case,
                           bool is_last,
                           bool copy_subject,
                           Label end) {
    setLocation(match_case.pattern->location);
    if (copy_subject) emit(Opcode::COPY, 1);
    PatternContext context;
    context.allow_irrefutable = match_case.guard != nullptr || is_last;
    compilePattern(*match_case.pattern, context);
    for (const Identifier name : context.stores) storeName(name);
    context.stores.clear();
    if (match_case.guard != nullptr) {
        compileJumpIf(*match_case.guard, failLabel(0, context), false);
    }
    if (copy_subject) emit(Opcode::POP_TOP);
    compileStatements(match_case.body);
    code().emitJump(end);
    setLocation(match_case.pattern->location);
    placeFailLabels(context);
}

// --- failing -----------------------------------------------------------------------------------

Label Compiler::failLabel(std::size_t pops, PatternContext& context) {
    while (context.fail_pop.size() <= pops) context.fail_pop.push_back(code().newLabel());
    return context.fail_pop[pops];
}

// Leaves the pattern, dropping what it has put on the stack.
void Compiler::jumpToFail(Opcode opcode, PatternContext& context) {
    const std::size_t pops = static_cast<std::size_t>(context.on_top) + context.stores.size();
    emitJump(opcode, failLabel(pops, context));
}

void Compiler::placeFailLabels(PatternContext& context) {
    for (std::size_t pops = context.fail_pop.size(); pops-- > 0;) {
        code().place(context.fail_pop[pops]);
        if (pops > 0) emit(Opcode::POP_TOP);
    }
    context.fail_pop.clear();
}

// --- captures ----------------------------------------------------------------------------------

// The top value goes below the `count` - 1 next ones.
void Compiler::rotate(std::size_t count) {
    for (; count > 1; --count) emit(Opcode::SWAP, count);
}

void Compiler::bindPatternName(Identifier name, PatternContext& context) {
    if (!isPresent(name)) return emit(Opcode::POP_TOP);
    if (rejectDebug(name, ExprContext::kStore)) return;
    if (std::find(context.stores.begin(), context.stores.end(), name) != context.stores.end()) {
        return errorHere("multiple assignments to name '" + std::string(name) + "' in pattern");
    }
    rotate(static_cast<std::size_t>(context.on_top) + context.stores.size() + 1);
    context.stores.push_back(name);
}

void Compiler::compileMatchAs(const MatchAs& pattern, PatternContext& context) {
    if (pattern.pattern == nullptr) {
        if (!context.allow_irrefutable) {
            return errorHere(isPresent(pattern.name)
                                 ? "name capture '" + std::string(pattern.name) +
                                       "' makes remaining patterns unreachable"
                                 : "wildcard makes remaining patterns unreachable");
        }
        return bindPatternName(pattern.name, context);
    }
    ++context.on_top;
    emit(Opcode::COPY, 1);
    compilePattern(*pattern.pattern, context);
    --context.on_top;
    bindPatternName(pattern.name, context);
}

// --- alternatives ------------------------------------------------------------------------------

// Brings the captures of an alternative, on the stack, into the order of the first one's. False
// when they bind other names.
bool Compiler::reorderStores(std::vector<Identifier>& stores,
                             const std::vector<Identifier>& control) {
    if (stores.size() != control.size()) return false;
    for (std::size_t to = control.size(); to-- > 0;) {
        const auto found = std::find(stores.begin(), stores.end(), control[to]);
        if (found == stores.end()) return false;
        const auto from = static_cast<std::size_t>(found - stores.begin());
        if (from == to) continue;
        // Rotating the bottom `to + 1` captures down, once for each up to the one found.
        std::rotate(stores.begin(), found + 1,
                    stores.begin() + static_cast<std::ptrdiff_t>(to) + 1);
        for (std::size_t i = 0; i <= from; ++i) rotate(to + 1);
    }
    return true;
}

bool Compiler::compileAlternative(const Pattern& pattern,
                                  PatternContext& context,
                                  std::vector<Identifier>& control,
                                  bool is_first) {
    setLocation(pattern.location);
    emit(Opcode::COPY, 1);
    compilePattern(pattern, context);
    if (!is_first) return reorderStores(context.stores, control);
    control = context.stores;
    return true;
}

void Compiler::compileMatchOr(const MatchOr& pattern, PatternContext& context) {
    const Label end = code().newLabel();
    const int depth = code().depth();
    std::vector<Identifier> control;  // what the first alternative binds
    for (std::size_t i = 0; i < pattern.patterns.size(); ++i) {
        PatternContext inner;
        inner.allow_irrefutable = context.allow_irrefutable && i + 1 == pattern.patterns.size();
        if (!compileAlternative(*pattern.patterns[i], inner, control, i == 0)) {
            return errorHere("alternative patterns bind different names");
        }
        code().emitJump(end);
        code().setDepth(depth);
        placeFailLabels(inner);
    }
    emit(Opcode::POP_TOP);
    jumpToFail(Opcode::JUMP, context);
    code().setDepth(depth + static_cast<int>(control.size()));
    code().place(end);
    // The captures lie above the subject and the values that the pattern around has put there.
    const std::size_t distance =
        control.size() + 1 + static_cast<std::size_t>(context.on_top) + context.stores.size();
    for (const Identifier name : control) {
        rotate(distance);
        if (std::find(context.stores.begin(), context.stores.end(), name) != context.stores.end()) {
            return errorHere("multiple assignments to name '" + std::string(name) + "' in pattern");
        }
        context.stores.push_back(name);
    }
    emit(Opcode::POP_TOP);
}

}  // namespace tagproof::frontend
