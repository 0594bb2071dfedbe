// itertools.compress, dropwhile, filterfalse, islice, starmap and takewhile.

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "runtime/modules/itertools.h"

namespace tagproof::itertools {

namespace {

struct Compress {
    Object head;
    Value data;       // owned iterator
    Value selectors;  // owned iterator
};

// dropwhile, filterfalse, starmap, takewhile
struct Filtered {
    Object head;
    Value function;  // owned
    Value iterator;  // owned
    bool passed;     // the predicate has had its last word
};
using FilteredValues = OwnedValues<Filtered, &Filtered::function, &Filtered::iterator>;

struct Islice {
    Object head;
    Value iterator;  // owned; null when exhausted
    uint64_t taken;  // items taken from the iterator
    uint64_t next;   // number of the item to give next
    uint64_t stop;   // kNoStop: none
    uint64_t step;
};
constexpr uint64_t kNoStop = UINT64_MAX;

// --- compress ------------------------------------------------------------------------------------

Value constructCompress(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"data", "selectors", nullptr};
    const ParameterList parameters{
        .function = "compress", .names = kNames, .max_positional = 2, .required = 2};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    Ref data(getIter(thread, bound[0]));
    if (!data) return Value::null();
    Ref selectors(getIter(thread, bound[1]));
    if (!selectors) return Value::null();
    auto* compress = allocateObject<Compress>(thread, callee.as<Type>());
    if (compress == nullptr) return Value::null();
    compress->data = data.release();
    compress->selectors = selectors.release();
    return Value::of(compress);
}

Value nextOfCompress(Thread& thread, Value self) {
    const auto* compress = self.as<Compress>();
    if (compress->data.isNull() || compress->selectors.isNull()) return Value::null();
    const Ref data = Ref::borrow(compress->data);
    const Ref selectors = Ref::borrow(compress->selectors);
    for (;;) {
        Ref item(iterNext(thread, data.get()));
        if (!item) return Value::null();
        const Ref selector(iterNext(thread, selectors.get()));
        if (!selector) return Value::null();
        const int selected = isTrue(thread, selector.get());
        if (selected < 0) return Value::null();
        if (selected > 0) return item.release();
    }
}

// --- a function and an iterator ------------------------------------------------------------------

Value newFiltered(Thread& thread, Value callee, const Value* args) {
    Ref iterator(getIter(thread, args[1]));
    if (!iterator) return Value::null();
    auto* filtered = allocateObject<Filtered>(thread, callee.as<Type>());
    if (filtered == nullptr) return Value::null();
    filtered->function = newRef(args[0]);
    filtered->iterator = iterator.release();
    return Value::of(filtered);
}

constexpr char kDropWhile[] = "dropwhile";
constexpr char kFilterFalse[] = "filterfalse";
constexpr char kStarMap[] = "starmap";
constexpr char kTakeWhile[] = "takewhile";

template <const char* Name>
Value constructFiltered(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const bool fits = checkTypeArguments(thread, callee, Name, positional, keyword_names, 2);
    return fits ? newFiltered(thread, callee, args) : Value::null();
}

Value nextItem(Thread& thread, const Filtered* filtered) {
    if (filtered->iterator.isNull()) return Value::null();
    const Ref iterator = Ref::borrow(filtered->iterator);
    return iterNext(thread, iterator.get());
}

// The truth of function(item): 1, 0, -1.
int askFunction(Thread& thread, const Filtered* filtered, Value item) {
    const Ref function = Ref::borrow(filtered->function);
    const Ref answer(call(thread, function.get(), &item, 1));
    return answer ? isTrue(thread, answer.get()) : -1;
}

Value nextOfDropWhile(Thread& thread, Value self) {
    auto* filtered = self.as<Filtered>();
    for (;;) {
        Ref item(nextItem(thread, filtered));
        if (!item || filtered->passed) return item.release();
        const int dropped = askFunction(thread, filtered, item.get());
        if (dropped < 0) return Value::null();
        if (dropped == 0) {
            filtered->passed = true;
            return item.release();
        }
    }
}

Value nextOfTakeWhile(Thread& thread, Value self) {
    auto* filtered = self.as<Filtered>();
    if (filtered->passed) return Value::null();
    Ref item(nextItem(thread, filtered));
    if (!item) return Value::null();
    const int taken = askFunction(thread, filtered, item.get());
    if (taken > 0) return item.release();
    if (taken == 0) filtered->passed = true;
    return Value::null();
}

Value nextOfFilterFalse(Thread& thread, Value self) {
    const auto* filtered = self.as<Filtered>();
    for (;;) {
        Ref item(nextItem(thread, filtered));
        if (!item) return Value::null();
        const Ref function = Ref::borrow(filtered->function);
        const int selected = isSelected(thread, function.get(), item.get());
        if (selected < 0) return Value::null();
        if (selected == 0) return item.release();
    }
}

Value nextOfStarMap(Thread& thread, Value self) {
    const auto* filtered = self.as<Filtered>();
    const Ref item(nextItem(thread, filtered));
    if (!item) return Value::null();
    const Ref function = Ref::borrow(filtered->function);
    const Ref arguments(isTuple(item.get()) ? newRef(item.get())
                                            : Value::of(tupleFromIterable(thread, item.get())));
    if (!arguments) return Value::null();
    auto* tuple = arguments.as<Tuple>();
    return call(thread, function.get(), tuple->items(), tuple->size);
}

// --- islice --------------------------------------------------------------------------------------

// -1 for what is no index.
int64_t toPosition(Thread& thread, Value value) {
    int64_t position = 0;
    if (toRepeatCount(thread, value, &position)) return position;
    clearPending(thread);
    return -1;
}

Value raiseBadBound(Thread& thread, const char* which) {
    return raise(thread, ExceptionKind::kValueError,
                 "{} for islice() must be None or an integer: 0 <= x <= sys.maxsize.", which);
}

Value constructIslice(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectTypeKeywords(thread, callee, "islice", keyword_names) ||
        !checkArgumentCount(thread, "islice", positional, 2, 4)) {
        return Value::null();
    }
    const Value none = thread.singletons->none;
    const bool has_start = positional > 2;
    const Value last = args[has_start ? 2 : 1];
    const int64_t start = has_start && args[1] != none ? toPosition(thread, args[1]) : 0;
    const int64_t stop = last == none ? 0 : toPosition(thread, last);
    if (stop == -1) return raiseBadBound(thread, "Stop argument");
    if (start < 0 || stop < 0) return raiseBadBound(thread, "Indices");
    const int64_t step = positional > 3 && args[3] != none ? toPosition(thread, args[3]) : 1;
    if (step < 1) {
        return raise(thread, ExceptionKind::kValueError,
                     "Step for islice() must be a positive integer or None.");
    }
    Ref iterator(getIter(thread, args[0]));
    if (!iterator) return Value::null();
    auto* islice = allocateObject<Islice>(thread, callee.as<Type>());
    if (islice == nullptr) return Value::null();
    islice->iterator = iterator.release();
    islice->next = static_cast<uint64_t>(start);
    islice->stop = last == none ? kNoStop : static_cast<uint64_t>(stop);
    islice->step = static_cast<uint64_t>(step);
    return Value::of(islice);
}

