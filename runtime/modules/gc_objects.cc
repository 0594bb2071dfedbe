// What the gc module says about objects: who refers to whom, what is tracked, frozen, finalized.
//
// Programs see references as CPython shows them. Cells of namespaces are seen through, and the
// namespace of a class is its class: a store into it would go past the version of the class.

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/heap_check.h"
#include "objmodel/int.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tracking.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/garbage_collector.h"
#include "runtime/modules/native_modules.h"

namespace tagproof {

namespace {

struct Visitor {
    VisitFunction visit;
    void* context;
    void operator()(Value value) const {
        if (value) visit(value, context);
    }
};

// In tables whose keys are all strings the keys are not shown.
void visitDict(Dict* dict, const Visitor& visit) {
    const bool only_names = isSplit(dict) || (dict->table != nullptr && dict->table->only_str_keys);
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(dict, &position, &key, &value)) {
        visit(value);
        if (!only_names) visit(key);
    }
}

void visitBackwards(const Value* items, uint64_t count, const Visitor& visit) {
    for (uint64_t k = count; k-- > 0;) visit(items[k]);
}

void visitType(Type* type, const Visitor& visit) {
    visitDict(type->attributes, visit);
    visit(Value::of(type->mro));
    visit(Value::of(type->bases));
    visit(Value::of(type->base));
}

// The references of an object as a program sees them.
void visitReferences(const Thread& thread, Object* object, const Visitor& visit) {
    const CoreTypes& types = *thread.types;
    const Value value = Value::of(object);
    if (isExactly(value, types.dict)) return visitDict(value.as<Dict>(), visit);
    if (isExactly(value, types.list)) {
        return visitBackwards(value.as<List>()->items, value.as<List>()->size, visit);
    }
    if (isExactly(value, types.tuple)) {
        return visitBackwards(value.as<Tuple>()->items(), value.as<Tuple>()->size, visit);
    }
    if (hasFlag(object->type, kTypeIsType)) return visitType(value.as<Type>(), visit);
    struct Inner {
        const Visitor* visit;
        Value type;
    } inner{&visit, Value::of(object->type)};
    traverseObject(
        object,
        [](Value child, void* context) {
            const auto* outer = static_cast<const Inner*>(context);
            if (child != outer->type) (*outer->visit)(child);
        },
        &inner);
    if (hasFlag(object->type, kTypeIsHeap)) visit(Value::of(object->type));
}

// --- all objects ---------------------------------------------------------------------------------

// Every object that programs may be shown, in the order of addresses. Borrowed.
std::vector<Object*> trackedObjects(Thread& thread) {
    struct Walk {
        Thread* thread;
        std::vector<Object*> objects;
        std::unordered_set<const Object*> hidden;
    } walk{&thread, {}, {}};
    thread.heap->forEachObject(
        [](Object* object, void* context) {
            auto* state = static_cast<Walk*>(context);
            const Value value = Value::of(object);
            if (hasFlag(object->type, kTypeIsType)) {
                state->hidden.insert(reinterpret_cast<Object*>(value.as<Type>()->attributes));
            }
            if (hasFlag(object->type, kTypeIsDict)) {
                forEachNamespaceCell(value.as<Dict>(),
                                     [&](Cell* cell) { state->hidden.insert(&cell->head); });
            }
            if (isTracked(*state->thread, value)) state->objects.push_back(object);
        },
        &walk);
    std::erase_if(walk.objects, [&](const Object* object) { return walk.hidden.contains(object); });
    return std::move(walk.objects);
}

Value listOf(Thread& thread, const std::vector<Object*>& objects) {
    Ref result(Value::of(makeList(thread, objects.size())));
    for (Object* const object : objects) {
        if (!result || !listAppend(thread, result.as<List>(), Value::of(object))) {
            return Value::null();
        }
    }
    return result.release();
}

bool checkGeneration(Thread& thread, int64_t generation) {
    if (generation >= GarbageCollector::kGenerations) {
        raise(thread, ExceptionKind::kValueError,
              "generation parameter must be less than the number of available generations ({})",
              GarbageCollector::kGenerations);
        return false;
    }
    if (generation < -1) {
        raise(thread, ExceptionKind::kValueError, "generation parameter cannot be negative");
        return false;
    }
    return true;
}

Value getObjects(Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"generation", nullptr};
    static constexpr ParameterList kParameters = {
        .function = "get_objects", .names = kNames, .max_positional = 1};
    Value given[1] = {};
    if (!bindNativeArguments(thread, kParameters, args, positional, keyword_names, given)) {
        return Value::null();
    }
    int64_t generation = -1;
    if (given[0] && given[0] != thread.singletons->none) {
        const Ref index(isInt(given[0]) ? indexOf(thread, given[0]) : Value::null());
        if (!index) {
            return raise(thread, ExceptionKind::kTypeError,
                         "argument should be integer or None, not '{}'",
                         typeName(typeOf(thread, given[0])));
        }
        generation = saturateInt64(thread, index.get());
    }
    if (!checkGeneration(thread, generation)) return Value::null();
    const bool oldest = generation == -1 || generation == GarbageCollector::kGenerations - 1;
    return oldest ? listOf(thread, trackedObjects(thread)) : Value::of(makeList(thread));
}

