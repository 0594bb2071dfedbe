#pragma once
// The import system: sys.modules, native modules, files and packages along sys.path, relative
// imports. Messages are those of CPython 3.11's importlib.

#include <string>
#include <string_view>

#include "objmodel/value.h"

namespace tagproof {

struct Dict;
struct Str;
struct Thread;

// import name: what `__import__(name, globals, ..., fromlist, level)` returns: the top package, or
// with a non-empty `fromlist` the module itself, its named submodules imported. `globals` may be
// null. New reference, or null + pending.
[[nodiscard]] Value importName(
    Thread& thread, Str* name, Dict* globals, Value fromlist, int64_t level);

// The module of an absolute dotted name, from sys.modules or loaded now with its parents. New
// reference, or null + pending.
[[nodiscard]] Value importModule(Thread& thread, const std::string& name);

// from module import name
[[nodiscard]] Value importFrom(Thread& thread, Value module, Str* name);

// True while the module's body is being executed.
[[nodiscard]] bool isInitializing(Thread& thread, Value module);

// Where a module's source is, found along sys.path (or a package's __path__).
struct ModuleSource {
    std::string file;               // source file; empty for a namespace package
    std::string package_directory;  // of a package, else empty
};
// False without pending when there is none.
[[nodiscard]] bool findModuleSource(Thread& thread,
                                    const std::string& last_name,
                                    Value search_path,
                                    ModuleSource* source);

// Reads, compiles and runs a source file in `module`'s namespace. False + pending.
[[nodiscard]] bool executeSourceFile(Thread& thread, const std::string& path, Value module);
// The same for source that is at hand; `filename` is what tracebacks name.
[[nodiscard]] bool executeSource(Thread& thread,
                                 std::string_view text,
                                 std::string_view filename,
                                 Value module);

[[nodiscard]] bool isDirectory(const std::string& path);
// The whole file; false with *error = errno.
[[nodiscard]] bool readFile(const std::string& path, std::string* text, int* error);

// Compiles; SyntaxError (with its place) pending on failure. New reference to the Code, or null.
enum class SourceKind : unsigned char { kModule, kExec, kEval, kSingle };
[[nodiscard]] Value compileText(Thread& thread,
                                std::string_view text,
                                std::string_view filename,
                                SourceKind kind);

// The same for an entry of an interactive session: without an exception it is incomplete, and more
// lines decide. `is_whole`: there will be no more.
[[nodiscard]] Value compileSessionEntry(Thread& thread, std::string_view text, bool is_whole);

// Runs module-level code. `names` may be null. New reference to its value, or null + pending.
[[nodiscard]] Value runCode(Thread& thread, Value code, Dict* globals, Value names);

}  // namespace tagproof
