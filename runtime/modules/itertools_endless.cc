// itertools.count, cycle and repeat.

#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "runtime/modules/itertools.h"

namespace tagproof::itertools {

namespace {

struct Count {
    Object head;
    Value number;  // owned: the next one
    Value step;    // owned
};

struct Cycle {
    Object head;
    Value iterator;  // owned; null once it is exhausted
    Value saved;     // owned list of its items
    uint64_t index;  // of the next saved item
};

struct Repeat {
    Object head;
    Value item;    // owned
    int64_t left;  // -1: no end
};

// --- count ---------------------------------------------------------------------------------------

bool isNumber(const Thread& thread, Value value) {
    const TypeSlots& slots = typeOf(thread, value)->slots;
    return slots.index != nullptr || slots.to_int != nullptr || slots.to_float != nullptr;
}

// Whether an int counts up by the number 1: then the numbers are exact ints.
bool countsPlainly(Thread& thread, Value start, Value step) {
    int64_t number = 0;
    if (!isInt(start) || !fitsInt64(thread, start, &number)) return false;
    const Ref integer(indexOf(thread, step));
    if (!integer) clearPending(thread);
    return integer.get() == Value::fixnum(1);
}

Value constructCount(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"start", "step", nullptr};
    const ParameterList parameters{.function = "count", .names = kNames, .max_positional = 2};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    for (const Value number : bound) {
        if (number && !isNumber(thread, number)) {
            return raise(thread, ExceptionKind::kTypeError, "a number is required");
        }
    }
    Ref start = Ref::borrow(bound[0] ? bound[0] : Value::fixnum(0));
    Ref step = Ref::borrow(bound[1] ? bound[1] : Value::fixnum(1));
    if (countsPlainly(thread, start.get(), step.get())) {
        start = Ref(exactInt(thread, start.get()));
        step = Ref(Value::fixnum(1));
        if (!start) return Value::null();
    }
    auto* count = allocateObject<Count>(thread, callee.as<Type>());
    if (count == nullptr) return Value::null();
    count->number = start.release();
    count->step = step.release();
    return Value::of(count);
}

Value nextOfCount(Thread& thread, Value self) {
    auto* count = self.as<Count>();
    if (count->number.isNull()) return Value::null();
    Ref number = Ref::borrow(count->number);
    const Ref step = Ref::borrow(count->step);
    const Value next = binaryOp(thread, BinaryOp::kAdd, number.get(), step.get());
    if (next.isNull()) return Value::null();
    decref(std::exchange(count->number, next));
    return number.release();
}

// "count(3)" or "count(3, 2)", with the name of the class.
Value reprCount(Thread& thread, Value self) {
    const auto* count = self.as<Count>();
    const std::string name = typeName(self.asObject()->type);
    const Ref step = Ref::borrow(count->step);
    const Ref number(reprOf(thread, count->number));
    if (!number) return Value::null();
    if (step.get() == Value::fixnum(1)) {
        return Value::of(makeStr(thread, fmt::format("{}({})", name.substr(name.rfind('.') + 1),
                                                     toUtf8(number.as<Str>()))));
    }
    const Ref by(reprOf(thread, step.get()));
    if (!by) return Value::null();
    return Value::of(makeStr(thread, fmt::format("{}({}, {})", name.substr(name.rfind('.') + 1),
                                                 toUtf8(number.as<Str>()), toUtf8(by.as<Str>()))));
}

Value reduceCount(Thread& thread, Value self, const Value*, size_t) {
    const auto* count = self.as<Count>();
    const bool plain = count->step == Value::fixnum(1);
    const Value numbers[] = {count->number, count->step};
    const Ref arguments(Value::of(makeTuple(thread, numbers, plain ? 1 : 2)));
    if (!arguments) return Value::null();
    return Value::of(makeTuple(thread, Value::of(self.asObject()->type), arguments.get()));
}

// --- cycle ---------------------------------------------------------------------------------------

Value constructCycle(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!checkTypeArguments(thread, callee, "cycle", positional, keyword_names, 1)) {
        return Value::null();
    }
    Ref iterator(getIter(thread, args[0]));
    if (!iterator) return Value::null();
    Ref saved(Value::of(makeList(thread)));
    if (!saved) return Value::null();
    auto* cycle = allocateObject<Cycle>(thread, callee.as<Type>());
    if (cycle == nullptr) return Value::null();
    cycle->iterator = iterator.release();
    cycle->saved = saved.release();
    return Value::of(cycle);
}

