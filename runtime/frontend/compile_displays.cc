// Tuples, lists, sets and dicts written out; unpacking; f-strings.

#include <algorithm>

#include "runtime/frontend/compiler.h"
#include "runtime/frontend/constant_fold.h"
#include "runtime/frontend/percent_fields.h"

namespace tagproof::frontend {

namespace {

// Longer displays are filled item by item, so that the stack stays small (as in CPython).
constexpr std::size_t kMaxStackedItems = 30;

// The operand of FORMAT_VALUE for a conversion, or for none.
std::size_t conversionFlags(int conversion) {
    if (conversion == 's') return 1;
    if (conversion == 'r') return 2;
    return conversion == 'a' ? 3 : 0;
}

bool isStarred(const Expr* expression) { return expression->is<Starred>(); }

}  // namespace

struct Compiler::Display {
    Opcode build;
    Opcode add;
    Opcode extend;
    bool is_tuple = false;                                      // made by way of a list
    ConstantItem::Kind constants = ConstantItem::Kind::kTuple;  // what constant items fold to
};

// Items one by one into a container that is built before the first starred one.
void Compiler::compileDisplayItems(Seq<Expr> elements, const Display& display, std::size_t pushed) {
    bool is_built = elements.size() + pushed > kMaxStackedItems;
    if (is_built) emit(display.build, pushed);
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const auto* starred = elements[i]->tryAs<Starred>();
        if (starred != nullptr && !is_built) {
            emit(display.build, i + pushed);
            is_built = true;
        }
        compile(starred != nullptr ? *starred->value : *elements[i]);
        if (starred != nullptr) {
            emit(display.extend, 1);
        } else if (is_built) {
            emit(display.add, 1);
        }
    }
    if (display.is_tuple) emit(Opcode::LIST_TO_TUPLE);
}

// `pushed` values are on the stack already and come first.
void Compiler::compileDisplay(Seq<Expr> elements, const Display& display, std::size_t pushed) {
    if (elements.size() > 2 && pushed == 0) {
        if (const auto constant = foldSequence(elements, display.constants)) {
            if (display.is_tuple) return code().emitConstant(*constant);
            emit(display.build, 0);
            code().emitConstant(*constant);
            return emit(display.extend, 1);
        }
    }
    const bool has_star = std::any_of(elements.begin(), elements.end(), isStarred);
    if (has_star || elements.size() + pushed > kMaxStackedItems) {
        return compileDisplayItems(elements, display, pushed);
    }
    compileAll(elements);
    emit(display.is_tuple ? Opcode::BUILD_TUPLE : display.build, elements.size() + pushed);
}

void Compiler::compileTuple(const Tuple& expression) {
    switch (expression.ctx) {
        case ExprContext::kStore:
            return compileUnpack(expression.elts, expression.location);
        case ExprContext::kDel:
            return compileAll(expression.elts);
        case ExprContext::kLoad:
            break;
    }
    if (const auto constant = foldSequence(expression.elts, ConstantItem::Kind::kTuple)) {
        return code().emitConstant(*constant);
    }
    compileTupleDisplay(expression.elts, 0);
}

void Compiler::compileTupleDisplay(Seq<Expr> elements, std::size_t pushed) {
    compileDisplay(elements,
                   {.build = Opcode::BUILD_LIST,
                    .add = Opcode::LIST_APPEND,
                    .extend = Opcode::LIST_EXTEND,
                    .is_tuple = true},
                   pushed);
}

void Compiler::compileList(const List& expression) {
    switch (expression.ctx) {
        case ExprContext::kStore:
            return compileUnpack(expression.elts, expression.location);
        case ExprContext::kDel:
            return compileAll(expression.elts);
        case ExprContext::kLoad:
            break;
    }
    compileDisplay(
        expression.elts,
        {.build = Opcode::BUILD_LIST, .add = Opcode::LIST_APPEND, .extend = Opcode::LIST_EXTEND},
        0);
}

void Compiler::compileSet(const Set& expression) {
    compileDisplay(expression.elts,
                   {.build = Opcode::BUILD_SET,
                    .add = Opcode::SET_ADD,
                    .extend = Opcode::SET_UPDATE,
                    .constants = ConstantItem::Kind::kFrozenSet},
                   0);
}

// --- dicts -------------------------------------------------------------------------------------

