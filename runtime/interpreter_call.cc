#include "runtime/interpreter_call.h"

#include <algorithm>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/managed_dict.h"
#include "objmodel/native_function.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/call.h"
#include "runtime/interpreter.h"
#include "runtime/native_depth.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// Enters compiled code with all parameters bound.
Value enterCompiled(Thread& thread, Function* function, const Value* args, size_t count) {
    for (size_t i = kEntryRegisterArguments; i < count; ++i) thread.args[i] = args[i];
    thread.callee = Value::of(function);
    Value first[kEntryRegisterArguments];
    for (size_t i = 0; i < kEntryRegisterArguments; ++i) {
        first[i] = i < count ? args[i] : Value::null();
    }
    const auto entry = reinterpret_cast<Entry>(function->code->entry);
    const NativeDepthScope scope(thread);
    return entry(&thread, first[0], first[1], first[2], first[3], first[4]);
}

// Whether the keywords of a call name the parameters behind its positional arguments, one by one.
bool isInOrder(const CodeBody& body, const CallSite& site) {
    if (site.keyword_names.isNull()) return true;
    const Tuple* names = site.keyword_names.as<Tuple>();
    const size_t positional = site.given() - names->size;
    if (positional < body.positional_only) return false;
    return std::equal(names->items(), names->items() + names->size,
                      body.local_names.begin() + static_cast<ptrdiff_t>(positional),
                      [](Value name, const Str* own) { return name == Value::of(own); });
}

// Of a call whose arguments stand where the parameters do, where defaults make up for the rest:
// null without pending if it is none.
Frame* enterInOrder(Thread& thread, Function* function, const CallSite& site) {
    const Tuple* defaults = function->defaults;
    const size_t wanted = function->code->exact_count;
    const size_t given = site.given();
    const size_t most_missing = defaults == nullptr ? 0 : defaults->size;
    if (wanted == kNeedsBinding || given > wanted || wanted - given > most_missing ||
        !isInOrder(*function->code->body, site)) {
        return nullptr;
    }
    Frame* frame = enterExact(thread, function, site.args(), given);
    if (frame == nullptr) return nullptr;
    for (size_t i = given; i < wanted; ++i) {
        frame->slots()[i] = newRef(defaults->items()[i + defaults->size - wanted]);
    }
    return frame;
}

}  // namespace

Frame* enterSlow(Thread& thread, const char* where) {
    raiseRecursionError(thread, where);
    return nullptr;
}

Frame* enterBinding(Thread& thread, Function* function, const CallSite& site) {
    if (Frame* const simple = enterInOrder(thread, function, site)) return simple;
    if (hasPending(thread)) return nullptr;
    Frame* frame = pushFrame(thread, function);
    if (frame == nullptr) return nullptr;
    const size_t keywords = keywordCount(site.keyword_names);
    if (!bindArguments(thread, function, site.args(), site.given() - keywords, site.keyword_names,
                       frame->slots())) {
        popFrame(thread, frame);
        return nullptr;
    }
    ++thread.interpreted_calls;
    releaseOperands(site.base, site.base + 2 + site.count);
    return frame;
}

Value callCompiled(Thread& thread, Function* function, const CallSite& site) {
    const size_t keywords = keywordCount(site.keyword_names);
    return callBound(thread, function, site.args(), site.given() - keywords, site.keyword_names);
}

Value callBound(
    Thread& thread, Function* function, const Value* args, size_t positional, Value keyword_names) {
    Code* code = function->code;
    const Ref keep = Ref::borrow(Value::of(code));
    if (code->exact_count == positional && keywordCount(keyword_names) == 0) {
        return enterCompiled(thread, function, args, positional);
    }
    const size_t parameters = parameterCount(code);
    Value bound[layout::kThreadArgCount];
    if (parameters > layout::kThreadArgCount) {
        return raise(thread, ExceptionKind::kSystemError, "too many parameters for compiled code");
    }
    std::fill_n(bound, parameters, Value::null());
    if (!bindArguments(thread, function, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    const Value result = enterCompiled(thread, function, bound, parameters);
    releaseOperands(bound, bound + parameters);
    return result;
}

Value callGeneric(Thread& thread, const CallSite& site) {
    const Value callable = site.base[0];
    const size_t given = site.given();
    if (callable.isObject() && site.keyword_names.isNull()) [[likely]] {
        const Type* type = callable.asObject()->type;
        if (type == thread.types->builtin_function) {
            const auto* native = callable.as<NativeFunction>();
            if (takesCount(native->signature, given)) {
                return native->signature.code(thread, native->self, site.args(), given);
            }
        } else if (type == thread.types->method_descriptor && given > 0) {
            const auto* method = callable.as<MethodDescriptor>();
            const Value* args = site.args();
            if (takesCount(method->signature, given - 1) &&
                isSubtype(typeOf(thread, args[0]), method->owner)) {
                return method->signature.code(thread, args[0], args + 1, given - 1);
            }
        }
    }
    const size_t positional = given - keywordCount(site.keyword_names);
    return call(thread, callable, site.args(), positional, site.keyword_names);
}

void unpackMethod(Value* base) {
    const Value method = base[0];
    base[0] = newRef(method.as<BoundMethod>()->function);
    base[1] = newRef(method.as<BoundMethod>()->self);
    decref(method);
}

Value beginConstruction(Thread& thread, Value* base) {
    auto* type = base[0].as<Type>();
    if (type->slots.construct != constructObject || hasFlag(type, kTypeIsAbstractBase) ||
        type->head.type->slots.call != callType) {
        return Value::null();
    }
    const Value init = lookupTypeAttribute(thread, type, thread.singletons->names.init);
    if (!isFunction(thread, init)) return Value::null();
    const Code* code = init.as<Function>()->code;
    if ((code->jit_flags & kCodeIsCompiled) != 0) return Value::null();
    Object* instance = newInstance(thread, type);
    if (instance == nullptr) return Value::null();
    base[0] = newRef(init);
    base[1] = Value::of(instance);
    decref(Value::of(type));
    return Value::of(instance);
}

void recordCalleeSlow(Thread& thread, Feedback& feedback, Value callee) {
    const auto code_of = [&](Value function) {
        return isFunction(thread, function) ? Value::of(function.as<Function>()->code)
                                            : Value::null();
    };
    const Value code = code_of(callee);
    if (feedback.callees == kNoCallee) {
        feedback.callee = callee;
        feedback.callees = kOneCallee;
    } else if (feedback.callees == kOneCallee && !code.isNull() && feedback.callee.isObject() &&
               thread.heap->isLiveObject(feedback.callee.asObject()) &&
               code_of(feedback.callee) == code) {
        feedback.callee = code;
        feedback.callees = kSameCode;
    } else if (feedback.callees != kSameCode || code != feedback.callee) {
        feedback.callee = Value::null();
        feedback.callees = kManyCallees;
    }
}

}  // namespace tagproof
