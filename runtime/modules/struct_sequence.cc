#include "runtime/modules/struct_sequence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

constexpr const char* kFieldNames = "__match_args__";

template <size_t Index>
Value getField(Thread&, Value self) {
    return newRef(self.as<Tuple>()->items()[Index]);
}

template <size_t... Index>
constexpr std::array<NativeGetter, sizeof...(Index)> makeGetters(std::index_sequence<Index...>) {
    return {getField<Index>...};
}
constexpr auto kGetters = makeGetters(std::make_index_sequence<kMaxStructFields>());

// The tuple of the names, borrowed; never null for a type made here.
const Tuple* namesOf(Thread& thread, Type* type) {
    Str* const key = internStr(thread, kFieldNames);
    return key == nullptr ? nullptr : dictGetStr(type->attributes, key).as<Tuple>();
}

Value repr(Thread& thread, Value self) {
    Type* const type = self.asObject()->type;
    const Tuple* const names = namesOf(thread, type);
    if (names == nullptr) return Value::null();
    std::string text = typeName(type) + "(";
    for (size_t i = 0; i < names->size; ++i) {
        const Ref shown(reprOf(thread, self.as<Tuple>()->items()[i]));
        if (!shown) return Value::null();
        text += fmt::format("{}{}={}", i == 0 ? "" : ", ", toUtf8(names->items()[i].as<Str>()),
                            toUtf8(shown.as<Str>()));
    }
    return Value::of(makeStr(thread, text + ")"));
}

Value construct(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    auto* const type = callee.as<Type>();
    if (positional != 1 || keywordCount(keyword_names) != 0) {
        return raise(thread, ExceptionKind::kTypeError,
                     "structseq() missing required argument 'sequence' (pos 1)");
    }
    const Ref items(Value::of(listFromIterable(thread, args[0])));
    const Tuple* const names = items ? namesOf(thread, type) : nullptr;
    if (names == nullptr) return Value::null();
    const List* const list = items.as<List>();
    if (list->size != names->size) {
        return raise(thread, ExceptionKind::kTypeError,
                     "{}() takes an at {} {}-sequence ({}-sequence given)", typeName(type),
                     list->size < names->size ? "least" : "most", names->size, list->size);
    }
    Value owned[kMaxStructFields];
    for (size_t i = 0; i < list->size; ++i) owned[i] = newRef(list->items[i]);
    return newStructSequence(thread, type, owned, list->size);
}

}  // namespace

Type* newStructSequenceType(Thread& thread, const StructSequence& description) {
    Type* const type = newNativeType(thread, description.name, thread.types->tuple);
    if (type == nullptr) return nullptr;
    setNativeLayout(type, CellFamily::kTuple, sizeof(Tuple), kTypeIsTuple);
    type->slots.repr = repr;
    type->slots.construct = construct;
    Value names[kMaxStructFields];  // interned: immortal
    for (size_t i = 0; i < description.count; ++i) {
        Str* const name = internStr(thread, description.fields[i]);
        if (name == nullptr) return nullptr;
        names[i] = Value::of(name);
        addGetSet(thread, type, description.fields[i], kGetters[i], nullptr);
    }
    const Ref all(Value::of(makeTuple(thread, names, description.count)));
    if (!all) return nullptr;
    addConstant(thread, type, kFieldNames, all.get());
    return finishNativeType(thread, type) ? type : nullptr;
}

Value newStructSequence(Thread& thread, Type* type, const Value* items, size_t count) {
    const bool complete =
        std::none_of(items, items + count, [](Value item) { return item.isNull(); });
    auto* const made =
        complete ? allocateSized<Tuple>(thread, type, sizeof(Tuple) + count * sizeof(Value))
                 : nullptr;
    if (made == nullptr) {
        for (size_t i = 0; i < count; ++i) decref(items[i]);
        return Value::null();
    }
    made->size = count;
    std::copy(items, items + count, made->items());
    return Value::of(made);
}

}  // namespace tagproof
