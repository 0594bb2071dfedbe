// itertools.accumulate, chain, pairwise and zip_longest.

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "runtime/modules/itertools.h"

namespace tagproof::itertools {

namespace {

struct Accumulate {
    Object head;
    Value iterator;  // owned
    Value function;  // owned; None = addition
    Value total;     // owned; null before the first item
    Value initial;   // owned; null when there is none or it has been given
};

struct Chain {
    Object head;
    Value source;  // owned iterator over the iterables; null when exhausted
    Value active;  // owned iterator over the current one, or null
};

struct Pairwise {
    Object head;
    Value iterator;  // owned; null when exhausted
    Value previous;  // owned item, or null
};

struct ZipLongest {
    Object head;
    Value iterators;  // owned tuple; an exhausted one is None
    Value fill;       // owned
    uint64_t active;  // iterators that are not exhausted
};

// --- accumulate ----------------------------------------------------------------------------------

Value constructAccumulate(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"iterable", "func", "initial", nullptr};
    const ParameterList parameters{
        .function = "accumulate", .names = kNames, .max_positional = 2, .required = 1};
    Value bound[3];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    Ref iterator(getIter(thread, bound[0]));
    if (!iterator) return Value::null();
    auto* accumulate = allocateObject<Accumulate>(thread, callee.as<Type>());
    if (accumulate == nullptr) return Value::null();
    const Value none = thread.singletons->none;
    accumulate->iterator = iterator.release();
    accumulate->function = bound[1] ? newRef(bound[1]) : none;
    if (bound[2] && bound[2] != none) accumulate->initial = newRef(bound[2]);
    return Value::of(accumulate);
}

Value nextOfAccumulate(Thread& thread, Value self) {
    auto* accumulate = self.as<Accumulate>();
    if (accumulate->initial) {
        const Value initial = std::exchange(accumulate->initial, Value::null());
        decref(std::exchange(accumulate->total, newRef(initial)));
        return initial;
    }
    if (accumulate->iterator.isNull()) return Value::null();
    const Ref iterator = Ref::borrow(accumulate->iterator);
    const Ref item(iterNext(thread, iterator.get()));
    if (!item) return Value::null();
    if (accumulate->total.isNull()) {
        accumulate->total = newRef(item.get());
        return newRef(item.get());
    }
    const Ref total = Ref::borrow(accumulate->total);
    const Ref function = Ref::borrow(accumulate->function);
    Ref next(function.get() == thread.singletons->none
                 ? binaryOp(thread, BinaryOp::kAdd, total.get(), item.get())
                 : call(thread, function.get(), {total.get(), item.get()}));
    if (!next) return Value::null();
    decref(std::exchange(accumulate->total, newRef(next.get())));
    return next.release();
}

// --- chain ---------------------------------------------------------------------------------------

Value newChain(Thread& thread, Type* type, Value iterables) {
    Ref source(getIter(thread, iterables));
    if (!source) return Value::null();
    auto* chain = allocateObject<Chain>(thread, type);
    if (chain == nullptr) return Value::null();
    chain->source = source.release();
    return Value::of(chain);
}

Value constructChain(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectTypeKeywords(thread, callee, "chain", keyword_names)) return Value::null();
    const Ref iterables(Value::of(makeTuple(thread, args, positional)));
    return iterables ? newChain(thread, callee.as<Type>(), iterables.get()) : Value::null();
}

Value chainFromIterable(Thread& thread, Value self, const Value* args, size_t) {
    return newChain(thread, self.as<Type>(), args[0]);
}

// Goes on to the next iterable. False at the end, or with an exception pending.
bool advanceChain(Thread& thread, Chain* chain) {
    const Ref source = Ref::borrow(chain->source);
    const Ref iterable(iterNext(thread, source.get()));
    Ref active(iterable ? getIter(thread, iterable.get()) : Value::null());
    if (!active) {
        decref(std::exchange(chain->source, Value::null()));
        return false;
    }
    decref(std::exchange(chain->active, active.release()));
    return true;
}

Value nextOfChain(Thread& thread, Value self) {
    auto* chain = self.as<Chain>();
    while (chain->source) {
        if (chain->active.isNull() && !advanceChain(thread, chain)) return Value::null();
        const Ref active = Ref::borrow(chain->active);
        const Value item = iterNext(thread, active.get());
        if (item || hasPending(thread)) return item;
        decref(std::exchange(chain->active, Value::null()));
    }
    return Value::null();
}

// --- pairwise ------------------------------------------------------------------------------------

Value constructPairwise(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!checkTypeArguments(thread, callee, "pairwise", positional, keyword_names, 1)) {
        return Value::null();
    }
    Ref iterator(getIter(thread, args[0]));
    if (!iterator) return Value::null();
    auto* pairwise = allocateObject<Pairwise>(thread, callee.as<Type>());
    if (pairwise == nullptr) return Value::null();
    pairwise->iterator = iterator.release();
    return Value::of(pairwise);
}

