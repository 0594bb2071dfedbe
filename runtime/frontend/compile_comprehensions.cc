// Comprehensions and generator expressions: functions of one parameter, the iterator over the
// outermost iterable, which is evaluated and made around them.

#include "runtime/frontend/compiler.h"

namespace tagproof::frontend {

Compiler::ComprehensionParts Compiler::partsOf(const Expr& expression) {
    if (const auto* list = expression.tryAs<ListComp>()) {
        return {ComprehensionKind::kList, "<listcomp>", list->generators, list->elt, nullptr};
    }
    if (const auto* set = expression.tryAs<SetComp>()) {
        return {ComprehensionKind::kSet, "<setcomp>", set->generators, set->elt, nullptr};
    }
    if (const auto* dict = expression.tryAs<DictComp>()) {
        return {ComprehensionKind::kDict, "<dictcomp>", dict->generators, dict->key, dict->value};
    }
    const GeneratorExp& generator = expression.as<GeneratorExp>();
    return {ComprehensionKind::kGenerator, "<genexpr>", generator.generators, generator.elt,
            nullptr};
}

void Compiler::compileComprehension(const Expr& expression) {
    const ComprehensionParts parts = partsOf(expression);
    for (const Comprehension* generator : parts.generators) {
        if (!generator->is_async) continue;
        if (parts.kind == ComprehensionKind::kGenerator) {
            return unsupported(expression.location, "asynchronous generators are");
        }
        return error(expression.location,
                     "asynchronous comprehension outside of an asynchronous function");
    }
    const Block& block = symbols_.blockOf(&expression);
    enterUnit(std::make_unique<Unit>(block, UnitKind::kComprehension, unit_), intern(parts.name),
              expression.location);
    unit().code->flags |= kCodeIsComprehension;
    unit().code->positional = 1;
    emitCellPrologue();
    if (parts.kind == ComprehensionKind::kList) emit(Opcode::BUILD_LIST, 0);
    if (parts.kind == ComprehensionKind::kSet) emit(Opcode::BUILD_SET, 0);
    if (parts.kind == ComprehensionKind::kDict) emit(Opcode::BUILD_MAP, 0);
    compileGenerator(parts, 0, 0);
    if (parts.kind == ComprehensionKind::kGenerator) emitNone();
    emit(Opcode::RETURN_VALUE);
    std::unique_ptr<CodeUnit> made = leaveUnit();

    makeFunction(std::move(made), 0);
    emit(Opcode::PUSH_NULL);
    compile(*parts.generators.front()->iter);
    emit(Opcode::GET_ITER);
    emit(Opcode::CALL, 1);
}

// One `for` with its conditions and what is inside. `depth` iterators lie on the stack.
void Compiler::compileGenerator(const ComprehensionParts& parts,
                                std::size_t index,
                                std::size_t depth) {
    const Comprehension& generator = *parts.generators[index];
    const Label header = code().newLabel();
    const Label skip = code().newLabel();
    const Label exhausted = code().newLabel();
    const int base = code().depth();
    // `for y in [f(x)]` binds y without a loop.
    const auto* list = generator.iter->tryAs<List>();
    const bool is_binding = index > 0 && list != nullptr && list->elts.size() == 1 &&
                            !list->elts.front()->is<Starred>();
    if (index == 0) {
        emit(Opcode::LOAD_FAST, 0);
    } else if (is_binding) {
        compile(*list->elts.front());
    } else {
        compile(*generator.iter);
        emit(Opcode::GET_ITER);
    }
    if (!is_binding) {
        ++depth;
        code().place(header);
        emitJump(Opcode::FOR_ITER, exhausted);
    }
    compile(*generator.target);
    for (const Expr* condition : generator.ifs) compileJumpIf(*condition, skip, false);
    if (index + 1 < parts.generators.size()) {
        compileGenerator(parts, index + 1, depth);
    } else {
        compileElement(parts, depth);
    }
    code().place(skip);
    if (is_binding) return;
    code().emitJump(header);
    code().setDepth(base);
    code().place(exhausted);
}

void Compiler::compileElement(const ComprehensionParts& parts, std::size_t depth) {
    compile(*parts.element);
    switch (parts.kind) {
        case ComprehensionKind::kList:
            return emit(Opcode::LIST_APPEND, depth + 1);
        case ComprehensionKind::kSet:
            return emit(Opcode::SET_ADD, depth + 1);
        case ComprehensionKind::kDict:
            compile(*parts.value);
            return emit(Opcode::MAP_ADD, depth + 1);
        case ComprehensionKind::kGenerator:
        case ComprehensionKind::kNone:
            emit(Opcode::YIELD_VALUE);
            return emit(Opcode::POP_TOP);
    }
}

}  // namespace tagproof::frontend
