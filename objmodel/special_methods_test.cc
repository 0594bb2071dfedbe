// Slots of classes made by programs, and slots of built-in types as programs see them.

#include "objmodel/special_methods.h"

#include <gtest/gtest.h>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

class SpecialMethodsTest : public HeapTest {
  protected:
    void define(Type* type, std::string_view method, NativeCode code) {
        const Ref function(newNativeFunction(thread(), method, {code, nullptr, 0, -1}));
        ASSERT_EQ(setAttr(thread(), Value::of(type), name(method), function.get()), 0);
    }
    static constexpr NativeCode kOne = [](Thread&, Value, const Value*, size_t) {
        return Value::fixnum(1);
    };
    static constexpr NativeCode kTwo = [](Thread&, Value, const Value*, size_t) {
        return Value::fixnum(2);
    };
    static constexpr NativeCode kDecline = [](Thread& running, Value, const Value*, size_t) {
        return running.singletons->not_implemented;
    };
    static constexpr NativeCode kText = [](Thread& running, Value, const Value*, size_t) {
        return Value::of(makeStr(running, "text"));
    };

    Type* class_ = makeClass("C");
};

TEST_F(SpecialMethodsTest, EverySlotOfTheTableIsAWordOfTypeSlots) {
    for (const SpecialMethod& method : specialMethods()) {
        EXPECT_LT(slotOffset(method), sizeof(TypeSlots)) << method.text;
        EXPECT_NE(slotDispatcher(method), nullptr) << method.text;
        EXPECT_EQ(findSpecialMethod(thread(), nameOf(thread(), method)), &method);
        EXPECT_EQ(toUtf8(nameOf(thread(), method)), method.text);
    }
    EXPECT_EQ(findSpecialMethod(thread(), name("__nothing__")), nullptr);
    EXPECT_EQ(findSpecialMethod(thread(), name("x")), nullptr);
}

TEST_F(SpecialMethodsTest, DefiningAndDeletingMovesTheSlotOfSubclasses) {
    Type* const derived = makeClass("D", {class_});
    EXPECT_EQ(derived->slots.length, nullptr);
    define(class_, "__len__", kTwo);
    const Ref object = newObject(derived);
    EXPECT_EQ(lengthOf(thread(), object.get()), 2);
    ASSERT_EQ(delAttr(thread(), Value::of(class_), name("__len__")), 0);
    EXPECT_EQ(derived->slots.length, nullptr);
}

TEST_F(SpecialMethodsTest, ReprMustBeAStr) {
    const Ref object = newObject(class_);
    define(class_, "__repr__", kText);
    EXPECT_EQ(reprText(object.get()), "text");
    define(class_, "__repr__", kOne);
    EXPECT_TRUE(reprOf(thread(), object.get()).isNull());
    EXPECT_EQ(takeError(), "TypeError: __repr__ returned non-string (type int)");
}

TEST_F(SpecialMethodsTest, TheSubclassWithAnOwnReflectedMethodGoesFirst) {
    Type* const derived = makeClass("D", {class_});
    define(class_, "__add__", kOne);
    define(class_, "__radd__", kOne);
    define(derived, "__radd__", kTwo);
    const Ref base = newObject(class_);
    const Ref other = newObject(derived);
    EXPECT_EQ(binaryOp(thread(), BinaryOp::kAdd, base.get(), other.get()), number(2));
    EXPECT_EQ(binaryOp(thread(), BinaryOp::kAdd, other.get(), base.get()), number(1));
    EXPECT_EQ(binaryOp(thread(), BinaryOp::kAdd, number(5), other.get()), number(2));
}

TEST_F(SpecialMethodsTest, NotImplementedFallsToTheOtherOperand) {
    Type* const other_class = makeClass("D");
    define(class_, "__sub__", kDecline);
    define(other_class, "__rsub__", kTwo);
    const Ref left = newObject(class_);
    const Ref right = newObject(other_class);
    EXPECT_EQ(binaryOp(thread(), BinaryOp::kSubtract, left.get(), right.get()), number(2));
    EXPECT_TRUE(binaryOp(thread(), BinaryOp::kSubtract, left.get(), number(1)).isNull());
    EXPECT_EQ(takeError(), "TypeError: unsupported operand type(s) for -: 'C' and 'int'");
}

