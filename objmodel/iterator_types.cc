// enumerate, zip, map, filter and reversed. Subclasses may be made of all of them.

#include <algorithm>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

struct Zip {
    Object head;
    Value iterators;  // owned tuple
    bool strict;      // shorter arguments are an error
};

struct Map {
    Object head;
    Value function;   // owned
    Value iterators;  // owned tuple
};

struct Filter {
    Object head;
    Value function;  // owned; None = truth of the item
    Value iterator;  // owned
};

struct Reversed {
    Object head;
    Value sequence;  // owned; null when exhausted
    int64_t index;   // of the next item; below 0 when exhausted
};

// --- objects that own value words
// ------------------------------------------------------------------

template <typename T, Value T::*... Fields>
void deallocValues(Thread& thread, Object* self) {
    (decref(reinterpret_cast<T*>(self)->*Fields), ...);
    freeObject(thread, self);
}

template <typename T, Value T::*... Fields>
void traverseValues(Object* self, VisitFunction visit, void* context) {
    const auto each = [&](Value value) {
        if (!value.isNull()) visit(value, context);
    };
    (each(reinterpret_cast<T*>(self)->*Fields), ...);
}

template <typename T, Value T::*... Fields>
void setUpType(Type* type, CallFunction construct, UnaryFunction next) {
    setNativeLayout(type, CellFamily::kOther, sizeof(T), kTypeAllowsSubclass);
    type->slots.dealloc = deallocValues<T, Fields...>;
    type->slots.traverse = traverseValues<T, Fields...>;
    type->slots.construct = construct;
    type->slots.iter = iterItself;
    type->slots.next = next;
}

// iter() of each argument, as a Tuple; null with an exception pending.
Tuple* makeIterators(Thread& thread, const Value* args, size_t count) {
    Ref iterators(Value::of(allocateTuple(thread, count)));
    if (!iterators) return nullptr;
    for (size_t k = 0; k < count; ++k) {
        const Value iterator = getIter(thread, args[k]);
        if (iterator.isNull()) return nullptr;
        iterators.as<Tuple>()->items()[k] = iterator;
    }
    return iterators.release().as<Tuple>();
}

// --- enumerate -----------------------------------------------------------------------------------

Value constructEnumerate(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"iterable", "start", nullptr};
    const ParameterList parameters{
        .function = "enumerate", .names = kNames, .max_positional = 2, .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    Ref start(bound[1].isNull() ? Value::fixnum(0) : indexOf(thread, bound[1]));
    if (!start) return Value::null();
    Ref iterator(getIter(thread, bound[0]));
    if (!iterator) return Value::null();
    auto* result = allocateObject<Enumerate>(thread, callee.as<Type>());
    if (result == nullptr) return Value::null();
    result->iterator = iterator.release();
    result->count = start.release();
    return Value::of(result);
}

Value makeNextInt(Thread& thread, Value number) {
    const bool stays_fixnum = number.isFixnum() && number != Value::fixnum(Value::kMaxFixnum);
    return stays_fixnum ? Value::fixnum(number.asFixnum() + 1)
                        : intBinary(thread, BinaryOp::kAdd, number, Value::fixnum(1));
}

Value nextOfEnumerate(Thread& thread, Value self) {
    auto* enumerate = self.as<Enumerate>();
    Ref item(iterNext(thread, enumerate->iterator));
    if (!item) return Value::null();
    const Value next = makeNextInt(thread, enumerate->count);
    if (next.isNull()) return Value::null();
    const Value count = std::exchange(enumerate->count, next);
    return Value::of(repeatPair(thread, &enumerate->pair, count, item.release()));
}

// --- zip -----------------------------------------------------------------------------------------

