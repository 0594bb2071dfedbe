#include "tools/tagproof/bytecode_text.h"

#include <fmt/core.h>

#include <cstdio>
#include <optional>

#include "objmodel/error.h"
#include "objmodel/ref.h"
#include "runtime/code.h"
#include "runtime/disassemble.h"
#include "runtime/frontend/compile.h"
#include "tools/tagproof/files.h"

namespace tagproof::cli {

namespace {

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
    fmt::print("{}", disassemble(thread, code.as<Code>(), function));
    std::fflush(stdout);
    return true;
}

}  // namespace tagproof::cli
