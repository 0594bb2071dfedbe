#include "runtime/import.h"

#include <sys/stat.h>
#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/embedded_modules.h"
#include "runtime/garbage_collector.h"
#include "runtime/module.h"
#include "runtime/runtime_names.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// Borrowed; null when it is not there, or with an exception pending.
Value sysModule(Thread& thread, const std::string& name) {
    const Ref key(Value::of(makeStr(thread, name)));
    return key ? dictGetStr(thread.vm->modules(), key.as<Str>()) : Value::null();
}

// After a module could not be initialised: with its exception pending.
void forgetModule(Thread& thread, Value name) {
    Ref pending(takePending(thread));
    static_cast<void>(dictDeleteStr(thread, thread.vm->modules(), name.as<Str>()));
    restorePending(thread, pending.release());
}

// Raises an ImportError of `kind` with its name (and path) attributes set.
Value raiseImport(Thread& thread,
                  ExceptionKind kind,
                  const std::string& text,
                  const std::string& name,
                  Value path = Value::null()) {
    raiseText(thread, kind, text);
    if (!pendingMatches(thread, kind)) return Value::null();
    Ref exception(takePending(thread));
    const Ref name_text(Value::of(makeStr(thread, name)));
    if (!name_text) return Value::null();
    setExceptionExtra(exception.as<ExceptionObject>(), kImportErrorName, name_text.get());
    if (!path.isNull()) setExceptionExtra(exception.as<ExceptionObject>(), kImportErrorPath, path);
    restorePending(thread, exception.release());
    return Value::null();
}

