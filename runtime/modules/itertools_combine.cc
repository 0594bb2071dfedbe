// itertools.product, permutations, combinations and combinations_with_replacement.
//
// Each steps an array of positions in its pool (product: in one pool for each) and gives the items
// there:
//   product        like an odometer, the last position fastest
//   combinations   the last position that can still grow does, those behind it follow closely; with
//                  replacement they start from the same place
//   permutations   `positions` is a permutation of the pool, of which the first `size` are given;
//                  `cycles[k]` counts down the swaps left at k

#include <algorithm>
#include <new>
#include <utility>

#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "runtime/modules/itertools.h"

namespace tagproof::itertools {

namespace {

struct Selection {
    Object head;
    Value pool;           // owned tuple of items; of product: of tuples. Null = exhausted
    uint64_t* positions;  // owned raw buffer
    uint64_t words;       // of that buffer
    uint64_t* cycles;     // in the same buffer: permutations only
    uint64_t size;        // of the results
    bool started;         // the first result was given
};

void clearSelection(Thread&, Object* self) {
    decref(std::exchange(reinterpret_cast<Selection*>(self)->pool, Value::null()));
}

void deallocSelection(Thread& thread, Object* self) {
    auto* selection = reinterpret_cast<Selection*>(self);
    decref(selection->pool);
    freeRaw(thread, selection->positions, selection->words * sizeof(uint64_t));
    freeObject(thread, self);
}

void traverseSelection(Object* self, VisitFunction visit, void* context) {
    const Value pool = reinterpret_cast<Selection*>(self)->pool;
    if (pool) visit(pool, context);
}

// New, with room for `words` numbers; its pool is `pool`, which is given up, or null: no results.
Value newSelection(Thread& thread, Value callee, Ref pool, uint64_t words, uint64_t size) {
    if (words > PTRDIFF_MAX / sizeof(uint64_t)) return raiseMemoryError(thread);
    auto* positions = static_cast<uint64_t*>(allocateRaw(thread, words * sizeof(uint64_t)));
    if (positions == nullptr) return Value::null();
    auto* selection = allocateObject<Selection>(thread, callee.as<Type>());
    if (selection == nullptr) {
        freeRaw(thread, positions, words * sizeof(uint64_t));
        return Value::null();
    }
    selection->pool = pool.release();
    selection->positions = positions;
    selection->words = words;
    selection->size = size;
    return Value::of(selection);
}

Value exhaust(Selection* selection) {
    decref(std::exchange(selection->pool, Value::null()));
    return Value::null();
}

// The items at the positions.
Value selected(Thread& thread, const Selection* selection) {
    Tuple* const result = allocateTuple(thread, selection->size);
    if (result == nullptr) return Value::null();
    const Value* const pool = selection->pool.as<Tuple>()->items();
    for (uint64_t k = 0; k < selection->size; ++k) {
        result->items()[k] = newRef(pool[selection->positions[k]]);
    }
    return Value::of(result);
}

// The common course of a step: the first result, or the next one when `advance` finds it.
template <typename Advance>
Value step(Thread& thread, Value self, Advance advance) {
    auto* selection = self.as<Selection>();
    if (selection->pool.isNull()) return Value::null();
    if (selection->started && !advance(selection)) return exhaust(selection);
    selection->started = true;
    return selected(thread, selection);
}

uint64_t poolSize(const Selection* selection) { return selection->pool.as<Tuple>()->size; }

// --- product -------------------------------------------------------------------------------------

// The value of repeat=. False + pending.
bool readRepeat(Thread& thread, const Value* values, Value keyword_names, int64_t* repeat) {
    static constexpr const char* kNames[] = {"repeat", nullptr};
    const ParameterList parameters{.function = "product", .names = kNames};
    Value bound;
    if (!bindNativeArguments(thread, parameters, values, 0, keyword_names, &bound)) return false;
    if (!bound) return true;
    if (!toSsize(thread, bound, repeat)) return false;
    if (*repeat >= 0) return true;
    raise(thread, ExceptionKind::kValueError, "repeat argument cannot be negative");
    return false;
}

Value constructProduct(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    int64_t repeat = 1;
    if (!readRepeat(thread, args + positional, keyword_names, &repeat)) return Value::null();
    const uint64_t count = repeat == 0 ? 0 : positional;
    const auto times = static_cast<uint64_t>(repeat);
    if (repeat != 0 && count > PTRDIFF_MAX / sizeof(uint64_t) / times) {
        return raise(thread, ExceptionKind::kOverflowError, "repeat argument too large");
    }
    const uint64_t size = count * times;
    Ref pools(Value::of(allocateTuple(thread, count)));
    if (!pools) return Value::null();
    bool empty = false;
    for (uint64_t k = 0; k < count; ++k) {
        Tuple* const pool = tupleFromIterable(thread, args[k]);
        if (pool == nullptr) return Value::null();
        pools.as<Tuple>()->items()[k] = Value::of(pool);
        empty = empty || pool->size == 0;
    }
    const Value product = newSelection(thread, callee, std::move(pools), size, size);
    if (product.isNull()) return product;
    auto* selection = product.as<Selection>();
    std::fill_n(selection->positions, size, uint64_t{0});
    if (empty) exhaust(selection);
    return product;
}

Tuple* poolAt(const Selection* product, uint64_t position) {
    auto* pools = product->pool.as<Tuple>();
    return pools->items()[position % pools->size].as<Tuple>();
}

bool advanceProduct(Selection* product) {
    for (uint64_t k = product->size; k-- > 0;) {
        if (++product->positions[k] < poolAt(product, k)->size) return true;
        product->positions[k] = 0;
    }
    return false;
}

Value nextOfProduct(Thread& thread, Value self) {
    auto* product = self.as<Selection>();
    if (product->pool.isNull()) return Value::null();
    if (product->started && !advanceProduct(product)) return exhaust(product);
    product->started = true;
    Tuple* const result = allocateTuple(thread, product->size);
    if (result == nullptr) return Value::null();
    for (uint64_t k = 0; k < product->size; ++k) {
        result->items()[k] = newRef(poolAt(product, k)->items()[product->positions[k]]);
    }
    return Value::of(result);
}

// --- combinations --------------------------------------------------------------------------------

// Checked arguments of the three others: a pool and the size of the results.
struct PoolArguments {
    Ref pool;
    int64_t size = 0;
};

bool checkSize(Thread& thread, int64_t size) {
    if (size >= 0) return true;
    raise(thread, ExceptionKind::kValueError, "r must be non-negative");
    return false;
}

bool readCombinations(Thread& thread,
                      const char* function,
                      const Value* args,
                      size_t positional,
                      Value keyword_names,
                      PoolArguments* out) {
    static constexpr const char* kNames[] = {"iterable", "r", nullptr};
    const ParameterList parameters{
        .function = function, .names = kNames, .max_positional = 2, .required = 2};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound) ||
        !toSsize(thread, bound[1], &out->size)) {
        return false;
    }
    out->pool = Ref(Value::of(tupleFromIterable(thread, bound[0])));
    return out->pool && checkSize(thread, out->size);
}