TEST_F(SpecialMethodsTest, GetattrRunsAfterAFailedLookup) {
    define(class_, "__getattr__", kTwo);
    const Ref object = newObject(class_);
    EXPECT_EQ(getAttr(thread(), object.get(), name("missing")), number(2));
    ASSERT_EQ(setAttr(thread(), object.get(), name("x"), number(7)), 0);
    EXPECT_EQ(getAttr(thread(), object.get(), name("x")), number(7));
    EXPECT_FALSE(hasFlag(class_, kTypeDefaultGetAttribute));
    define(class_, "__getattribute__", kOne);
    EXPECT_EQ(getAttr(thread(), object.get(), name("x")), number(1));
    ASSERT_EQ(delAttr(thread(), Value::of(class_), name("__getattribute__")), 0);
    ASSERT_EQ(delAttr(thread(), Value::of(class_), name("__getattr__")), 0);
    EXPECT_TRUE(hasFlag(class_, kTypeDefaultGetAttribute));
    EXPECT_EQ(class_->slots.get_attribute, &genericGetAttr);
}

TEST_F(SpecialMethodsTest, DescriptorFlagsFollowTheMethods) {
    EXPECT_FALSE(hasFlag(class_, kTypeIsDescriptor));
    define(class_, "__get__", kOne);
    EXPECT_TRUE(hasFlag(class_, kTypeIsDescriptor));
    EXPECT_FALSE(hasFlag(class_, kTypeIsDataDescriptor));
    define(class_, "__delete__", kOne);
    EXPECT_TRUE(hasFlag(class_, kTypeIsDataDescriptor));
    const Ref descriptor = newObject(class_);
    Type* const owner = makeClass("Owner");
    ASSERT_EQ(setAttr(thread(), Value::of(owner), name("d"), descriptor.get()), 0);
    const Ref object = newObject(owner);
    EXPECT_EQ(setAttr(thread(), object.get(), name("d"), number(1)), -1);
    EXPECT_EQ(takeError(), "AttributeError: __set__");
}

TEST_F(SpecialMethodsTest, TruthLengthAndHashAreChecked) {
    const Ref object = newObject(class_);
    define(class_, "__bool__", kTwo);
    EXPECT_EQ(isTrue(thread(), object.get()), -1);
    EXPECT_EQ(takeError(), "TypeError: __bool__ should return bool, returned int");
    define(class_, "__hash__", kText);
    EXPECT_EQ(hashOf(thread(), object.get()), -1);
    EXPECT_EQ(takeError(), "TypeError: __hash__ method should return an integer");
    define(class_, "__init__", kOne);
    EXPECT_TRUE(call(thread(), Value::of(class_), {}).isNull());
    EXPECT_EQ(takeError(), "TypeError: __init__() should return None, not 'int'");
}

TEST_F(SpecialMethodsTest, NativeNewIsSafe) {
    const CoreTypes& types = *thread().types;
    const Ref object_new(getAttr(thread(), Value::of(types.object), name("__new__")));
    const Ref int_new(getAttr(thread(), Value::of(types.int_), name("__new__")));
    EXPECT_TRUE(call(thread(), object_new.get(), {Value::of(types.int_)}).isNull());
    EXPECT_EQ(takeError(), "TypeError: object.__new__(int) is not safe, use int.__new__()");
    EXPECT_TRUE(call(thread(), int_new.get(), {Value::of(types.str)}).isNull());
    EXPECT_EQ(takeError(), "TypeError: int.__new__(str): str is not a subtype of int");
    EXPECT_TRUE(call(thread(), object_new.get(), {number(3)}).isNull());
    EXPECT_EQ(takeError(), "TypeError: object.__new__(X): X is not a type object (int)");
    const Ref made(call(thread(), object_new.get(), {Value::of(class_)}));
    EXPECT_EQ(made.get().asObject()->type, class_);
}

TEST_F(SpecialMethodsTest, ObjectSetattrDoesNotGetAroundTypes) {
    const Ref set(getAttr(thread(), Value::of(thread().types->object), name("__setattr__")));
    const Value type = Value::of(class_);
    EXPECT_TRUE(call(thread(), set.get(), {type, Value::of(name("x")), number(1)}).isNull());
    EXPECT_EQ(takeError(), "TypeError: can't apply this __setattr__ to type object");
}

}  // namespace
}  // namespace tagproof
