#include "jit/hir/printer.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "jit/helpers.h"
#include "objmodel/heap.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/type.h"
#include "runtime/code.h"
#include "runtime/function.h"

namespace tagproof::hir {

namespace {

// With a point or an exponent, so that it does not pass for a fixnum.
std::string textOf(double number) {
    std::string text = fmt::format("{}", number);
    const bool whole = text.find_first_not_of("-0123456789") == text.npos;
    return whole ? text + ".0" : text;
}

// Between quotes, with escapes for what would end it or the line.
std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            result += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
        } else {
            result += c;
        }
    }
    return result + '"';
}

std::string textOf(Value value) {
    if (value.isNull()) return "null";
    if (value.isFixnum()) return std::to_string(value.asFixnum());
    if (value.isImmediateDouble()) return textOf(value.asImmediateDouble());
    const Type* type = value.asObject()->type;
    if (hasFlag(type, kTypeIsStr)) return quoted(toUtf8(value.as<Str>()));
    if (hasFlag(type, kTypeIsType)) return toUtf8(value.as<Type>()->name);
    const Singletons& singletons = heapOf(value.asObject()).singletons;
    if (value == singletons.none) return "None";
    if (value == singletons.true_) return "True";
    if (value == singletons.false_) return "False";
    const std::string type_name = toUtf8(type->name);
    if (type_name == "function") {
        return "function " + toUtf8(value.as<tagproof::Function>()->code->body->name);
    }
    return "a " + type_name;
}

constexpr std::string_view kCompareNames[] = {"<", "<=", "==", "!=", ">", ">="};

// Prints instructions of one function; numbers what has no name.
class Printer {
  public:
    Printer(const Code* code, const PrintOptions& options) : code_(code), options_(options) {}

    [[nodiscard]] std::string instruction(const Instr& instr);
    [[nodiscard]] std::string line(const Instr& instr);
    [[nodiscard]] std::string block(const Block& block);

  private:
    [[nodiscard]] std::string immediate(Immediate immediate, std::string_view kind);
    [[nodiscard]] std::string immediates(const Instr& instr);
    [[nodiscard]] std::string frame(const FrameState& frame, DeoptReason reason) const;
    [[nodiscard]] std::string numbered(std::string_view what,
                                       std::vector<uint64_t>& known,
                                       uint64_t address) const;

    const Code* code_;  // of the function; null: a single instruction, nothing is numbered
    PrintOptions options_;
    std::vector<uint64_t> cells_;      // by number
    std::vector<uint64_t> addresses_;  // by number
};

std::string Printer::numbered(std::string_view what,
                              std::vector<uint64_t>& known,
                              uint64_t address) const {
    if (code_ == nullptr) return std::string(what);
    const auto found = std::ranges::find(known, address);
    const auto number = found - known.begin();
    if (found == known.end()) known.push_back(address);
    return fmt::format("{}{}", what, number);
}

// One immediate by its kind, the part behind the colon in hir.def.
std::string Printer::immediate(Immediate immediate, std::string_view kind) {
    if (kind == "value") return textOf(Value{immediate.bits});
    if (kind == "type") return toUtf8(immediate.type->name);
    if (kind == "name") return toUtf8(immediate.name);
    if (kind == "cell") return numbered("cell", cells_, immediate.bits);
    if (kind == "function") return toUtf8(immediate.function->code->body->name);
    if (kind == "code") return toUtf8(immediate.code->body->name);
    if (kind == "helper") return std::string(helperInfo(static_cast<Helper>(immediate.bits)).name);
    if (kind == "compare") return std::string(kCompareNames[immediate.bits]);
    const bool is_number =
        kind == "u32" || (immediate.number >= INT32_MIN && immediate.number <= int64_t{UINT32_MAX});
    if (!is_number) return numbered("address", addresses_, immediate.bits);
    return std::to_string(immediate.number);
}

