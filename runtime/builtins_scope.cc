// Built-in functions that look at the running program: globals, locals, exec, eval, compile,
// __import__.

#include "objmodel/attr.h"
#include "objmodel/bytes.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/code.h"
#include "runtime/frame.h"
#include "runtime/import.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

Value globalsBuiltin(Thread& thread, Value, const Value*, size_t) {
    if (thread.frame == nullptr) {
        return raise(thread, ExceptionKind::kSystemError, "frame does not exist");
    }
    return newRef(Value::of(thread.frame->globals));
}

Value localsBuiltin(Thread& thread, Value, const Value*, size_t) {
    if (thread.frame == nullptr) {
        return raise(thread, ExceptionKind::kSystemError, "frame does not exist");
    }
    return frameLocals(thread, thread.frame);
}

// --- exec, eval ----------------------------------------------------------------------------------

struct Scope {
    Ref globals;
    Ref locals;
};

// The namespaces that exec and eval run in. False + TypeError.
bool chooseScope(Thread& thread, const char* name, Value globals, Value locals, Scope* scope) {
    const Value none = thread.singletons->none;
    const bool has_globals = !globals.isNull() && globals != none;
    const bool has_locals = !locals.isNull() && locals != none;
    if (has_globals && !objectHasFlag(globals, kTypeIsDict)) {
        raise(thread, ExceptionKind::kTypeError, "{}() globals must be a dict, not {}", name,
              typeName(typeOf(thread, globals)));
        return false;
    }
    if (has_locals && typeOf(thread, locals)->slots.get_item == nullptr) {
        raise(thread, ExceptionKind::kTypeError, "{}() locals must be a mapping or None, not {}",
              name, typeName(typeOf(thread, locals)));
        return false;
    }
    if (!has_globals) {
        if (thread.frame == nullptr) {
            raise(thread, ExceptionKind::kSystemError, "globals and locals cannot be NULL");
            return false;
        }
        scope->globals = Ref::borrow(Value::of(thread.frame->globals));
        scope->locals = has_locals ? Ref::borrow(locals) : Ref(frameLocals(thread, thread.frame));
        return static_cast<bool>(scope->locals);
    }
    scope->globals = Ref::borrow(globals);
    scope->locals = Ref::borrow(has_locals ? locals : globals);
    Str* builtins = thread.singletons->names.builtins;
    auto* dict = globals.as<Dict>();
    return !dictGetStr(dict, builtins).isNull() ||
           dictSetStr(thread, dict, builtins, thread.vm->builtinsModule()) == 0;
}

// The program text in a str or in a bytes-like object.
std::string sourceText(Value source) {
    return isStr(source) ? toUtf8(source.as<Str>()) : std::string(bufferOf(source).text());
}

Value runSource(
    Thread& thread, const char* name, const Value* args, size_t count, SourceKind kind) {
    Scope scope;
    const Value globals = count > 1 ? args[1] : Value::null();
    const Value locals = count > 2 ? args[2] : Value::null();
    if (!chooseScope(thread, name, globals, locals, &scope)) return Value::null();
    Ref code;
    if (isCode(thread, args[0])) {
        code = Ref::borrow(args[0]);
        const CodeBody& body = *args[0].as<Code>()->body;
        if (body.cell_names.size() > body.own_cells) {
            return raise(thread, ExceptionKind::kTypeError,
                         "code object passed to {}() may not contain free variables", name);
        }
    } else if (isStr(args[0]) || isBytesLike(args[0])) {
        std::string text = sourceText(args[0]);
        if (kind == SourceKind::kEval) text.erase(0, text.find_first_not_of(" \t"));
        code = Ref(compileText(thread, text, "<string>", kind));
    } else {
        return raise(thread, ExceptionKind::kTypeError,
                     "{}() arg 1 must be a string, bytes or code object", name);
    }
    if (!code) return Value::null();
    return runCode(thread, code.get(), scope.globals.as<Dict>(), scope.locals.get());
}

Value execBuiltin(Thread& thread, Value, const Value* args, size_t count) {
    const Ref result(runSource(thread, "exec", args, count, SourceKind::kExec));
    return result ? thread.singletons->none : Value::null();
}

Value evalBuiltin(Thread& thread, Value, const Value* args, size_t count) {
    return runSource(thread, "eval", args, count, SourceKind::kEval);
}

Value compileBuiltin(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"source",       "filename", "mode", "flags",
                                             "dont_inherit", "optimize", nullptr};
    const ParameterList parameters{.function = "compile",
                                   .names = kNames,
                                   .positional_only = 0,
                                   .max_positional = 6,
                                   .required = 3};
    Value bound[6];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    if (!isStr(bound[0]) && !isBytesLike(bound[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "compile() arg 1 must be a string, bytes or AST object");
    }
    if (!isStr(bound[1]) || !isStr(bound[2])) {
        return raise(thread, ExceptionKind::kTypeError, "compile() argument must be str");
    }
    SourceKind kind = SourceKind::kExec;
    if (strEqual(bound[2].as<Str>(), "eval")) {
        kind = SourceKind::kEval;
    } else if (strEqual(bound[2].as<Str>(), "single")) {
        kind = SourceKind::kSingle;
    } else if (!strEqual(bound[2].as<Str>(), "exec")) {
        return raise(thread, ExceptionKind::kValueError,
                     "compile() mode must be 'exec', 'eval' or 'single'");
    }
    return compileText(thread, sourceText(bound[0]), toUtf8(bound[1].as<Str>()), kind);
}

// --- import, open --------------------------------------------------------------------------------

Value importBuiltin(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"name",     "globals", "locals",
                                             "fromlist", "level",   nullptr};
    const ParameterList parameters{.function = "__import__",
                                   .names = kNames,
                                   .positional_only = 0,
                                   .max_positional = 5,
                                   .required = 1};
    Value bound[5];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    if (!isStr(bound[0])) {
        return raise(thread, ExceptionKind::kTypeError, "module name must be a string");
    }
    int64_t level = 0;
    if (!bound[4].isNull() && !toIndex(thread, bound[4], &level)) return Value::null();
    if (level < 0) return raise(thread, ExceptionKind::kValueError, "level must be >= 0");
    Dict* globals = objectHasFlag(bound[1], kTypeIsDict) ? bound[1].as<Dict>() : nullptr;
    const Ref name(Value::of(internStr(thread, newRef(bound[0].as<Str>()))));
    if (!name) return Value::null();
    return importName(thread, name.as<Str>(), globals, bound[3], level);
}

Value openBuiltin(Thread& thread, Value, const Value*, size_t, Value) {
    return raise(thread, ExceptionKind::kNotImplementedError,
                 "open() is not supported by this runtime");
}

constexpr FunctionRow kFunctions[] = {
    {"eval", evalBuiltin, 1, 3},
    {"exec", execBuiltin, 1, 3},
    {"globals", globalsBuiltin, 0, 0},
    {"locals", localsBuiltin, 0, 0},
};
constexpr KeywordFunctionRow kKeywordFunctions[] = {
    {"__import__", importBuiltin},
    {"compile", compileBuiltin},
    {"open", openBuiltin},
};

}  // namespace

bool addScopeBuiltins(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions) &&
           addFunctions(thread, module, kKeywordFunctions);
}

}  // namespace tagproof
