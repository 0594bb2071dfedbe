// The atexit module. Its namespace keeps the list of what is registered, as tuples of function,
// arguments and a dict of keywords; None where something was unregistered or has run.

#include "runtime/modules/atexit.h"

#include <utility>

#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "runtime/builtins.h"
#include "runtime/call.h"
#include "runtime/module.h"
#include "runtime/modules/native_modules.h"
#include "runtime/output.h"
#include "runtime/traceback.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

constexpr std::string_view kCallbacks = "_callbacks";

bool isCallback(Value value) {
    return isTuple(value) && value.as<Tuple>()->size == 3 && isTuple(value.as<Tuple>()->items()[1]);
}

// Null without pending when the module is not there, or was tampered with.
List* registeredCallbacks(Thread& thread) {
    const Ref module_name(Value::of(makeStr(thread, "atexit")));
    const Ref list_name(Value::of(makeStr(thread, kCallbacks)));
    if (!module_name || !list_name) return nullptr;
    const Value module = dictGetStr(thread.vm->modules(), module_name.as<Str>());
    if (module.isNull() || !isModule(thread, module)) return nullptr;
    const Value list = dictGetStr(moduleDict(module), list_name.as<Str>());
    return !list.isNull() && isList(list) ? list.as<List>() : nullptr;
}

Value registerCallback(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    if (positional == 0) {
        return raise(thread, ExceptionKind::kTypeError,
                     "register() takes at least 1 argument (0 given)");
    }
    if (!isCallable(thread, args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "the first argument must be callable");
    }
    List* const callbacks = registeredCallbacks(thread);
    const Ref arguments(Value::of(makeTuple(thread, args + 1, positional - 1)));
    const Ref keywords(Value::of(newDict(thread)));
    if (callbacks == nullptr || !arguments || !keywords) return Value::null();
    for (size_t k = 0; k < keywordCount(keyword_names); ++k) {
        Str* const name = keyword_names.as<Tuple>()->items()[k].as<Str>();
        if (dictSetStr(thread, keywords.as<Dict>(), name, args[positional + k]) < 0) {
            return Value::null();
        }
    }
    const Value parts[] = {args[0], arguments.get(), keywords.get()};
    const Ref callback(Value::of(makeTuple(thread, parts, std::size(parts))));
    if (!callback || !listAppend(thread, callbacks, callback.get())) return Value::null();
    return newRef(args[0]);
}

// Comparing may run code that changes the list.
Value unregisterCallback(Thread& thread, Value, const Value* args, size_t) {
    List* const callbacks = registeredCallbacks(thread);
    if (callbacks == nullptr) return thread.singletons->none;
    const Ref keep = Ref::borrow(Value::of(callbacks));
    for (uint64_t k = callbacks->size; k-- > 0;) {
        if (k >= callbacks->size || !isCallback(callbacks->items[k])) continue;
        const Ref callback = Ref::borrow(callbacks->items[k]);
        const int same =
            compareBool(thread, args[0], callback.as<Tuple>()->items()[0], CompareOp::kEq);
        if (same < 0) return Value::null();
        if (same > 0 && k < callbacks->size && callbacks->items[k] == callback.get()) {
            decref(std::exchange(callbacks->items[k], thread.singletons->none));
        }
    }
    return thread.singletons->none;
}

Value countCallbacks(Thread& thread, Value, const Value*, size_t) {
    const List* const callbacks = registeredCallbacks(thread);
    return Value::fixnum(callbacks == nullptr ? 0 : static_cast<int64_t>(callbacks->size));
}

Value runNow(Thread& thread, Value, const Value*, size_t) {
    runExitCallbacks(thread);
    return thread.singletons->none;
}

constexpr FunctionRow kFunctions[] = {
    {"unregister", unregisterCallback, 1, 1},
    {"_ncallbacks", countCallbacks, 0, 0},
    {"_run_exitfuncs", runNow, 0, 0},
};

void printFailure(Thread& thread, Value function) {
    const Ref exception(takePending(thread));
    const Ref shown(reprOf(thread, function));
    clearPending(thread);
    const std::string name = shown ? toUtf8(shown.as<Str>()) : "<object repr() failed>";
    static_cast<void>(
        thread.vm->standardError().write("Exception ignored in atexit callback: " + name + "\n" +
                                         formatException(thread, exception.get())));
}

}  // namespace

void runExitCallbacks(Thread& thread) {
    List* const callbacks = registeredCallbacks(thread);
    if (callbacks == nullptr) return clearPending(thread);
    const Ref keep = Ref::borrow(Value::of(callbacks));
    for (uint64_t k = callbacks->size; k-- > 0;) {
        if (k >= callbacks->size || !isCallback(callbacks->items[k])) continue;
        const Ref callback(std::exchange(callbacks->items[k], thread.singletons->none));
        const Value* const parts = callback.as<Tuple>()->items();
        const Ref result(callExpanded(thread, parts[0], parts[1].as<Tuple>(), parts[2].as<Dict>()));
        if (!result) printFailure(thread, parts[0]);
    }
    while (callbacks->size > 0) decref(listPopAt(callbacks, callbacks->size - 1));
}

bool initAtexitModule(Thread& thread, Value module) {
    return addValue(thread, module, kCallbacks, Value::of(makeList(thread))) &&
           addKeywordFunction(thread, module, "register", registerCallback) &&
           addFunctions(thread, module, kFunctions);
}

}  // namespace tagproof
