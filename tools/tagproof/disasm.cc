// tagproof disasm: runs a program's definitions and the --warm expressions in the interpreter, then
// compiles its functions and prints them at one stage.

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <vector>

#include "jit/hir/passes/passes.h"
#include "objmodel/print.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/disassemble.h"
#include "runtime/function.h"
#include "runtime/import.h"
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

// A program's text and the name that its code gets.
struct Source {
    std::string text;
    std::string filename;
};

// Nothing, and a message, when the program cannot be read.
std::optional<Source> sourceOf(const Program& program) {
    if (program.kind == ProgramKind::kCode) return Source{program.text, "<string>"};
    std::optional<std::string> text = readFile(program.text);
    if (text) return Source{std::move(*text), program.text};
    printTo(stderr, "tagproof disasm: cannot read {}\n", program.text);
    return std::nullopt;
}

// Runs the program and the warm-up; false when an exception ended either.
bool prepare(Guest& guest, const Source& source, const DisasmOptions& options) {
    if (!guest.execute(source.text, source.filename)) return false;
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

int functionNotFound() {
    printTo(stderr, "tagproof disasm: the program defines no such function\n");
    return kStatusFailed;
}

// The bytecode of the program, which is not run.
int showBytecode(Guest& guest, const Source& source, const std::string& function) {
    Vm& vm = guest.vm();
    const Ref code(compileText(vm.thread(), source.text, source.filename, SourceKind::kModule));
    if (!code) {
        vm.printPending();
        return kStatusFailed;
    }
    const std::string text = disassemble(vm.thread(), code.as<Code>(), function);
    printTo(stdout, "{}", text);
    return text.empty() ? functionNotFound() : 0;
}

int showCompiled(Guest& guest, const Source& source, const DisasmOptions& options) {
    if (!prepare(guest, source, options)) return kStatusFailed;
    bool has_found = false;
    for (Function* function : guest.mainFunctions()) {
        if (!options.function.empty() &&
            toUtf8(function->code->body->qualified_name) != options.function) {
            continue;
        }
        has_found = true;
        printTo(stdout, "{}", compiledText(guest, function, options));
    }
    return has_found ? 0 : functionNotFound();
}

}  // namespace

int disasmCommand(const DisasmOptions& options) {
    if (!options.after.empty() && !isPass(options.after)) {
        printTo(stderr, "tagproof disasm: no pass is called {}\n", options.after);
        return kStatusUsage;
    }
    const std::optional<Source> source = sourceOf(options.program);
    if (!source) return kStatusUsage;
    return withGuest(disasmGuest(options), {}, [&](Guest& guest) {
        return options.stage == Stage::kBytecode ? showBytecode(guest, *source, options.function)
                                                 : showCompiled(guest, *source, options);
    });
}

}  // namespace tagproof::cli
