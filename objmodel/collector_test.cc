// The cycle collector: every kind of container of the object model in a cycle, finalizers, weak
// references. Guest code is played by C++ functions.

#include "objmodel/collector.h"

#include <gtest/gtest.h>

#include <functional>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/cell.h"
#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/heap_check.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/iterators.h"
#include "objmodel/list.h"
#include "objmodel/managed_dict.h"
#include "objmodel/native_function.h"
#include "objmodel/reference_graph.h"
#include "objmodel/set.h"
#include "objmodel/slice.h"
#include "objmodel/tracking.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/weakref.h"

namespace tagproof {
namespace {

class CollectorTest : public HeapTest {
  protected:
    // Names stay for good: they shall not count as what a test leaves behind.
    CollectorTest() {
        for (const char* const text : {"me", "b", "kept", "lost", "object", "second", "items"}) {
            static_cast<void>(name(text));
        }
    }
    uint64_t collect() { return collectGarbage(thread(), {}).collected; }
    [[nodiscard]] uint64_t live() { return heap().statistics().live_objects; }

    void set(const Ref& object, std::string_view attribute, Value value) {
        EXPECT_EQ(setAttr(thread(), object.get(), name(attribute), value), 0);
    }
    [[nodiscard]] Ref list(std::initializer_list<Value> items) {
        return Ref(Value::of(makeList(thread(), items.begin(), items.size())));
    }
    void append(const Ref& list, Value value) {
        EXPECT_TRUE(listAppend(thread(), list.as<List>(), value));
    }
    // A list whose only item is the value of `make`, which is given the list: a cycle through it.
    void throughList(const std::function<Value(Value list)>& make) {
        const Ref items = list({});
        const Ref inner(make(items.get()));
        ASSERT_TRUE(inner);
        append(items, inner.get());
    }

    // `make` leaves garbage behind; what it made is there, then gone. The first round may fill
    // caches and tables that stay.
    void expectCollected(const char* what, const std::function<void()>& make) {
        make();
        collect();
        const uint64_t before = live();
        make();
        EXPECT_GT(live(), before) << what;
        collect();
        EXPECT_EQ(live(), before) << what;
        EXPECT_EQ(collect(), 0U) << what;
        expectExactCounts(what);
    }
    void expectExactCounts(const char* what) {
        HeapCheckOptions options;
        options.visit_roots = [](VisitFunction visit, void* visit_context, void* context) {
            for (const Ref& held : static_cast<CollectorTest*>(context)->held_) {
                visit(held.get(), visit_context);
            }
        };
        options.roots_context = this;
        options.exact_counts = true;
        for (const HeapViolation& violation : checkHeap(heap(), options)) {
            ADD_FAILURE() << what << ": " << violation.rule << ": " << violation.text;
        }
    }
    // A class that stays until the test ends.
    Type* keptClass(std::initializer_list<Type*> bases = {}) {
        Type* const type = makeClass("Kept", bases);
        held_.push_back(Ref(Value::of(type)));
        return type;
    }
    // The same with __del__ in C++.
    Type* classWithDel(int (*finalize)(Thread&, Object*)) {
        Type* const type = keptClass();
        type->slots.finalize = finalize;
        return type;
    }
    Ref selfReferring(Type* type) {
        Ref object = newObject(type);
        set(object, "me", object.get());
        return object;
    }

