// The posix module: the folder, files and environment of the process, as far as os needs them.

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <string>

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/import.h"
#include "runtime/modules/native_modules.h"

namespace tagproof {

namespace {

// OSError of the class that belongs to errno, with the path. Always null.
Value raisePathError(Thread& thread, int error, Value path) {
    const Ref text(Value::of(makeStr(thread, std::strerror(error))));
    if (!text) return Value::null();
    const Value args[] = {Value::fixnum(error), text.get(), path};
    const Ref exception(newException(thread, exceptionType(thread, ExceptionKind::kOSError), args,
                                     path.isNull() ? 2 : 3));
    return exception ? raiseObject(thread, exception.get()) : Value::null();
}

// False + TypeError or ValueError for what is no path.
bool readPath(Thread& thread, const char* function, Value value, std::string* path) {
    if (!isStr(value)) {
        raise(thread, ExceptionKind::kTypeError,
              "{}: path should be string, bytes or os.PathLike, not {}", function,
              typeName(typeOf(thread, value)));
        return false;
    }
    *path = toUtf8(value.as<Str>());
    if (path->find('\0') == std::string::npos) return true;
    raise(thread, ExceptionKind::kValueError, "{}: embedded null character in path", function);
    return false;
}

using PathCall = int (*)(const char* path);
int makeFolder(const char* path) { return mkdir(path, 0777); }

constexpr const char kChdir[] = "chdir";
constexpr const char kUnlink[] = "unlink";
constexpr const char kRmdir[] = "rmdir";
constexpr const char kMkdir[] = "mkdir";

template <const char* Name, PathCall Call>
Value withPath(Thread& thread, Value, const Value* args, size_t) {
    std::string path;
    if (!readPath(thread, Name, args[0], &path)) return Value::null();
    if (Call(path.c_str()) != 0) return raisePathError(thread, errno, args[0]);
    return thread.singletons->none;
}

Value currentFolder(Thread& thread, Value, const Value*, size_t) {
    char path[PATH_MAX];
    if (getcwd(path, sizeof(path)) == nullptr) return raisePathError(thread, errno, Value::null());
    return Value::of(makeStr(thread, path));
}

Value listFolder(Thread& thread, Value, const Value* args, size_t count) {
    std::string path = ".";
    if (count > 0 && !readPath(thread, "listdir", args[0], &path)) return Value::null();
    DIR* const folder = opendir(path.c_str());
    if (folder == nullptr) {
        return raisePathError(thread, errno, count > 0 ? args[0] : Value::null());
    }
    Ref names(Value::of(makeList(thread)));
    for (const dirent* entry = readdir(folder); names && entry != nullptr;
         entry = readdir(folder)) {
        const std::string name = entry->d_name;
        if (name == "." || name == "..") continue;
        Str* const text = makeStr(thread, name);
        if (text == nullptr || !listAppendOwned(thread, names.as<List>(), Value::of(text))) {
            names = Ref();
        }
    }
    closedir(folder);
    return names.release();
}

// The type bits of a path's mode, links followed; 0 where there is nothing.
Value modeOf(Thread& thread, Value, const Value* args, size_t) {
    std::string path;
    if (!readPath(thread, "stat", args[0], &path)) return Value::null();
    struct stat status;
    if (stat(path.c_str(), &status) != 0) return Value::fixnum(0);
    return Value::fixnum(int64_t{status.st_mode});
}

// The text of a file as the runtime reads programs; None where it cannot.
Value textOf(Thread& thread, Value, const Value* args, size_t) {
    std::string path;
    if (!readPath(thread, "open", args[0], &path)) return Value::null();
    std::string text;
    int error = 0;
    if (!readFile(path, &text, &error)) return thread.singletons->none;
    return Value::of(makeStr(thread, text));
}

Value realPath(Thread& thread, Value, const Value* args, size_t) {
    std::string path;
    if (!readPath(thread, "realpath", args[0], &path)) return Value::null();
    char found[PATH_MAX];
    const char* const real = realpath(path.c_str(), found);
    return Value::of(makeStr(thread, real == nullptr ? path : std::string(real)));
}

Value processId(Thread&, Value, const Value*, size_t) { return Value::fixnum(getpid()); }

constexpr FunctionRow kFunctions[] = {
    {"_mode", modeOf, 1, 1},
    {"_realpath", realPath, 1, 1},
    {"_text", textOf, 1, 1},
    {"chdir", withPath<kChdir, chdir>, 1, 1},
    {"getcwd", currentFolder, 0, 0},
    {"getpid", processId, 0, 0},
    {"listdir", listFolder, 0, 1},
    {"mkdir", withPath<kMkdir, makeFolder>, 1, 1},
    {"rmdir", withPath<kRmdir, rmdir>, 1, 1},
    {"unlink", withPath<kUnlink, unlink>, 1, 1},
};

// What the environment was when the process began.
Value environmentOf(Thread& thread) {
    Ref environment(Value::of(newDict(thread)));
    for (char** entry = environ; environment && entry != nullptr && *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const size_t equals = text.find('=');
        if (equals == std::string::npos) continue;
        const Ref name(Value::of(makeStr(thread, text.substr(0, equals))));
        const Ref value(Value::of(makeStr(thread, text.substr(equals + 1))));
        if (!name || !value ||
            dictSet(thread, environment.as<Dict>(), name.get(), value.get()) < 0) {
            return Value::null();
        }
    }
    return environment.release();
}

}  // namespace

bool initPosixModule(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions) &&
           addValue(thread, module, "environ", environmentOf(thread));
}

}  // namespace tagproof