Value constructZip(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"strict", nullptr};
    const ParameterList parameters{.function = "zip", .names = kNames};
    Value strict;
    if (!bindNativeArguments(thread, parameters, args + positional, 0, keyword_names, &strict)) {
        return Value::null();
    }
    const int is_strict = strict.isNull() ? 0 : isTrue(thread, strict);
    if (is_strict < 0) return Value::null();
    Ref iterators(Value::of(makeIterators(thread, args, positional)));
    if (!iterators) return Value::null();
    auto* zip = allocateObject<Zip>(thread, callee.as<Type>());
    if (zip == nullptr) return Value::null();
    zip->iterators = iterators.release();
    zip->strict = is_strict != 0;
    return Value::of(zip);
}

// strict=True and argument `ended` (from 0) was exhausted: an error unless all end now.
Value checkStrict(Thread& thread, Tuple* iterators, uint64_t ended) {
    if (hasPending(thread)) return Value::null();
    uint64_t offender = ended;
    const char* relation = "shorter";
    if (ended == 0) {
        relation = "longer";
        for (offender = 1; offender < iterators->size; ++offender) {
            Ref extra(iterNext(thread, iterators->items()[offender]));
            if (extra) break;
            if (hasPending(thread)) return Value::null();
        }
        if (offender == iterators->size) return Value::null();
    }
    return raise(thread, ExceptionKind::kValueError, "zip() argument {} is {} than argument{}{}",
                 offender + 1, relation, offender == 1 ? " " : "s 1-", offender);
}

Value nextOfZip(Thread& thread, Value self) {
    Tuple* iterators = self.as<Zip>()->iterators.as<Tuple>();
    if (iterators->size == 0) return Value::null();
    Ref items(Value::of(allocateTuple(thread, iterators->size)));
    if (!items) return Value::null();
    for (uint64_t k = 0; k < iterators->size; ++k) {
        const Value item = iterNext(thread, iterators->items()[k]);
        if (item.isNull()) {
            return self.as<Zip>()->strict ? checkStrict(thread, iterators, k) : Value::null();
        }
        items.as<Tuple>()->items()[k] = item;
    }
    return items.release();
}

// --- map -----------------------------------------------------------------------------------------

Value constructMap(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (callee.as<Type>() == thread.types->map && !rejectKeywords(thread, "map", keyword_names)) {
        return Value::null();
    }
    if (positional < 2) {
        return raise(thread, ExceptionKind::kTypeError, "map() must have at least two arguments.");
    }
    Ref iterators(Value::of(makeIterators(thread, args + 1, positional - 1)));
    if (!iterators) return Value::null();
    auto* map = allocateObject<Map>(thread, callee.as<Type>());
    if (map == nullptr) return Value::null();
    map->function = newRef(args[0]);
    map->iterators = iterators.release();
    return Value::of(map);
}

Value nextOfMap(Thread& thread, Value self) {
    const auto* map = self.as<Map>();
    Tuple* iterators = map->iterators.as<Tuple>();
    if (iterators->size == 1) {
        Ref item(iterNext(thread, iterators->items()[0]));
        const Value argument = item.get();
        return item ? call(thread, map->function, &argument, 1) : Value::null();
    }
    Ref items(Value::of(allocateTuple(thread, iterators->size)));
    if (!items) return Value::null();
    for (uint64_t k = 0; k < iterators->size; ++k) {
        const Value item = iterNext(thread, iterators->items()[k]);
        if (item.isNull()) return Value::null();
        items.as<Tuple>()->items()[k] = item;
    }
    return call(thread, map->function, items.as<Tuple>()->items(), iterators->size);
}

// --- filter --------------------------------------------------------------------------------------

Value constructFilter(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (callee.as<Type>() == thread.types->filter &&
        !rejectKeywords(thread, "filter", keyword_names)) {
        return Value::null();
    }
    if (!checkArgumentCount(thread, "filter", positional, 2, 2)) return Value::null();
    Ref iterator(getIter(thread, args[1]));
    if (!iterator) return Value::null();
    auto* filter = allocateObject<Filter>(thread, callee.as<Type>());
    if (filter == nullptr) return Value::null();
    filter->function = newRef(args[0]);
    filter->iterator = iterator.release();
    return Value::of(filter);
}

