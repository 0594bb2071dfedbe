// tagproof disasm: runs a program's definitions and the --warm expressions in the interpreter, then
// compiles its functions and shows them at one stage.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "objmodel/print.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/disassemble.h"
#include "runtime/function.h"
#include "runtime/import.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"
#include "tools/tagproof/guest.h"
#include "tools/tagproof/print_json.h"

namespace tagproof::cli {

namespace {

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
    const bool is_stdin = program.kind == ProgramKind::kStdin;
    std::optional<std::string> text = readFile(is_stdin ? "/dev/stdin" : program.text);
    if (text) return Source{std::move(*text), is_stdin ? "<stdin>" : program.text};
    printTo(stderr, "tagproof disasm: cannot read {}\n", program.text);
    return std::nullopt;
}

// Runs the program and the warm-up; false when an exception ended either.
bool prepare(Guest& guest, const Source& source, const DisasmOptions& options) {
    if (!guest.execute(source.text, source.filename)) return false;
    return std::all_of(options.warm.begin(), options.warm.end(),
                       [&](const std::string& text) { return guest.execute(text, "<warm>"); });
}

// What is shown of one function.
struct Shown {
    std::string function;  // qualified name
    std::string place;     // file:line
    std::string text;      // of the stage; with `failed` why there is none
    bool failed = false;
};

// The qualified name; with `function` set, true for that one only.
bool isWanted(const CodeBody& body, const std::string& function) {
    return function.empty() || toUtf8(body.qualified_name) == function;
}

Shown newShown(const CodeBody& body) {
    return {toUtf8(body.qualified_name),
            fmt::format("{}:{}", toUtf8(body.filename), body.first_line), "", false};
}

Shown showFunction(Guest& guest, Function* function, const DisasmOptions& options) {
    std::string dumped;  // what the compiler showed after the pass
    guest.jit().setDumpSink([](const char* /*what*/, const std::string& text,
                               void* context) { *static_cast<std::string*>(context) += text; },
                            &dumped);
    const Result<CompiledUnit*> unit = guest.jit().forceCompile(function);
    guest.jit().setDumpSink(nullptr, nullptr);
    Shown shown = newShown(*function->code->body);
    if (!unit.ok()) {
        shown.failed = true;
        shown.text = fmt::format("{}: {}", toString(unit.error().kind), unit.error().message);
        return shown;
    }
    const CompiledUnit* const compiled = guest.jit().unitOf(function->code);
    if (options.stage == Stage::kAsm) {
        shown.text = compiled->listing;
    } else {
        shown.text = options.after.empty() ? compiled->hir_text : dumped;
    }
    return shown;
}

// The bytecode of the program, which is not run. False: an exception, which was printed.
bool showBytecode(Guest& guest,
                  const Source& source,
                  const DisasmOptions& options,
                  std::vector<Shown>& shown) {
    Vm& vm = guest.vm();
    const Ref code(compileText(vm.thread(), source.text, source.filename, SourceKind::kModule));
    if (!code) {
        vm.printPending();
        return false;
    }
    for (const Code* one : allCodes(vm.thread(), code.as<Code>())) {
        if (!isWanted(*one->body, options.function)) continue;
        shown.push_back(newShown(*one->body));
        shown.back().text = listingOf(vm.thread(), one);
    }
    return true;
}

bool showCompiled(Guest& guest,
                  const Source& source,
                  const DisasmOptions& options,
                  std::vector<Shown>& shown) {
    if (!prepare(guest, source, options)) return false;
    for (Function* function : guest.mainFunctions()) {
        if (!isWanted(*function->code->body, options.function)) continue;
        shown.push_back(showFunction(guest, function, options));
    }
    return true;
}

void printText(const std::vector<Shown>& all) {
    for (const Shown& shown : all) {
        if (&shown != all.data()) printTo(stdout, "\n");
        if (shown.failed) {
            printTo(stdout, "{}: {}\n", shown.function, shown.text);
        } else {
            printTo(stdout, "{}", shown.text);
        }
    }
}

nlohmann::json toJson(const std::vector<Shown>& all, Stage stage) {
    constexpr const char* kNames[] = {"bytecode", "hir", "asm"};
    nlohmann::json functions = nlohmann::json::array();
    for (const Shown& shown : all) {
        functions.push_back({{"function", shown.function},
                             {"place", shown.place},
                             {shown.failed ? "reason" : "text", shown.text}});
    }
    return {{"stage", kNames[static_cast<size_t>(stage)]}, {"functions", functions}};
}

int disassembleProgram(Guest& guest, const Source& source, const DisasmOptions& options) {
    std::vector<Shown> shown;
    const bool is_done = options.stage == Stage::kBytecode
                             ? showBytecode(guest, source, options, shown)
                             : showCompiled(guest, source, options, shown);
    if (!is_done) return kStatusFailed;
    if (options.json) {
        printJson(toJson(shown, options.stage));
    } else {
        printText(shown);
    }
    if (!shown.empty() || options.function.empty()) return 0;
    printTo(stderr,
            "tagproof disasm: the program defines no function {}; without --function all are "
            "shown\n",
            options.function);
    return kStatusFailed;
}

}  // namespace

int disasmCommand(const DisasmOptions& options) {
    const std::optional<Source> source = sourceOf(options.program);
    if (!source) return kStatusUsage;
    return withGuest(disasmGuest(options), {},
                     [&](Guest& guest) { return disassembleProgram(guest, *source, options); });
}

}  // namespace tagproof::cli
