#include "tools/tagproof/bytecode_text.h"

#include <fmt/core.h>

#include <cstdio>
#include <iterator>
#include <optional>

#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/frontend/compile.h"
#include "tools/tagproof/files.h"

namespace tagproof::cli {

namespace {

std::string constantText(Thread& thread, Value constant) {
    if (isCode(thread, constant)) {
        return fmt::format("<code {}>", toUtf8(constant.as<Code>()->body->qualified_name));
    }
    const Ref text(reprOf(thread, constant));
    if (!text) {
        clearPending(thread);
        return "<no repr>";
    }
    return toUtf8(text.as<Str>());
}

// What the operand stands for, in parentheses; empty for plain numbers.
std::string meaning(Thread& thread, const CodeBody& body, Instruction instruction) {
    const uint32_t operand = instruction.operand;
    switch (opcodeInfo(instruction.op()).operand) {
        case OperandKind::kLocal:
            return toUtf8(body.local_names[operand]);
        case OperandKind::kCell:
            return toUtf8(body.cell_names[operand]);
        case OperandKind::kName:
            return toUtf8(body.names[operand]);
        case OperandKind::kConst:
            return constantText(thread, body.constants[operand]);
        case OperandKind::kTarget:
            return fmt::format("to {}", operand);
        case OperandKind::kNone:
        case OperandKind::kCount:
        case OperandKind::kOp:
        case OperandKind::kFlags:
            return "";
    }
    return "";
}

void addInstructions(std::string& out, Thread& thread, const CodeBody& body) {
    uint32_t line = 0;
    for (size_t i = 0; i < body.instructions.size(); ++i) {
        const Instruction instruction = body.instructions[i];
        const OpcodeInfo& info = opcodeInfo(instruction.op());
        const bool is_new_line = body.positions[i].line != line;
        line = body.positions[i].line;
        std::string text =
            fmt::format("{:>6} {:>5} {}", is_new_line ? std::to_string(line) : "", i, info.name);
        if (info.operand != OperandKind::kNone) {
            text = fmt::format("{:<36} {:>5}", text, static_cast<uint32_t>(instruction.operand));
            const std::string name = meaning(thread, body, instruction);
            if (!name.empty()) text += fmt::format(" ({})", name);
        }
        out += text + "\n";
    }
    for (const ExceptionRange& range : body.exceptions) {
        fmt::format_to(std::back_inserter(out), "       handler {} for [{}, {}), stack depth {}\n",
                       range.target, range.begin, range.end, range.depth);
    }
}

std::optional<std::string> sourceOf(const Program& program) {
    switch (program.kind) {
        case ProgramKind::kCode:
            return program.text;
        case ProgramKind::kFile:
            return readFile(program.text);
        case ProgramKind::kModule:
        case ProgramKind::kStdin:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::string bytecodeText(Thread& thread, const Code* code, std::string_view function) {
    const CodeBody& body = *code->body;
    std::string out;
    if (function.empty() || toUtf8(body.qualified_name) == function) {
        fmt::format_to(std::back_inserter(out), "{} ({}:{})\n", toUtf8(body.qualified_name),
                       toUtf8(body.filename), body.first_line);
        addInstructions(out, thread, body);
    }
    for (const Value constant : body.constants) {
        if (isCode(thread, constant)) out += bytecodeText(thread, constant.as<Code>(), function);
    }
    return out;
}

bool dumpBytecode(Guest& guest, const Program& program, std::string_view function) {
    const std::optional<std::string> source = sourceOf(program);
    if (!source) {
        fmt::print(stderr, "tagproof: no source to show the bytecode of: {}\n", program.text);
        return false;
    }
    const std::string filename = program.kind == ProgramKind::kFile ? program.text : "<string>";
    Thread& thread = guest.vm().thread();
    frontend::Diagnostics diagnostics;
    const Ref code(frontend::compileSource(thread, *source, filename,
                                           frontend::CompileMode::kModule, diagnostics));
    if (!code) {
        clearPending(thread);
        const std::string text = diagnostics.empty()
                                     ? "tagproof: out of memory\n"
                                     : formatDiagnostic(diagnostics.first(), *source);
        fmt::print(stderr, "{}", text);
        return false;
    }
    fmt::print("{}", bytecodeText(thread, code.as<Code>(), function));
    std::fflush(stdout);
    return true;
}

}  // namespace tagproof::cli