Value nextOfCycle(Thread& thread, Value self) {
    auto* cycle = self.as<Cycle>();
    if (cycle->saved.isNull()) return Value::null();
    const Ref saved = Ref::borrow(cycle->saved);
    auto* list = saved.as<List>();
    if (cycle->iterator) {
        const Ref iterator = Ref::borrow(cycle->iterator);
        Ref item(iterNext(thread, iterator.get()));
        if (item) return listAppend(thread, list, item.get()) ? item.release() : Value::null();
        if (hasPending(thread)) return Value::null();
        decref(std::exchange(cycle->iterator, Value::null()));
    }
    if (list->size == 0) return Value::null();
    const Value item = newRef(list->items[cycle->index]);
    cycle->index = cycle->index + 1 < list->size ? cycle->index + 1 : 0;
    return item;
}

// --- repeat --------------------------------------------------------------------------------------

Value constructRepeat(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"object", "times", nullptr};
    const ParameterList parameters{
        .function = "repeat", .names = kNames, .max_positional = 2, .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    int64_t times = -1;
    if (bound[1]) {
        if (!toSsize(thread, bound[1], &times)) return Value::null();
        if (times < 0) times = 0;
    }
    auto* repeat = allocateObject<Repeat>(thread, callee.as<Type>());
    if (repeat == nullptr) return Value::null();
    repeat->item = newRef(bound[0]);
    repeat->left = times;
    return Value::of(repeat);
}

Value nextOfRepeat(Thread&, Value self) {
    auto* repeat = self.as<Repeat>();
    if (repeat->left == 0 || repeat->item.isNull()) return Value::null();
    if (repeat->left > 0) --repeat->left;
    return newRef(repeat->item);
}

Value reprRepeat(Thread& thread, Value self) {
    const auto* repeat = self.as<Repeat>();
    const std::string name = typeName(self.asObject()->type);
    const Ref item(reprOf(thread, repeat->item));
    if (!item) return Value::null();
    const std::string times = repeat->left < 0 ? "" : fmt::format(", {}", repeat->left);
    return Value::of(makeStr(thread, fmt::format("{}({}{})", name.substr(name.rfind('.') + 1),
                                                 toUtf8(item.as<Str>()), times)));
}

Value hintRepeat(Thread& thread, Value self, const Value*, size_t) {
    const int64_t left = self.as<Repeat>()->left;
    if (left >= 0) return makeInt(thread, left);
    return raise(thread, ExceptionKind::kTypeError, "len() of unsized object");
}

Value reduceRepeat(Thread& thread, Value self, const Value*, size_t) {
    const auto* repeat = self.as<Repeat>();
    const Ref left(makeInt(thread, repeat->left));
    if (!left) return Value::null();
    const Value parts[] = {repeat->item, left.get()};
    const Ref arguments(Value::of(makeTuple(thread, parts, repeat->left < 0 ? 1 : 2)));
    if (!arguments) return Value::null();
    return Value::of(makeTuple(thread, Value::of(self.asObject()->type), arguments.get()));
}

}  // namespace

void setUpCount(Thread& thread, Type* type) {
    setUpIterator<Count, OwnedValues<Count, &Count::number, &Count::step>>(type, constructCount,
                                                                           nextOfCount);
    type->slots.repr = reprCount;
    addMethod(thread, type, "__reduce__", reduceCount, 0, 0);
}

void setUpCycle(Thread&, Type* type) {
    setUpIterator<Cycle, OwnedValues<Cycle, &Cycle::iterator, &Cycle::saved>>(type, constructCycle,
                                                                              nextOfCycle);
}

void setUpRepeat(Thread& thread, Type* type) {
    setUpIterator<Repeat, OwnedValues<Repeat, &Repeat::item>>(type, constructRepeat, nextOfRepeat);
    type->slots.repr = reprRepeat;
    addMethod(thread, type, "__length_hint__", hintRepeat, 0, 0);
    addMethod(thread, type, "__reduce__", reduceRepeat, 0, 0);
}

}  // namespace tagproof::itertools
