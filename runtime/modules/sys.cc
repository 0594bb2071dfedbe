// The sys module.

#include <climits>

#include "objmodel/attr.h"
#include "objmodel/c_int.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/simple_namespace.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/code.h"
#include "runtime/frame.h"
#include "runtime/module.h"
#include "runtime/modules/float_info.h"
#include "runtime/modules/native_modules.h"
#include "runtime/native_depth.h"
#include "runtime/output.h"
#include "runtime/runtime_hooks.h"
#include "runtime/runtime_names.h"
#include "runtime/source_carets.h"
#include "runtime/text_file.h"
#include "runtime/traceback.h"
#include "runtime/version_info.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

Value exitFunction(Thread& thread, Value, const Value* args, size_t count) {
    const Ref exception(
        newException(thread, exceptionType(thread, ExceptionKind::kSystemExit), args, count));
    return exception ? raiseObject(thread, exception.get()) : Value::null();
}

Value excInfo(Thread& thread, Value, const Value*, size_t) {
    const Value none = thread.singletons->none;
    Value parts[3] = {none, none, none};
    const Value handled = handledException(thread);
    if (!handled.isNull()) {
        parts[0] = Value::of(handled.asObject()->type);
        parts[1] = handled;
        const Value traceback = handled.as<ExceptionObject>()->traceback;
        if (!traceback.isNull()) parts[2] = traceback;
    }
    return Value::of(makeTuple(thread, parts, 3));
}

Value currentException(Thread& thread, Value, const Value*, size_t) {
    const Value handled = handledException(thread);
    return handled.isNull() ? thread.singletons->none : newRef(handled);
}

Value getRecursionLimit(Thread& thread, Value, const Value*, size_t) {
    return Value::fixnum(thread.recursion_limit);
}

Value changeRecursionLimit(Thread& thread, Value, const Value* args, size_t) {
    int64_t limit;
    if (!toIndex(thread, args[0], &limit)) return Value::null();
    if (limit < 1) {
        return raise(thread, ExceptionKind::kValueError,
                     "recursion limit must be greater or equal than 1");
    }
    if (limit > INT_MAX) {
        return raise(thread, ExceptionKind::kOverflowError,
                     "signed integer is greater than maximum");
    }
    if (thread.recursion_depth >= limit) {
        return raise(thread, ExceptionKind::kRecursionError,
                     "cannot set the recursion limit to {} at the recursion depth {}: the limit is "
                     "too low",
                     limit, thread.recursion_depth);
    }
    setRecursionLimit(thread, static_cast<uint32_t>(limit));
    return thread.singletons->none;
}

// The argument's own reference counts too, as in CPython.
Value getRefcount(Thread&, Value, const Value* args, size_t) {
    if (!args[0].isObject() || isImmortal(args[0].asObject())) return Value::fixnum(UINT32_MAX);
    return Value::fixnum(args[0].asObject()->refcount);
}

Value getSizeof(Thread& thread, Value, const Value* args, size_t) {
    if (!args[0].isObject()) return Value::fixnum(sizeof(Value));
    const Ref method(lookupSpecial(thread, args[0], thread.singletons->names.sizeof_));
    if (method) return call(thread, method.get(), nullptr, 0);
    if (hasPending(thread)) return Value::null();
    return Value::fixnum(args[0].asObject()->type->instance_size);
}

Value internFunction(Thread& thread, Value, const Value* args, size_t) {
    if (isExactStr(thread, args[0])) {
        return Value::of(internStr(thread, newRef(args[0].as<Str>())));
    }
    const std::string type = typeName(typeOf(thread, args[0]));
    if (isStr(args[0])) return raise(thread, ExceptionKind::kTypeError, "can't intern {}", type);
    return raise(thread, ExceptionKind::kTypeError, "intern() argument must be str, not {}", type);
}

Value displayHook(Thread& thread, Value, const Value* args, size_t) {
    return displayValue(thread, args[0]) ? thread.singletons->none : Value::null();
}

Value exceptHook(Thread& thread, Value, const Value* args, size_t) {
    if (isExceptionInstance(args[1])) {
        static_cast<void>(thread.vm->standardError().write(formatException(thread, args[1])));
    }
    return thread.singletons->none;
}

// __name__ of the globals of the frame `depth` calls up; None without one. A function that names
// this is not compiled, and compiled ones have no frame.
Value frameModuleName(Thread& thread, Value, const Value* args, size_t count) {
    int64_t depth = 0;
    if (count > 0 && !toIndex(thread, args[0], &depth)) return Value::null();
    const Frame* frame = thread.frame;
    while (frame != nullptr && depth-- > 0) frame = frame->previous;
    if (frame == nullptr) return thread.singletons->none;
    const Value name = dictGetStr(frame->globals, thread.singletons->names.name);
    return name.isNull() ? thread.singletons->none : newRef(name);
}

// The carets below the source line (a text) of a traceback entry, aligned with the line as it is
// shown; '' where none are.
Value tracebackCarets(Thread& thread, Value, const Value* args, size_t) {
    if (!isExactly(args[0], thread.types->traceback) || !isStr(args[1])) {
        return raise(thread, ExceptionKind::kTypeError, "_carets() takes a traceback and a str");
    }
    const auto* entry = args[0].as<Traceback>();
    const SourceRange& range = entry->code->body->positions[entry->instruction];
    return Value::of(makeStr(thread, caretLine(toUtf8(args[1].as<Str>()), range)));
}

Value unraisableHook(Thread& thread, Value, const Value* args, size_t) {
    printUnraisableArguments(thread, args[0]);
    return hasPending(thread) ? Value::null() : thread.singletons->none;
}

