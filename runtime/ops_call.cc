// Slow paths of calls and of making functions.

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/call.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/interpreter_call.h"
#include "runtime/ops.h"
#include "runtime/runtime_names.h"

namespace tagproof {

namespace {

// The arguments of thread->args in a place that nested calls leave alone, with room for self.
class CopiedArguments {
  public:
    CopiedArguments(Thread& thread, Value self, uint32_t count) {
        Value* words = small_;
        if (count + 1 > kSmall) {
            large_.resize(count + 1);
            words = large_.data();
        }
        words[0] = self;
        std::copy_n(thread.args, count, words + 1);
        begin_ = self.isNull() ? words + 1 : words;
        count_ = self.isNull() ? count : count + 1;
    }
    [[nodiscard]] const Value* begin() const { return begin_; }
    [[nodiscard]] size_t count() const { return count_; }

  private:
    static constexpr size_t kSmall = 16;
    Value small_[kSmall];
    std::vector<Value> large_;  // used instead of small_ when they do not fit
    Value* begin_;              // first argument
    size_t count_;
};

// The same for a number known here, a few moves: what `take` returns for thread->args[0 .. count),
// with `self` in front.
template <typename Take, size_t... Index>
Value withArguments(const Thread& thread, Value self, Take take, std::index_sequence<Index...>) {
    const std::array<Value, 1 + sizeof...(Index)> args{self, thread.args[Index]...};
    return take(args.data(), args.size());
}

// Requires count <= kFewArguments.
template <typename Take>
Value withFewArguments(const Thread& thread, Value self, uint32_t count, Take take) {
    switch (count) {
        case 0:
            return withArguments(thread, self, take, std::make_index_sequence<0>{});
        case 1:
            return withArguments(thread, self, take, std::make_index_sequence<1>{});
        case 2:
            return withArguments(thread, self, take, std::make_index_sequence<2>{});
        default:
            return withArguments(thread, self, take, std::make_index_sequence<kFewArguments>{});
    }
}

// Calls native code, which gets `self` apart from its arguments.
Value callFew(Thread& thread, NativeCode code, Value self, uint32_t count) {
    if (!checkNativeStack(thread)) return Value::null();
    return withFewArguments(thread, self, count, [&](const Value* args, size_t size) {
        return code(thread, args[0], args + 1, size - 1);
    });
}

}  // namespace

extern "C" {

Value opCallNative(Thread* thread, Value function, uint32_t count) {
    const auto* native = function.as<NativeFunction>();
    return callFew(*thread, native->signature.code, native->self, count);
}

Value opCallNativeMethod(Thread* thread, Value descriptor, Value self, uint32_t count) {
    return callFew(*thread, descriptor.as<MethodDescriptor>()->signature.code, self, count);
}

Value opCall(Thread* thread, Value callable, Value self, uint32_t count) {
    if (count <= kFewArguments) {
        return withFewArguments(*thread, self, count, [&](const Value* args, size_t size) {
            const size_t skipped = self.isNull() ? 1 : 0;
            return call(*thread, callable, args + skipped, size - skipped);
        });
    }
    const CopiedArguments args(*thread, self, count);
    return call(*thread, callable, args.begin(), args.count());
}

Value opCallKw(Thread* thread, Value callable, Value self, uint32_t count, Value names) {
    const CopiedArguments args(*thread, self, count);
    return call(*thread, callable, args.begin(), args.count() - names.as<Tuple>()->size, names);
}

Value opCallEx(Thread* thread, Value callable, Value args, Value kwargs) {
    Ref tuple = isExactly(args, thread->types->tuple)
                    ? Ref::borrow(args)
                    : Ref(argumentsFromIterable(*thread, callable, args));
    if (!tuple) return Value::null();
    Ref dict;
    if (!kwargs.isNull()) {
        dict = isExactly(kwargs, thread->types->dict) ? Ref::borrow(kwargs)
                                                      : Ref(Value::of(newDict(*thread)));
        if (!dict) return Value::null();
        if (dict.get() != kwargs && opDictMerge(thread, dict.get(), kwargs, callable) < 0) {
            return Value::null();
        }
    }
    return callExpanded(*thread, callable, tuple.as<Tuple>(), dict ? dict.as<Dict>() : nullptr);
}

Value opMakeFunction(Thread* thread,
                     Value code,
                     Value defaults,
                     Value kwdefaults,
                     Value annotations,
                     Value closure,
                     Dict* globals) {
    auto* body = code.as<Code>()->body;
    const Value made = newFunction(*thread, code.as<Code>(), globals,
                                   Value::of(body->qualified_name), closure.as<Tuple>());
    if (made.isNull()) return made;
    auto* function = made.as<Function>();
    if (!defaults.isNull()) function->defaults = newRef(defaults.as<Tuple>());
    if (!kwdefaults.isNull()) function->kwdefaults = newRef(kwdefaults.as<Dict>());
    function->annotations = newRef(annotations);
    return made;
}

Value opLoadBuildClass(Thread* thread, Dict* builtins) {
    const Value found = dictGetStr(builtins, runtimeNames(*thread).build_class);
    if (found.isNull()) {
        return raise(*thread, ExceptionKind::kNameError, "__build_class__ not found");
    }
    return newRef(found);
}

}  // extern "C"

}  // namespace tagproof
