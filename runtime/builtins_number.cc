// Built-in functions on numbers: abs, divmod, pow, round, bin, oct, hex, hash.

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"

namespace tagproof {

namespace {

Value absBuiltin(Thread& thread, Value, const Value* args, size_t) {
    return absoluteOf(thread, args[0]);
}

Value divmodBuiltin(Thread& thread, Value, const Value* args, size_t) {
    return divmodOf(thread, args[0], args[1]);
}

Value hashBuiltin(Thread& thread, Value, const Value* args, size_t) {
    const int64_t hash = hashOf(thread, args[0]);
    return hash == -1 ? Value::null() : makeInt(thread, hash);
}

Value powBuiltin(Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"base", "exp", "mod", nullptr};
    const ParameterList parameters{.function = "pow",
                                   .names = kNames,
                                   .positional_only = 0,
                                   .max_positional = 3,
                                   .required = 2};
    Value bound[3];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    const Value modulus = bound[2].isNull() ? thread.singletons->none : bound[2];
    return powerOf(thread, bound[0], bound[1], modulus);
}

Value roundBuiltin(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"number", "ndigits", nullptr};
    const ParameterList parameters{.function = "round",
                                   .names = kNames,
                                   .positional_only = 0,
                                   .max_positional = 2,
                                   .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    const Ref method(lookupSpecial(thread, bound[0], thread.singletons->names.round));
    if (!method) {
        if (hasPending(thread)) return Value::null();
        return raise(thread, ExceptionKind::kTypeError, "type {} doesn't define __round__ method",
                     typeName(typeOf(thread, bound[0])));
    }
    const bool plain = bound[1].isNull() || bound[1] == thread.singletons->none;
    return call(thread, method.get(), bound + 1, plain ? 0 : 1);
}

Value inBase(Thread& thread, Value value, int base, const char* prefix) {
    const Ref number(indexOf(thread, value));
    if (!number) return Value::null();
    std::string digits;
    if (!intToString(thread, number.get(), base, &digits)) return Value::null();
    const size_t sign = digits[0] == '-' ? 1 : 0;
    return Value::of(makeAsciiStr(thread, digits.insert(sign, prefix)));
}
Value binBuiltin(Thread& thread, Value, const Value* args, size_t) {
    return inBase(thread, args[0], 2, "0b");
}
Value octBuiltin(Thread& thread, Value, const Value* args, size_t) {
    return inBase(thread, args[0], 8, "0o");
}
Value hexBuiltin(Thread& thread, Value, const Value* args, size_t) {
    return inBase(thread, args[0], 16, "0x");
}

constexpr FunctionRow kFunctions[] = {
    {"abs", absBuiltin, 1, 1},   {"bin", binBuiltin, 1, 1}, {"divmod", divmodBuiltin, 2, 2},
    {"hash", hashBuiltin, 1, 1}, {"hex", hexBuiltin, 1, 1}, {"oct", octBuiltin, 1, 1},
};
constexpr KeywordFunctionRow kKeywordFunctions[] = {
    {"pow", powBuiltin},
    {"round", roundBuiltin},
};

}  // namespace

bool addNumberBuiltins(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions) &&
           addFunctions(thread, module, kKeywordFunctions);
}

}  // namespace tagproof