Value endPairwise(Pairwise* pairwise) {
    decref(std::exchange(pairwise->iterator, Value::null()));
    decref(std::exchange(pairwise->previous, Value::null()));
    return Value::null();
}

Value nextOfPairwise(Thread& thread, Value self) {
    auto* pairwise = self.as<Pairwise>();
    if (pairwise->iterator.isNull()) return Value::null();
    const Ref iterator = Ref::borrow(pairwise->iterator);
    Ref previous = Ref::borrow(pairwise->previous);
    if (!previous) {
        previous = Ref(iterNext(thread, iterator.get()));
        if (!previous) return endPairwise(pairwise);
        decref(std::exchange(pairwise->previous, newRef(previous.get())));
        if (pairwise->iterator.isNull()) return endPairwise(pairwise);
    }
    const Ref item(iterNext(thread, iterator.get()));
    if (!item) return endPairwise(pairwise);
    const Value pair = Value::of(makeTuple(thread, previous.get(), item.get()));
    decref(std::exchange(pairwise->previous, newRef(item.get())));
    return pair;
}

// --- zip_longest ---------------------------------------------------------------------------------

// The value of fillvalue=, borrowed; null + TypeError for any other keyword.
Value fillValue(Thread& thread, const Value* values, Value keyword_names) {
    Value fill = thread.singletons->none;
    for (size_t k = 0; k < keywordCount(keyword_names); ++k) {
        if (!strEqual(keyword_names.as<Tuple>()->items()[k].as<Str>(), "fillvalue")) {
            return raise(thread, ExceptionKind::kTypeError,
                         "zip_longest() got an unexpected keyword argument");
        }
        fill = values[k];
    }
    return fill;
}

Value constructZipLongest(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const Value fill = fillValue(thread, args + positional, keyword_names);
    if (fill.isNull()) return Value::null();
    Ref iterators(Value::of(allocateTuple(thread, positional)));
    if (!iterators) return Value::null();
    for (size_t k = 0; k < positional; ++k) {
        const Value iterator = getIter(thread, args[k]);
        if (iterator.isNull()) return Value::null();
        iterators.as<Tuple>()->items()[k] = iterator;
    }
    auto* zip = allocateObject<ZipLongest>(thread, callee.as<Type>());
    if (zip == nullptr) return Value::null();
    zip->iterators = iterators.release();
    zip->fill = newRef(fill);
    zip->active = positional;
    return Value::of(zip);
}

// The item for position k; null at the end, or with an exception pending.
Value nextAt(Thread& thread, ZipLongest* zip, Tuple* iterators, uint64_t k) {
    const Value none = thread.singletons->none;
    if (iterators->items()[k] == none) return newRef(zip->fill);
    const Ref iterator = Ref::borrow(iterators->items()[k]);
    const Value item = iterNext(thread, iterator.get());
    if (item) return item;
    if (zip->active > 0) --zip->active;
    if (hasPending(thread)) zip->active = 0;
    if (zip->active == 0) return Value::null();
    decref(std::exchange(iterators->items()[k], none));
    return newRef(zip->fill);
}

Value nextOfZipLongest(Thread& thread, Value self) {
    auto* zip = self.as<ZipLongest>();
    if (zip->active == 0 || zip->iterators.isNull()) return Value::null();
    const Ref keep = Ref::borrow(zip->iterators);
    auto* iterators = keep.as<Tuple>();
    if (iterators->size == 0) return Value::null();
    Ref items(Value::of(allocateTuple(thread, iterators->size)));
    if (!items) return Value::null();
    for (uint64_t k = 0; k < iterators->size; ++k) {
        const Value item = nextAt(thread, zip, iterators, k);
        if (item.isNull()) return Value::null();
        items.as<Tuple>()->items()[k] = item;
    }
    return items.release();
}

}  // namespace

void setUpAccumulate(Thread&, Type* type) {
    setUpIterator<Accumulate, OwnedValues<Accumulate, &Accumulate::iterator, &Accumulate::function,
                                          &Accumulate::total, &Accumulate::initial>>(
        type, constructAccumulate, nextOfAccumulate);
}

void setUpChain(Thread& thread, Type* type) {
    setUpIterator<Chain, OwnedValues<Chain, &Chain::source, &Chain::active>>(type, constructChain,
                                                                             nextOfChain);
    addClassMethod(thread, type, "from_iterable", chainFromIterable, 1, 1);
    addClassGetItem(thread, type);
}

void setUpPairwise(Thread&, Type* type) {
    setUpIterator<Pairwise, OwnedValues<Pairwise, &Pairwise::iterator, &Pairwise::previous>>(
        type, constructPairwise, nextOfPairwise);
}

void setUpZipLongest(Thread&, Type* type) {
    setUpIterator<ZipLongest, OwnedValues<ZipLongest, &ZipLongest::iterators, &ZipLongest::fill>>(
        type, constructZipLongest, nextOfZipLongest);
}

}  // namespace tagproof::itertools
