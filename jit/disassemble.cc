#include "jit/disassemble.h"

#include <fmt/format.h>

#include "jit/compiled_unit.h"
#include "jit/helpers.h"
#include "jit/verify/decode.h"
#include "jit/verify/state_text.h"

namespace tagproof {

namespace {

uint64_t addressOf(const CompiledUnit& unit) {
    return reinterpret_cast<uint64_t>(unit.bytes.data());
}

std::string title(const CompiledUnit& unit) {
    return fmt::format("{}: {} bytes\n", unit.name, unit.bytes.size());
}

// " = opLoadAttr" when the instruction contains a helper's address.
std::string helperName(const verify::Instruction& at) {
    for (const Helper helper : kAllHelpers) {
        for (const HelperCalls calls : {HelperCalls::kPlain, HelperCalls::kChecked}) {
            if (helperAddress(helper, calls) != static_cast<uint64_t>(at.imm)) continue;
            return fmt::format(" = {}", helperInfo(helper).name);
        }
    }
    return {};
}

}  // namespace

std::string textOf(const CodeLine& line) { return fmt::format("line {}: {}", line.line, line.hir); }

std::string disassemble(const CompiledUnit& unit) {
    verify::Program program;
    verify::decode(unit.bytes, addressOf(unit), program);
    std::string text = title(unit);
    auto line = unit.lines.begin();
    for (const verify::Instruction& at : program.instructions) {
        for (; line != unit.lines.end() && line->offset <= at.offset; ++line) {
            if (!line->hir.empty()) text += fmt::format("          ; {}\n", textOf(*line));
        }
        text += fmt::format("{:6x}    {:<32}{}{}\n", at.offset, verify::bytesOf(program, at),
                            verify::disassemble(program, at), helperName(at));
    }
    return text;
}

}  // namespace tagproof
