#include "runtime/vm.h"

#include <fmt/core.h>
#include <pthread.h>
#include <unistd.h>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "objmodel/weakref.h"
#include "runtime/builtins.h"
#include "runtime/code.h"
#include "runtime/exception_group.h"
#include "runtime/fast_arith.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/garbage_collector.h"
#include "runtime/generator.h"
#include "runtime/import.h"
#include "runtime/module.h"
#include "runtime/modules/atexit.h"
#include "runtime/modules/library_state.h"
#include "runtime/modules/native_modules.h"
#include "runtime/modules/object_reduce.h"
#include "runtime/native_depth.h"
#include "runtime/output.h"
#include "runtime/poll.h"
#include "runtime/runtime_hooks.h"
#include "runtime/runtime_names.h"
#include "runtime/text_file.h"
#include "runtime/traceback.h"

namespace tagproof {

namespace {

constexpr int kStatusError = 1;
constexpr int kStatusCannotOpen = 2;
constexpr int kStatusFlushFailed = 120;
constexpr int kStatusInterrupted = 130;

// The directory of a script, resolved, as sys.path[0] has it.
std::string directoryOf(const std::string& path) {
    char resolved[PATH_MAX];
    const std::string full = ::realpath(path.c_str(), resolved) != nullptr ? resolved : path;
    const size_t slash = full.rfind('/');
    if (slash == std::string::npos) return "";
    return slash == 0 ? "/" : full.substr(0, slash);
}

// As __file__ and tracebacks name a script: made absolute, not resolved.
std::string absolutePath(const std::string& path) {
    char directory[PATH_MAX];
    const bool relative = path.empty() || path[0] != '/';
    if (!relative || ::getcwd(directory, sizeof(directory)) == nullptr) return path;
    return std::string(directory) + "/" + path;
}

// Sets the names of a module to None, those with a single underscore in front first.
void clearNames(Thread& thread, Dict* dict) {
    const Value none = thread.singletons->none;
    for (const bool is_private : {true, false}) {
        size_t position = 0;
        Value key;
        Value value;
        while (dictNext(dict, &position, &key, &value)) {
            if (!isStr(key) || value == none) continue;
            const auto* const name = key.as<Str>();
            const bool private_name =
                name->length > 1 && name->at(0) == U'_' && name->at(1) != U'_';
            const bool kept = is_private ? !private_name : strEqual(name, "__builtins__");
            if (kept) continue;
            if (dictSetStr(thread, dict, key.as<Str>(), none) < 0) clearPending(thread);
        }
    }
}

bool initRuntimeTypes(Thread& thread) {
    initOperandKinds(*thread.types);
    return initCodeType(thread) && initFunctionTypes(thread) && initGeneratorType(thread) &&
           initTracebackType(thread) && initExceptionGroupMethods(thread) &&
           initModuleType(thread) && initTextFileType(thread);
}

}  // namespace

Vm::Vm() = default;

std::unique_ptr<Vm> Vm::create(const VmOptions& options) {
    std::unique_ptr<Vm> vm(new Vm);
    vm->options_ = options;
    if (vm->init()) return vm;
    std::fputs("tagproof: not enough memory to start\n", stderr);
    return nullptr;
}

bool Vm::init() {
    // Without a limit until errors can be raised.
    HeapOptions heap_options = options_.heap;
    heap_options.memory_limit = 0;
    heap_ = Heap::create(heap_options);
    if (heap_ == nullptr) return false;
    thread_ = std::make_unique<Thread>();
    Thread& thread = *thread_;
    thread.vm = this;
    thread.handled = &base_handled_;
    thread.recursion_limit = options_.recursion_limit;
    setDepthLimit(thread, options_.recursion_limit);
    thread.stack_limit = nativeStackLimit(options_.heap.memory_limit);
    collector_ = std::make_unique<GarbageCollector>(*this);
    names_ = std::make_unique<RuntimeNames>();
    library_ = std::make_unique<LibraryState>();
    stdout_ = std::make_unique<OutputStream>(STDOUT_FILENO, defaultBuffering(STDOUT_FILENO));
    stderr_ = std::make_unique<OutputStream>(STDERR_FILENO, Buffering::kLine);
    heap_->attach(thread);
    if (!initCoreTypes(thread) || !initRuntimeNames(thread, names_.get())) return false;
    text_file_type_ = newNativeType(thread, "_io.TextIOWrapper", thread.types->object);
    if (text_file_type_ == nullptr || !initRuntimeTypes(thread) || !addObjectReduce(thread)) {
        return false;
    }
    setRuntimeHooks(*heap_);
    addNativeModule("time", initTimeModule);
    addNativeModule("posix", initPosixModule);
    addNativeModule("math", initMathModule);
    addNativeModule("_random", initRandomModule);
    addNativeModule("_io", initIoModule);
    addNativeModule("array", initArrayModule);
    addNativeModule("gc", initGcModule);
    addNativeModule("_weakref", initWeakrefModule);
    addNativeModule("atexit", initAtexitModule);
    addNativeModule("_abc", initAbcModule);
    addNativeModule("_collections", initCollectionsModule);
    addNativeModule("_functools", initFunctoolsModule);
    addNativeModule("itertools", initItertoolsModule);
    addNativeModule("_operator", initOperatorModule);
    if (!initModules()) return false;
    awaitCheckpoint();
    collector_->start();
    const size_t limit = options_.heap.memory_limit;
    heap_->setMemoryLimit(limit);
    const HeapStatistics used = heap_->statistics();
    return limit == 0 || used.page_bytes + used.raw_bytes <= limit;
}

bool Vm::initModules() {
    Thread& thread = *thread_;
    modules_ = newDict(thread);
    if (modules_ == nullptr) return false;
    builtins_module_ = newModule(thread, "builtins");
    if (builtins_module_.isNull()) return false;
    builtins_ = newRef(moduleDict(builtins_module_));
    const Ref sys(newModule(thread, "sys"));
    if (!sys) return false;
    sys_ = newRef(moduleDict(sys.get()));
    main_ = newModule(thread, "__main__");
    if (main_.isNull()) return false;
    const Names& names = thread.singletons->names;
    const Ref sys_name(Value::of(internStr(thread, "sys")));
    if (!sys_name || dictSetStr(thread, modules_, sys_name.as<Str>(), sys.get()) < 0 ||
        dictSetStr(thread, modules_, names.builtins_module, builtins_module_) < 0 ||
        dictSetStr(thread, modules_, names.main, main_) < 0 ||
        dictSetStr(thread, moduleDict(main_), names.builtins, builtins_module_) < 0) {
        return false;
    }
    if (!initBuiltins(thread, builtins_module_) || !initSysModule(thread, sys.get())) return false;
    import_function_ = newRef(dictGetStr(builtins_, names.import_));
    return true;
}

Vm::~Vm() {
    if (thread_ == nullptr) return;
    Thread& thread = *thread_;
    clearPending(thread);
    collector_->stop();
    for (Value owned : {main_, builtins_module_, import_function_, Value::of(builtins_),
                        Value::of(sys_), Value::of(modules_)}) {
        decref(owned);
    }
    freeFrameStack(thread);
}

void Vm::setHooks(const JitHooks& hooks) {
    hooks_ = hooks;
    heap_->hooks.type_modified = hooks.type_modified;
}

VmStatistics Vm::statistics() const {
    VmStatistics result;
    result.heap = heap_->statistics();
    result.interpreted_calls = thread_->interpreted_calls;
    result.exceptions_raised = thread_->exceptions_raised;
    result.cache_misses = thread_->cache_misses;
    const CollectorStatistics& collector = collector_->statistics();
    result.collections = collector.collections;
    result.objects_examined = collector.examined;
    result.objects_collected = collector.collected;
    result.collector_nanoseconds = collector.nanoseconds;
    return result;
}

void Vm::addNativeModule(std::string_view name, ModuleInit init) {
    native_modules_.push_back({std::string(name), init});
}

Vm::ModuleInit Vm::findNativeModule(std::string_view name) const {
    for (const NativeModule& module : native_modules_) {
        if (module.name == name) return module.init;
    }
    return nullptr;
}

// --- checkpoints ---------------------------------------------------------------------------------

void Vm::awaitCheckpoint() {
    if (options_.checkpoints.allocations == 0) return;
    heap_->setAllocationHook(
        AllocationBudget::kCheckpoint, [](Thread& thread) { requestPoll(thread, kPollCheckpoint); },
        options_.checkpoints.allocations);
}

void Vm::reachCheckpoint() {
    if (options_.checkpoints.reached != nullptr) {
        options_.checkpoints.reached(*this, options_.checkpoints.context);
    }
    awaitCheckpoint();
}

void Vm::noteCollection() {
    if (options_.checkpoints.at_collections) reachCheckpoint();
}

// --- programs ------------------------------------------------------------------------------------

bool Vm::setProgramName(const std::string& name, const std::string& first_path) {
    Thread& thread = *thread_;
    const Value argv = dictGetStr(sys_, names_->argv);
    const Value path = dictGetStr(sys_, thread.singletons->names.plain_path);
    const Ref program(Value::of(makeStr(thread, name)));
    const Ref directory(Value::of(makeStr(thread, first_path)));
    if (!program || !directory || argv.isNull() || path.isNull()) return false;
    auto* arguments = argv.as<List>();
    if (arguments->size == 0) {
        if (!listAppend(thread, arguments, program.get())) return false;
    } else {
        const Ref old(std::exchange(arguments->items[0], newRef(program.get())));
    }
    return listInsert(thread, path.as<List>(), 0, directory.get());
}

bool Vm::execute(std::string_view source, std::string_view filename) {
    return runText(source, filename, nullptr);
}

bool Vm::runText(std::string_view source, std::string_view filename, CodeObserver compiled) {
    Thread& thread = *thread_;
    const Ref code(compileText(thread, source, filename, SourceKind::kModule));
    if (!code) return false;
    if (compiled != nullptr) compiled(thread, code.as<Code>());
    const Ref result(runCode(thread, code.get(), moduleDict(main_), Value::null()));
    return static_cast<bool>(result);
}

int Vm::runSource(std::string_view source, std::string_view filename, bool has_file) {
    Thread& thread = *thread_;
    std::unique_ptr<InterruptScope> interrupts;
    if (options_.interrupts) interrupts = std::make_unique<InterruptScope>(thread);
    if (has_file) {
        const Ref file(Value::of(makeStr(thread, filename)));
        const Names& names = thread.singletons->names;
        if (!file || dictSetStr(thread, moduleDict(main_), names.file, file.get()) < 0) {
            return finishProgram(false);
        }
    }
    return finishProgram(runText(source, filename, options_.program_compiled));
}

int Vm::runFile(const std::string& path) {
    if (isDirectory(path)) return runDirectory(path);
    std::string source;
    int error = 0;
    if (!readFile(path, &source, &error)) {
        std::fprintf(stderr, "tagproof: can't open file '%s': [Errno %d] %s\n",
                     absolutePath(path).c_str(), error, std::strerror(error));
        return kStatusCannotOpen;
    }
    if (!setProgramName(path, directoryOf(path))) return finishProgram(false);
    return runSource(source, absolutePath(path), true);
}

// As python3 does it: the directory is in front of sys.path, and its name is argv[0].
int Vm::runDirectory(const std::string& path) {
    const std::string directory = absolutePath(path);
    const std::string file = directory + (directory.back() == '/' ? "" : "/") + "__main__.py";
    std::string source;
    int error = 0;
    if (!readFile(file, &source, &error)) {
        std::fprintf(stderr, "tagproof: can't find '__main__' module in '%s'\n",
                     absolutePath(path).c_str());
        return kStatusError;
    }
    Thread& thread = *thread_;
    const Value package = thread.singletons->empty_str;
    if (!setProgramName(path, directory) ||
        dictSetStr(thread, moduleDict(main_), thread.singletons->names.package, package) < 0) {
        return finishProgram(false);
    }
    return runSource(source, file, true);
}

int Vm::runString(std::string_view source) {
    if (!setProgramName("-c", "")) return finishProgram(false);
    return runSource(source, "<string>", false);
}

int Vm::runStdin() {
    std::string source;
    int error = 0;
    if (!readFile("/dev/stdin", &source, &error)) {
        std::fprintf(stderr, "tagproof: cannot read standard input: %s\n", std::strerror(error));
        return kStatusError;
    }
    if (!setProgramName("-", "")) return finishProgram(false);
    return runSource(source, "<stdin>", false);
}

namespace {

// The program that `-m` names.
struct ProgramModule {
    std::string file;
    std::string package;  // __package__
    std::string text;
};

// Where to look for a module of `parent` (empty: of none). Null + pending, a SystemExit with what
// python3 says where the parent is no package.
Value searchPathOf(Thread& thread,
                   Value sys_path,
                   const std::string& parent,
                   const std::string& name) {
    if (parent.empty()) return newRef(sys_path);
    const Ref module(importModule(thread, parent));
    if (!module) return Value::null();
    const Value path = getAttrOrNull(thread, module.get(), thread.singletons->names.path);
    if (path.isNull() && !hasPending(thread)) {
        raise(thread, ExceptionKind::kSystemExit,
              "tagproof: Error while finding module specification for '{0}' (ModuleNotFoundError: "
              "__path__ attribute not found on '{1}' while trying to find '{0}')",
              name, parent);
    }
    return path;
}

bool raiseNoModule(Thread& thread, const std::string& what) {
    clearPending(thread);
    raise(thread, ExceptionKind::kSystemExit, "tagproof: No module named {}", what);
    return false;
}

// The module `name`, or the __main__ of the package of that name, which is imported. False +
// pending.
bool findProgram(Thread& thread, Value sys_path, const std::string& name, ProgramModule* program) {
    const size_t dot = name.rfind('.');
    const std::string parent = dot == std::string::npos ? "" : name.substr(0, dot);
    const Ref search(searchPathOf(thread, sys_path, parent, name));
    if (!search) return false;
    ModuleSource source;
    const std::string last = dot == std::string::npos ? name : name.substr(dot + 1);
    if (!findModuleSource(thread, last, search.get(), &source)) return raiseNoModule(thread, name);
    int error = 0;
    if (source.package_directory.empty()) {
        *program = {source.file, parent, ""};
        return readFile(program->file, &program->text, &error) || raiseNoModule(thread, name);
    }
    const Ref package(importModule(thread, name));
    if (!package) return false;
    *program = {source.package_directory + "/__main__.py", name, ""};
    return readFile(program->file, &program->text, &error) ||
           raiseNoModule(thread, fmt::format("{0}.__main__; '{0}' is a package and cannot be "
                                             "directly executed",
                                             name));
}

}  // namespace

int Vm::runModule(const std::string& name) {
    Thread& thread = *thread_;
    char cwd[PATH_MAX];
    if (!setProgramName("-m", ::getcwd(cwd, sizeof(cwd)) != nullptr ? cwd : "")) {
        return finishProgram(false);
    }
    ProgramModule program;
    const Value path = dictGetStr(sys_, thread.singletons->names.plain_path);
    if (!findProgram(thread, path, name, &program)) return finishProgram(false);
    const Value argv = dictGetStr(sys_, names_->argv);
    const Ref file(Value::of(makeStr(thread, program.file)));
    const Ref package(Value::of(makeStr(thread, program.package)));
    Dict* const globals = moduleDict(main_);
    if (!file || !package ||
        dictSetStr(thread, globals, thread.singletons->names.package, package.get()) < 0) {
        return finishProgram(false);
    }
    const Ref old(std::exchange(argv.as<List>()->items[0], newRef(file.get())));
    return runSource(program.text, program.file, true);
}

// --- the end of a program ------------------------------------------------------------------------

// Of the pending exception, which is printed unless it is a SystemExit without text.
int Vm::exitStatus() {
    Thread& thread = *thread_;
    if (!pendingMatches(thread, ExceptionKind::kSystemExit)) {
        const bool interrupted = pendingMatches(thread, ExceptionKind::kKeyboardInterrupt);
        printPending();
        return interrupted ? kStatusInterrupted : kStatusError;
    }
    const Ref exception(takePending(thread));
    const Value code = exceptionExtra(exception.get(), kSystemExitCode);
    if (code.isNull() || code == thread.singletons->none) return 0;
    if (isInt(code)) return static_cast<int>(saturateInt64(thread, code) & 0xff);
    const Ref text(strOf(thread, code));
    if (text) static_cast<void>(stderr_->write(toUtf8(text.as<Str>()) + "\n"));
    clearPending(thread);
    return kStatusError;
}

void Vm::printPending() {
    Thread& thread = *thread_;
    const Ref exception(takePending(thread));
    if (!exception) return;
    const Value hook = dictGetStr(sys_, names_->excepthook);
    const auto* object = exception.as<ExceptionObject>();
    if (!hook.isNull() && isCallable(thread, hook)) {
        const Value traceback =
            object->traceback.isNull() ? thread.singletons->none : object->traceback;
        const Value type = Value::of(exception.get().asObject()->type);
        const Ref done(call(thread, hook, {type, exception.get(), traceback}));
        if (done) return;
        const Ref failure(takePending(thread));
        static_cast<void>(stderr_->write("Error in sys.excepthook:\n"));
        static_cast<void>(stderr_->write(formatException(thread, failure.get())));
        static_cast<void>(stderr_->write("\nOriginal exception was:\n"));
    }
    static_cast<void>(stderr_->write(formatException(thread, exception.get())));
}

// As CPython's finalize_modules: the modules go, and with them, in one collection, whatever they
// alone kept alive. Finalizers find all names as they were. A module that something still holds
// gives up its names afterwards, the newest module first.
void Vm::giveUpModules() {
    Thread& thread = *thread_;
    const Value none = thread.singletons->none;
    std::vector<Ref> references;
    size_t position = 0;
    Value key;
    Value module;
    while (dictNext(modules_, &position, &key, &module)) {
        if (!isStr(key) || !isModule(thread, module)) continue;
        references.emplace_back(newWeakRef(thread, module, Value::null()));
        if (!references.back() || dictSetStr(thread, modules_, key.as<Str>(), none) < 0) {
            clearPending(thread);
        }
    }
    dictClear(thread, modules_);
    decref(std::exchange(main_, Value::null()));
    collector_->collectAtEnd();
    while (!references.empty()) {
        const Ref reference = std::move(references.back());
        references.pop_back();
        const Ref left(reference ? weakRefGet(reference.as<WeakRef>()) : Value::null());
        if (!left || left.get() == builtins_module_ || moduleDict(left.get()) == sys_) continue;
        clearNames(thread, moduleDict(left.get()));
    }
}

// 0, or the status that says that output was lost.
int Vm::flushAtExit() {
    Thread& thread = *thread_;
    int status = 0;
    const Value file = dictGetStr(sys_, names_->stdout_);
    const int error = stdout_->flush();
    if (error != 0) {
        raiseErrno(thread, error);
        reportUnraisable(thread, file);
        status = kStatusFlushFailed;
    } else if (!file.isNull() && file != thread.singletons->none && !isTextFile(thread, file)) {
        const Ref flushed(callMethod(thread, file, thread.singletons->names.flush, nullptr, 0));
        if (!flushed) {
            reportUnraisable(thread, file);
            status = kStatusFlushFailed;
        }
    }
    static_cast<void>(stderr_->flush());
    return status;
}

int Vm::finishProgram(bool succeeded) {
    if (continuation_ != nullptr) {
        if (!succeeded) printInSession();
        return continueInSession(*std::exchange(continuation_, nullptr));
    }
    if (stdout_->flush() != 0) {
        // Said again, and counted, by flushAtExit when it still cannot be written.
    }
    const int status = succeeded ? 0 : exitStatus();
    runExitCallbacks(*thread_);
    if (collector_->isEnabled()) collector_->collect(GarbageCollector::kGenerations - 1);
    giveUpModules();
    const int flushed = flushAtExit();
    return flushed != 0 ? flushed : status;
}

// --- the guest stack -----------------------------------------------------------------------------

namespace {

constexpr size_t kStackSizes[] = {size_t{1} << 30, size_t{256} << 20, size_t{64} << 20};

struct GuestCall {
    int (*body)(void*);
    void* argument;
    int result;
};

void* runGuestCall(void* call) {
    auto* guest = static_cast<GuestCall*>(call);
    guest->result = guest->body(guest->argument);
    return nullptr;
}

}  // namespace

int runOnGuestStack(int (*body)(void* argument), void* argument) {
    GuestCall call{body, argument, kStatusError};
    for (const size_t size : kStackSizes) {
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setstacksize(&attributes, size);
        // Signals go to the guest, so that they end its system calls.
        sigset_t blocked;
        sigset_t old;
        sigemptyset(&blocked);
        sigaddset(&blocked, SIGINT);
        pthread_t guest;
        const bool started = pthread_create(&guest, &attributes, runGuestCall, &call) == 0;
        pthread_attr_destroy(&attributes);
        if (!started) continue;
        pthread_sigmask(SIG_BLOCK, &blocked, &old);
        pthread_join(guest, nullptr);
        pthread_sigmask(SIG_SETMASK, &old, nullptr);
        return call.result;
    }
    return body(argument);
}

}  // namespace tagproof
