// tagproof disasm: runs a program's definitions and the --warm expressions in the interpreter, then
// compiles its functions and prints them at one stage.

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <vector>

#include "jit/hir/passes/passes.h"
#include "objmodel/str.h"
#include "runtime/function.h"
#include "tools/tagproof/bytecode_text.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"
#include "tools/tagproof/guest.h"

namespace tagproof::cli {

namespace {

bool isPass(const std::string& name) {
    return name == "build" || std::any_of(std::begin(hir::kPasses), std::end(hir::kPasses),
                                          [&](const hir::Pass& pass) { return name == pass.name; });
}

// Interpreted until the functions are asked for, then compiled with everything kept.
GuestOptions disasmGuest(const DisasmOptions& options) {
    GuestOptions guest = options.guest;
    guest.jit.mode = JitMode::kAuto;
    guest.jit.call_threshold = UINT32_MAX;
    guest.jit.loop_threshold = UINT32_MAX;
    guest.jit.keep_listings = true;
    guest.jit.dump_after = options.after;
    return guest;
}

// Runs the program and the warm-up; false when an exception ended either.
bool prepare(Guest& guest, const DisasmOptions& options) {
    const bool is_code = options.program.kind == ProgramKind::kCode;
    const std::optional<std::string> source =
        is_code ? options.program.text : readFile(options.program.text);
    if (!source) {
        fmt::print(stderr, "tagproof disasm: cannot read {}\n", options.program.text);
        return false;
    }
    if (!guest.execute(*source, is_code ? "<string>" : options.program.text)) return false;
    return std::all_of(options.warm.begin(), options.warm.end(),
                       [&](const std::string& text) { return guest.execute(text, "<warm>"); });
}

std::string compiledText(Guest& guest, Function* function, const DisasmOptions& options) {
    std::string dumped;  // what the compiler showed after the pass
    guest.jit().setDumpSink([](const char* /*what*/, const std::string& text,
                               void* context) { *static_cast<std::string*>(context) += text; },
                            &dumped);
    const Result<CompiledUnit*> unit = guest.jit().forceCompile(function);
    guest.jit().setDumpSink(nullptr, nullptr);
    if (!unit.ok()) {
        return fmt::format("{}: {}: {}\n", toUtf8(function->code->body->qualified_name),
                           toString(unit.error().kind), unit.error().message);
    }
    if (options.stage == Stage::kHir && !options.after.empty()) return dumped;
    CompiledUnit* const compiled = guest.jit().unitOf(function->code);
    return options.stage == Stage::kHir ? compiled->hir_text : compiled->listing;
}

int disassemble(Guest& guest, const DisasmOptions& options) {
    if (options.stage == Stage::kBytecode) {
        return dumpBytecode(guest, options.program, options.function) ? 0 : kStatusUsage;
    }
    if (!prepare(guest, options)) return kStatusFailed;
    bool has_found = false;
    for (Function* function : guest.mainFunctions()) {
        if (!options.function.empty() &&
            toUtf8(function->code->body->qualified_name) != options.function) {
            continue;
        }
        has_found = true;
        fmt::print("{}", compiledText(guest, function, options));
    }
    if (has_found) return 0;
    fmt::print(stderr, "tagproof disasm: the program defines no such function\n");
    return kStatusFailed;
}

}  // namespace

int disasmCommand(const DisasmOptions& options) {
    if (!options.after.empty() && !isPass(options.after)) {
        fmt::print(stderr, "tagproof disasm: no pass is called {}\n", options.after);
        return kStatusUsage;
    }
    return withGuest(disasmGuest(options), {},
                     [&options](Guest& guest) { return disassemble(guest, options); });
}

}  // namespace tagproof::cli
