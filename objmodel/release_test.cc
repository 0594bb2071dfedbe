// The end of objects: __del__ and resurrection, weak references, deep chains.

#include <gtest/gtest.h>

#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/list.h"
#include "objmodel/managed_dict.h"
#include "objmodel/native_function.h"
#include "objmodel/type_object.h"
#include "objmodel/weakref.h"

namespace tagproof {
namespace {

class ReleaseTest : public HeapTest {
  protected:
    // A class with a special method in C++ whose self is `state`.
    Type* makeWith(std::string_view method, NativeCode code, Value state) {
        const Ref name_space(Value::of(newDict(thread())));
        const Ref function(newNativeFunction(thread(), method, {code, nullptr, 0, -1}, state));
        EXPECT_EQ(dictSetStr(thread(), name_space.as<Dict>(), name(method), function.get()), 0);
        return makeClass("C", {}, name_space.as<Dict>());
    }

    Ref log_{Value::of(makeList(thread()))};
};

TEST_F(ReleaseTest, DelRunsOnce) {
    const NativeCode note = [](Thread& running, Value self, const Value*, size_t) {
        EXPECT_TRUE(listAppend(running, self.as<List>(), Value::fixnum(1)));
        return running.singletons->none;
    };
    Type* const type = makeWith("__del__", note, log_.get());
    Ref object = newObject(type);
    object = Ref();
    EXPECT_EQ(log_.as<List>()->size, 1U);
}

TEST_F(ReleaseTest, AnObjectMayComeBackToLife) {
    Type* const type = makeClass("C");
    type->slots.finalize = [](Thread&, Object* self) {
        incref(self);
        return 0;
    };
    Ref object = newObject(type);
    Object* const address = object.get().asObject();
    object = Ref();
    EXPECT_TRUE(heap().isLiveObject(address));
    EXPECT_EQ(address->refcount, 1U);
    decref(address);
    EXPECT_FALSE(heap().isLiveObject(address));
}

TEST_F(ReleaseTest, AnExceptionInDelDoesNotReachThePendingOne) {
    const NativeCode fail = [](Thread& running, Value, const Value*, size_t) {
        return raise(running, ExceptionKind::kValueError, "in __del__");
    };
    static int reported = 0;
    heap().hooks.unraisable = [](Thread& running, Value exception, Value) {
        reported +=
            exception.asObject()->type == exceptionType(running, ExceptionKind::kValueError);
    };
    Type* const type = makeWith("__del__", fail, Value::null());
    Ref object = newObject(type);
    raise(thread(), ExceptionKind::kTypeError, "outer");
    object = Ref();
    EXPECT_EQ(reported, 1);
    EXPECT_EQ(takeError(), "TypeError: outer");
}

TEST_F(ReleaseTest, WeakReferencesAreClearedBeforeCallbacksRun) {
    const NativeCode note = [](Thread& running, Value self, const Value* args, size_t count) {
        EXPECT_EQ(count, 1U);
        EXPECT_TRUE(weakRefGet(args[0].as<WeakRef>()).isNull());
        EXPECT_TRUE(listAppend(running, self.as<List>(), args[0]));
        return running.singletons->none;
    };
    const Ref callback(newNativeFunction(thread(), "note", {note, nullptr, 0, -1}, log_.get()));
    Ref object = newObject(makeClass("C"));
    const Ref first(newWeakRef(thread(), object.get(), callback.get()));
    const Ref second(newWeakRef(thread(), object.get(), Value::null()));
    const Ref shared(newWeakRef(thread(), object.get(), Value::null()));
    EXPECT_EQ(second.get(), shared.get());
    EXPECT_EQ(weakRefCount(object.get().asObject()), 2U);
    EXPECT_EQ(call(thread(), first.get(), {}), object.get());
    decref(object.get());
    object = Ref();
    EXPECT_EQ(log_.as<List>()->size, 1U);
    EXPECT_EQ(call(thread(), second.get(), {}), thread().singletons->none);
    listClear(thread(), log_.as<List>());
}

TEST_F(ReleaseTest, WeakReferencesNeedASuitableType) {
    EXPECT_TRUE(newWeakRef(thread(), number(1), Value::null()).isNull());
    EXPECT_EQ(takeError(), "TypeError: cannot create weak reference to 'int' object");
    const Ref plain = newObject(thread().types->object);
    EXPECT_TRUE(newWeakRef(thread(), plain.get(), Value::null()).isNull());
    EXPECT_EQ(takeError(), "TypeError: cannot create weak reference to 'object' object");
}

TEST_F(ReleaseTest, AReferenceMayDieBeforeItsReferent) {
    const Ref object = newObject(makeClass("C"));
    Ref reference(newWeakRef(thread(), object.get(), log_.get()));
    const Ref other(newWeakRef(thread(), object.get(), log_.get()));
    reference = Ref();
    EXPECT_EQ(weakRefCount(object.get().asObject()), 1U);
}

TEST_F(ReleaseTest, AChainOfAMillionIsReleasedWithoutDeepRecursion) {
    Type* const type = makeClass("Node");
    const uint64_t before = heap().statistics().live_objects;
    Ref head;
    for (int k = 0; k < 1000000; ++k) {
        Ref node = newObject(type);
        if (head) {
            ASSERT_EQ(managedSet(thread(), node.get().asObject(), name("next"), head.get()), 0);
        }
        head = std::move(node);
    }
    head = Ref();
    EXPECT_EQ(heap().statistics().live_objects, before + 1);  // the name "next"
    EXPECT_TRUE(heap().deferred_releases.empty());
    EXPECT_EQ(heap().release_depth, 0U);
}

}  // namespace
}  // namespace tagproof
