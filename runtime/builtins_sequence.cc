// Built-in functions on iterables: len, iter, next, min, max, sum, sorted, any, all.

#include "objmodel/attr.h"
#include "objmodel/c_int.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/iterators.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/fast_arith.h"
#include "runtime/known_natives.h"

namespace tagproof {

Value lenBuiltin(Thread& thread, Value, const Value* args, size_t) {
    const int64_t length = lengthOf(thread, args[0]);
    return length < 0 ? Value::null() : makeInt(thread, length);
}

namespace {

Value iterBuiltin(Thread& thread, Value, const Value* args, size_t count) {
    if (count == 1) return getIter(thread, args[0]);
    if (!isCallable(thread, args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "iter(v, w): v must be callable");
    }
    return newCallableIterator(thread, args[0], args[1]);
}

Value nextBuiltin(Thread& thread, Value, const Value* args, size_t count) {
    const UnaryFunction next = typeOf(thread, args[0])->slots.next;
    if (next == nullptr) {
        return raise(thread, ExceptionKind::kTypeError, "'{}' object is not an iterator",
                     typeName(typeOf(thread, args[0])));
    }
    const Value item = next(thread, args[0]);
    if (!item.isNull()) return item;
    if (hasPending(thread)) {
        if (count == 1 || !pendingMatches(thread, ExceptionKind::kStopIteration)) return item;
        clearPending(thread);
    }
    return count == 2 ? newRef(args[1]) : raiseStopIteration(thread, Value::null());
}

Value anyBuiltin(Thread& thread, Value, const Value* args, size_t) {
    int truth = 0;
    const bool done = forEach(thread, args[0], [&](Value item) {
        truth = isTrue(thread, item);
        return truth == 0;
    });
    if (!done && hasPending(thread)) return Value::null();
    return boolValue(thread, truth > 0);
}

Value allBuiltin(Thread& thread, Value, const Value* args, size_t) {
    int truth = 1;
    const bool done = forEach(thread, args[0], [&](Value item) {
        truth = isTrue(thread, item);
        return truth > 0;
    });
    if (!done && hasPending(thread)) return Value::null();
    return boolValue(thread, truth > 0);
}

// --- min, max ------------------------------------------------------------------------------------

// The best item so far and its key.
struct Extreme {
    Thread& thread;
    CompareOp op;
    Value key_function;  // borrowed, or null
    Ref best;
    Ref best_key;

    [[nodiscard]] bool visit(Value item) {
        Ref key =
            key_function.isNull() ? Ref::borrow(item) : Ref(call(thread, key_function, &item, 1));
        if (!key) return false;
        if (best) {
            const Ref result(richCompare(thread, key.get(), best_key.get(), op));
            if (!result) return false;
            const int better = isTrue(thread, result.get());
            if (better <= 0) return better == 0;
        }
        best = Ref::borrow(item);
        best_key = std::move(key);
        return true;
    }
};

Value extreme(Thread& thread,
              const char* name,
              CompareOp op,
              const Value* args,
              size_t positional,
              Value keyword_names) {
    if (positional == 0) {
        return raise(thread, ExceptionKind::kTypeError, "{} expected at least 1 argument, got 0",
                     name);
    }
    static constexpr const char* kNames[] = {"key", "default", nullptr};
    const ParameterList parameters{.function = name, .names = kNames};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args + positional, 0, keyword_names, bound)) {
        return Value::null();
    }
    if (positional > 1 && !bound[1].isNull()) {
        return raise(thread, ExceptionKind::kTypeError,
                     "Cannot specify a default for {}() with multiple positional arguments", name);
    }
    const bool has_key = !bound[0].isNull() && bound[0] != thread.singletons->none;
    Extreme state{thread, op, has_key ? bound[0] : Value::null(), Ref(), Ref()};
    if (positional > 1) {
        for (size_t i = 0; i < positional; ++i) {
            if (!state.visit(args[i])) return Value::null();
        }
    } else if (!forEach(thread, args[0], [&](Value item) { return state.visit(item); })) {
        return Value::null();
    }
    if (state.best) return state.best.release();
    if (!bound[1].isNull()) return newRef(bound[1]);
    return raise(thread, ExceptionKind::kValueError, "{}() arg is an empty sequence", name);
}

Value minBuiltin(Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    return extreme(thread, "min", CompareOp::kLt, args, positional, keyword_names);
}
Value maxBuiltin(Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    return extreme(thread, "max", CompareOp::kGt, args, positional, keyword_names);
}

// --- sum, sorted ---------------------------------------------------------------------------------

Value sumBuiltin(Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"", "start", nullptr};
    const ParameterList parameters{.function = "sum",
                                   .names = kNames,
                                   .positional_only = 1,
                                   .max_positional = 2,
                                   .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    const Value start = bound[1].isNull() ? Value::fixnum(0) : bound[1];
    if (isStr(start)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "sum() can't sum strings [use ''.join(seq) instead]");
    }
    if (isExactly(start, thread.types->bytes)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "sum() can't sum bytes [use b''.join(seq) instead]");
    }
    Ref total = Ref::borrow(start);
    const bool done = forEach(thread, bound[0], [&](Value item) {
        Value sum = bothFixnums(total.get(), item) ? addFixnums(total.get(), item) : Value::null();
        if (sum.isNull()) sum = binaryOp(thread, BinaryOp::kAdd, total.get(), item);
        total = Ref(sum);
        return static_cast<bool>(total);
    });
    return done ? total.release() : Value::null();
}

Value sortedBuiltin(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"", "key", "reverse", nullptr};
    if (positional != 1) {
        return raise(thread, ExceptionKind::kTypeError, "sorted expected 1 argument, got {}",
                     positional);
    }
    const ParameterList parameters{.function = "sort",
                                   .names = kNames,
                                   .positional_only = 1,
                                   .max_positional = 1,
                                   .required = 1};
    Value bound[3];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    const Ref list(Value::of(listFromIterable(thread, bound[0])));
    int reverse = 0;
    if (!list || (!bound[2].isNull() && !toCInt(thread, bound[2], &reverse)) ||
        !listSort(thread, list.as<List>(), bound[1], reverse != 0)) {
        return Value::null();
    }
    return newRef(list.get());
}

constexpr FunctionRow kFunctions[] = {
    {"all", allBuiltin, 1, 1}, {"any", anyBuiltin, 1, 1},   {"iter", iterBuiltin, 1, 2},
    {"len", lenBuiltin, 1, 1}, {"next", nextBuiltin, 1, 2},
};
constexpr KeywordFunctionRow kKeywordFunctions[] = {
    {"max", maxBuiltin},
    {"min", minBuiltin},
    {"sorted", sortedBuiltin},
    {"sum", sumBuiltin},
};

}  // namespace

bool addSequenceBuiltins(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions) &&
           addFunctions(thread, module, kKeywordFunctions);
}

}  // namespace tagproof