Value constructCombinations(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    PoolArguments given;
    if (!readCombinations(thread, "combinations", args, positional, keyword_names, &given)) {
        return Value::null();
    }
    const auto size = static_cast<uint64_t>(given.size);
    const bool possible = size <= given.pool.as<Tuple>()->size;
    const Value made = newSelection(thread, callee, std::move(given.pool), size, size);
    if (made.isNull()) return made;
    auto* selection = made.as<Selection>();
    if (!possible) exhaust(selection);
    for (uint64_t k = 0; possible && k < size; ++k) selection->positions[k] = k;
    return made;
}

bool advanceCombinations(Selection* selection) {
    uint64_t* const positions = selection->positions;
    const uint64_t size = selection->size;
    const uint64_t slack = poolSize(selection) - size;  // position k goes up to k + slack
    uint64_t k = size;
    while (k > 0 && positions[k - 1] == k - 1 + slack) --k;
    if (k == 0) return false;
    ++positions[k - 1];
    for (; k < size; ++k) positions[k] = positions[k - 1] + 1;
    return true;
}

Value nextOfCombinations(Thread& thread, Value self) {
    return step(thread, self, advanceCombinations);
}

Value constructWithReplacement(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    PoolArguments given;
    if (!readCombinations(thread, "combinations_with_replacement", args, positional, keyword_names,
                          &given)) {
        return Value::null();
    }
    const auto size = static_cast<uint64_t>(given.size);
    const bool possible = size == 0 || given.pool.as<Tuple>()->size > 0;
    const Value made = newSelection(thread, callee, std::move(given.pool), size, size);
    if (made.isNull()) return made;
    auto* selection = made.as<Selection>();
    if (possible) {
        std::fill_n(selection->positions, size, uint64_t{0});
    } else {
        exhaust(selection);
    }
    return made;
}

