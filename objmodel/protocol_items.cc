// Subscription, membership, iteration, unpacking.

#include <algorithm>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/iterators.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

// C[key] for a class: __class_getitem__, which type itself has not.
Value subscriptType(Thread& thread, Value type, Value key) {
    if (type == Value::of(thread.types->type)) return newGenericAlias(thread, type, key);
    Ref method(getAttrOrNull(thread, type, thread.singletons->names.class_getitem));
    if (method) return call(thread, method.get(), {key});
    if (hasPending(thread)) return Value::null();
    return raise(thread, ExceptionKind::kTypeError, "type '{}' is not subscriptable",
                 typeName(type.as<Type>()));
}

void dropValues(Value* values, size_t count) {
    for (size_t k = count; k-- > 0;) decref(values[k]);
}

// The items of an exact tuple or list; false for anything else.
bool directItems(const Thread& thread, Value value, const Value** items, uint64_t* size) {
    if (isExactTuple(thread, value)) {
        *items = value.as<Tuple>()->items();
        *size = value.as<Tuple>()->size;
        return true;
    }
    if (isExactList(thread, value)) {
        *items = value.as<List>()->items;
        *size = value.as<List>()->size;
        return true;
    }
    return false;
}

bool raiseTooFew(Thread& thread, const char* at_least, size_t expected, size_t got) {
    raise(thread, ExceptionKind::kValueError, "not enough values to unpack (expected {}{}, got {})",
          at_least, expected, got);
    return false;
}

bool raiseTooMany(Thread& thread, size_t expected) {
    raise(thread, ExceptionKind::kValueError, "too many values to unpack (expected {})", expected);
    return false;
}

// iter(value) for an unpacking assignment, with its own message.
Value unpackIterator(Thread& thread, Value value) {
    const TypeSlots& slots = typeOf(thread, value)->slots;
    if (slots.iter == nullptr && slots.get_item == nullptr) {
        return raise(thread, ExceptionKind::kTypeError, "cannot unpack non-iterable {} object",
                     typeName(typeOf(thread, value)));
    }
    return getIter(thread, value);
}

// Takes `count` items; false with an exception pending and nothing owned.
bool takeItems(
    Thread& thread, Value iterator, size_t count, size_t expected, const char* least, Value* out) {
    for (size_t k = 0; k < count; ++k) {
        out[k] = iterNext(thread, iterator);
        if (!out[k].isNull()) continue;
        dropValues(out, k);
        return !hasPending(thread) && raiseTooFew(thread, least, expected, k);
    }
    return true;
}

}  // namespace

Value getItem(Thread& thread, Value container, Value key) {
    const Type* type = typeOf(thread, container);
    if (type->slots.get_item != nullptr) return type->slots.get_item(thread, container, key);
    if (isType(container)) return subscriptType(thread, container, key);
    return raise(thread, ExceptionKind::kTypeError, "'{}' object is not subscriptable",
                 typeName(type));
}

int setItem(Thread& thread, Value container, Value key, Value value) {
    const Type* type = typeOf(thread, container);
    if (type->slots.set_item != nullptr) {
        return type->slots.set_item(thread, container, key, value);
    }
    raise(thread, ExceptionKind::kTypeError, "'{}' object does not support item assignment",
          typeName(type));
    return -1;
}

int delItem(Thread& thread, Value container, Value key) {
    const Type* type = typeOf(thread, container);
    if (type->slots.set_item != nullptr) {
        return type->slots.set_item(thread, container, key, Value::null());
    }
    // CPython takes what has a length or items for a sequence, and asks that for numbers.
    const TypeSlots& slots = type->slots;
    const bool is_sequence = hasFlag(type, kTypeIsHeap) || slots.length != nullptr ||
                             slots.contains != nullptr || slots.get_item != nullptr;
    const bool is_number = isInt(key) || typeOf(thread, key)->slots.index != nullptr;
    raise(thread, ExceptionKind::kTypeError, "'{}' object {} support item deletion", typeName(type),
          is_sequence && is_number ? "doesn't" : "does not");
    return -1;
}

