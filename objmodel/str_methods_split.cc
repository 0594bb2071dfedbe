// str: split, rsplit, splitlines, partition, join.

#include "objmodel/str_methods.h"
#include "objmodel/text_split.h"

namespace tagproof {

namespace {

Value joinItems(Thread& thread, Str* separator, const Value* items, uint64_t count) {
    for (uint64_t k = 0; k < count; ++k) {
        if (isStr(items[k])) continue;
        return raise(thread, ExceptionKind::kTypeError,
                     "sequence item {}: expected str instance, {} found", k,
                     typeName(typeOf(thread, items[k])));
    }
    return Value::of(joinStr(thread, separator, items, count));
}

Value methodJoin(Thread& thread, Value self, const Value* args, size_t) {
    const Value iterable = args[0];
    if (isExactly(iterable, thread.types->list)) {
        const auto* list = iterable.as<List>();
        return joinItems(thread, self.as<Str>(), list->items, list->size);
    }
    const Ref items(Value::of(tupleFromIterableOr(thread, iterable, "can only join an iterable")));
    if (!items) return Value::null();
    return joinItems(thread, self.as<Str>(), items.as<Tuple>()->items(), items.as<Tuple>()->size);
}

}  // namespace

void addStrSplitMethods(Thread& thread, Type* type) {
    addSplitMethods<StrText>(thread, type);
    addMethod(thread, type, "join", methodJoin, 1, 1);
}

}  // namespace tagproof
