#include "tools/tagproof/guest.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_check.h"
#include "objmodel/print.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/disassemble.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/module.h"
#include "runtime/output.h"
#include "runtime/traceback.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"
#include "tools/tagproof/helper_report.h"
#include "tools/tagproof/statistics_text.h"

namespace tagproof::cli {

namespace {

std::vector<std::string> textOf(const std::vector<HeapViolation>& violations) {
    std::vector<std::string> lines;
    lines.reserve(violations.size());
    for (const HeapViolation& violation : violations) lines.push_back(toText(violation));
    return lines;
}

// The line that the interpreter is at, for people.
std::string placeOf(const Thread& thread) {
    const Frame* frame = thread.frame;
    if (frame == nullptr) return "outside of interpreted code";
    const CodeBody& body = *frame->code->body;
    return fmt::format("{}:{} in {}", toUtf8(body.filename), lineOf(frame->code, frame->pcIndex()),
                       toUtf8(body.qualified_name));
}

// At a checkpoint. A program whose heap is damaged goes no further: not even its finalizers can be
// trusted to run.
void requireSoundHeap(Vm& vm, void* /*context*/) {
    const std::vector<std::string> findings = textOf(vm.checkHeap(false));
    if (findings.empty()) return;
    static_cast<void>(vm.standardOutput().flush());
    for (const std::string& text : findings) printTo(stderr, "tagproof: heap: {}\n", text);
    printTo(stderr, "tagproof: the heap is damaged; found at {}\n", placeOf(vm.thread()));
    std::_Exit(kStatusHeapDamaged);
}

void dumpBytecode(Thread& thread, const Code* code) {
    printTo(stderr, "-- bytecode --\n{}", disassemble(thread, code));
}

VmOptions vmOptions(const GuestOptions& options, const std::vector<std::string>& arguments) {
    VmOptions result;
    if (options.heap_base) result.heap.base = *options.heap_base;
    result.heap.memory_limit = options.memory_limit;
    result.argv.emplace_back();  // the Vm puts the program's name there
    result.argv.insert(result.argv.end(), arguments.begin(), arguments.end());
    result.path = options.path;
    result.checkpoints.at_collections = options.check_heap.at_collections;
    result.checkpoints.allocations = options.check_heap.allocations;
    result.checkpoints.reached = requireSoundHeap;
    if (options.dump_bytecode) result.program_compiled = dumpBytecode;
    return result;
}

int runProgram(Vm& vm, const Program& program, LineReader* lines) {
    switch (program.kind) {
        case ProgramKind::kFile:
            return vm.runFile(program.text);
        case ProgramKind::kCode:
            return vm.runString(program.text);
        case ProgramKind::kModule:
            return vm.runModule(program.text);
        case ProgramKind::kStdin:
            return vm.runStdin();
        case ProgramKind::kSession:
            return vm.runSession(*lines);
    }
    return kStatusUsage;
}

// Before the program runs: its counts would be lost.
bool canWriteCounts(const GuestOptions& options) {
    if (!options.jit.check_helpers) return true;
    try {
        requireJsonLines(options.helper_counts);
        return true;
    } catch (const FileError& error) {
        printTo(stderr, "tagproof: --check-helpers: {}\n", error.what());
        return false;
    }
}

// The Vm has said that there is not enough memory; too low a limit is a matter of usage.
int noMemoryStatus(const GuestOptions& options) {
    if (options.memory_limit == 0) return kStatusFailed;
    printTo(stderr,
            "tagproof: --memory-limit: {} bytes are too few to start with; 16m is enough for a "
            "small program\n",
            options.memory_limit);
    return kStatusUsage;
}

bool isText(Value value, std::string_view text) {
    return isStr(value) && toUtf8(value.as<Str>()) == text;
}

}  // namespace

std::unique_ptr<Guest> Guest::create(const GuestOptions& options,
                                     const std::vector<std::string>& arguments,
                                     int& status) {
    status = kStatusUsage;
    if (!canWriteCounts(options)) return nullptr;
    std::unique_ptr<Vm> vm = Vm::create(vmOptions(options, arguments));
    if (vm == nullptr) {
        status = noMemoryStatus(options);
        return nullptr;
    }
    if (options.heap_base && vm->heap().base() != *options.heap_base) {
        printTo(stderr,
                "tagproof: --heap-base: no heap can be at {:#x}; at {:#x} it can. It takes a "
                "multiple of {:#x} with unused addresses behind it\n",
                *options.heap_base, vm->heap().base(), kPageSize);
        return nullptr;
    }
    status = kStatusFailed;
    std::unique_ptr<Jit> jit = Jit::attach(*vm, options.jit);
    if (jit == nullptr) return nullptr;
    return std::unique_ptr<Guest>(new Guest(options, std::move(vm), std::move(jit)));
}

Guest::Guest(const GuestOptions& options, std::unique_ptr<Vm> vm, std::unique_ptr<Jit> jit)
    : options_(options), vm_(std::move(vm)), jit_(std::move(jit)) {}

int Guest::run(const Program& program, LineReader* lines) {
    if (program.then_session) vm_->continueWith(lines);
    program_status_ = runProgram(*vm_, program, lines);
    if (options_.stats) printTo(stderr, "{}", statisticsText(*vm_, *jit_));
    if (options_.stats_json) printTo(stderr, "{}\n", statisticsJson(*vm_, *jit_).dump(2));
    check_status_ = runChecks();
    return check_status_ != 0 ? check_status_ : program_status_;
}

// What is wrong with our own work outweighs the program's status.
int Guest::runChecks() {
    if (options_.check_heap.at_exit) {
        const std::vector<std::string> findings = textOf(vm_->checkHeap(true));
        for (const std::string& text : findings) printTo(stderr, "tagproof: heap: {}\n", text);
        if (!findings.empty()) return kStatusHeapDamaged;
    }
    const HelperAudit* audit = jit_->helperAudit();
    const int helpers = audit == nullptr ? 0 : reportHelpers(*audit, options_.helper_counts);
    if (helpers != 0) return helpers;
    return options_.jit.strict && jit_->statistics().rejected != 0 ? kStatusRejected : 0;
}

bool Guest::execute(std::string_view source, std::string_view filename) {
    if (vm_->execute(source, filename)) return true;
    Thread& thread = vm_->thread();
    const bool has_ended = pendingMatches(thread, ExceptionKind::kSystemExit);
    const Ref exception(takePending(thread));
    if (has_ended) return true;  // sys.exit() is one way for a program to be done
    printTo(stderr, "{}", formatException(thread, exception.get()));
    return false;
}

Value Guest::moduleAttribute(std::string_view module, std::string_view name) {
    Thread& thread = vm_->thread();
    const Ref module_name(Value::of(internStr(thread, module)));
    const Ref attribute(Value::of(internStr(thread, name)));
    if (!module_name || !attribute) return Value::null();
    const Value found = dictGetStr(vm_->modules(), module_name.as<Str>());
    if (!found || !isModule(thread, found)) return Value::null();
    return dictGetStr(moduleDict(found), attribute.as<Str>());
}

std::vector<Function*> Guest::mainFunctions() {
    struct Search {
        const Thread& thread;
        std::vector<Function*> found;
    } search{vm_->thread(), {}};
    vm_->heap().forEachObject(
        [](Object* object, void* context) {
            Search& state = *static_cast<Search*>(context);
            const Value value = Value::of(object);
            if (!isFunction(state.thread, value)) return;
            auto* function = value.as<Function>();
            if (isText(function->module, "__main__")) state.found.push_back(function);
        },
        &search);
    std::stable_sort(search.found.begin(), search.found.end(), [](Function* left, Function* right) {
        return left->code->body->first_line < right->code->body->first_line;
    });
    return search.found;
}

std::vector<std::string> Guest::heapFindings() { return textOf(vm_->checkHeap(false)); }

}  // namespace tagproof::cli
