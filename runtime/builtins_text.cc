// Built-in functions of text and console: print, input, repr, ascii, format, chr, ord.

#include "objmodel/attr.h"
#include "objmodel/bytes.h"
#include "objmodel/c_int.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/runtime_names.h"
#include "runtime/text_file.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

Value reprBuiltin(Thread& thread, Value, const Value* args, size_t) {
    return reprOf(thread, args[0]);
}

Value asciiBuiltin(Thread& thread, Value, const Value* args, size_t) {
    return asciiOf(thread, args[0]);
}

Value formatBuiltin(Thread& thread, Value, const Value* args, size_t count) {
    if (count == 2 && !isStr(args[1])) {
        return raise(thread, ExceptionKind::kTypeError, "format() argument 2 must be str, not {}",
                     typeName(typeOf(thread, args[1])));
    }
    return formatOf(thread, args[0], count == 2 ? args[1] : Value::null());
}

Value chrBuiltin(Thread& thread, Value, const Value* args, size_t) {
    int code_point;
    if (!toCInt(thread, args[0], &code_point)) return Value::null();
    if (code_point < 0 || code_point > 0x10ffff) {
        return raise(thread, ExceptionKind::kValueError, "chr() arg not in range(0x110000)");
    }
    return Value::of(makeCharStr(thread, static_cast<char32_t>(code_point)));
}

Value raiseNoCharacter(Thread& thread, uint64_t length) {
    return raise(thread, ExceptionKind::kTypeError,
                 "ord() expected a character, but string of length {} found", length);
}

Value ordBuiltin(Thread& thread, Value, const Value* args, size_t) {
    if (isBytes(args[0])) {
        const BufferView bytes = bufferOf(args[0]);
        return bytes.length == 1 ? Value::fixnum(bytes.at(0))
                                 : raiseNoCharacter(thread, bytes.length);
    }
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "ord() expected string of length 1, but {} found",
                     typeName(typeOf(thread, args[0])));
    }
    const Str* text = args[0].as<Str>();
    if (text->length == 1) return Value::fixnum(static_cast<int64_t>(text->at(0)));
    return raiseNoCharacter(thread, text->length);
}

// --- print ---------------------------------------------------------------------------------------

// Writes str(value) to a file object: directly to one of ours, else through its write method.
bool writeText(Thread& thread, Value file, Value value) {
    const Ref text(strOf(thread, value));
    if (!text) return false;
    if (isTextFile(thread, file)) return textFileWrite(thread, file, text.as<Str>());
    const Value argument = text.get();
    const Ref result(callMethod(thread, file, thread.singletons->names.write, &argument, 1));
    return static_cast<bool>(result);
}

// A str argument that may be None or missing: borrowed, null for the default. False + TypeError.
bool optionalText(Thread& thread, const char* name, Value* value) {
    if (value->isNull() || *value == thread.singletons->none) {
        *value = Value::null();
        return true;
    }
    if (isStr(*value)) return true;
    raise(thread, ExceptionKind::kTypeError, "{} must be None or a string, not {}", name,
          typeName(typeOf(thread, *value)));
    return false;
}

// The file that print() writes to: the given one or sys.stdout, which may be None. New reference,
// or null + pending.
Value printTarget(Thread& thread, Value file) {
    if (!file.isNull() && file != thread.singletons->none) return newRef(file);
    const Value standard = sysAttribute(thread, runtimeNames(thread).stdout_);
    if (standard.isNull()) return raise(thread, ExceptionKind::kRuntimeError, "lost sys.stdout");
    return newRef(standard);
}

// Writes the values with a separator between them and `end` behind them.
bool printValues(
    Thread& thread, Value file, const Value* values, size_t count, Value separator, Value end) {
    for (size_t i = 0; i < count; ++i) {
        if (i != 0 && !writeText(thread, file, separator)) return false;
        if (!writeText(thread, file, values[i])) return false;
    }
    return writeText(thread, file, end);
}

