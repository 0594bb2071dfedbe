// Bootstrap of the built-in types. Heap::create has made bare type objects; here, in this order:
// the layouts that names and attributes need, the names of types and the interned names, the
// singletons, each type's own set-up, and what all types need once theirs is done.

#include "objmodel/core_types.h"

#include "objmodel/bytes.h"
#include "objmodel/cell.h"
#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/float.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/iterators.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/range.h"
#include "objmodel/set.h"
#include "objmodel/simple_namespace.h"
#include "objmodel/slice.h"
#include "objmodel/special_methods.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/type_setup.h"
#include "objmodel/union_type.h"
#include "objmodel/weak_proxy.h"
#include "objmodel/weakref.h"

namespace tagproof {
namespace {

// A type's own init says all this again; it is needed before any init can run.
void layOutFirstTypes(const CoreTypes& types) {
    types.str->slots.dealloc = deallocPlain;
    types.dict->slots.dealloc = dictDealloc;
    types.str->inline_items = true;
    types.tuple->inline_items = true;
    types.bytes->inline_items = true;
    setNativeLayout(types.str, CellFamily::kStr, sizeof(Str), 0);
    setNativeLayout(types.bytes, CellFamily::kOther, sizeof(Bytes), 0);
    setNativeLayout(types.tuple, CellFamily::kTuple, sizeof(Tuple), 0);
    setNativeLayout(types.dict, CellFamily::kDict, sizeof(Dict), kTypeAllowsSubclass | kTypeIsDict);
    setNativeLayout(types.cell, CellFamily::kCell, sizeof(Cell), 0);
    setNativeLayout(types.builtin_function, CellFamily::kOther, sizeof(NativeFunction), 0);
    setNativeLayout(types.method_descriptor, CellFamily::kOther, sizeof(MethodDescriptor), 0);
    setNativeLayout(types.classmethod_descriptor, CellFamily::kOther, sizeof(MethodDescriptor), 0);
    setNativeLayout(types.member_descriptor, CellFamily::kOther, sizeof(MemberDescriptor), 0);
    setNativeLayout(types.getset_descriptor, CellFamily::kOther, sizeof(GetSetDescriptor), 0);
    setNativeLayout(types.staticmethod, CellFamily::kOther, sizeof(MethodWrapperObject),
                    kTypeHasManagedDict);
}

bool makeEmptyTupleSingleton(Thread& thread, Singletons* singletons) {
    Tuple* const empty = makeEmptyTuple(thread);
    if (empty == nullptr) return false;
    empty->head.refcount = layout::kImmortalRefcount;
    singletons->empty_tuple = Value::of(empty);
    return true;
}

bool nameTypes(Thread& thread) {
    const CoreTypes& types = *thread.types;
#define CORE_TYPE(field, text, base) \
    if (!nameNativeType(thread, types.field, text)) return false;
#include "objmodel/core_types.def"
#undef CORE_TYPE
#define EXCEPTION(name, base_name, extras)                                     \
    {                                                                          \
        Type* const type = exceptionType(thread, ExceptionKind::k##name);      \
        Type* const base = exceptionType(thread, ExceptionKind::k##base_name); \
        type->base = type == base ? types.object : base;                       \
        if (!nameNativeType(thread, type, #name)) return false;                \
    }
#include "objmodel/exceptions.def"
#undef EXCEPTION
    return nameNativeType(thread, thread.heap->dead_type, "<freed>");
}

bool internNames(Thread& thread, Names* names) {
#define NAME(field, text) \
    if ((names->field = internStr(thread, text)) == nullptr) return false;
#include "objmodel/names.def"
#undef NAME
#define SPECIAL_METHOD(field, text, group, argument) \
    if ((names->field = internStr(thread, text)) == nullptr) return false;
#include "objmodel/special_methods.def"
#undef SPECIAL_METHOD
    return true;
}

// --- None, NotImplemented, Ellipsis --------------------------------------------------------------

template <const char* const& Text>
Value reprSingleton(Thread& thread, Value) {
    return Value::of(makeAsciiStr(thread, Text));
}
constexpr const char* kNoneText = "None";
constexpr const char* kNotImplementedText = "NotImplemented";
constexpr const char* kEllipsisText = "Ellipsis";

template <Value Singletons::*Field>
Value constructSingleton(
    Thread& thread, Value callee, const Value*, size_t positional, Value keyword_names) {
    const bool plain =
        positional == 0 && (keyword_names.isNull() || keyword_names.as<Tuple>()->size == 0);
    if (plain) return thread.singletons->*Field;
    return raise(thread, ExceptionKind::kTypeError, "{} takes no arguments",
                 typeName(callee.as<Type>()));
}

int truthOfNone(Thread&, Value) { return 0; }

void initSingletonTypes(Thread& thread) {
    const CoreTypes& types = *thread.types;
    for (Type* const type : {types.none_type, types.not_implemented_type, types.ellipsis_type}) {
        setNativeLayout(type, CellFamily::kPlain, sizeof(Object), 0);
        type->slots.dealloc = deallocPlain;
    }
    types.none_type->slots.repr = reprSingleton<kNoneText>;
    types.none_type->slots.truth = truthOfNone;
    types.none_type->slots.construct = constructSingleton<&Singletons::none>;
    types.not_implemented_type->slots.repr = reprSingleton<kNotImplementedText>;
    types.not_implemented_type->slots.construct = constructSingleton<&Singletons::not_implemented>;
    types.ellipsis_type->slots.repr = reprSingleton<kEllipsisText>;
    types.ellipsis_type->slots.construct = constructSingleton<&Singletons::ellipsis>;
}

bool makeImmortal(Thread& thread, Type* type, Value* result) {
    Object* const object = allocateObject(thread, type);
    if (object == nullptr) return false;
    object->refcount = layout::kImmortalRefcount;
    *result = Value::of(object);
    return true;
}

bool makeSingletons(Thread& thread, Singletons* singletons) {
    const CoreTypes& types = *thread.types;
    singletons->empty_str = Value::of(singletons->names.empty);
    return makeImmortal(thread, types.none_type, &singletons->none) &&
           makeImmortal(thread, types.bool_, &singletons->true_) &&
           makeImmortal(thread, types.bool_, &singletons->false_) &&
           makeImmortal(thread, types.not_implemented_type, &singletons->not_implemented) &&
           makeImmortal(thread, types.ellipsis_type, &singletons->ellipsis) &&
           makeBytesSingletons(thread, singletons);
}

// --- set-up of each type
// ---------------------------------------------------------------------------

void initTypes(Thread& thread) {
    initSingletonTypes(thread);
    initObjectType(thread);
    initTypeType(thread);
    initNativeFunctionTypes(thread);
    initDescriptorTypes(thread);
    initPropertyType(thread);
    initWrapperTypes(thread);
    initSuperType(thread);
    initMappingProxyType(thread);
    initCellType(thread);
    initWeakRefType(thread);
    initWeakProxyTypes(thread);
    initSimpleNamespaceType(thread);
    initGenericAliasType(thread);
    initUnionType(thread);
    initTupleType(thread);
    initIntType(thread);
    initBoolType(thread);
    initFloatType(thread);
    initStrType(thread);
    initBytesType(thread);
    initListType(thread);
    initSliceType(thread);
    initDictType(thread);
    initDictViewTypes(thread);
    initSetTypes(thread);
    initRangeTypes(thread);
    initSequenceIteratorTypes(thread);
    initIteratorTypes(thread);
    initExceptionTypes(thread);
}

bool finishTypes(Thread& thread) {
    const CoreTypes& types = *thread.types;
#define CORE_TYPE(field, text, base) \
    if (!finishNativeType(thread, types.field)) return false;
#include "objmodel/core_types.def"
#undef CORE_TYPE
    for (Type* const type : types.exceptions) {
        if (!finishNativeType(thread, type)) return false;
    }
    return true;
}

}  // namespace

bool initCoreTypes(Thread& thread) {
    Heap& heap = *thread.heap;
    layOutFirstTypes(heap.types);
    if (!makeEmptyTupleSingleton(thread, &heap.singletons) || !nameTypes(thread) ||
        !internNames(thread, &heap.singletons.names) || !makeSingletons(thread, &heap.singletons)) {
        return false;
    }
    initTypes(thread);
    if (!finishTypes(thread)) return false;
    heap.last_memory_error =
        newException(thread, exceptionType(thread, ExceptionKind::kMemoryError), nullptr, 0);
    if (heap.last_memory_error.isNull()) return false;
    heap.last_memory_error.asObject()->refcount = layout::kImmortalRefcount;
    return true;
}

}  // namespace tagproof
