#pragma once
// A Vm: one guest program's heap, thread, modules and options. It owns everything that the program
// makes; several Vms of one process share nothing. A Vm belongs to the OS thread that made it.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "objmodel/heap.h"
#include "objmodel/thread.h"
#include "runtime/jit_hooks.h"

namespace tagproof {

struct Code;
struct Dict;
struct FrameChunk;
struct HeapViolation;
struct LibraryState;
struct RuntimeNames;
struct Traceback;
class GarbageCollector;
class LineReader;
class OutputStream;

class Vm;

// Moments at which an embedder looks at a running Vm: all that has been made is whole, as a
// collector needs it. `reached` must not run guest code.
struct Checkpoints {
    bool at_collections = false;  // before and after each collection
    uint64_t allocations = 0;     // at the first poll after every so many objects; 0: never
    void (*reached)(Vm& vm, void* context) = nullptr;
    void* context = nullptr;
};

using CodeObserver = void (*)(Thread& thread, const Code* code);

struct VmOptions {
    HeapOptions heap;               // base address and memory limit
    std::vector<std::string> argv;  // sys.argv; [0] is replaced by the script's path, -c or -m
    std::vector<std::string> path;  // sys.path after its first entry
    uint32_t recursion_limit = 1000;
    bool interrupts = true;  // Ctrl-C raises KeyboardInterrupt
    Checkpoints checkpoints;
    // Shown the code of a program (runFile and the like) before it runs; null: nobody is.
    CodeObserver program_compiled = nullptr;
};

struct VmStatistics {
    HeapStatistics heap;
    // Calls of functions that the interpreter began to run, __init__ and generator functions among
    // them. Not: bodies of modules and classes, generators resumed, exits of compiled code.
    uint64_t interpreted_calls = 0;
    // By raise statements and by operations, those that nobody sees among them (getattr with a
    // default). Not: exceptions that are raised again.
    uint64_t exceptions_raised = 0;
    // Collections, what they looked at and found; 0 in programs whose counts free everything.
    uint64_t collections = 0;
    uint64_t objects_examined = 0;
    uint64_t objects_collected = 0;
    uint64_t collector_nanoseconds = 0;
    // Attributes, methods, managers and globals that were found, but not through the cache of
    // their place in the code: the first time at least.
    uint64_t cache_misses = 0;
};

class Vm {
  public:
    // Null when memory cannot be had (reported on standard error).
    [[nodiscard]] static std::unique_ptr<Vm> create(const VmOptions& options);
    ~Vm();
    Vm(const Vm&) = delete;
    Vm& operator=(const Vm&) = delete;

    // Each runs a whole program as __main__ and returns the exit status of `python3`: uncaught
    // exceptions are printed, SystemExit gives its code, output is flushed (120 when that fails).
    [[nodiscard]] int runFile(const std::string& path);    // or the __main__.py of a directory
    [[nodiscard]] int runString(std::string_view source);  // -c
    [[nodiscard]] int runStdin();                          // -
    [[nodiscard]] int runModule(const std::string& name);  // -m
    // An interactive session, until its lines end or it is left by SystemExit.
    [[nodiscard]] int runSession(LineReader& lines);
    // The next of those above does not end the program: the session goes on in its __main__,
    // whatever has become of it. Null: no more. Borrowed.
    void continueWith(LineReader* lines) { continuation_ = lines; }

    // For embedders and tests: runs source in __main__ without ending the program. False + pending
    // exception.
    [[nodiscard]] bool execute(std::string_view source, std::string_view filename);
    // Prints the pending exception as an uncaught one (SystemExit too) and clears it.
    void printPending();

    [[nodiscard]] Thread& thread() { return *thread_; }
    [[nodiscard]] Heap& heap() { return *heap_; }
    [[nodiscard]] const VmOptions& options() const { return options_; }
    [[nodiscard]] VmStatistics statistics() const;

    // Hooks of a compiler; copied. Set before anything runs.
    void setHooks(const JitHooks& hooks);
    [[nodiscard]] const JitHooks& hooks() const { return hooks_; }

