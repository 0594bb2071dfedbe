#include "jit/jit_module.h"

#include <fmt/format.h>

#include <cstdio>
#include <string_view>

#include "jit/disassemble.h"
#include "jit/jit.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/ref.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"
#include "runtime/code.h"
#include "runtime/function.h"
#include "runtime/module.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

Value newStr(Thread& thread, std::string_view text) { return Value::of(makeStr(thread, text)); }

Value boolean(const Thread& thread, bool value) {
    return value ? thread.singletons->true_ : thread.singletons->false_;
}

// The function that `value` is or binds, or null + TypeError.
Function* functionOf(Thread& thread, Value value) {
    if (isBoundMethod(thread, value)) value = value.as<BoundMethod>()->function;
    if (isFunction(thread, value)) return value.as<Function>();
    raise(thread, ExceptionKind::kTypeError, "expected a Python function, not '{}'",
          toUtf8(typeOf(thread, value)->name));
    return nullptr;
}

// True when the function runs compiled from its next call on; False where it stays interpreted.
Value forceCompile(Thread& thread, Value, const Value* args, size_t) {
    Function* function = functionOf(thread, args[0]);
    if (function == nullptr) return Value::null();
    return boolean(thread, Jit::of(thread).forceCompile(function).ok());
}

Value forceUncompile(Thread& thread, Value, const Value* args, size_t) {
    Function* function = functionOf(thread, args[0]);
    if (function == nullptr) return Value::null();
    Jit& jit = Jit::of(thread);
    const bool was_compiled = jit.unitOf(function->code) != nullptr;
    jit.forceUncompile(function->code);
    return boolean(thread, was_compiled);
}

// False, too, for what is no Python function.
Value isJitCompiled(Thread& thread, Value, const Value* args, size_t) {
    Value callable = args[0];
    if (isBoundMethod(thread, callable)) callable = callable.as<BoundMethod>()->function;
    if (!isFunction(thread, callable)) return thread.singletons->false_;
    const Code* code = callable.as<Function>()->code;
    return boolean(thread, Jit::of(thread).unitOf(code) != nullptr);
}

Value autoCompile(Thread& thread, Value, const Value*, size_t) {
    Jit& jit = Jit::of(thread);
    jit.setCallThreshold(jit.options().call_threshold);
    return thread.singletons->none;
}

Value compileAfterCalls(Thread& thread, Value, const Value* args, size_t) {
    if (!args[0].isFixnum() || args[0].asFixnum() < 0 || args[0].asFixnum() > UINT32_MAX - 1) {
        return raise(thread, ExceptionKind::kValueError,
                     "number of calls must be in range(2**32 - 1)");
    }
    Jit::of(thread).setCallThreshold(static_cast<uint32_t>(args[0].asFixnum()) + 1);
    return thread.singletons->none;
}

Value enable(Thread& thread, Value, const Value*, size_t) {
    Jit::of(thread).setEnabled(true);
    return thread.singletons->none;
}

Value disable(Thread& thread, Value, const Value*, size_t) {
    Jit::of(thread).setEnabled(false);
    return thread.singletons->none;
}

Value disassembleFunction(Thread& thread, Value, const Value* args, size_t) {
    Function* function = functionOf(thread, args[0]);
    if (function == nullptr) return Value::null();
    const CompiledUnit* unit = Jit::of(thread).unitOf(function->code);
    if (unit == nullptr) {
        return raise(thread, ExceptionKind::kValueError, "the function is not compiled");
    }
    const std::string text = disassemble(*unit);
    return newStr(thread, text);
}

bool setNumber(Thread& thread, Dict* dict, std::string_view name, uint64_t number) {
    const Ref key(newStr(thread, name));
    if (!key) return false;
    return dictSet(thread, dict, key.get(), Value::fixnum(static_cast<int64_t>(number))) == 0;
}

// {"deopt": [{"reason", "count", "function", "lineno"}...], "compiled": n, ...}
bool addDeopts(Thread& thread, const Jit& jit, List* rows) {
    for (const auto& unit : jit.units()) {
        for (const ExitRecord& record : unit->exits) {
            if (record.taken == 0) continue;
            const Ref row(Value::of(newDict(thread)));
            if (!row) return false;
            const Ref reason(newStr(thread, hir::toString(record.reason)));
            const Ref name(newStr(thread, unit->name));
            const Ref reason_key(newStr(thread, "reason"));
            const Ref name_key(newStr(thread, "function"));
            if (!reason || !name || !reason_key || !name_key) return false;
            Dict* dict = row.as<Dict>();
            if (dictSet(thread, dict, reason_key.get(), reason.get()) != 0 ||
                dictSet(thread, dict, name_key.get(), name.get()) != 0 ||
                !setNumber(thread, dict, "lineno", lineOf(unit->code, record.guard_pc)) ||
                !setNumber(thread, dict, "count", record.taken) ||
                !listAppend(thread, rows, row.get())) {
                return false;
            }
        }
    }
    return true;
}

Value runtimeStatistics(Thread& thread, Value, const Value*, size_t) {
    Jit& jit = Jit::of(thread);
    const JitStatistics& statistics = jit.statistics();
    const Ref result(Value::of(newDict(thread)));
    const Ref rows(Value::of(makeList(thread)));
    const Ref key(newStr(thread, "deopt"));
    if (!result || !rows || !key) return Value::null();
    if (!addDeopts(thread, jit, rows.as<List>())) return Value::null();
    Dict* dict = result.as<Dict>();
    const bool complete = dictSet(thread, dict, key.get(), rows.get()) == 0 &&
                          setNumber(thread, dict, "compiled", statistics.functions_compiled) &&
                          setNumber(thread, dict, "rejected", statistics.rejected) &&
                          setNumber(thread, dict, "recompilations", statistics.recompilations) &&
                          setNumber(thread, dict, "invalidations", statistics.invalidations) &&
                          setNumber(thread, dict, "code_bytes", statistics.code_bytes);
    if (!complete) return Value::null();
    jit.clearDeoptStatistics();
    return newRef(result.get());
}

struct ModuleFunction {
    std::string_view name;
    NativeCode code;
    int args;
};

constexpr ModuleFunction kFunctions[] = {
    {"force_compile", forceCompile, 1},
    {"force_uncompile", forceUncompile, 1},
    {"is_jit_compiled", isJitCompiled, 1},
    {"auto", autoCompile, 0},
    {"compile_after_n_calls", compileAfterCalls, 1},
    {"enable", enable, 0},
    {"disable", disable, 0},
    {"disassemble", disassembleFunction, 1},
    {"get_and_clear_runtime_stats", runtimeStatistics, 0},
};

bool initJitModule(Thread& thread, Value module) {
    for (const ModuleFunction& row : kFunctions) {
        const NativeSignature signature{row.code, nullptr, row.args, row.args};
        const Ref function(newNativeFunction(thread, row.name, signature));
        Str* name = internStr(thread, row.name);
        if (!function || name == nullptr) return false;
        if (dictSetStr(thread, moduleDict(module), name, function.get()) != 0) return false;
    }
    return true;
}

}  // namespace

void addJitModules(Vm& vm) {
    for (const char* name : {"jit", "cinderjit", "_cinderx"}) {
        vm.addNativeModule(name, initJitModule);
    }
}

}  // namespace tagproof