Value utf8Name(Thread& thread, Value, const Value*, size_t) {
    return Value::of(makeStr(thread, "utf-8"));
}

Value getMaxDigits(Thread& thread, Value, const Value*, size_t) {
    return Value::fixnum(thread.max_int_digits);
}

Value setMaxDigits(Thread& thread, Value, const Value* args, size_t) {
    constexpr int kLeast = 640;
    int digits;
    if (!toCInt(thread, args[0], &digits)) return Value::null();
    if (digits != 0 && digits < kLeast) {
        return raise(thread, ExceptionKind::kValueError, "maxdigits must be 0 or larger than {}",
                     kLeast);
    }
    thread.max_int_digits = static_cast<uint32_t>(digits);
    return thread.singletons->none;
}

Value isFinalizing(Thread& thread, Value, const Value*, size_t) {
    return thread.singletons->false_;
}

constexpr FunctionRow kFunctions[] = {
    {"_carets", tracebackCarets, 2, 2},
    {"_getframemodulename", frameModuleName, 0, 1},
    {"displayhook", displayHook, 1, 1},
    {"exc_info", excInfo, 0, 0},
    {"excepthook", exceptHook, 3, 3},
    {"exception", currentException, 0, 0},
    {"exit", exitFunction, 0, 1},
    {"get_int_max_str_digits", getMaxDigits, 0, 0},
    {"getdefaultencoding", utf8Name, 0, 0},
    {"getfilesystemencoding", utf8Name, 0, 0},
    {"getrecursionlimit", getRecursionLimit, 0, 0},
    {"getrefcount", getRefcount, 1, 1},
    {"getsizeof", getSizeof, 1, 2},
    {"intern", internFunction, 1, 1},
    {"is_finalizing", isFinalizing, 0, 0},
    {"set_int_max_str_digits", setMaxDigits, 1, 1},
    {"setrecursionlimit", changeRecursionLimit, 1, 1},
    {"unraisablehook", unraisableHook, 1, 1},
};

Value textList(Thread& thread, const std::vector<std::string>& texts) {
    Ref list(Value::of(makeList(thread)));
    if (!list) return Value::null();
    for (const std::string& text : texts) {
        Str* item = makeStr(thread, text);
        if (item == nullptr || !listAppendOwned(thread, list.as<List>(), Value::of(item))) {
            return Value::null();
        }
    }
    return list.release();
}

bool addText(Thread& thread, Value module, const char* name, std::string_view text) {
    return addValue(thread, module, name, Value::of(makeStr(thread, text)));
}

// The hooks under the names that stay when a program sets its own.
bool addOriginals(Thread& thread, Value module) {
    const RuntimeNames& names = runtimeNames(thread);
    return addValue(thread, module, "__unraisablehook__",
                    getAttr(thread, module, names.unraisablehook)) &&
           addValue(thread, module, "__excepthook__", getAttr(thread, module, names.excepthook)) &&
           addValue(thread, module, "__displayhook__", getAttr(thread, module, names.displayhook));
}

bool addFiles(Thread& thread, Value module) {
    Vm& vm = *thread.vm;
    const Ref input(newInputFile(thread, 0, "<stdin>"));
    const Ref output(newOutputFile(thread, &vm.standardOutput(), "<stdout>", false));
    const Ref error(newOutputFile(thread, &vm.standardError(), "<stderr>", true));
    return addValue(thread, module, "stdin", newRef(input.get())) &&
           addValue(thread, module, "__stdin__", newRef(input.get())) &&
           addValue(thread, module, "stdout", newRef(output.get())) &&
           addValue(thread, module, "__stdout__", newRef(output.get())) &&
           addValue(thread, module, "stderr", newRef(error.get())) &&
           addValue(thread, module, "__stderr__", newRef(error.get()));
}

bool addVersion(Thread& thread, Value module) {
    const Ref info(newVersionInfo(thread));
    if (!info || !addValue(thread, module, "version_info", newRef(info.get()))) return false;
    const Ref implementation(newImplementationInfo(thread, info.get()));
    return implementation &&
           addValue(thread, module, "implementation", newRef(implementation.get())) &&
           addValue(thread, module, "flags", newFlags(thread)) &&
           addValue(thread, module, "warnoptions", Value::of(makeList(thread))) &&
           addText(thread, module, "version", "3.11.2 (tagproof) [C++20]") &&
           addValue(thread, module, "hexversion", Value::fixnum(0x030b02f0));
}

}  // namespace

bool initSysModule(Thread& thread, Value module) {
    const Vm& vm = *thread.vm;
    return addFunctions(thread, module, kFunctions) && addFiles(thread, module) &&
           addVersion(thread, module) && addOriginals(thread, module) &&
           addText(thread, module, "float_repr_style", "short") &&
           addValue(thread, module, "argv", textList(thread, vm.options().argv)) &&
           addValue(thread, module, "path", textList(thread, vm.options().path)) &&
           addValue(thread, module, "modules", newRef(Value::of(vm.modules()))) &&
           addValue(thread, module, "maxsize", makeInt(thread, INT64_MAX)) &&
           addValue(thread, module, "maxunicode", Value::fixnum(0x10ffff)) &&
           addText(thread, module, "platform", "linux") &&
           addText(thread, module, "byteorder", "little") &&
           addText(thread, module, "abiflags", "") &&
           addValue(thread, module, "float_info", newFloatInfo(thread)) &&
           addText(thread, module, "executable", "") && addText(thread, module, "prefix", "") &&
           addValue(thread, module, "dont_write_bytecode", thread.singletons->true_) &&
           addValue(thread, module, "builtin_module_names", newRef(thread.singletons->empty_tuple));
}

}  // namespace tagproof
