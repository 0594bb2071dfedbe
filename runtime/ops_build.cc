// Slow paths that make and extend containers.

#include "runtime/build.h"

#include "objmodel/attr.h"
#include "objmodel/callable_name.h"
#include "objmodel/dict.h"
#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/set.h"
#include "objmodel/slice.h"
#include "objmodel/str_builder.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/call.h"
#include "runtime/ops.h"

namespace tagproof {

namespace {

int raiseNotMapping(Thread& thread, Value mapping, Value callable) {
    const Ref name(callableName(thread, callable));
    if (!name) return -1;
    raise(thread, ExceptionKind::kTypeError, "{} argument after ** must be a mapping, not {}",
          toUtf8(name.as<Str>()), typeName(typeOf(thread, mapping)));
    return -1;
}

int mergeKeyword(Thread& thread, Dict* dict, Value key, Value value, Value callable) {
    const int present = dictContains(thread, dict, key);
    if (present < 0) return -1;
    if (present == 0) return dictSet(thread, dict, key, value);
    if (!isStr(key)) {
        raise(thread, ExceptionKind::kTypeError, "keywords must be strings");
        return -1;
    }
    // CPython 3.11 makes a TypeError of a KeyError, and fails to in a handler, where exceptions are
    // instances from the start.
    if (!handledException(thread).isNull()) {
        raiseWithValue(thread, ExceptionKind::kKeyError, key);
        return -1;
    }
    const Ref name(callableName(thread, callable));
    if (!name) return -1;
    raise(thread, ExceptionKind::kTypeError, "{} got multiple values for keyword argument '{}'",
          toUtf8(name.as<Str>()), toUtf8(key.as<Str>()));
    return -1;
}

}  // namespace

Value buildSet(Thread& thread, const Value* items, size_t count) {
    Ref set(Value::of(makeSet(thread)));
    if (!set) return Value::null();
    for (size_t i = 0; i < count; ++i) {
        if (!setAdd(thread, set.as<Set>(), items[i])) return Value::null();
    }
    return set.release();
}

Value buildMap(Thread& thread, const Value* items, size_t pairs) {
    Ref dict(Value::of(newDict(thread)));
    if (!dict) return Value::null();
    for (size_t i = 0; i < pairs; ++i) {
        if (dictSet(thread, dict.as<Dict>(), items[2 * i], items[2 * i + 1]) < 0) {
            return Value::null();
        }
    }
    return dict.release();
}

Value buildString(Thread& thread, const Value* items, size_t count) {
    return Value::of(joinStr(thread, thread.singletons->empty_str.as<Str>(), items, count));
}

extern "C" {

Value opBuildTuple(Thread* thread, uint32_t count) {
    return Value::of(makeTuple(*thread, thread->args, count));
}

Value opBuildList(Thread* thread, uint32_t count) {
    return Value::of(makeList(*thread, thread->args, count));
}

Value opBuildSet(Thread* thread, uint32_t count) {
    // Hashing may run guest code, which may use the argument area.
    const Ref items(opBuildTuple(thread, count));
    return items ? buildSet(*thread, items.as<Tuple>()->items(), count) : Value::null();
}

Value opBuildMap(Thread* thread, uint32_t pairs) {
    const Ref items(opBuildTuple(thread, 2 * pairs));
    return items ? buildMap(*thread, items.as<Tuple>()->items(), pairs) : Value::null();
}

Value opBuildString(Thread* thread, uint32_t count) {
    return buildString(*thread, thread->args, count);
}

Value opBuildSlice(Thread* thread, Value start, Value stop, Value step) {
    return makeSlice(*thread, start, stop, step);
}

Value opFormatValue(Thread* thread, Value value, uint32_t conversion, Value spec) {
    Ref converted = Ref::borrow(value);
    if (conversion == 1) converted = Ref(strOf(*thread, value));
    if (conversion == 2) converted = Ref(reprOf(*thread, value));
    if (conversion == 3) converted = Ref(asciiOf(*thread, value));
    if (!converted) return Value::null();
    if (spec.isNull() && isExactStr(*thread, converted.get())) return converted.release();
    if (spec.isNull() && converted.get().isFixnum()) return strOf(*thread, converted.get());
    return formatOf(*thread, converted.get(), spec);
}

int opListAppend(Thread* thread, Value list, Value item) {
    return listAppend(*thread, list.as<List>(), item) ? 0 : -1;
}

int opSetAdd(Thread* thread, Value set, Value item) {
    return setAdd(*thread, set.as<Set>(), item) ? 0 : -1;
}

int opMapAdd(Thread* thread, Value dict, Value key, Value value) {
    return dictSet(*thread, dict.as<Dict>(), key, value);
}

int opListExtend(Thread* thread, Value list, Value iterable) {
    if (listExtend(*thread, list.as<List>(), iterable)) return 0;
    const Type* type = typeOf(*thread, iterable);
    if (type->slots.iter == nullptr && type->slots.get_item == nullptr &&
        pendingMatches(*thread, ExceptionKind::kTypeError)) {
        clearPending(*thread);
        raise(*thread, ExceptionKind::kTypeError, "Value after * must be an iterable, not {}",
              typeName(type));
    }
    return -1;
}

int opSetUpdate(Thread* thread, Value set, Value iterable) {
    return setUpdate(*thread, set.as<Set>(), iterable) ? 0 : -1;
}

int opDictUpdate(Thread* thread, Value dict, Value mapping) {
    if (dictUpdateFromMapping(*thread, dict.as<Dict>(), mapping)) return 0;
    if (pendingMatches(*thread, ExceptionKind::kAttributeError)) {
        clearPending(*thread);
        raise(*thread, ExceptionKind::kTypeError, "'{}' object is not a mapping",
              typeName(typeOf(*thread, mapping)));
    }
    return -1;
}

int opDictMerge(Thread* thread, Value dict, Value mapping, Value callable) {
    Ref source = Ref::borrow(mapping);
    if (!iteratesAsDict(*thread, mapping)) {
        source = Ref(Value::of(newDict(*thread)));
        if (!source) return -1;
        if (!dictUpdateFromMapping(*thread, source.as<Dict>(), mapping)) {
            if (!pendingMatches(*thread, ExceptionKind::kAttributeError)) return -1;
            clearPending(*thread);
            return raiseNotMapping(*thread, mapping, callable);
        }
    }
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(source.as<Dict>(), &position, &key, &value)) {
        const Ref keep_key = Ref::borrow(key);
        const Ref keep_value = Ref::borrow(value);
        if (mergeKeyword(*thread, dict.as<Dict>(), key, value, callable) < 0) return -1;
    }
    return 0;
}

Value opListToTuple(Thread* thread, Value list) {
    return Value::of(makeTuple(*thread, list.as<List>()->items, list.as<List>()->size));
}

}  // extern "C"

}  // namespace tagproof
