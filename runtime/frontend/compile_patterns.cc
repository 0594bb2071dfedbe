// The patterns of match statements. Each consumes the value on top of the stack, or jumps to a fail
// label of the context.

#include <algorithm>
#include <unordered_set>

#include "objmodel/type.h"
#include "runtime/frontend/compiler.h"
#include "runtime/frontend/constant_fold.h"

namespace tagproof::frontend {

namespace {

bool isStar(const Pattern* pattern) { return pattern->is<MatchStar>(); }

bool isWildcard(const Pattern* pattern) {
    if (const auto* star = pattern->tryAs<MatchStar>()) return !isPresent(star->name);
    const auto* capture = pattern->tryAs<MatchAs>();
    return capture != nullptr && capture->pattern == nullptr && !isPresent(capture->name);
}

std::size_t starIndex(Seq<Pattern> patterns) {
    return static_cast<std::size_t>(std::find_if(patterns.begin(), patterns.end(), isStar) -
                                    patterns.begin());
}

}  // namespace

void Compiler::compilePattern(const Pattern& pattern, PatternContext& context) {
    if (errors_.failed()) return;
    setLocation(pattern.location);
    compilePatternKind(pattern, context);
}

void Compiler::compilePatternKind(const Pattern& pattern, PatternContext& context) {
    switch (pattern.kind) {
        case PatternKind::kMatchValue:
            return compileMatchValue(pattern.as<MatchValue>(), context);
        case PatternKind::kMatchSingleton:
            return compileMatchSingleton(pattern.as<MatchSingleton>(), context);
        case PatternKind::kMatchSequence:
            return compileMatchSequence(pattern.as<MatchSequence>(), context);
        case PatternKind::kMatchMapping:
            return compileMatchMapping(pattern.as<MatchMapping>(), context);
        case PatternKind::kMatchClass:
            return compileMatchClass(pattern.as<MatchClass>(), context);
        case PatternKind::kMatchStar:
            return bindPatternName(pattern.as<MatchStar>().name, context);
        case PatternKind::kMatchAs:
            return compileMatchAs(pattern.as<MatchAs>(), context);
        case PatternKind::kMatchOr:
            return compileMatchOr(pattern.as<MatchOr>(), context);
    }
}

// A pattern inside another may match everything.
void Compiler::compileSubpattern(const Pattern& pattern, PatternContext& context) {
    const bool outer = context.allow_irrefutable;
    context.allow_irrefutable = true;
    compilePattern(pattern, context);
    context.allow_irrefutable = outer;
}

void Compiler::compileMatchValue(const MatchValue& pattern, PatternContext& context) {
    if (!foldConstant(*pattern.value) && !pattern.value->is<Attribute>() &&
        !pattern.value->is<Constant>() && !pattern.value->is<BinOp>() &&
        !pattern.value->is<UnaryOp>()) {
        return errorHere("patterns may only match literals and attribute lookups");
    }
    compile(*pattern.value);
    emitCompare(CmpOp::kEq);
    jumpToFail(Opcode::POP_JUMP_IF_FALSE, context);
}

void Compiler::compileMatchSingleton(const MatchSingleton& pattern, PatternContext& context) {
    code().emitConstant(ConstantItem::of(pattern.value));
    emit(Opcode::IS_OP, 0);
    jumpToFail(Opcode::POP_JUMP_IF_FALSE, context);
}

// --- sequences ---------------------------------------------------------------------------------

void Compiler::emitLengthCheck(std::size_t length, CmpOp op, PatternContext& context) {
    emit(Opcode::GET_LEN);
    emitInt(length);
    emitCompare(op);
    jumpToFail(Opcode::POP_JUMP_IF_FALSE, context);
}

void Compiler::compileMatchSequence(const MatchSequence& pattern, PatternContext& context) {
    const Seq<Pattern> patterns = pattern.patterns;
    const std::size_t star = starIndex(patterns);
    const bool has_star = star < patterns.size();
    if (std::count_if(patterns.begin(), patterns.end(), isStar) > 1) {
        return errorHere("multiple starred names in sequence pattern");
    }
    ++context.on_top;
    emit(Opcode::MATCH_SEQUENCE);
    jumpToFail(Opcode::POP_JUMP_IF_FALSE, context);
    if (!has_star) {
        emitLengthCheck(patterns.size(), CmpOp::kEq, context);
    } else if (patterns.size() > 1) {
        emitLengthCheck(patterns.size() - 1, CmpOp::kGtE, context);
    }
    --context.on_top;
    if (std::all_of(patterns.begin(), patterns.end(), isWildcard)) {
        emit(Opcode::POP_TOP);
    } else if (has_star && isWildcard(patterns[star])) {
        compileSequenceItems(pattern, star, context);
    } else {
        compileSequenceUnpack(pattern, context);
    }
}

void Compiler::compileSequenceUnpack(const MatchSequence& pattern, PatternContext& context) {
    const std::size_t count = pattern.patterns.size();
    const std::size_t star = starIndex(pattern.patterns);
    if (star == count) {
        emit(Opcode::UNPACK_SEQUENCE, count);
    } else {
        const std::size_t after = count - star - 1;
        if (star >= 256 || after >= 65536) {
            return errorHere("too many expressions in star-unpacking sequence pattern");
        }
        emit(Opcode::UNPACK_EX, star | after << 8);
    }
    context.on_top += static_cast<int>(count);
    for (const Pattern* item : pattern.patterns) {
        --context.on_top;
        compileSubpattern(*item, context);
    }
}

// With `*_` the items are taken one by one, those behind it counted from the end.
void Compiler::compileSequenceItems(const MatchSequence& pattern,
                                    std::size_t star,
                                    PatternContext& context) {
    const std::size_t count = pattern.patterns.size();
    ++context.on_top;
    for (std::size_t i = 0; i < count; ++i) {
        if (isWildcard(pattern.patterns[i])) continue;
        emit(Opcode::COPY, 1);
        if (i < star) {
            emitInt(i);
        } else {
            emit(Opcode::GET_LEN);
            emitInt(count - i);
            emit(Opcode::BINARY_OP, static_cast<std::size_t>(BinaryOp::kSubtract));
        }
        emit(Opcode::BINARY_SUBSCR);
        compileSubpattern(*pattern.patterns[i], context);
    }
    --context.on_top;
    emit(Opcode::POP_TOP);
}

// --- mappings ----------------------------------------------------------------------------------

void Compiler::compileMatchMapping(const MatchMapping& pattern, PatternContext& context) {
    const std::size_t count = pattern.keys.size();
    ++context.on_top;
    emit(Opcode::MATCH_MAPPING);
    jumpToFail(Opcode::POP_JUMP_IF_FALSE, context);
    if (count == 0 && !isPresent(pattern.rest)) {
        --context.on_top;
        return emit(Opcode::POP_TOP);
    }
    if (count > 0) emitLengthCheck(count, CmpOp::kGtE, context);
    compileMappingKeys(pattern);
    emit(Opcode::MATCH_KEYS);
    // On the stack: subject, keys, values or None.
    context.on_top += 2;
    emit(Opcode::COPY, 1);
    jumpToFail(Opcode::POP_JUMP_IF_NONE, context);
    emit(Opcode::UNPACK_SEQUENCE, count);
    context.on_top += static_cast<int>(count) - 1;
    for (const Pattern* item : pattern.patterns) {
        --context.on_top;
        compileSubpattern(*item, context);
    }
    context.on_top -= 2;
    compileMappingRest(pattern, context);
}

void Compiler::compileMappingKeys(const MatchMapping& pattern) {
    std::unordered_set<std::string> seen;
    for (const Expr* key : pattern.keys) {
        const auto constant = foldConstant(*key);
        if (constant && !seen.insert(constantKey(*constant)).second) {
            return errorHere("mapping pattern checks duplicate key (" +
                             constantRepr(*unit().code, *constant) + ")");
        }
        if (!constant && !key->is<Attribute>() && !key->is<Constant>() && !key->is<BinOp>() &&
            !key->is<UnaryOp>()) {
            return errorHere("mapping pattern keys may only match literals and attribute lookups");
        }
        compile(*key);
    }
    emit(Opcode::BUILD_TUPLE, pattern.keys.size());
}

// `**rest` binds a copy of the subject without the keys.
void Compiler::compileMappingRest(const MatchMapping& pattern, PatternContext& context) {
    if (!isPresent(pattern.rest)) {
        emit(Opcode::POP_TOP);
        return emit(Opcode::POP_TOP);
    }
    emit(Opcode::BUILD_MAP, 0);
    emit(Opcode::SWAP, 3);
    emit(Opcode::DICT_UPDATE, 2);
    emit(Opcode::UNPACK_SEQUENCE, pattern.keys.size());
    for (std::size_t left = pattern.keys.size(); left > 0; --left) {
        emit(Opcode::COPY, 1 + left);
        emit(Opcode::SWAP, 2);
        emit(Opcode::DELETE_SUBSCR);
    }
    bindPatternName(pattern.rest, context);
}

// --- classes -----------------------------------------------------------------------------------

void Compiler::checkClassAttributes(const MatchClass& pattern) {
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; i < pattern.kwd_attrs.size(); ++i) {
        const Identifier name = pattern.kwd_attrs[i];
        if (rejectDebug(name, ExprContext::kStore)) return;
        if (seen.insert(name).second) continue;
        setLocation(pattern.kwd_patterns[i]->location);
        return errorHere("attribute name repeated in class pattern: " + std::string(name));
    }
}

void Compiler::compileMatchClass(const MatchClass& pattern, PatternContext& context) {
    checkClassAttributes(pattern);
    compile(*pattern.cls);
    ConstantItem names{.kind = ConstantItem::Kind::kTuple};
    for (const Identifier name : pattern.kwd_attrs) {
        names.items.push_back(ConstantItem::str(name));
    }
    code().emitConstant(names);
    emit(Opcode::MATCH_CLASS, pattern.patterns.size());
    emit(Opcode::COPY, 1);
    ++context.on_top;
    jumpToFail(Opcode::POP_JUMP_IF_NONE, context);
    const std::size_t count = pattern.patterns.size() + pattern.kwd_patterns.size();
    emit(Opcode::UNPACK_SEQUENCE, count);
    context.on_top += static_cast<int>(count) - 1;
    const auto match_all = [&](Seq<Pattern> patterns) {
        for (const Pattern* item : patterns) {
            --context.on_top;
            compileSubpattern(*item, context);
        }
    };
    match_all(pattern.patterns);
    match_all(pattern.kwd_patterns);
}

}  // namespace tagproof::frontend
