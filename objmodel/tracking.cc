#include "objmodel/tracking.h"

#include <algorithm>

#include "objmodel/heap.h"
#include "objmodel/tuple.h"

namespace tagproof {
namespace {

// Tuples in tuples are looked into so deep; below that they count as containers.
constexpr int kMaxTupleDepth = 16;

bool isTrackedKind(const Thread& thread, const Object* object) {
    const CoreTypes& types = *thread.types;
    const Type* const type = object->type;
    if (!isContainer(type) || type == types.code || type == types.range) return false;
    if (hasFlag(type, kTypeIsType)) {
        return hasFlag(reinterpret_cast<const Type*>(object), kTypeIsHeap);
    }
    return true;
}

// As an item of a dict or tuple.
bool mayBeTracked(const Thread& thread, Value value, int depth) {
    if (!value.isObject() || !isTrackedKind(thread, value.asObject())) return false;
    if (!isExactly(value, thread.types->tuple) || depth == 0) return true;
    const auto* const tuple = value.as<Tuple>();
    return std::any_of(tuple->items(), tuple->items() + tuple->size,
                       [&](Value item) { return mayBeTracked(thread, item, depth - 1); });
}

bool hasTrackedItem(const Thread& thread, Dict* dict) {
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(dict, &position, &key, &value)) {
        if (mayBeTracked(thread, key, kMaxTupleDepth)) return true;
        if (mayBeTracked(thread, value, kMaxTupleDepth)) return true;
    }
    return false;
}

}  // namespace

bool isTracked(const Thread& thread, Value value) {
    if (!mayBeTracked(thread, value, kMaxTupleDepth)) return false;
    return !isExactly(value, thread.types->dict) || hasTrackedItem(thread, value.as<Dict>());
}

bool isCollectable(const Thread& thread, const Object* object) {
    if (!isTrackedKind(thread, object)) return false;
    const Value value = Value::of(object);
    return !isExactly(value, thread.types->dict) || hasTrackedItem(thread, value.as<Dict>());
}

}  // namespace tagproof
