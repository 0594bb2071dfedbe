#include "runtime/call.h"

#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/callable_name.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/function.h"

namespace tagproof {

Value callExpanded(Thread& thread, Value callable, Tuple* args, Dict* kwargs) {
    if (kwargs == nullptr || kwargs->used == 0) {
        return call(thread, callable, args->items(), args->size);
    }
    std::vector<Value> words(args->items(), args->items() + args->size);
    Ref names(Value::of(allocateTuple(thread, kwargs->used)));
    if (!names) return Value::null();
    std::vector<Ref> values;  // kept alive: the callee may change the dict
    size_t position = 0;
    Value key;
    Value value;
    size_t count = 0;
    while (dictNext(kwargs, &position, &key, &value)) {
        if (!isStr(key)) {
            return raise(thread, ExceptionKind::kTypeError, "keywords must be strings");
        }
        names.as<Tuple>()->items()[count++] = newRef(key);
        values.push_back(Ref::borrow(value));
        words.push_back(value);
    }
    return call(thread, callable, words.data(), args->size, names.get());
}

Value argumentsFromIterable(Thread& thread, Value callable, Value iterable) {
    const Type* type = typeOf(thread, iterable);
    if (type->slots.iter == nullptr && type->slots.get_item == nullptr) {
        const Ref name(callableName(thread, callable));
        if (!name) return Value::null();
        return raise(thread, ExceptionKind::kTypeError,
                     "{} argument after * must be an iterable, not {}", toUtf8(name.as<Str>()),
                     typeName(type));
    }
    return Value::of(tupleFromIterable(thread, iterable));
}

}  // namespace tagproof