bool isRegularFile(const std::string& path) {
    struct stat info;
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

// Sets a str attribute of a module's namespace.
bool setText(Thread& thread, Dict* dict, Str* name, const std::string& text) {
    const Ref value(Value::of(makeStr(thread, text)));
    return value && dictSetStr(thread, dict, name, value.get()) == 0;
}

// __package__, __file__, __path__ of a module that comes from `source`.
bool setOrigin(Thread& thread, Value module, const std::string& name, const ModuleSource& source) {
    const Names& names = thread.singletons->names;
    Dict* dict = moduleDict(module);
    const bool package = !source.package_directory.empty();
    const size_t dot = name.rfind('.');
    const std::string parent = dot == std::string::npos ? "" : name.substr(0, dot);
    if (!setText(thread, dict, names.package, package ? name : parent)) return false;
    if (!source.file.empty() && !setText(thread, dict, names.file, source.file)) return false;
    if (!package) return true;
    const Ref directory(Value::of(makeStr(thread, source.package_directory)));
    if (!directory) return false;
    const Value item = directory.get();
    const Ref path(Value::of(makeList(thread, &item, 1)));
    return path && dictSetStr(thread, dict, names.path, path.get()) == 0;
}

// Runs a new module's body.
template <typename Execute>
bool initialize(Thread& thread, Value module, Execute execute) {
    Dict* dict = moduleDict(module);
    Str* initializing = runtimeNames(thread).initializing;
    if (dictSetStr(thread, dict, initializing, thread.singletons->true_) < 0) return false;
    const bool done = execute(module);
    Ref pending(takePending(thread));
    static_cast<void>(dictDeleteStr(thread, dict, initializing));
    restorePending(thread, pending.release());
    return done;
}

// A new module: `prepare` fills in what is known of it, `execute` its namespace. sys.modules has it
// from before `execute`, which may put something else there, and forgets it when that fails.
template <typename Prepare, typename Execute>
Value load(Thread& thread, const std::string& name, Prepare prepare, Execute execute) {
    const Ref key(Value::of(makeStr(thread, name)));
    Ref module(key ? newModule(thread, name) : Value::null());
    if (!module || !prepare(module.get()) ||
        dictSetStr(thread, thread.vm->modules(), key.as<Str>(), module.get()) < 0) {
        return Value::null();
    }
    if (!execute(module.get())) {
        forgetModule(thread, key.get());
        return Value::null();
    }
    const Value registered = dictGetStr(thread.vm->modules(), key.as<Str>());
    return registered.isNull() ? module.release() : newRef(registered);
}

bool setNoPackage(Thread& thread, Value module) {
    return setText(thread, moduleDict(module), thread.singletons->names.package, "");
}

// __package__, and an empty __path__ for packages: their modules are embedded, too.
bool setEmbeddedOrigin(Thread& thread, Value module, const EmbeddedModule& embedded) {
    const std::string name(embedded.name);
    const size_t dot = name.rfind('.');
    const std::string parent = dot == std::string::npos ? "" : name.substr(0, dot);
    const Names& names = thread.singletons->names;
    Dict* const dict = moduleDict(module);
    if (!setText(thread, dict, names.package, embedded.is_package ? name : parent)) return false;
    if (!embedded.is_package) return true;
    const Ref path(Value::of(makeList(thread)));
    return path && dictSetStr(thread, dict, names.path, path.get()) == 0;
}

Value loadNative(Thread& thread, const std::string& name, Vm::ModuleInit init) {
    return load(
        thread, name, [&](Value module) { return setNoPackage(thread, module); },
        [&](Value module) { return init(thread, module); });
}

Value loadSource(Thread& thread, const std::string& name, const ModuleSource& source) {
    const auto execute = [&](Value module) {
        return executeSourceFile(thread, source.file, module);
    };
    return load(
        thread, name, [&](Value module) { return setOrigin(thread, module, name, source); },
        [&](Value module) { return source.file.empty() || initialize(thread, module, execute); });
}

Value loadEmbedded(Thread& thread, const EmbeddedModule& embedded) {
    const std::string name(embedded.name);
    const auto execute = [&](Value module) {
        return executeSource(thread, embedded.text, "<frozen " + name + ">", module);
    };
    return load(
        thread, name, [&](Value module) { return setEmbeddedOrigin(thread, module, embedded); },
        [&](Value module) { return initialize(thread, module, execute); });
}

Value raiseNotFound(Thread& thread, const std::string& name) {
    return raiseImport(thread, ExceptionKind::kModuleNotFoundError,
                       fmt::format("No module named '{}'", name), name);
}

// Finds and loads one module whose parent (null for a top-level one) is loaded.
Value loadModule(Thread& thread, const std::string& name, Value parent) {
    if (Vm::ModuleInit init = thread.vm->findNativeModule(name)) {
        return loadNative(thread, name, init);
    }
    const size_t dot = name.rfind('.');
    const std::string last = dot == std::string::npos ? name : name.substr(dot + 1);
    Ref search_path;
    if (parent.isNull()) {
        const Value path =
            dictGetStr(thread.vm->sysNamespace(), thread.singletons->names.plain_path);
        search_path = Ref::borrow(path);
    } else {
        search_path = Ref(getAttrOrNull(thread, parent, thread.singletons->names.path));
        if (!search_path && hasPending(thread)) return Value::null();
        if (!search_path) {
            return raiseImport(thread, ExceptionKind::kModuleNotFoundError,
                               fmt::format("No module named '{}'; '{}' is not a package", name,
                                           name.substr(0, dot)),
                               name);
        }
    }
    ModuleSource source;
    if (findModuleSource(thread, last, search_path.get(), &source)) {
        return loadSource(thread, name, source);
    }
    if (hasPending(thread)) return Value::null();
    const EmbeddedModule* const embedded = findEmbeddedModule(name);
    return embedded != nullptr ? loadEmbedded(thread, *embedded) : raiseNotFound(thread, name);
}

// The absolute name that a relative import means; empty + pending.
std::string resolveRelative(Thread& thread, const std::string& name, Dict* globals, int64_t level) {
    const Names& names = thread.singletons->names;
    Value package = globals == nullptr ? Value::null() : dictGetStr(globals, names.package);
    std::string base;
    if (!package.isNull() && isStr(package)) {
        base = toUtf8(package.as<Str>());
    } else if (globals != nullptr) {
        const Value own = dictGetStr(globals, names.name);
        base = !own.isNull() && isStr(own) ? toUtf8(own.as<Str>()) : "";
        if (dictGetStr(globals, names.path).isNull()) {
            const size_t dot = base.rfind('.');
            base = dot == std::string::npos ? "" : base.substr(0, dot);
        }
    }
    if (base.empty()) {
        raiseText(thread, ExceptionKind::kImportError,
                  "attempted relative import with no known parent package");
        return "";
    }
    for (int64_t up = 1; up < level; ++up) {
        const size_t dot = base.rfind('.');
        if (dot == std::string::npos) {
            raiseText(thread, ExceptionKind::kImportError,
                      "attempted relative import beyond top-level package");
            return "";
        }
        base.resize(dot);
    }
    return name.empty() ? base : base + "." + name;
}

bool importListed(Thread& thread, Value module, const std::string& name, Value item);

// Imports the submodules that a from-list names; only packages have any.
bool importFromList(Thread& thread, Value module, const std::string& name, Value fromlist) {
    const int is_package = hasAttr(thread, module, thread.singletons->names.path);
    if (is_package <= 0) return is_package == 0;
    return forEach(thread, fromlist,
                   [&](Value item) { return importListed(thread, module, name, item); });
}

bool importListed(Thread& thread, Value module, const std::string& name, Value item) {
    if (!isStr(item)) {
        raise(thread, ExceptionKind::kTypeError, "Item in ``from list'' must be str, not {}",
              typeName(typeOf(thread, item)));
        return false;
    }
    if (strEqual(item.as<Str>(), "*")) {
        const Ref all(getAttrOrNull(thread, module, thread.singletons->names.all));
        if (!all) return !hasPending(thread);
        return forEach(thread, all.get(),
                       [&](Value listed) { return importListed(thread, module, name, listed); });
    }
    const int present = hasAttr(thread, module, item.as<Str>());
    if (present != 0) return present > 0;
    const std::string full = name + "." + toUtf8(item.as<Str>());
    const Ref submodule(importModule(thread, full));
    if (submodule) return true;
    // A name that is no submodule either is reported by IMPORT_FROM.
    if (!pendingMatches(thread, ExceptionKind::kModuleNotFoundError)) return false;
    const Value missing = exceptionExtra(thread.pending, kImportErrorName);
    if (missing.isNull() || !isStr(missing) || toUtf8(missing.as<Str>()) != full) return false;
    clearPending(thread);
    return true;
}

}  // namespace