// A dict of the pairs from `begin` to `end`.
void Compiler::compileDictItems(const Dict& expression, std::size_t begin, std::size_t end) {
    const bool is_built = 2 * (end - begin) > kMaxStackedItems;
    if (is_built) emit(Opcode::BUILD_MAP, 0);
    for (std::size_t i = begin; i < end; ++i) {
        compile(*expression.keys[i]);
        compile(*expression.values[i]);
        if (is_built) emit(Opcode::MAP_ADD, 1);
    }
    if (!is_built) emit(Opcode::BUILD_MAP, end - begin);
}

void Compiler::compileDict(const Dict& expression) {
    bool is_built = false;
    std::size_t begin = 0;  // of the pairs not yet in the dict
    const auto flush = [&](std::size_t end) {
        if (begin == end && is_built) return;
        compileDictItems(expression, begin, end);
        if (is_built) emit(Opcode::DICT_UPDATE, 1);
        is_built = true;
    };
    for (std::size_t i = 0; i < expression.keys.size(); ++i) {
        if (expression.keys[i] != nullptr) continue;
        flush(i);
        compile(*expression.values[i]);
        emit(Opcode::DICT_UPDATE, 1);
        begin = i + 1;
    }
    flush(expression.keys.size());
}

// --- unpacking ---------------------------------------------------------------------------------

void Compiler::compileUnpack(Seq<Expr> targets, const Location& location) {
    const std::size_t count = targets.size();
    const auto star = static_cast<std::size_t>(
        std::find_if(targets.begin(), targets.end(), isStarred) - targets.begin());
    if (star == count) {
        emit(Opcode::UNPACK_SEQUENCE, count);
    } else {
        const std::size_t after = count - star - 1;
        if (star >= 256 || after >= 65536) {
            return error(location, "too many expressions in star-unpacking assignment");
        }
        if (std::any_of(targets.begin() + static_cast<std::ptrdiff_t>(star) + 1, targets.end(),
                        isStarred)) {
            return error(location, "multiple starred expressions in assignment");
        }
        emit(Opcode::UNPACK_EX, star | after << 8);
    }
    for (const Expr* target : targets) {
        const auto* starred = target->tryAs<Starred>();
        compile(starred != nullptr ? *starred->value : *target);
    }
}

// --- f-strings ---------------------------------------------------------------------------------

void Compiler::compileJoinedStr(const JoinedStr& expression) {
    compileAll(expression.values);
    if (expression.values.size() != 1) {
        emit(Opcode::BUILD_STRING, expression.values.size());
    }
}

// "..." % (a, b), for which False is returned when it is no such, or better left to run time.
bool Compiler::compilePercentFormat(const BinOp& expression) {
    const auto* format = expression.left->tryAs<Constant>();
    const auto* values = expression.right->tryAs<Tuple>();
    if (expression.op != Operator::kMod || format == nullptr || values == nullptr ||
        format->value.kind != ConstantValue::Kind::kStr) {
        return false;
    }
    if (std::any_of(values->elts.begin(), values->elts.end(), isStarred)) return false;
    if (foldSequence(values->elts, ConstantItem::Kind::kTuple)) return false;
    const auto fields = splitPercentFormat(format->value.text);
    if (!fields || fields->size() != values->elts.size() + 1) return false;
    std::size_t pieces = 0;
    for (std::size_t i = 0; i < fields->size(); ++i) {
        const PercentField& field = (*fields)[i];
        if (!field.text.empty()) {
            emitStr(intern(field.text));
            ++pieces;
        }
        if (field.conversion == 0) break;
        const LocationScope at_value(*this, values->elts[i]->location);
        compile(*values->elts[i]);
        if (!field.spec.empty()) emitStr(intern(field.spec));
        emit(Opcode::FORMAT_VALUE,
             conversionFlags(field.conversion) | (field.spec.empty() ? 0U : 4U));
        ++pieces;
    }
    if (pieces != 1) emit(Opcode::BUILD_STRING, pieces);
    return true;
}

void Compiler::compileFormattedValue(const FormattedValue& expression) {
    compile(*expression.value);
    std::size_t flags = conversionFlags(expression.conversion);
    if (expression.format_spec != nullptr) {
        compile(*expression.format_spec);
        flags |= 4;
    }
    emit(Opcode::FORMAT_VALUE, flags);
}

}  // namespace tagproof::frontend
