// Slow paths of match statements and of module-level odds and ends.

#include <algorithm>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/ops.h"
#include "runtime/runtime_names.h"

namespace tagproof {

namespace {

// Built-in classes whose one positional pattern matches the subject itself.
bool matchesSelf(const Thread& thread, const Type* type) {
    const CoreTypes& types = *thread.types;
    const Type* const selves[] = {types.bool_,  types.bytearray, types.bytes, types.dict,
                                  types.float_, types.frozenset, types.int_,  types.list,
                                  types.set,    types.str,       types.tuple};
    return std::ranges::any_of(selves, [&](const Type* self) { return isSubtype(type, self); });
}

// One class pattern under way.
struct ClassMatch {
    Thread& thread;
    Value subject;
    Type* type;
    std::vector<Ref> found;  // matched attributes
    std::vector<Ref> used;   // names matched so far
};

// 1 matched, 0 no such attribute, -1 exception.
int matchAttribute(ClassMatch& match, Str* name) {
    for (const Ref& used : match.used) {
        if (!strEqual(used.as<Str>(), name)) continue;
        raise(match.thread, ExceptionKind::kTypeError,
              "{}() got multiple sub-patterns for attribute '{}'", typeName(match.type),
              toUtf8(name));
        return -1;
    }
    match.used.push_back(Ref::borrow(Value::of(name)));
    Ref value(getAttrOrNull(match.thread, match.subject, name));
    if (!value) return hasPending(match.thread) ? -1 : 0;
    match.found.push_back(std::move(value));
    return 1;
}

int raiseTooManyPatterns(ClassMatch& match, size_t allowed, size_t given) {
    raise(match.thread, ExceptionKind::kTypeError,
          "{}() accepts {} positional sub-pattern{} ({} given)", typeName(match.type), allowed,
          allowed == 1 ? "" : "s", given);
    return -1;
}

int matchPositional(ClassMatch& match, size_t count) {
    if (count == 0) return 1;
    Thread& thread = match.thread;
    const Ref match_args(
        getAttrOrNull(thread, Value::of(match.type), thread.singletons->names.match_args));
    if (!match_args) {
        if (hasPending(thread)) return -1;
        if (!matchesSelf(thread, match.type)) return raiseTooManyPatterns(match, 0, count);
        if (count > 1) return raiseTooManyPatterns(match, 1, count);
        match.found.push_back(Ref::borrow(match.subject));
        return 1;
    }
    if (!isExactTuple(thread, match_args.get())) {
        raise(thread, ExceptionKind::kTypeError, "{}.__match_args__ must be a tuple (got {})",
              typeName(match.type), typeName(typeOf(thread, match_args.get())));
        return -1;
    }
    const auto* names = match_args.as<Tuple>();
    if (names->size < count) return raiseTooManyPatterns(match, names->size, count);
    for (size_t i = 0; i < count; ++i) {
        if (!isStr(names->items()[i])) {
            raise(thread, ExceptionKind::kTypeError,
                  "__match_args__ elements must be strings (got {})",
                  typeName(typeOf(thread, names->items()[i])));
            return -1;
        }
        const int matched = matchAttribute(match, names->items()[i].as<Str>());
        if (matched <= 0) return matched;
    }
    return 1;
}

}  // namespace

extern "C" {

Value opGetLength(Thread* thread, Value sequence) {
    const int64_t length = lengthOf(*thread, sequence);
    return length < 0 ? Value::null() : makeInt(*thread, length);
}

int opMatchMapping(Thread* thread, Value subject) {
    const Type* type = typeOf(*thread, subject);
    constexpr uint32_t kMappings = kTypeIsDict | kTypeMatchesMapping;
    const bool mapping =
        (type->type_flags & kMappings) != 0 || type == thread->types->mapping_proxy;
    return mapping ? 1 : 0;
}

int opMatchSequence(Thread* thread, Value subject) {
    const Type* type = typeOf(*thread, subject);
    constexpr uint32_t kSequences = kTypeIsList | kTypeIsTuple | kTypeMatchesSequence;
    const bool sequence = (type->type_flags & kSequences) != 0 || type == thread->types->range ||
                          type == thread->types->memoryview;
    return sequence ? 1 : 0;
}

Value opMatchKeys(Thread* thread, Value subject, Value keys) {
    const auto* wanted = keys.as<Tuple>();
    Ref values(Value::of(allocateTuple(*thread, wanted->size)));
    if (!values) return Value::null();
    // get(key, sentinel) rather than [key]: a defaultdict must not grow.
    const Ref get(getAttr(*thread, subject, "get"));
    const Ref missing(newPlainObject(*thread));
    if (!get || !missing) return Value::null();
    for (size_t i = 0; i < wanted->size; ++i) {
        for (size_t k = 0; k < i; ++k) {
            const int same =
                compareBool(*thread, wanted->items()[k], wanted->items()[i], CompareOp::kEq);
            if (same < 0) return Value::null();
            if (same == 0) continue;
            const Ref key(reprOf(*thread, wanted->items()[i]));
            if (!key) return Value::null();
            return raise(*thread, ExceptionKind::kValueError,
                         "mapping pattern checks duplicate key ({})", toUtf8(key.as<Str>()));
        }
        Ref value(call(*thread, get.get(), {wanted->items()[i], missing.get()}));
        if (!value) return Value::null();
        if (value.get() == missing.get()) return thread->singletons->none;
        values.as<Tuple>()->items()[i] = value.release();
    }
    return values.release();
}

Value opMatchClass(Thread* thread, Value subject, Value cls, Value names, uint32_t positional) {
    if (!isType(cls)) {
        return raise(*thread, ExceptionKind::kTypeError, "called match pattern must be a type");
    }
    const int is_instance = isInstance(*thread, subject, cls);
    if (is_instance < 0) return Value::null();
    if (is_instance == 0) return thread->singletons->none;
    ClassMatch match{*thread, subject, cls.as<Type>(), {}, {}};
    int matched = matchPositional(match, positional);
    const auto* keywords = names.as<Tuple>();
    for (size_t i = 0; matched > 0 && i < keywords->size; ++i) {
        matched = matchAttribute(match, keywords->items()[i].as<Str>());
    }
    if (matched <= 0) return matched < 0 ? Value::null() : thread->singletons->none;
    Tuple* result = allocateTuple(*thread, match.found.size());
    if (result == nullptr) return Value::null();
    for (size_t i = 0; i < match.found.size(); ++i) result->items()[i] = match.found[i].release();
    return Value::of(result);
}

int opSetupAnnotations(Thread* thread, Value names, Dict* globals) {
    Dict* dict = names.isNull() ? globals : names.as<Dict>();
    Str* name = thread->singletons->names.annotations;
    if (!dictGetStr(dict, name).isNull()) return 0;
    const Ref annotations(Value::of(newDict(*thread)));
    return annotations ? dictSetStr(*thread, dict, name, annotations.get()) : -1;
}

int opPrintExpr(Thread* thread, Value value) {
    const Ref hook = Ref::borrow(sysAttribute(*thread, runtimeNames(*thread).displayhook));
    if (!hook) {
        raise(*thread, ExceptionKind::kRuntimeError, "lost sys.displayhook");
        return -1;
    }
    const Ref shown(call(*thread, hook.get(), {value}));
    return shown ? 0 : -1;
}

}  // extern "C"

}  // namespace tagproof