// Flushes the file when the flush argument, which may be missing, is true.
bool flushIfWanted(Thread& thread, Value file, Value wanted) {
    const int flush = wanted.isNull() ? 0 : isTrue(thread, wanted);
    if (flush <= 0) return flush == 0;
    const Ref flushed(callMethod(thread, file, thread.singletons->names.flush, nullptr, 0));
    return static_cast<bool>(flushed);
}

Value printBuiltin(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"sep", "end", "file", "flush", nullptr};
    const ParameterList parameters{.function = "print", .names = kNames};
    Value bound[4];
    if (!bindNativeArguments(thread, parameters, args + positional, 0, keyword_names, bound)) {
        return Value::null();
    }
    Value sep = bound[0];
    Value end = bound[1];
    if (!optionalText(thread, "sep", &sep) || !optionalText(thread, "end", &end)) {
        return Value::null();
    }
    const Ref file(printTarget(thread, bound[2]));
    if (!file) return Value::null();
    if (file.get() == thread.singletons->none) return thread.singletons->none;
    if (sep.isNull()) sep = Value::of(runtimeNames(thread).blank);
    if (end.isNull()) end = Value::of(runtimeNames(thread).newline);
    const bool printed = printValues(thread, file.get(), args, positional, sep, end) &&
                         flushIfWanted(thread, file.get(), bound[3]);
    return printed ? thread.singletons->none : Value::null();
}

Value inputBuiltin(Thread& thread, Value, const Value* args, size_t count) {
    const Ref file = Ref::borrow(sysAttribute(thread, runtimeNames(thread).stdin_));
    if (!file) return raise(thread, ExceptionKind::kRuntimeError, "input(): lost sys.stdin");
    const Ref output = Ref::borrow(sysAttribute(thread, runtimeNames(thread).stdout_));
    if (!output) return raise(thread, ExceptionKind::kRuntimeError, "input(): lost sys.stdout");
    if (count == 1 && !writeText(thread, output.get(), args[0])) return Value::null();
    const Ref flushed(callMethod(thread, output.get(), thread.singletons->names.flush, nullptr, 0));
    if (!flushed) return Value::null();
    const Ref line(callMethod(thread, file.get(), runtimeNames(thread).readline, nullptr, 0));
    if (!line) return Value::null();
    if (!isStr(line.get())) {
        return raise(thread, ExceptionKind::kTypeError, "object.readline() returned non-string");
    }
    auto* text = line.as<Str>();
    if (text->length == 0) {
        return raise(thread, ExceptionKind::kEOFError, "EOF when reading a line");
    }
    const bool newline = text->at(text->length - 1) == U'\n';
    return Value::of(sliceStr(thread, text, 0, text->length - (newline ? 1 : 0)));
}

constexpr FunctionRow kFunctions[] = {
    {"ascii", asciiBuiltin, 1, 1}, {"chr", chrBuiltin, 1, 1}, {"format", formatBuiltin, 1, 2},
    {"input", inputBuiltin, 0, 1}, {"ord", ordBuiltin, 1, 1}, {"repr", reprBuiltin, 1, 1},
};

}  // namespace

bool addTextBuiltins(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions) &&
           addKeywordFunction(thread, module, "print", printBuiltin);
}

bool displayValue(Thread& thread, Value value) {
    const Value none = thread.singletons->none;
    if (value == none) return true;
    Dict* const builtins = thread.vm->builtins();
    // An error leaves nothing of the value before.
    if (dictSetStr(thread, builtins, runtimeNames(thread).underscore, none) < 0) return false;
    const Ref file = Ref::borrow(sysAttribute(thread, runtimeNames(thread).stdout_));
    if (!file || file.get() == none) {
        raise(thread, ExceptionKind::kRuntimeError, "lost sys.stdout");
        return false;
    }
    const Ref text(reprOf(thread, value));
    return text && writeText(thread, file.get(), text.get()) &&
           writeText(thread, file.get(), Value::of(runtimeNames(thread).newline)) &&
           dictSetStr(thread, builtins, runtimeNames(thread).underscore, value) == 0;
}

}  // namespace tagproof