    std::vector<Ref> held_;
};

// --- kinds of containers -------------------------------------------------------------------------

TEST_F(CollectorTest, InstancesInEveryStateOfTheSlot) {
    Type* const type = keptClass();
    expectCollected("values", [&] { selfReferring(type); });
    expectCollected("split dict", [&] {
        const Ref object = selfReferring(type);
        EXPECT_NE(managedDict(thread(), object.get().asObject()), nullptr);
    });
    expectCollected("combined dict", [&] {
        const Ref object = selfReferring(type);
        Dict* const dict = managedDict(thread(), object.get().asObject());
        EXPECT_EQ(dictUnsplit(thread(), dict), 0);
    });
    expectCollected("dict of another", [&] {
        const Ref object = newObject(type);
        const Ref other = selfReferring(type);
        Dict* const dict = managedDict(thread(), object.get().asObject());
        EXPECT_EQ(managedReplaceDict(thread(), other.get().asObject(), dict), 0);
        set(object, "both", other.get());
    });
    expectCollected("instances of built-in types' subclasses", [&] {
        const Ref made = newObject(keptClass({thread().types->list}));
        append(made, made.get());
        set(made, "me", made.get());
        held_.pop_back();
    });
}

TEST_F(CollectorTest, SlotMembers) {
    const Ref name_space(Value::of(newDict(thread())));
    const Value names[] = {Value::of(name("a")), Value::of(name("b"))};
    const Ref slots(Value::of(makeTuple(thread(), names, 2)));
    EXPECT_EQ(dictSetStr(thread(), name_space.as<Dict>(), name("__slots__"), slots.get()), 0);
    const Ref type(Value::of(makeClass("Slotted", {}, name_space.as<Dict>())));
    const uint64_t before = live();
    Ref object = newObject(type.as<Type>());
    set(object, "b", object.get());
    object = Ref();
    EXPECT_EQ(live(), before + 1);
    EXPECT_EQ(collect(), 1U);
    EXPECT_EQ(live(), before);
}

TEST_F(CollectorTest, ListsDictsAndSets) {
    Type* const type = keptClass();
    expectCollected("list", [&] {
        const Ref items = list({});
        append(items, items.get());
    });
    expectCollected("dict value", [&] {
        const Ref dict(Value::of(newDict(thread())));
        EXPECT_EQ(dictSet(thread(), dict.as<Dict>(), number(1), dict.get()), 0);
    });
    expectCollected("dict key", [&] {
        const Ref object = newObject(type);
        const Ref dict(Value::of(newDict(thread())));
        EXPECT_EQ(dictSet(thread(), dict.as<Dict>(), object.get(), number(1)), 0);
        set(object, "dict", dict.get());
    });
    expectCollected("dict of cells", [&] {
        const Ref dict(Value::of(newDictOfCells(thread())));
        EXPECT_EQ(dictSetStr(thread(), dict.as<Dict>(), name("x"), dict.get()), 0);
    });
    for (Type* const set_type : {thread().types->set, thread().types->frozenset}) {
        expectCollected("set", [&] {
            const Ref object = newObject(type);
            const Value item = object.get();
            const Ref items = list({item});
            const Ref made(call(thread(), Value::of(set_type), {items.get()}));
            set(object, "set", made.get());
        });
    }
}

TEST_F(CollectorTest, WhatIsWithoutClearIsBrokenByOthers) {
    const CoreTypes& types = *thread().types;
    const auto called = [&](Type* type) {
        return [this, type](Value items) { return call(thread(), Value::of(type), {items}); };
    };
    expectCollected("tuple", [&] {
        throughList([&](Value items) { return Value::of(makeTuple(thread(), &items, 1)); });
    });
    expectCollected("slice", [&] { throughList(called(types.slice)); });
    expectCollected("enumerate", [&] { throughList(called(types.enumerate)); });
    expectCollected("reversed", [&] { throughList(called(types.reversed)); });
    expectCollected("zip", [&] { throughList(called(types.zip)); });
    expectCollected("list iterator", [&] {
        throughList([&](Value items) { return newListIterator(thread(), items); });
    });
    expectCollected("callable iterator", [&] {
        throughList([&](Value items) { return newCallableIterator(thread(), items, items); });
    });
    expectCollected("views and their iterators", [&] {
        const Ref dict(Value::of(newDict(thread())));
        const Ref view(dictValues(thread(), dict.get()));
        const Ref iterator(newDictKeyIterator(thread(), dict.get()));
        EXPECT_EQ(dictSet(thread(), dict.as<Dict>(), number(1), view.get()), 0);
        EXPECT_EQ(dictSet(thread(), dict.as<Dict>(), number(2), iterator.get()), 0);
    });
}

TEST_F(CollectorTest, CellsAndDescriptors) {
    const CoreTypes& types = *thread().types;
    expectCollected("cell", [&] {
        const Ref cell(Value::of(newCell(thread(), Value::null())));
        setCell(cell.as<Cell>(), cell.get());
    });
    expectCollected("property", [&] {
        throughList([&](Value items) {
            return call(thread(), Value::of(types.property), {items, items, items, items});
        });
    });
    expectCollected("classmethod, staticmethod", [&] {
        throughList([&](Value items) {
            const Ref inner(newClassMethod(thread(), items));
            return newStaticMethod(thread(), inner.get());
        });
    });
    expectCollected("super", [&] {
        Type* const type = keptClass();
        const Ref object = newObject(type);
        const Ref made(newSuper(thread(), type, object.get()));
        set(object, "super", made.get());
        held_.pop_back();
    });
    expectCollected("proxy", [&] {
        const Ref dict(Value::of(newDict(thread())));
        const Ref proxy(newMappingProxy(thread(), dict.get()));
        EXPECT_EQ(dictSet(thread(), dict.as<Dict>(), number(1), proxy.get()), 0);
    });
    expectCollected("native methods and wrappers", [&] {
        const Ref items = list({});
        append(items, Ref(getAttr(thread(), items.get(), name("append"))).get());
        append(items, Ref(getAttr(thread(), items.get(), name("__len__"))).get());
    });
}

TEST_F(CollectorTest, Exceptions) {
    Type* const type = exceptionType(thread(), ExceptionKind::kValueError);
    expectCollected("args", [&] {
        const Ref error(newException(thread(), type, nullptr, 0));
        const Value self = error.get();
        Tuple* const args = makeTuple(thread(), &self, 1);
        decref(Value::of(std::exchange(error.as<ExceptionObject>()->args, args)));
    });
    expectCollected("context and cause", [&] {
        const Ref first(newException(thread(), type, nullptr, 0));
        const Ref second(newException(thread(), type, nullptr, 0));
        first.as<ExceptionObject>()->context = newRef(second.get());
        second.as<ExceptionObject>()->cause = newRef(first.get());
    });
}

// Name space, MRO, descriptors, an instance in an attribute, a metaclass of its own.
TEST_F(CollectorTest, Classes) {
    expectCollected("class", [&] { const Ref type(Value::of(makeClass("C"))); });
    expectCollected("class and instances", [&] {
        const Ref type(Value::of(makeClass("C")));
        set(type, "instance", newObject(type.as<Type>()).get());
    });
    expectCollected("subclass", [&] {
        const Ref base(Value::of(makeClass("Base")));
        const Ref type(Value::of(makeClass("C", {base.as<Type>()})));
        set(base, "derived", type.get());
    });
    expectCollected("metaclass", [&] {
        const Ref meta(Value::of(makeClass("Meta", {thread().types->type})));
        const Ref name_space(Value::of(newDict(thread())));
        const Ref bases(Value::of(makeTuple(thread(), nullptr, 0)));
        const Ref type(createType(thread(), meta.as<Type>(), name("C"), bases.as<Tuple>(),
                                  name_space.as<Dict>()));
        set(meta, "instance", type.get());
    });
}

TEST_F(CollectorTest, ACollectedClassLeavesItsBase) {
    Type* const base = keptClass();
    { const Ref type(Value::of(makeClass("C", {base}))); }
    EXPECT_EQ(base->subclasses->size(), 1U);
    collect();
    EXPECT_TRUE(base->subclasses->empty());
}

TEST_F(CollectorTest, DeepAndWideGarbage) {
    Type* const type = keptClass();
    expectCollected("ring", [&] {
        const Ref first = newObject(type);
        Ref last = Ref::borrow(first.get());
        for (int k = 0; k < 100'000; ++k) {
            Ref next = newObject(type);
            set(next, "next", last.get());
            last = std::move(next);
        }
        set(first, "next", last.get());
    });
    expectCollected("star", [&] {
        const Ref items = list({});
        for (int k = 0; k < 50'000; ++k) append(items, list({items.get()}).get());
    });
}

// --- what stays ----------------------------------------------------------------------------------

TEST_F(CollectorTest, WhatIsHeldFromOutsideStaysWithAllItLeadsTo) {
    Type* const type = keptClass();
    Ref root = selfReferring(type);
    {
        const Ref second = selfReferring(type);
        set(root, "second", second.get());
        set(second, "items", list({second.get(), root.get()}).get());
    }
    const uint64_t before = live();
    EXPECT_EQ(collect(), 0U);
    EXPECT_EQ(live(), before);
    root = Ref();
    EXPECT_EQ(collect(), 3U);
}

TEST_F(CollectorTest, AnObjectUnderDeallocationAndImmortalOnesAreNotLookedAt) {
    Type* const type = keptClass();
    const Ref outer = selfReferring(type);
    type->slots.finalize = [](Thread& running, Object*) {
        EXPECT_EQ(collectGarbage(running, {}).collected, 0U);
        return 0;
    };
    const uint64_t before = live();
    { const Ref dying = newObject(type); }
    EXPECT_EQ(live(), before);
}

TEST_F(CollectorTest, FrozenObjectsStay) {
    Type* const type = keptClass();
    const uint64_t before = live();
    Object* const frozen = selfReferring(type).get().asObject();
    frozen->flags |= kFrozen;
    EXPECT_EQ(collect(), 0U);
    EXPECT_EQ(live(), before + 1);
    frozen->flags &= ~uint32_t{kFrozen};
    EXPECT_EQ(collect(), 1U);
    EXPECT_EQ(live(), before);
}

TEST_F(CollectorTest, TheSideArraysAreGoneAfterwards) {
    selfReferring(keptClass());
    collect();
    heap().forEachPool(
        [](const Pool& pool, void*) {
            for (const Page* page = pool.pages; page != nullptr; page = page->next) {
                EXPECT_EQ(page->collector_data, nullptr);
            }
        },
        nullptr);
}

// --- finalizers and weak references --------------------------------------------------------------

TEST_F(CollectorTest, FinalizersRunOnceBeforeAnythingIsCleared) {
    Type* const type = classWithDel([](Thread& running, Object* self) {
        ++running.args[0].bits;
        const Ref me(managedGet(running, self, internStr(running, "me")));
        EXPECT_TRUE(me && me.get().isObject());
        return 0;
    });
    thread().args[0] = Value::null();
    const Ref first = selfReferring(type);
    {
        const Ref second = selfReferring(type);
        const Ref third = selfReferring(type);
        set(second, "me", third.get());
        set(third, "me", second.get());
    }
    EXPECT_EQ(collect(), 2U);
    EXPECT_EQ(std::exchange(thread().args[0], Value::null()).bits, 2U);
}

TEST_F(CollectorTest, AFinalizerMayReviveItsObject) {
    Type* const type = classWithDel([](Thread& running, Object* self) {
        running.args[0] = newRef(Value::of(self));
        return 0;
    });
    const uint64_t before = live();
    { const Ref object = selfReferring(type); }
    EXPECT_EQ(collect(), 0U);
    const Ref revived(std::exchange(thread().args[0], Value::null()));
    EXPECT_EQ(live(), before + 1);
    const Ref me(managedGet(thread(), revived.get().asObject(), name("me")));
    EXPECT_EQ(me.get(), revived.get());
    EXPECT_EQ(collect(), 0U);
    EXPECT_EQ(managedDelete(thread(), revived.get().asObject(), name("me")), 1);
}

// A second time it is not finalized.
TEST_F(CollectorTest, WhatCameBackIsCollectedWithoutAnotherFinalizer) {
    Type* const type = classWithDel([](Thread& running, Object* self) {
        EXPECT_TRUE(running.args[0].isNull());
        running.args[0] = newRef(Value::of(self));
        return 0;
    });
    const uint64_t before = live();
    { const Ref object = selfReferring(type); }
    EXPECT_EQ(collect(), 0U);
    decref(thread().args[0]);
    EXPECT_EQ(collect(), 1U);
    EXPECT_EQ(live(), before);
    thread().args[0] = Value::null();
}

TEST_F(CollectorTest, OnlyWhatTheRevivedObjectReachesSurvives) {
    Type* const plain = keptClass();
    Type* const type = classWithDel([](Thread& running, Object* self) {
        running.args[0] = newRef(Value::of(self));
        return 0;
    });
    const uint64_t before = live();
    {
        const Ref object = selfReferring(type);
        const Ref kept = selfReferring(plain);
        const Ref lost = selfReferring(plain);
        set(object, "kept", kept.get());
        set(lost, "object", object.get());
    }
    EXPECT_EQ(collect(), 1U);
    EXPECT_EQ(live(), before + 2);
    decref(std::exchange(thread().args[0], Value::null()));
    EXPECT_EQ(collect(), 2U);
    EXPECT_EQ(live(), before);
}

TEST_F(CollectorTest, AFinalizerMayBreakTheCycle) {
    Type* const type = classWithDel([](Thread& running, Object* self) {
        managedClear(running, self);
        return 0;
    });
    const uint64_t before = live();
    { const Ref object = selfReferring(type); }
    EXPECT_EQ(collect(), 0U);
    EXPECT_EQ(live(), before);
}

TEST_F(CollectorTest, WhatIsPendingStaysAndErrorsInFinalizersAreReported) {
    Type* const type = classWithDel([](Thread& running, Object*) {
        EXPECT_FALSE(hasPending(running));
        raise(running, ExceptionKind::kKeyError, "in __del__");
        return -1;
    });
    { const Ref object = selfReferring(type); }
    raise(thread(), ExceptionKind::kValueError, "before");
    EXPECT_EQ(collect(), 1U);
    EXPECT_EQ(takeError(), "ValueError: before");
}

TEST_F(CollectorTest, WeakReferencesAreDeadBeforeFinalizersAndCallbacks) {
    const NativeCode note = [](Thread& running, Value self, const Value* args, size_t) {
        EXPECT_FALSE(Ref(weakRefGet(args[0].as<WeakRef>())));
        EXPECT_TRUE(listAppend(running, self.as<List>(), Value::fixnum(1)));
        return running.singletons->none;
    };
    const Ref log = list({});
    const Ref callback(newNativeFunction(thread(), "note", {note, nullptr, 1, 1}, log.get()));
    Type* const type = classWithDel([](Thread&, Object* self) {
        EXPECT_EQ(self->weakrefs, nullptr);
        return 0;
    });
    Ref object = selfReferring(type);
    const Ref outside(newWeakRef(thread(), object.get(), callback.get()));
    const Ref plain(newWeakRef(thread(), object.get(), Value::null()));
    const Ref inside(newWeakRef(thread(), object.get(), callback.get()));
    set(object, "inside", inside.get());
    {
        const Ref lost(newWeakRef(thread(), object.get(), callback.get()));
        set(object, "lost", lost.get());
    }
    object = Ref();
    EXPECT_EQ(collect(), 2U);
    EXPECT_EQ(log.as<List>()->size, 2U);
    EXPECT_FALSE(Ref(weakRefGet(outside.as<WeakRef>())));
    EXPECT_FALSE(Ref(weakRefGet(plain.as<WeakRef>())));
}

// --- owners that keep nothing alive --------------------------------------------------------------

struct Owner {
    Value held;
    bool given_up = false;
};

CollectionRequest requestWith(Owner* owner) {
    CollectionRequest request;
    request.weak_owners.context = owner;
    request.weak_owners.visit = [](void* context, VisitFunction visit, void* visit_context) {
        visit(static_cast<Owner*>(context)->held, visit_context);
    };
    request.weak_owners.give_up = [](void* context, const ReferenceGraph& graph) {
        auto* self = static_cast<Owner*>(context);
        self->given_up = !graph.isReached(self->held);
        if (self->given_up) decref(self->held);
    };
    return request;
}

TEST_F(CollectorTest, WeakOwnersGiveUpWhatOnlyTheyHold) {
    Type* const type = keptClass();
    const uint64_t before = live();
    Ref object = selfReferring(type);
    Owner owner{newRef(object.get())};
    EXPECT_EQ(collectGarbage(thread(), requestWith(&owner)).collected, 0U);
    EXPECT_FALSE(owner.given_up);
    object = Ref();
    EXPECT_EQ(collectGarbage(thread(), requestWith(&owner)).collected, 1U);
    EXPECT_TRUE(owner.given_up);
    EXPECT_EQ(live(), before);
}

// --- what counts ---------------------------------------------------------------------------------

TEST_F(CollectorTest, TrackedAreContainersOfContainers) {
    const Singletons& values = *thread().singletons;
    EXPECT_FALSE(isTracked(thread(), number(1)));
    EXPECT_FALSE(isTracked(thread(), values.none));
    EXPECT_FALSE(isTracked(thread(), Value::of(name("text"))));
    EXPECT_FALSE(isTracked(thread(), values.empty_tuple));
    EXPECT_FALSE(isTracked(thread(), Value::of(thread().types->list)));
    const Ref items = list({});
    EXPECT_TRUE(isTracked(thread(), items.get()));
    const Ref dict(Value::of(newDict(thread())));
    EXPECT_FALSE(isTracked(thread(), dict.get()));
    EXPECT_EQ(dictSet(thread(), dict.as<Dict>(), number(1), items.get()), 0);
    EXPECT_TRUE(isTracked(thread(), dict.get()));
    const Value one = number(1);
    const Ref plain(Value::of(makeTuple(thread(), &one, 1)));
    EXPECT_FALSE(isTracked(thread(), plain.get()));
}

}  // namespace
}  // namespace tagproof
