// Slow paths of iteration, unpacking and delegation to subiterators.

#include <algorithm>
#include <array>

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/code.h"
#include "runtime/fast_iter.h"
#include "runtime/generator.h"
#include "runtime/ops.h"

namespace tagproof {

namespace {

// A StopIteration that ended a delegation: its value goes to args[0].
void takeDelegateResult(Thread& thread) {
    const Ref stop(takePending(thread));
    thread.args[0] = stopIterationValue(thread, stop.get());
}

}  // namespace

Value nextItemSlow(Thread& thread, Value iterator) {
    if (!hasPending(thread)) {
        return raise(thread, ExceptionKind::kTypeError, "'{}' object is not an iterator",
                     typeName(typeOf(thread, iterator)));
    }
    if (pendingMatches(thread, ExceptionKind::kStopIteration)) clearPending(thread);
    return Value::null();
}

void recordIterator(const Thread& thread, Feedback& feedback, Value iterator) {
    const Type* type = iterator.asObject()->type;
    const CoreTypes& types = *thread.types;
    uint8_t seen = kSeenOther;
    if (type == types.range_iterator) seen = kSeenRange;
    if (type == types.list_iterator) seen = kSeenList;
    if (type == types.tuple_iterator) seen = kSeenTuple;
    if (type == types.str_iterator) seen = kSeenStr;
    if (type == types.dict_key_iterator || type == types.dict_item_iterator ||
        type == types.dict_value_iterator) {
        seen = kSeenDict;
    }
    recordSeen(feedback, seen, 0, 0);
}

extern "C" {

Value opGetIter(Thread* thread, Value iterable) { return getIter(*thread, iterable); }

Value opForNext(Thread* thread, Value iterator) {
    const Value item = nextItemFast(*thread, iterator);
    return item.isNull() ? nextItem(*thread, iterator) : item;
}

// Iteration may run guest code, which uses the argument area: the items are gathered elsewhere.
int opUnpackSequence(Thread* thread, Value sequence, uint32_t count) {
    std::array<Value, layout::kThreadArgCount> items;
    if (!unpackSequence(*thread, sequence, count, items.data())) return -1;
    std::copy_n(items.data(), count, thread->args);
    return 0;
}

int opUnpackEx(Thread* thread, Value sequence, uint32_t before, uint32_t after) {
    std::array<Value, layout::kThreadArgCount> items;
    if (!unpackExtended(*thread, sequence, before, after, items.data())) return -1;
    std::copy_n(items.data(), before + 1 + after, thread->args);
    return 0;
}

Value opGetYieldFromIter(Thread* thread, Value iterable) {
    if (isGenerator(*thread, iterable)) return newRef(iterable);
    return getIter(*thread, iterable);
}

Value opSend(Thread* thread, Value iterator, Value value) {
    thread->args[0] = Value::null();
    if (isGenerator(*thread, iterator)) {
        Value returned;
        const Value item = resumeGenerator(*thread, iterator.as<Generator>(), value, &returned);
        if (item.isNull()) thread->args[0] = returned;
        return item;
    }
    Value item;
    if (value == thread->singletons->none) {
        const UnaryFunction next =
            iterator.isObject() ? iterator.asObject()->type->slots.next : nullptr;
        if (next == nullptr) {
            return raise(*thread, ExceptionKind::kTypeError, "object is not an iterator");
        }
        item = next(*thread, iterator);
    } else {
        item = callMethod(*thread, iterator, thread->singletons->names.send, &value, 1);
    }
    if (!item.isNull()) return item;
    if (!hasPending(*thread)) {
        thread->args[0] = thread->singletons->none;
    } else if (pendingMatches(*thread, ExceptionKind::kStopIteration)) {
        takeDelegateResult(*thread);
    }
    return Value::null();
}

}  // extern "C"

}  // namespace tagproof