bool advanceWithReplacement(Selection* selection) {
    uint64_t* const positions = selection->positions;
    const uint64_t last = poolSize(selection) - 1;
    uint64_t k = selection->size;
    while (k > 0 && positions[k - 1] == last) --k;
    if (k == 0) return false;
    std::fill(positions + k - 1, positions + selection->size, positions[k - 1] + 1);
    return true;
}

Value nextOfWithReplacement(Thread& thread, Value self) {
    return step(thread, self, advanceWithReplacement);
}

// --- permutations --------------------------------------------------------------------------------

bool readPermutations(
    Thread& thread, const Value* args, size_t positional, Value keyword_names, PoolArguments* out) {
    static constexpr const char* kNames[] = {"iterable", "r", nullptr};
    const ParameterList parameters{
        .function = "permutations", .names = kNames, .max_positional = 2, .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return false;
    }
    out->pool = Ref(Value::of(tupleFromIterable(thread, bound[0])));
    if (!out->pool) return false;
    out->size = static_cast<int64_t>(out->pool.as<Tuple>()->size);
    if (bound[1].isNull() || bound[1] == thread.singletons->none) return true;
    if (!isInt(bound[1])) {
        raise(thread, ExceptionKind::kTypeError, "Expected int as r");
        return false;
    }
    return toSsize(thread, bound[1], &out->size) && checkSize(thread, out->size);
}

Value constructPermutations(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    PoolArguments given;
    if (!readPermutations(thread, args, positional, keyword_names, &given)) return Value::null();
    const auto size = static_cast<uint64_t>(given.size);
    const uint64_t count = given.pool.as<Tuple>()->size;
    const bool possible = size <= count;
    const Value made = newSelection(thread, callee, std::move(given.pool), count + size, size);
    if (made.isNull()) return made;
    auto* selection = made.as<Selection>();
    selection->cycles = selection->positions + count;
    if (!possible) {
        exhaust(selection);
        return made;
    }
    for (uint64_t k = 0; k < count; ++k) selection->positions[k] = k;
    for (uint64_t k = 0; k < size; ++k) selection->cycles[k] = count - k;
    return made;
}

bool advancePermutations(Selection* selection) {
    uint64_t* const positions = selection->positions;
    const uint64_t count = poolSize(selection);
    for (uint64_t k = selection->size; k-- > 0;) {
        if (--selection->cycles[k] == 0) {
            std::rotate(positions + k, positions + k + 1, positions + count);
            selection->cycles[k] = count - k;
        } else {
            std::swap(positions[k], positions[count - selection->cycles[k]]);
            return true;
        }
    }
    return false;
}

Value nextOfPermutations(Thread& thread, Value self) {
    return step(thread, self, advancePermutations);
}

void setUpSelection(Type* type, CallFunction construct, UnaryFunction next) {
    setNativeLayout(type, CellFamily::kOther, sizeof(Selection), kTypeAllowsSubclass);
    type->slots.dealloc = deallocSelection;
    type->slots.traverse = traverseSelection;
    type->slots.clear = clearSelection;
    type->slots.construct = construct;
    type->slots.iter = iterItself;
    type->slots.next = next;
}

}  // namespace

void setUpProduct(Thread&, Type* type) { setUpSelection(type, constructProduct, nextOfProduct); }

void setUpPermutations(Thread&, Type* type) {
    setUpSelection(type, constructPermutations, nextOfPermutations);
}

void setUpCombinations(Thread&, Type* type) {
    setUpSelection(type, constructCombinations, nextOfCombinations);
}

void setUpCombinationsWithReplacement(Thread&, Type* type) {
    setUpSelection(type, constructWithReplacement, nextOfWithReplacement);
}

}  // namespace tagproof::itertools
