#include "jit/hir/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "jit/helpers.h"
#include "jit/hir/text_scanner.h"
#include "objmodel/cell.h"
#include "objmodel/str.h"
#include "objmodel/type.h"
#include "runtime/function.h"

namespace tagproof::hir {

namespace {

// Numbers of values and blocks beyond this are typing mistakes.
constexpr uint32_t kMaxNumber = 1U << 16;

std::optional<Op> opNamed(std::string_view name) {
    constexpr std::string_view kNames[] = {
#define HIR_OP(op, operands, result, immediates, effects, exit, text) #op,
#include "jit/hir/hir.def"
#undef HIR_OP
    };
    const auto* found = std::ranges::find(kNames, name);
    if (found == std::end(kNames)) return std::nullopt;
    return static_cast<Op>(found - std::begin(kNames));
}

std::optional<DeoptReason> reasonNamed(std::string_view text) {
    for (size_t i = 0; i <= static_cast<size_t>(DeoptReason::kForced); ++i) {
        const auto reason = static_cast<DeoptReason>(i);
        if (toString(reason) == text) return reason;
    }
    return std::nullopt;
}

size_t successorCount(Op op) { return op == Op::kBranch ? 2 : op == Op::kJump ? 1 : 0; }

class Parser {
  public:
    Parser(std::string_view text, SymbolResolver& symbols) : in_(text), symbols_(symbols) {}

    ParseResult run() {
        if (parseAll()) return std::move(function_);
        return in_.error();
    }

  private:
    bool parseAll();
    bool parseHeader();
    bool parseEntry();
    bool parseBlock();
    bool parseBlockHeader();
    bool parsePredecessors();
    bool parseInstr();
    bool parseInstrBody(Instr& instr);
    bool parseResult(std::optional<uint32_t>& id, HirType& type);
    bool parseOp(Instr& instr);
    bool parseType(HirType& type);
    bool parseOperands(Instr& instr);
    bool parseSuccessors(const Instr& instr);

    // --- immediates
    bool parseImmediates(Instr& instr);
    bool parseImmediate(std::string_view kind, Immediate& result);
    bool parseValue(Immediate& result);
    bool parseHelper(Immediate& result);
    bool parseCompare(Immediate& result);
    bool parseInteger(Immediate& result);
    bool parseNamed(std::string_view kind, Immediate& result);
    bool parseQuoted(std::string_view text, Immediate& result);
    bool parseDouble(std::string_view text, Immediate& result);

    // --- frame states
    bool parseFrames(Instr& instr);
    bool parseFrame(FrameState& frame, DeoptReason& reason);
    bool parseSlots(FrameState& frame);
    bool parseSlot(FrameState& frame);

    // --- what is named before it is there
    Instr* valueAt(uint32_t id);
    [[nodiscard]] Block* blockAt(uint32_t id);
    bool parseValueName(Instr*& value);
    bool parseBlockName(Block*& block);
    bool finish();
    bool checkUses();
    bool linkBlocks();
    void placeOthers();