Value getReferrers(Thread& thread, Value, const Value* args, size_t count) {
    struct Search {
        const Value* wanted;
        size_t count;
        bool found;
    };
    std::vector<Object*> referrers;
    for (Object* const object : trackedObjects(thread)) {
        Search search{args, count, false};
        const VisitFunction look = [](Value child, void* context) {
            auto* state = static_cast<Search*>(context);
            const Value* const end = state->wanted + state->count;
            state->found = state->found || std::find(state->wanted, end, child) != end;
        };
        visitReferences(thread, object, {look, &search});
        if (search.found) referrers.push_back(object);
    }
    return listOf(thread, referrers);
}

Value getReferents(Thread& thread, Value, const Value* args, size_t count) {
    std::vector<Value> found;
    for (size_t k = 0; k < count; ++k) {
        if (!args[k].isObject()) continue;
        const VisitFunction add = [](Value child, void* context) {
            static_cast<std::vector<Value>*>(context)->push_back(child);
        };
        visitReferences(thread, args[k].asObject(), {add, &found});
    }
    return Value::of(makeList(thread, found.data(), found.size()));
}

// --- one object ----------------------------------------------------------------------------------

Value isTrackedFunction(Thread& thread, Value, const Value* args, size_t) {
    return boolValue(thread, isTracked(thread, args[0]));
}

Value isFinalized(Thread& thread, Value, const Value* args, size_t) {
    const bool finalized = args[0].isObject() && (args[0].asObject()->flags & kFinalized) != 0;
    return boolValue(thread, finalized);
}

// --- freezing ------------------------------------------------------------------------------------

Value freeze(Thread& thread, Value, const Value*, size_t) {
    // What programs do not see as tracked (code, cells) is not looked at either.
    thread.heap->forEachObject(
        [](Object* object, void*) {
            if (isContainer(object->type)) object->flags |= kFrozen;
        },
        nullptr);
    return thread.singletons->none;
}

Value unfreeze(Thread& thread, Value, const Value*, size_t) {
    thread.heap->forEachObject([](Object* object, void*) { object->flags &= ~uint32_t{kFrozen}; },
                               nullptr);
    return thread.singletons->none;
}

Value getFreezeCount(Thread& thread, Value, const Value*, size_t) {
    const std::vector<Object*> tracked = trackedObjects(thread);
    return Value::fixnum(std::ranges::count_if(
        tracked, [](const Object* object) { return (object->flags & kFrozen) != 0; }));
}

constexpr FunctionRow kFunctions[] = {
    {"freeze", freeze, 0, 0},
    {"get_freeze_count", getFreezeCount, 0, 0},
    {"get_referents", getReferents, 0, kAnyCount},
    {"get_referrers", getReferrers, 0, kAnyCount},
    {"is_finalized", isFinalized, 1, 1},
    {"is_tracked", isTrackedFunction, 1, 1},
    {"unfreeze", unfreeze, 0, 0},
};

constexpr KeywordFunctionRow kKeywordFunctions[] = {{"get_objects", getObjects}};

}  // namespace

bool addGcObjectFunctions(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions) &&
           addFunctions(thread, module, kKeywordFunctions);
}

}  // namespace tagproof