Value endIslice(Islice* islice) {
    decref(std::exchange(islice->iterator, Value::null()));
    return Value::null();
}

Value nextOfIslice(Thread& thread, Value self) {
    auto* islice = self.as<Islice>();
    if (islice->iterator.isNull()) return Value::null();
    const Ref iterator = Ref::borrow(islice->iterator);
    while (islice->taken < islice->next) {
        const Ref skipped(iterNext(thread, iterator.get()));
        if (!skipped) return endIslice(islice);
        ++islice->taken;
    }
    if (islice->taken >= islice->stop) return endIslice(islice);
    const Value item = iterNext(thread, iterator.get());
    if (item.isNull()) return endIslice(islice);
    ++islice->taken;
    const uint64_t next = islice->next + islice->step;
    const bool beyond = next < islice->next || next > islice->stop;
    islice->next = beyond ? islice->stop : next;
    return item;
}

}  // namespace

void setUpCompress(Thread&, Type* type) {
    setUpIterator<Compress, OwnedValues<Compress, &Compress::data, &Compress::selectors>>(
        type, constructCompress, nextOfCompress);
}

void setUpDropWhile(Thread&, Type* type) {
    setUpIterator<Filtered, FilteredValues>(type, constructFiltered<kDropWhile>, nextOfDropWhile);
}

void setUpFilterFalse(Thread&, Type* type) {
    setUpIterator<Filtered, FilteredValues>(type, constructFiltered<kFilterFalse>,
                                            nextOfFilterFalse);
}

void setUpIslice(Thread&, Type* type) {
    setUpIterator<Islice, OwnedValues<Islice, &Islice::iterator>>(type, constructIslice,
                                                                  nextOfIslice);
}

void setUpStarMap(Thread&, Type* type) {
    setUpIterator<Filtered, FilteredValues>(type, constructFiltered<kStarMap>, nextOfStarMap);
}

void setUpTakeWhile(Thread&, Type* type) {
    setUpIterator<Filtered, FilteredValues>(type, constructFiltered<kTakeWhile>, nextOfTakeWhile);
}

}  // namespace tagproof::itertools