// The immediates between angle brackets.
std::string Printer::immediates(const Instr& instr) {
    std::string text;
    std::string_view rest = instr.info().immediates;
    for (size_t i = 0; !rest.empty(); ++i) {
        const size_t colon = rest.find(':');
        const size_t comma = std::min(rest.find(','), rest.size());
        text += i == 0 ? "<" : ", ";
        text += immediate(instr.immediates[i], rest.substr(colon + 1, comma - colon - 1));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return text.empty() ? text : text + ">";
}

std::string Printer::frame(const FrameState& frame, DeoptReason reason) const {
    std::string text = "[";
    if (frame.code != code_) text += toUtf8(frame.code->body->qualified_name) + " ";
    text += fmt::format("pc {}", frame.pc);
    if (reason != DeoptReason::kNone) text += fmt::format(", {}", toString(reason));
    text += ":";
    for (size_t i = 0; i <= frame.slots.size(); ++i) {
        const bool releases = frame.stack_end < frame.slots.size();
        if (i == frame.stack_begin) text += " |";
        if (i == frame.stack_end && releases) text += " |";
        if (i == frame.slots.size()) break;
        constexpr std::string_view kOwner[] = {"", "b", "o"};
        const FrameSlot& slot = frame.slots[i];
        const std::string_view owner = kOwner[static_cast<size_t>(slot.ownership)];
        text += fmt::format(" v{}{}", slot.value->id, owner);
    }
    text += "]";
    if (frame.caller != nullptr) text += this->frame(*frame.caller, DeoptReason::kNone);
    return text;
}

std::string Printer::instruction(const Instr& instr) {
    std::string text;
    if (instr.hasResult()) text = fmt::format("v{}:{} = ", instr.id, instr.type.toString());
    text += instr.info().name;
    text += immediates(instr);
    for (size_t i = 0; i < instr.operands.size(); ++i) {
        text += fmt::format("{}v{}", i == 0 ? " " : ", ", instr.operands[i]->id);
    }
    return text;
}

// The instruction with successors, exit and source line.
std::string Printer::line(const Instr& instr) {
    std::string text = "    " + instruction(instr);
    const bool ends = instr.isTerminator() && instr.block != nullptr;
    for (size_t i = 0; ends && i < instr.block->successors.size(); ++i) {
        text += fmt::format("{}bb{}", i == 0 ? " -> " : ", ", instr.block->successors[i]->id);
    }
    if (options_.with_exits && instr.frame != nullptr) {
        text += "  " + frame(*instr.frame, instr.reason);
    }
    if (options_.with_lines) text += fmt::format("  # line {}", lineOf(code_, instr.pc));
    return text + '\n';
}

std::string Printer::block(const Block& block) {
    std::string text = fmt::format("  bb{}", block.id);
    if (block.is_cold) text += " cold";
    if (block.is_loop_header) text += " loop";
    if (!block.instrs.empty() && block.instrs.front()->op == Op::kPhi) {
        for (size_t i = 0; i < block.predecessors.size(); ++i) {
            text += fmt::format("{}bb{}", i == 0 ? " from " : ", ", block.predecessors[i]->id);
        }
    }
    text += ":\n";
    for (const Instr* instr : block.instrs) text += line(*instr);
    return text;
}

}  // namespace

std::string print(const Instr& instr) { return Printer(nullptr, {}).instruction(instr); }

std::string print(const Function& function, const PrintOptions& options) {
    Printer printer(function.code, options);
    std::string text = fmt::format("fun {}", toUtf8(function.code->body->qualified_name));
    if (entersFrame(function.entry_kind)) {
        static constexpr const char* kKinds[] = {"", "loop", "resume", "throw"};
        text +=
            fmt::format(" ({} at {}, {} words)", kKinds[static_cast<size_t>(function.entry_kind)],
                        function.osr_target, function.osr_words);
    } else if (function.argument_count > 0) {
        text += fmt::format(" ({} arguments)", function.argument_count);
    }
    text += '\n';
    for (const Block* block : function.blocks) text += printer.block(*block);
    return text;
}

}  // namespace tagproof::hir