bool isDirectory(const std::string& path) {
    struct stat info;
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

bool findModuleSource(Thread& thread,
                      const std::string& last_name,
                      Value search_path,
                      ModuleSource* source) {
    if (search_path.isNull() || !isList(search_path)) return false;
    static_cast<void>(thread);
    std::string namespace_directory;
    const auto* directories = search_path.as<List>();
    for (uint64_t i = 0; i < directories->size; ++i) {
        if (!isStr(directories->items[i])) continue;
        std::string directory = toUtf8(directories->items[i].as<Str>());
        if (directory.empty()) directory = ".";
        if (directory.back() != '/') directory += '/';
        const std::string base = directory + last_name;
        if (isRegularFile(base + "/__init__.py")) {
            *source = {base + "/__init__.py", base};
            return true;
        }
        if (isRegularFile(base + ".py")) {
            *source = {base + ".py", ""};
            return true;
        }
        if (namespace_directory.empty() && isDirectory(base)) namespace_directory = base;
    }
    if (namespace_directory.empty()) return false;
    *source = {"", namespace_directory};
    return true;
}

bool isInitializing(Thread& thread, Value module) {
    return isModule(thread, module) &&
           !dictGetStr(moduleDict(module), runtimeNames(thread).initializing).isNull();
}

Value importModule(Thread& thread, const std::string& name) {
    const Value present = sysModule(thread, name);
    if (present == thread.singletons->none) {
        return raiseImport(thread, ExceptionKind::kModuleNotFoundError,
                           fmt::format("import of {} halted; None in sys.modules", name), name);
    }
    if (!present.isNull()) return newRef(present);
    if (hasPending(thread)) return Value::null();
    if (thread.vm->collector().programIsOver()) {
        return raise(thread, ExceptionKind::kImportError,
                     "sys.meta_path is None, Python is likely shutting down");
    }
    const size_t dot = name.rfind('.');
    Ref parent;
    if (dot != std::string::npos) {
        parent = Ref(importModule(thread, name.substr(0, dot)));
        if (!parent) return Value::null();
        // Loading the parent may have imported this module.
        const Value loaded = sysModule(thread, name);
        if (!loaded.isNull() || hasPending(thread)) return newRef(loaded);
    }
    Ref module(loadModule(thread, name, parent.get()));
    if (!module || !parent) return module.release();
    const Ref last(Value::of(internStr(thread, name.substr(dot + 1))));
    if (!last || setAttr(thread, parent.get(), last.as<Str>(), module.get()) < 0) {
        return Value::null();
    }
    return module.release();
}

Value importName(Thread& thread, Str* name, Dict* globals, Value fromlist, int64_t level) {
    std::string absolute = toUtf8(name);
    if (level > 0) {
        absolute = resolveRelative(thread, absolute, globals, level);
        if (absolute.empty()) return Value::null();
    } else if (absolute.empty()) {
        return raise(thread, ExceptionKind::kValueError, "Empty module name");
    }
    Ref module(importModule(thread, absolute));
    if (!module) return Value::null();
    const bool has_list = !fromlist.isNull() && fromlist != thread.singletons->none;
    const int wants_module = has_list ? isTrue(thread, fromlist) : 0;
    if (wants_module < 0) return Value::null();
    if (wants_module > 0) {
        if (!importFromList(thread, module.get(), absolute, fromlist)) return Value::null();
        return module.release();
    }
    if (level > 0 && name->length == 0) return module.release();
    // The package that the first part of the written name means.
    const std::string written = toUtf8(name);
    const size_t first_dot = written.find('.');
    if (first_dot == std::string::npos) return module.release();
    return importModule(thread, absolute.substr(0, absolute.size() - written.size() + first_dot));
}

Value importFrom(Thread& thread, Value module, Str* name) {
    const Value value = getAttrOrNull(thread, module, name);
    if (!value.isNull() || hasPending(thread)) return value;
    const Names& names = thread.singletons->names;
    const Ref module_name(getAttrOrNull(thread, module, names.name));
    if (!module_name && hasPending(thread)) return Value::null();
    const std::string text = module_name && isStr(module_name.get()) ? toUtf8(module_name.as<Str>())
                                                                     : "<unknown module name>";
    // A submodule that is being imported is not an attribute of its package yet.
    const Value loaded = sysModule(thread, text + "." + toUtf8(name));
    if (!loaded.isNull() || hasPending(thread)) return newRef(loaded);
    const Ref file(getAttrOrNull(thread, module, names.file));
    if (!file && hasPending(thread)) return Value::null();
    const bool has_file = file && isStr(file.get());
    const char* reason =
        isInitializing(thread, module)
            ? "partially initialized module '{}' (most likely due to a circular import)"
            : "'{}'";
    return raiseImport(thread, ExceptionKind::kImportError,
                       fmt::format("cannot import name '{}' from {} ({})", toUtf8(name),
                                   fmt::format(fmt::runtime(reason), text),
                                   has_file ? toUtf8(file.as<Str>()) : "unknown location"),
                       text, has_file ? file.get() : Value::null());
}

bool readFile(const std::string& path, std::string* text, int* error) {
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) {
        *error = errno;
        return false;
    }
    char buffer[16384];
    size_t count;
    while ((count = std::fread(buffer, 1, sizeof(buffer), file)) > 0) text->append(buffer, count);
    const bool failed = std::ferror(file) != 0;
    *error = failed ? errno : 0;
    std::fclose(file);
    return !failed;
}

}  // namespace tagproof