int contains(Thread& thread, Value container, Value item) {
    const Type* type = typeOf(thread, container);
    if (type->slots.contains != nullptr) return type->slots.contains(thread, container, item);
    const Ref iterator(getIterOr(
        thread, container, fmt::format("argument of type '{}' is not iterable", typeName(type))));
    if (!iterator) return -1;
    int found = 0;
    const bool complete = forEachNext(thread, iterator.get(), [&](Value candidate) {
        found = compareBool(thread, candidate, item, CompareOp::kEq);
        return found == 0;
    });
    if (complete) return 0;
    return found > 0 ? 1 : -1;
}

Value getIter(Thread& thread, Value value) {
    const Type* type = typeOf(thread, value);
    if (type->slots.iter != nullptr) {
        Ref iterator(type->slots.iter(thread, value));
        if (!iterator || typeOf(thread, iterator.get())->slots.next != nullptr) {
            return iterator.release();
        }
        return raise(thread, ExceptionKind::kTypeError, "iter() returned non-iterator of type '{}'",
                     typeName(typeOf(thread, iterator.get())));
    }
    if (type->slots.get_item != nullptr && !hasFlag(type, kTypeIsDict)) {
        return newSequenceIterator(thread, value);
    }
    return raise(thread, ExceptionKind::kTypeError, "'{}' object is not iterable", typeName(type));
}

Value getIterOr(Thread& thread, Value value, std::string_view message) {
    const Value iterator = getIter(thread, value);
    if (!iterator.isNull() || !pendingMatches(thread, ExceptionKind::kTypeError)) return iterator;
    clearPending(thread);
    return raiseText(thread, ExceptionKind::kTypeError, message);
}

Value iterNext(Thread& thread, Value iterator) {
    const Type* type = typeOf(thread, iterator);
    if (type->slots.next == nullptr) {
        return raise(thread, ExceptionKind::kTypeError, "'{}' object is not an iterator",
                     typeName(type));
    }
    if (!checkNativeStack(thread)) return Value::null();
    const Value item = type->slots.next(thread, iterator);
    if (item.isNull() && hasPending(thread) &&
        pendingMatches(thread, ExceptionKind::kStopIteration)) {
        clearPending(thread);
    }
    return item;
}

bool unpackSequence(Thread& thread, Value value, size_t count, Value* out) {
    const Value* items = nullptr;
    uint64_t size = 0;
    if (directItems(thread, value, &items, &size)) {
        if (size < count) return raiseTooFew(thread, "", count, size);
        if (size > count) return raiseTooMany(thread, count);
        for (size_t k = 0; k < count; ++k) out[k] = newRef(items[k]);
        return true;
    }
    Ref iterator(unpackIterator(thread, value));
    if (!iterator || !takeItems(thread, iterator.get(), count, count, "", out)) return false;
    Ref extra(iterNext(thread, iterator.get()));
    if (!extra && !hasPending(thread)) return true;
    if (extra) raiseTooMany(thread, count);
    extra = Ref();
    dropValues(out, count);
    return false;
}

bool unpackExtended(Thread& thread, Value value, size_t before, size_t after, Value* out) {
    Ref iterator(unpackIterator(thread, value));
    const char* least = "at least ";
    if (!iterator || !takeItems(thread, iterator.get(), before, before + after, least, out)) {
        return false;
    }
    Ref rest(Value::of(listFromIterable(thread, iterator.get())));
    auto* list = rest.as<List>();
    if (!rest || list->size < after) {
        dropValues(out, before);
        return rest && raiseTooFew(thread, least, before + after, before + list->size);
    }
    list->size -= after;
    std::copy_n(list->items + list->size, after, out + before + 1);
    out[before] = rest.release();
    return true;
}

}  // namespace tagproof