Value nextOfFilter(Thread& thread, Value self) {
    const auto* filter = self.as<Filter>();
    const bool plain = filter->function == thread.singletons->none ||
                       filter->function == Value::of(thread.types->bool_);
    for (;;) {
        Ref item(iterNext(thread, filter->iterator));
        if (!item) return Value::null();
        const Value argument = item.get();
        int good = 0;
        if (plain) {
            good = isTrue(thread, argument);
        } else {
            Ref answer(call(thread, filter->function, &argument, 1));
            good = answer ? isTrue(thread, answer.get()) : -1;
        }
        if (good < 0) return Value::null();
        if (good != 0) return item.release();
    }
}

// --- reversed ------------------------------------------------------------------------------------

Value raiseNotReversible(Thread& thread, Value value) {
    return raise(thread, ExceptionKind::kTypeError, "'{}' object is not reversible",
                 typeName(typeOf(thread, value)));
}

Value constructReversed(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "reversed", keyword_names) ||
        !checkArgumentCount(thread, "reversed", positional, 1, 1)) {
        return Value::null();
    }
    const Value sequence = args[0];
    Ref method(lookupSpecial(thread, sequence, thread.singletons->names.reversed));
    if (hasPending(thread)) return Value::null();
    if (method.get() == thread.singletons->none) return raiseNotReversible(thread, sequence);
    if (method) return call(thread, method.get(), nullptr, 0);
    const Type* type = typeOf(thread, sequence);
    if (type->slots.get_item == nullptr || hasFlag(type, kTypeIsDict)) {
        return raiseNotReversible(thread, sequence);
    }
    const int64_t length = lengthOf(thread, sequence);
    if (length < 0) return Value::null();
    auto* reversed = allocateObject<Reversed>(thread, callee.as<Type>());
    if (reversed == nullptr) return Value::null();
    reversed->sequence = newRef(sequence);
    reversed->index = length - 1;
    return Value::of(reversed);
}

Value nextOfReversed(Thread& thread, Value self) {
    auto* reversed = self.as<Reversed>();
    if (reversed->index < 0) return Value::null();
    Ref sequence = Ref::borrow(reversed->sequence);
    const Value item = getItem(thread, sequence.get(), makeInt(thread, reversed->index));
    if (!item.isNull()) {
        --reversed->index;
        return item;
    }
    if (pendingMatches(thread, ExceptionKind::kIndexError) ||
        pendingMatches(thread, ExceptionKind::kStopIteration)) {
        clearPending(thread);
        reversed->index = -1;
        decref(std::exchange(reversed->sequence, Value::null()));
    }
    return Value::null();
}

Value hintReversed(Thread& thread, Value self, const Value*, size_t) {
    const auto* reversed = self.as<Reversed>();
    if (reversed->index < 0) return Value::fixnum(0);
    const int64_t length = lengthOf(thread, reversed->sequence);
    if (length < 0) return Value::null();
    return Value::fixnum(length < reversed->index + 1 ? 0 : reversed->index + 1);
}

}  // namespace

void initIteratorTypes(Thread& thread) {
    const CoreTypes& types = *thread.types;
    setUpType<Enumerate, &Enumerate::iterator, &Enumerate::count, &Enumerate::pair>(
        types.enumerate, constructEnumerate, nextOfEnumerate);
    addClassGetItem(thread, types.enumerate);
    setUpType<Filter, &Filter::function, &Filter::iterator>(types.filter, constructFilter,
                                                            nextOfFilter);
    setUpType<Reversed, &Reversed::sequence>(types.reversed, constructReversed, nextOfReversed);
    addMethod(thread, types.reversed, "__length_hint__", hintReversed, 0, 0);
    setUpType<Zip, &Zip::iterators>(types.zip, constructZip, nextOfZip);
    setUpType<Map, &Map::function, &Map::iterators>(types.map, constructMap, nextOfMap);
}

}  // namespace tagproof
