#include "runtime/frontend/make_code.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>
#include <utility>

#include "objmodel/bytes.h"
#include "objmodel/call.h"
#include "objmodel/core_types.h"
#include "objmodel/float.h"
#include "objmodel/int.h"
#include "objmodel/ref.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/tuple.h"

namespace tagproof::frontend {

namespace {

using Kind = ConstantItem::Kind;

// CPython interns string constants that could be names.
bool looksLikeName(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
    });
}

class CodeMaker {
  public:
    CodeMaker(Thread& thread, std::string_view filename) : thread_(thread), filename_(filename) {}

    [[nodiscard]] Value make(CodeUnit& unit);

  private:
    [[nodiscard]] bool fillNames(CodeBody& body, const CodeUnit& unit);
    [[nodiscard]] bool fillConstants(CodeBody& body, CodeUnit& unit);
    [[nodiscard]] bool intern(std::vector<Str*>& out, const std::vector<Identifier>& names);
    // New reference, or null + pending.
    [[nodiscard]] Value constant(CodeUnit& unit, const ConstantItem& item);
    [[nodiscard]] Value shared(CodeUnit& unit, const ConstantItem& item);
    [[nodiscard]] Value integer(const ConstantItem& item);
    [[nodiscard]] Value sequence(CodeUnit& unit, const ConstantItem& item);

    Thread& thread_;
    std::string_view filename_;
    std::unordered_map<std::string, Ref> shared_;  // constants of all units, by constantKey()
};

Value CodeMaker::integer(const ConstantItem& item) {
    Ref magnitude(item.int_fits ? makeUnsignedInt(thread_, item.int_value)
                                : intFromDigits(thread_, item.text, item.int_base));
    if (!magnitude || !item.is_negative) return magnitude.release();
    return intNegate(thread_, magnitude.get());
}

Value CodeMaker::sequence(CodeUnit& unit, const ConstantItem& item) {
    std::vector<Ref> owned;
    std::vector<Value> items;
    for (const ConstantItem& element : item.items) {
        owned.emplace_back(shared(unit, element));
        if (!owned.back()) return Value::null();
        items.push_back(owned.back().get());
    }
    const Ref tuple(Value::of(makeTuple(thread_, items.data(), items.size())));
    if (!tuple || item.kind == Kind::kTuple) return newRef(tuple.get());
    return call(thread_, Value::of(thread_.types->frozenset), {tuple.get()});
}

Value CodeMaker::constant(CodeUnit& unit, const ConstantItem& item) {
    switch (item.kind) {
        case Kind::kNone:
            return thread_.singletons->none;
        case Kind::kTrue:
            return thread_.singletons->true_;
        case Kind::kFalse:
            return thread_.singletons->false_;
        case Kind::kEllipsis:
            return thread_.singletons->ellipsis;
        case Kind::kInt:
            return integer(item);
        case Kind::kFloat:
            return makeFloat(thread_, item.float_value);
        case Kind::kStr:
            return Value::of(looksLikeName(item.text) ? internStr(thread_, item.text)
                                                      : makeStr(thread_, item.text));
        case Kind::kBytes:
            return Value::of(makeBytes(thread_, item.text));
        case Kind::kTuple:
        case Kind::kFrozenSet:
            return sequence(unit, item);
        case Kind::kCode:
            break;
    }
    return make(*unit.children[item.child]);
}

// One object for equal constants of the whole module.
Value CodeMaker::shared(CodeUnit& unit, const ConstantItem& item) {
    if (item.kind == Kind::kCode) return constant(unit, item);
    const auto [entry, is_new] = shared_.try_emplace(constantKey(item));
    if (!is_new) return newRef(entry->second.get());
    Ref made(constant(unit, item));
    const Value result = newRef(made.get());
    // constant() may have added entries: look the place up again.
    shared_[constantKey(item)] = std::move(made);
    return result;
}

bool CodeMaker::intern(std::vector<Str*>& out, const std::vector<Identifier>& names) {
    for (const Identifier name : names) {
        out.push_back(internStr(thread_, name));
        if (out.back() == nullptr) return false;
    }
    return true;
}

bool CodeMaker::fillNames(CodeBody& body, const CodeUnit& unit) {
    if (!intern(body.names, unit.names) || !intern(body.local_names, unit.local_names) ||
        !intern(body.cell_names, unit.cell_names)) {
        return false;
    }
    body.name = internStr(thread_, unit.name);
    body.qualified_name = internStr(thread_, unit.qualified_name);
    body.filename = internStr(thread_, filename_);
    if (unit.docstring.data() != nullptr) {
        body.docstring = Value::of(makeStr(thread_, unit.docstring));
        if (body.docstring.isNull()) return false;
    }
    return body.name != nullptr && body.qualified_name != nullptr && body.filename != nullptr;
}

bool CodeMaker::fillConstants(CodeBody& body, CodeUnit& unit) {
    for (const ConstantItem& item : unit.constants) {
        body.constants.push_back(shared(unit, item));
        if (body.constants.back().isNull()) return false;
    }
    return true;
}

void releaseObjects(CodeBody& body) {
    for (const Value constant : body.constants) decref(constant);
    decref(body.docstring);
}

Value CodeMaker::make(CodeUnit& unit) {
    auto body = std::make_unique<CodeBody>();
    body->instructions = std::move(unit.instructions);
    body->positions = std::move(unit.positions);
    body->exceptions = std::move(unit.exceptions);
    body->cell_parameters = std::move(unit.cell_parameters);
    body->first_line = unit.first_line;
    body->flags = unit.flags;
    body->positional_only = unit.positional_only;
    body->positional = unit.positional;
    body->keyword_only = unit.keyword_only;
    body->stack_size = unit.stack_size;
    body->own_cells = unit.own_cells;
    body->cache_count = unit.cache_count;
    body->feedback_count = unit.feedback_count;
    if (!fillNames(*body, unit) || !fillConstants(*body, unit)) {
        releaseObjects(*body);  // interned names are immortal
        return Value::null();
    }
    return newCode(thread_, std::move(body));
}

}  // namespace

Value makeCode(Thread& thread, CodeUnit& unit, std::string_view filename) {
    return CodeMaker(thread, filename).make(unit);
}

}  // namespace tagproof::frontend
