#include "jit/disassemble.h"

#include <Zydis/Zydis.h>
#include <fmt/format.h>

#include "jit/compiled_unit.h"
#include "jit/helpers.h"

namespace tagproof {

namespace {

std::string hexBytes(const uint8_t* bytes, size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += fmt::format("{:02x} ", bytes[i]);
    return text;
}

// What a 64-bit immediate names, when it is a helper.
std::string helperAt(const ZydisDecodedOperand& operand) {
    if (operand.type != ZYDIS_OPERAND_TYPE_IMMEDIATE) return {};
    for (const Helper helper : kAllHelpers) {
        const HelperInfo& info = helperInfo(helper);
        if (info.address == operand.imm.value.u) return std::string(info.name);
    }
    return {};
}

}  // namespace

std::string disassemble(const CompiledUnit& unit) {
    ZydisDecoder decoder;
    ZydisFormatter formatter;
    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    ZydisFormatterInit(&formatter, ZYDIS_FORMATTER_STYLE_INTEL);
    std::string text = fmt::format("{}: {} bytes\n", unit.name, unit.bytes.size());
    size_t line = 0;
    for (size_t offset = 0; offset < unit.bytes.size();) {
        while (line < unit.lines.size() && unit.lines[line].offset <= offset) {
            const CodeLine& entry = unit.lines[line++];
            if (entry.hir.empty()) continue;
            text += fmt::format("  ; line {}: {}\n", entry.line, entry.hir);
        }
        ZydisDecodedInstruction instruction;
        ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
        const uint8_t* bytes = unit.bytes.data() + offset;
        if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, bytes, unit.bytes.size() - offset,
                                                 &instruction, operands))) {
            break;
        }
        char buffer[128];
        ZydisFormatterFormatInstruction(&formatter, &instruction, operands,
                                        instruction.operand_count_visible, buffer, sizeof buffer,
                                        offset, nullptr);
        const std::string helper =
            instruction.operand_count > 1 ? helperAt(operands[1]) : std::string();
        text += fmt::format("  {:5x}  {:<32}{}{}{}\n", offset, hexBytes(bytes, instruction.length),
                            buffer, helper.empty() ? "" : "  ; ", helper);
        offset += instruction.length;
    }
    return text;
}

}  // namespace tagproof