    // Registers a native module: `init` fills the new module's namespace when it is first imported.
    using ModuleInit = bool (*)(Thread&, Value module);
    void addNativeModule(std::string_view name, ModuleInit init);
    [[nodiscard]] ModuleInit findNativeModule(std::string_view name) const;

    // sys.modules, the builtins namespace, the sys namespace. Borrowed.
    [[nodiscard]] Dict* modules() const { return modules_; }
    [[nodiscard]] Dict* builtins() const { return builtins_; }
    [[nodiscard]] Dict* sysNamespace() const { return sys_; }
    [[nodiscard]] Value mainModule() const { return main_; }
    [[nodiscard]] Value builtinsModule() const { return builtins_module_; }
    // builtins.__import__ as it was made.
    [[nodiscard]] Value importFunction() const { return import_function_; }
    [[nodiscard]] Type* textFileType() const { return text_file_type_; }
    [[nodiscard]] const RuntimeNames& names() const { return *names_; }
    [[nodiscard]] LibraryState& library() const { return *library_; }

    [[nodiscard]] GarbageCollector& collector() const { return *collector_; }

    // Visits every reference that is held outside of the heap: the Vm's own, those of frames and
    // of the compiler. Not: those of code under way (C++ functions, operand stacks, compiled code).
    void visitRoots(VisitFunction visit, void* visit_context);

    // The heap checker with these roots. Counts must be exact when nothing runs here and the
    // caller holds no references itself; otherwise at least the references found.
    [[nodiscard]] std::vector<HeapViolation> checkHeap(bool exact_counts);

    // For the collector and polls: options().checkpoints.
    void noteCollection();
    void reachCheckpoint();

    // Living traceback entries of compiled activations that went on in a handler and still run; the
    // innermost activation last, one entry each. Not owned.
    std::vector<Traceback*> handled_tracebacks;

    [[nodiscard]] OutputStream& standardOutput() { return *stdout_; }
    [[nodiscard]] OutputStream& standardError() { return *stderr_; }

  private:
    Vm();
    [[nodiscard]] bool init();
    [[nodiscard]] bool initModules();
    void awaitCheckpoint();
    [[nodiscard]] bool setProgramName(const std::string& name, const std::string& first_path);
    [[nodiscard]] bool runText(std::string_view source,
                               std::string_view filename,
                               CodeObserver compiled);
    [[nodiscard]] int runDirectory(const std::string& path);
    [[nodiscard]] int runSource(std::string_view source, std::string_view filename, bool has_file);
    [[nodiscard]] int finishProgram(bool succeeded);
    [[nodiscard]] int continueInSession(LineReader& lines);
    [[nodiscard]] bool runSessionEntry(LineReader& lines, bool* is_end);
    void printInSession();
    [[nodiscard]] int exitStatus();
    void giveUpModules();
    [[nodiscard]] int flushAtExit();

    VmOptions options_;
    std::unique_ptr<Heap> heap_;
    std::unique_ptr<Thread> thread_;
    JitHooks hooks_;
    Dict* modules_ = nullptr;   // owned
    Dict* builtins_ = nullptr;  // owned
    Dict* sys_ = nullptr;       // owned
    Value main_;                // __main__, owned
    Value builtins_module_;     // owned
    Value import_function_;     // owned
    Type* text_file_type_ = nullptr;
    std::unique_ptr<GarbageCollector> collector_;
    std::unique_ptr<RuntimeNames> names_;
    std::unique_ptr<LibraryState> library_;
    std::unique_ptr<OutputStream> stdout_;  // buffered
    std::unique_ptr<OutputStream> stderr_;
    LineReader* continuation_ = nullptr;  // not owned
    HandledException base_handled_;       // bottom of the stack of handled exceptions
    struct NativeModule {
        std::string name;
        ModuleInit init;
    };
    std::vector<NativeModule> native_modules_;
};

// Runs `body(argument)` on a stack big enough for the deepest guest recursion, waits for it and
// returns its result. Ctrl-C is delivered there.
[[nodiscard]] int runOnGuestStack(int (*body)(void* argument), void* argument);

}  // namespace tagproof
