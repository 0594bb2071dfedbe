// The _functools module: reduce(), cmp_to_key() and the table of its types.

#include "runtime/modules/functools.h"

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/owned_values.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/modules/library_state.h"
#include "runtime/modules/native_modules.h"
#include "runtime/vm.h"

namespace tagproof {

namespace functools {

namespace {

// --- reduce --------------------------------------------------------------------------------------

Value reduce(Thread& thread, Value, const Value* args, size_t count, Value keyword_names) {
    if (!rejectKeywords(thread, "reduce", keyword_names) ||
        !checkArgumentCount(thread, "reduce", count, 2, 3)) {
        return Value::null();
    }
    const Ref iterator(getIter(thread, args[1]));
    if (!iterator) {
        if (!pendingMatches(thread, ExceptionKind::kTypeError)) return Value::null();
        clearPending(thread);
        return raise(thread, ExceptionKind::kTypeError, "reduce() arg 2 must support iteration");
    }
    Ref result = Ref::borrow(count > 2 ? args[2] : Value::null());
    for (;;) {
        Ref item(iterNext(thread, iterator.get()));
        if (!item) break;
        result = result ? Ref(call(thread, args[0], {result.get(), item.get()})) : std::move(item);
        if (!result) return Value::null();
    }
    if (hasPending(thread)) return Value::null();
    if (result) return result.release();
    return raise(thread, ExceptionKind::kTypeError,
                 "reduce() of empty iterable with no initial value");
}

// --- cmp_to_key ----------------------------------------------------------------------------------

// What cmp_to_key() gives (no `wrapped` yet), and the keys made by calling it.
struct KeyWrapper {
    Object head;
    Value compare;  // owned
    Value wrapped;  // owned, or null
};

Value newKeyWrapper(Thread& thread, Value compare, Value wrapped) {
    auto* wrapper = allocateObject<KeyWrapper>(thread, thread.vm->library().key_wrapper);
    if (wrapper == nullptr) return Value::null();
    wrapper->compare = newRef(compare);
    wrapper->wrapped = newRef(wrapped);
    return Value::of(wrapper);
}

Value compareToKey(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"mycmp", nullptr};
    const ParameterList parameters{
        .function = "cmp_to_key", .names = kNames, .max_positional = 1, .required = 1};
    Value compare;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, &compare)) {
        return Value::null();
    }
    return newKeyWrapper(thread, compare, Value::null());
}

Value callKeyWrapper(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"obj", nullptr};
    const ParameterList parameters{
        .function = "K", .names = kNames, .max_positional = 1, .required = 1};
    Value wrapped;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, &wrapped)) {
        return Value::null();
    }
    return newKeyWrapper(thread, callee.as<KeyWrapper>()->compare, wrapped);
}

Value compareKeyWrappers(Thread& thread, Value left, Value right, CompareOp op) {
    if (typeOf(thread, left) != typeOf(thread, right)) {
        return raise(thread, ExceptionKind::kTypeError, "other argument must be K instance");
    }
    const Ref first = Ref::borrow(left.as<KeyWrapper>()->wrapped);
    const Ref second = Ref::borrow(right.as<KeyWrapper>()->wrapped);
    const Ref compare = Ref::borrow(left.as<KeyWrapper>()->compare);
    if (!first || !second || !compare) {
        return raise(thread, ExceptionKind::kAttributeError, "object");
    }
    const Ref order(call(thread, compare.get(), {first.get(), second.get()}));
    return order ? richCompare(thread, order.get(), Value::fixnum(0), op) : Value::null();
}

void setUpKeyWrapper(Thread& thread, Type* type) {
    using Owned = OwnedValues<KeyWrapper, &KeyWrapper::compare, &KeyWrapper::wrapped>;
    setNativeLayout(type, CellFamily::kOther, sizeof(KeyWrapper), 0);
    Owned::setSlots(type);
    type->slots.call = callKeyWrapper;
    type->slots.compare = compareKeyWrappers;
    addMember(thread, type, "obj", offsetof(KeyWrapper, wrapped), true, true);
}

constexpr LibraryTypeRow kTypes[] = {
    {&LibraryState::key_wrapper, "functools.KeyWrapper", setUpKeyWrapper, false},
    {&LibraryState::lru_link, "functools._lru_list_elem", setUpLruLink, false},
    {&LibraryState::lru_cache, "functools._lru_cache_wrapper", setUpLruCache},
    {&LibraryState::partial, "functools.partial", setUpPartial},
};

constexpr KeywordFunctionRow kFunctions[] = {
    {"cmp_to_key", compareToKey},
    {"reduce", reduce},
};

}  // namespace
}  // namespace functools

bool initFunctoolsModule(Thread& thread, Value module) {
    return addLibraryTypes(thread, module, functools::kTypes) &&
           addFunctions(thread, module, functools::kFunctions);
}

}  // namespace tagproof
