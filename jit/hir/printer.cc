#include "jit/hir/printer.h"

#include <fmt/format.h>

#include "jit/helpers.h"
#include "objmodel/str.h"
#include "objmodel/type.h"
#include "runtime/code.h"
#include "runtime/function.h"

namespace tagproof::hir {

namespace {

std::string textOf(Value value) {
    if (value.isNull()) return "null";
    if (value.isFixnum()) return std::to_string(value.asFixnum());
    if (value.isImmediateDouble()) return fmt::format("{}", value.asImmediateDouble());
    const Type* type = value.asObject()->type;
    if (hasFlag(type, kTypeIsStr)) return '"' + toUtf8(value.as<Str>()) + '"';
    if (hasFlag(type, kTypeIsType)) return toUtf8(value.as<Type>()->name);
    const std::string type_name = toUtf8(type->name);
    if (type_name == "function") {
        return "function " + toUtf8(value.as<tagproof::Function>()->code->body->name);
    }
    return type_name == "NoneType" ? "None" : "a " + type_name;
}

constexpr std::string_view kCompareNames[] = {"<", "<=", "==", "!=", ">", ">="};

// One immediate by its kind, the part behind the colon in hir.def.
std::string textOf(Immediate immediate, std::string_view kind) {
    if (kind == "value") return textOf(Value{immediate.bits});
    if (kind == "type") return toUtf8(immediate.type->name);
    if (kind == "name") return toUtf8(immediate.name);
    if (kind == "cell") return "cell";
    if (kind == "function") return toUtf8(immediate.function->code->body->name);
    if (kind == "code") return toUtf8(immediate.code->body->name);
    if (kind == "helper") return std::string(helperInfo(static_cast<Helper>(immediate.bits)).name);
    if (kind == "compare") return std::string(kCompareNames[immediate.bits]);
    return std::to_string(immediate.number);
}

// The immediates between angle brackets; a raw address prints as `address`.
std::string immediatesOf(const Instr& instr) {
    if (instr.op == Op::kImm) {
        const bool is_address = instr.immediates[0].bits > 0xFFFFFFFF;
        return is_address ? "<address>" : fmt::format("<{}>", instr.immediates[0].number);
    }
    std::string text;
    std::string_view rest = instr.info().immediates;
    for (size_t i = 0; !rest.empty(); ++i) {
        const size_t colon = rest.find(':');
        const size_t comma = std::min(rest.find(','), rest.size());
        text += i == 0 ? "<" : ", ";
        text += textOf(instr.immediates[i], rest.substr(colon + 1, comma - colon - 1));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return text.empty() ? text : text + ">";
}

std::string frameText(const FrameState& frame) {
    std::string text = fmt::format("pc {}", frame.pc);
    for (size_t i = 0; i < frame.slots.size(); ++i) {
        const FrameSlot& slot = frame.slots[i];
        const bool stack = i == frame.stack_begin;
        constexpr std::string_view kOwner[] = {"", "b", "o"};
        text += fmt::format("{} v{}{}", stack ? " |" : "", slot.value->id,
                            kOwner[static_cast<size_t>(slot.ownership)]);
    }
    return text;
}

}  // namespace

std::string print(const Instr& instr) {
    std::string text;
    if (instr.hasResult()) text = fmt::format("v{}:{} = ", instr.id, instr.type.toString());
    text += instr.info().name;
    text += immediatesOf(instr);
    for (size_t i = 0; i < instr.operands.size(); ++i) {
        text += fmt::format("{}v{}", i == 0 ? " " : ", ", instr.operands[i]->id);
    }
    return text;
}

std::string print(const Function& function, const PrintOptions& options) {
    std::string text = fmt::format("fun {}\n", toUtf8(function.code->body->qualified_name));
    for (const Block* block : function.blocks) {
        text += fmt::format("  bb{}{}:\n", block->id, block->is_cold ? " cold" : "");
        for (const Instr* instr : block->instrs) {
            text += "    " + print(*instr);
            for (size_t i = 0; instr->isTerminator() && i < block->successors.size(); ++i) {
                text += fmt::format("{}bb{}", i == 0 ? " -> " : ", ", block->successors[i]->id);
            }
            if (options.with_lines) {
                text += fmt::format("  # line {}", lineOf(function.code, instr->pc));
            }
            if (options.with_exits && instr->frame != nullptr) {
                text += "  # " + frameText(*instr->frame);
            }
            text += '\n';
        }
    }
    return text;
}

}  // namespace tagproof::hir