    TextScanner in_;
    SymbolResolver& symbols_;
    std::unique_ptr<Function> function_;
    std::vector<Instr*> values_;                                  // by number
    std::vector<Block*> blocks_;                                  // by number
    std::unordered_map<uint32_t, ParseError> first_use_;          // of values not yet defined
    std::unordered_map<uint32_t, ParseError> first_jump_;         // to blocks not yet there
    std::vector<bool> is_defined_;                                // per value
    std::unordered_map<const Block*, std::vector<Block*>> from_;  // predecessors as written
    // Instructions without a result: they get their numbers behind those of the text.
    struct Unnumbered {
        Instr instr;
        size_t place;  // in instr.block
    };
    std::deque<Unnumbered> unnumbered_;
    Block* block_ = nullptr;  // being filled
};

// --- structure ---------------------------------------------------------------------------------

bool Parser::parseAll() {
    in_.skipEmptyLines();
    if (!parseHeader()) return false;
    while (!in_.isAtEnd()) {
        if (!parseBlock()) return false;
    }
    if (function_->blocks.empty()) return in_.fail("a function needs a block");
    return finish();
}

bool Parser::parseHeader() {
    if (!in_.require("fun")) return false;
    const std::string_view name = in_.upTo("(#");
    Code* code = symbols_.code(name);
    if (code == nullptr) return in_.failAtWord(fmt::format("unknown function '{}'", name));
    EntryKind kind = EntryKind::kNormal;
    if (in_.accept("(")) {
        if (in_.accept("loop")) kind = EntryKind::kLoop;
        if (in_.accept("resume")) kind = EntryKind::kResume;
        if (in_.accept("throw")) kind = EntryKind::kThrow;
    }
    function_ = std::make_unique<Function>(code, kind);
    return parseEntry() && in_.requireLineEnd();
}

// Behind the opening parenthesis, when there was one.
bool Parser::parseEntry() {
    if (in_.peek() == '\n' || in_.peek() == '#') return true;
    int64_t number = 0;
    if (function_->entry_kind == EntryKind::kNormal) {
        if (!in_.number(number) || !in_.require("arguments")) return false;
        function_->argument_count = static_cast<uint32_t>(number);
        return in_.require(")");
    }
    if (!in_.require("at") || !in_.number(number) || !in_.require(",")) return false;
    function_->osr_target = static_cast<uint32_t>(number);
    if (!in_.number(number) || !in_.require("words")) return false;
    function_->osr_words = static_cast<uint32_t>(number);
    return in_.require(")");
}

bool Parser::parseBlock() {
    if (!parseBlockHeader()) return false;
    while (!in_.isAtEnd() && in_.peek() != 'b') {
        if (!parseInstr()) return false;
    }
    return true;
}

bool Parser::parseBlockHeader() {
    uint32_t id = 0;
    if (!in_.numbered("bb", id)) return false;
    if (id >= kMaxNumber) return in_.failAtWord("block number too large");
    block_ = blockAt(id);
    if (std::ranges::find(function_->blocks, block_) != function_->blocks.end()) {
        return in_.failAtWord(fmt::format("bb{} is there already", id));
    }
    function_->blocks.push_back(block_);
    if (function_->entry == nullptr) function_->entry = block_;
    block_->is_cold = in_.accept("cold");
    block_->is_loop_header = in_.accept("loop");
    if (in_.accept("from") && !parsePredecessors()) return false;
    return in_.require(":") && in_.requireLineEnd();
}

bool Parser::parsePredecessors() {
    std::vector<Block*>& from = from_[block_];
    do {
        Block* block = nullptr;
        if (!parseBlockName(block)) return false;
        from.push_back(block);
    } while (in_.accept(","));
    return true;
}

bool Parser::parseInstr() {
    std::optional<uint32_t> id;
    HirType type = types::kNothing;
    if (!parseResult(id, type)) return false;
    Instr* instr = nullptr;
    if (id) {
        instr = valueAt(*id);
        is_defined_[*id] = true;
        block_->instrs.push_back(instr);
    } else {
        instr = &unnumbered_.emplace_back(Unnumbered{{}, block_->instrs.size()}).instr;
        block_->instrs.push_back(nullptr);
    }
    instr->type = type;
    instr->block = block_;
    return parseInstrBody(*instr) && in_.requireLineEnd();
}

bool Parser::parseInstrBody(Instr& instr) {
    return parseOp(instr) && parseImmediates(instr) && parseOperands(instr) &&
           parseSuccessors(instr) && parseFrames(instr);
}

// "v1:Object = ", or nothing: no op begins with a small letter.
bool Parser::parseResult(std::optional<uint32_t>& id, HirType& type) {
    if (in_.peek() != 'v') return true;
    uint32_t number = 0;
    if (!in_.numbered("v", number)) return false;
    if (number >= kMaxNumber) return in_.failAtWord("value number too large");
    valueAt(number);
    if (is_defined_[number]) return in_.failAtWord(fmt::format("v{} is there already", number));
    id = number;
    return in_.require(":") && parseType(type) && in_.require("=");
}

bool Parser::parseType(HirType& type) {
    do {
        const std::string_view name = in_.word();
        std::optional<HirType> part = typeNamed(name);
        if (!part) {
            const Type* exact = symbols_.type(name);
            if (exact == nullptr) return in_.failAtWord(fmt::format("unknown type '{}'", name));
            part = HirType(HirType::kHeapBit, exact);
            function_->addReference(Value::of(exact));
        }
        type = type.isNothing() ? *part : type.unionWith(*part);
    } while (in_.accept("|"));
    return true;
}

bool Parser::parseOp(Instr& instr) {
    const std::string_view name = in_.word();
    const std::optional<Op> op = opNamed(name);
    if (!op) return in_.failAtWord(fmt::format("unknown op '{}'", name));
    instr.op = *op;
    return true;
}

bool Parser::parseOperands(Instr& instr) {
    if (in_.peek() != 'v') return true;
    do {
        Instr* operand = nullptr;
        if (!parseValueName(operand)) return false;
        instr.operands.push_back(operand);
    } while (in_.accept(","));
    return true;
}

bool Parser::parseSuccessors(const Instr& instr) {
    if (in_.accept("->")) {
        do {
            Block* block = nullptr;
            if (!parseBlockName(block)) return false;
            block_->successors.push_back(block);
        } while (in_.accept(","));
    }
    const size_t wanted = successorCount(instr.op);
    if (!instr.isTerminator() || block_->successors.size() == wanted) return true;
    return in_.fail(fmt::format("{} has {} successors", instr.info().name, wanted));
}

// --- immediates --------------------------------------------------------------------------------

bool Parser::parseImmediates(Instr& instr) {
    std::string_view rest = instr.info().immediates;
    for (size_t i = 0; !rest.empty(); ++i) {
        const size_t colon = rest.find(':');
        const size_t comma = std::min(rest.find(','), rest.size());
        const std::string_view kind = rest.substr(colon + 1, comma - colon - 1);
        if (!in_.require(i == 0 ? "<" : ",")) return false;
        if (!parseImmediate(kind, instr.immediates[i])) return false;
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return instr.info().immediates.empty() || in_.require(">");
}

bool Parser::parseImmediate(std::string_view kind, Immediate& result) {
    if (kind == "value") return parseValue(result);
    if (kind == "helper") return parseHelper(result);
    if (kind == "compare") return parseCompare(result);
    if (kind == "u32" || kind == "i64") return parseInteger(result);
    return parseNamed(kind, result);
}

bool Parser::parseValue(Immediate& result) {
    const std::string_view text = in_.upTo(",>");
    if (text == "null") return true;
    if (text.starts_with('"')) return parseQuoted(text, result);
    const bool is_number = text.find_first_of("0123456789") == (text.starts_with('-') ? 1 : 0);
    int64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (status == std::errc() && end == text.data() + text.size()) {
        if (!Value::fitsFixnum(number)) return in_.failAtWord("no fixnum");
        result.bits = Value::fixnum(number).bits;
        return true;
    }
    if (is_number || text == "inf" || text == "-inf") return parseDouble(text, result);
    const Value value = symbols_.value(text);
    if (value.isNull()) return in_.failAtWord(fmt::format("unknown constant '{}'", text));
    function_->addReference(value);
    result.bits = value.bits;
    return true;
}

bool Parser::parseDouble(std::string_view text, Immediate& result) {
    double number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = status == std::errc() && end == text.data() + text.size();
    result.bits = whole ? Value::immediateDouble(number).bits : 0;
    return result.bits != 0 || in_.failAtWord(fmt::format("no immediate number '{}'", text));
}

bool Parser::parseQuoted(std::string_view text, Immediate& result) {
    std::string content;
    size_t i = 1;
    for (; i < text.size() && text[i] != '"'; ++i) {
        const bool is_escape = text[i] == '\\' && i + 1 < text.size();
        if (is_escape) ++i;
        if (!is_escape || text[i] != 'x') {
            content += text[i];
            continue;
        }
        unsigned code = 0;
        std::from_chars(text.data() + i + 1, text.data() + std::min(i + 3, text.size()), code, 16);
        content += static_cast<char>(code);
        i += 2;
    }
    if (i + 1 != text.size()) return in_.failAtWord("string without end");
    Str* string = symbols_.string(content);
    if (string == nullptr) return in_.failAtWord("unknown string");
    function_->addReference(Value::of(string));
    result.bits = Value::of(string).bits;
    return true;
}

bool Parser::parseHelper(Immediate& result) {
    const std::string_view name = in_.word();
    for (const Helper helper : kAllHelpers) {
        if (helperInfo(helper).name != name) continue;
        result.bits = static_cast<uint64_t>(helper);
        return true;
    }
    return in_.failAtWord(fmt::format("unknown helper '{}'", name));
}

// Longer ones first; in the order of CompareOp otherwise.
bool Parser::parseCompare(Immediate& result) {
    struct Row {
        std::string_view text;
        CompareOp op;
    };
    static constexpr Row kRows[] = {{"<=", CompareOp::kLe}, {"==", CompareOp::kEq},
                                    {"!=", CompareOp::kNe}, {">=", CompareOp::kGe},
                                    {"<", CompareOp::kLt},  {">", CompareOp::kGt}};
    for (const Row& row : kRows) {
        if (!in_.accept(row.text)) continue;
        result.bits = static_cast<uint64_t>(row.op);
        return true;
    }
    return in_.fail("expected a comparison");
}

bool Parser::parseInteger(Immediate& result) {
    if (in_.peek() != 'a') return in_.number(result.number);
    const std::string_view name = in_.word();
    result.bits = symbols_.address(name);
    return result.bits != 0 || in_.failAtWord(fmt::format("unknown address '{}'", name));
}

bool Parser::parseNamed(std::string_view kind, Immediate& result) {
    const std::string_view name = in_.upTo(",>");
    const void* found = nullptr;
    if (kind == "type") found = symbols_.type(name);
    if (kind == "name") found = symbols_.string(name);
    if (kind == "cell") found = symbols_.cell(name);
    if (kind == "function") found = symbols_.function(name);
    if (kind == "code") found = symbols_.code(name);
    if (found == nullptr) return in_.failAtWord(fmt::format("unknown {} '{}'", kind, name));
    result.bits = Value::of(found).bits;
    function_->addReference(Value::of(found));
    return true;
}

// --- frame states ------------------------------------------------------------------------------

bool Parser::parseFrames(Instr& instr) {
    FrameState** next = &instr.frame;
    DeoptReason reason = DeoptReason::kNone;
    while (in_.accept("[")) {
        FrameState* frame = function_->newFrameState();
        *next = frame;
        next = &frame->caller;
        DeoptReason here = DeoptReason::kNone;
        if (!parseFrame(*frame, here)) return false;
        if (frame == instr.frame) reason = here;
    }
    instr.reason = reason;
    if (instr.frame != nullptr) instr.pc = instr.frame->pc;
    return !in_.failed();
}

bool Parser::parseFrame(FrameState& frame, DeoptReason& reason) {
    frame.code = function_->code;
    if (!in_.accept("pc")) {
        const std::string_view name = in_.upTo(" :");
        frame.code = symbols_.code(name);
        if (frame.code == nullptr) return in_.failAtWord(fmt::format("unknown code '{}'", name));
        if (!in_.require("pc")) return false;
    }
    int64_t pc = 0;
    if (!in_.number(pc)) return false;
    frame.pc = static_cast<uint32_t>(pc);
    if (in_.accept(",")) {
        const std::string_view text = in_.upTo(":");
        const std::optional<DeoptReason> found = reasonNamed(text);
        if (!found) return in_.failAtWord(fmt::format("unknown reason '{}'", text));
        reason = *found;
    }
    return in_.require(":") && parseSlots(frame);
}

bool Parser::parseSlots(FrameState& frame) {
    uint32_t bars = 0;
    while (!in_.accept("]")) {
        if (!in_.accept("|")) {
            if (!parseSlot(frame)) return false;
            continue;
        }
        const auto count = static_cast<uint32_t>(frame.slots.size());
        if (++bars > 2) return in_.fail("a frame has two bars at most");
        if (bars == 1) frame.stack_begin = count;
        if (bars == 2) frame.stack_end = count;
    }
    if (bars == 0) return in_.fail("a frame needs a bar between locals and stack");
    if (bars == 1) frame.stack_end = static_cast<uint32_t>(frame.slots.size());
    return true;
}

bool Parser::parseSlot(FrameState& frame) {
    FrameSlot& slot = frame.slots.emplace_back();
    std::string_view word = in_.word();
    if (word.ends_with('b')) slot.ownership = Ownership::kBorrowed;
    if (word.ends_with('o')) slot.ownership = Ownership::kOwned;
    if (slot.ownership != Ownership::kImmediate) word.remove_suffix(1);
    uint32_t id = 0;
    const char* end = word.data() + word.size();
    const bool is_value = word.starts_with('v') && word.size() > 1 &&
                          std::from_chars(word.data() + 1, end, id).ptr == end && id < kMaxNumber;
    if (!is_value) return in_.failAtWord("expected a value, '|' or ']'");
    slot.value = valueAt(id);
    first_use_.try_emplace(id, in_.wordPlace());
    return true;
}

// --- what is named before it is there ----------------------------------------------------------

Instr* Parser::valueAt(uint32_t id) {
    while (values_.size() <= id) {
        values_.push_back(function_->newInstr(Op::kNop, types::kNothing));
        is_defined_.push_back(false);
    }
    return values_[id];
}

Block* Parser::blockAt(uint32_t id) {
    while (blocks_.size() <= id) blocks_.push_back(function_->newBlock(0));
    return blocks_[id];
}

bool Parser::parseValueName(Instr*& value) {
    uint32_t id = 0;
    if (!in_.numbered("v", id)) return false;
    if (id >= kMaxNumber) return in_.failAtWord("value number too large");
    value = valueAt(id);
    first_use_.try_emplace(id, in_.wordPlace());
    return true;
}

bool Parser::parseBlockName(Block*& block) {
    uint32_t id = 0;
    if (!in_.numbered("bb", id)) return false;
    if (id >= kMaxNumber) return in_.failAtWord("block number too large");
    block = blockAt(id);
    first_jump_.try_emplace(id, in_.wordPlace());
    return true;
}

bool Parser::finish() {
    if (!checkUses() || !linkBlocks()) return false;
    placeOthers();
    return true;
}

// The first undefined name in the text's order.
bool Parser::checkUses() {
    std::optional<ParseError> first;
    const auto note = [&](const ParseError& place, std::string message) {
        const bool earlier =
            !first || std::pair(place.line, place.column) < std::pair(first->line, first->column);
        if (earlier) first = ParseError{place.line, place.column, std::move(message)};
    };
    for (const auto& [id, place] : first_use_) {
        if (!is_defined_[id]) note(place, fmt::format("v{} is not defined", id));
    }
    for (const auto& [id, place] : first_jump_) {
        const auto& placed = function_->blocks;
        if (std::ranges::find(placed, blocks_[id]) == placed.end()) {
            note(place, fmt::format("bb{} is not there", id));
        }
    }
    if (first) in_.note(*first);
    return !first;
}

bool Parser::linkBlocks() {
    for (Block* block : function_->blocks) {
        for (Block* successor : block->successors) successor->predecessors.push_back(block);
    }
    for (auto& [block, from] : from_) {
        std::vector<Block*>& linked = blocks_[block->id]->predecessors;
        if (!std::ranges::is_permutation(linked, from)) {
            return in_.fail(fmt::format("bb{} has other predecessors than it says", block->id));
        }
        linked = std::move(from);
    }
    return true;
}

void Parser::placeOthers() {
    for (Unnumbered& other : unnumbered_) {
        Instr* instr = function_->newInstr(other.instr.op, other.instr.type);
        const uint32_t id = instr->id;
        *instr = std::move(other.instr);
        instr->id = id;
        instr->block->instrs[other.place] = instr;
    }
}

}  // namespace

std::string ParseError::toString() const { return fmt::format("{}:{}: {}", line, column, message); }

ParseResult parse(std::string_view text, SymbolResolver& symbols) {
    return Parser(text, symbols).run();
}

}  // namespace tagproof::hir
