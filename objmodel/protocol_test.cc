// Operators, iteration, unpacking and views over any value: dispatch rules and messages.

#include "objmodel/protocol.h"

#include <gtest/gtest.h>

#include <limits>

#include "objmodel/data_test_support.h"
#include "objmodel/dict.h"
#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

class ProtocolTest : public DataTest {
  protected:
    // A class whose method gives "name" whatever it is given.
    Type* classWith(std::string_view class_name, Type* base, const char* method_name) {
        Type* const type = makeClass(class_name, {base});
        const NativeSignature signature{
            .code = [](Thread&, Value self, const Value*, size_t) -> Value { return newRef(self); },
            .keyword_code = nullptr,
            .min_args = 0,
            .max_args = kAnyCount};
        const Ref answer = str(method_name);
        const Ref function(newNativeFunction(thread(), method_name, signature, answer.get()));
        EXPECT_EQ(setAttr(thread(), Value::of(type), name(method_name), function.get()), 0);
        return type;
    }
};

TEST_F(ProtocolTest, MessagesOfOperators) {
    const Ref one(number(1));
    const Ref a = str("a");
    EXPECT_EQ(binary(BinaryOp::kAdd, one, a),
              "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
    EXPECT_EQ(binary(BinaryOp::kAdd, a, one),
              "TypeError: can only concatenate str (not \"int\") to str");
    EXPECT_EQ(binary(BinaryOp::kMultiply, list({}), real(1.5)),
              "TypeError: can't multiply sequence by non-int of type 'float'");
    EXPECT_EQ(binary(BinaryOp::kPower, a, one),
              "TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'");
    EXPECT_EQ(text(inPlaceOp(thread(), BinaryOp::kSubtract, a.get(), one.get())),
              "TypeError: unsupported operand type(s) for -=: 'str' and 'int'");
    EXPECT_EQ(text(unaryOp(thread(), UnaryOp::kInvert, real(1.5).get())),
              "TypeError: bad operand type for unary ~: 'float'");
    EXPECT_EQ(text(richCompare(thread(), one.get(), a.get(), CompareOp::kLt)),
              "TypeError: '<' not supported between instances of 'int' and 'str'");
}

TEST_F(ProtocolTest, ReflectedMethodOfASubclassGoesFirst) {
    Type* const base = classWith("Base", thread().types->object, "__add__");
    Type* const derived = classWith("Derived", base, "__radd__");
    const Ref left = newObject(base);
    const Ref right = newObject(derived);
    EXPECT_EQ(binary(BinaryOp::kAdd, left, right), "'__radd__'");
    EXPECT_EQ(binary(BinaryOp::kAdd, left, left), "'__add__'");
    EXPECT_EQ(binary(BinaryOp::kAdd, Ref(number(1)), right), "'__radd__'");
    EXPECT_EQ(binary(BinaryOp::kAdd, str("x"), right), "'__radd__'");
}

TEST_F(ProtocolTest, IdentityDecidesEqualityAtLast) {
    Type* const type = makeClass("Plain");
    const Ref a = newObject(type);
    const Ref b = newObject(type);
    EXPECT_EQ(compareBool(thread(), a.get(), a.get(), CompareOp::kEq), 1);
    EXPECT_EQ(compareBool(thread(), a.get(), b.get(), CompareOp::kEq), 0);
    EXPECT_EQ(compareBool(thread(), a.get(), b.get(), CompareOp::kNe), 1);
    const Ref nan = real(std::numeric_limits<double>::quiet_NaN());
    EXPECT_EQ(compareBool(thread(), nan.get(), nan.get(), CompareOp::kEq), 1);
    EXPECT_EQ(text(richCompare(thread(), nan.get(), nan.get(), CompareOp::kEq)), "False");
}

TEST_F(ProtocolTest, Unpacking) {
    Value out[3];
    EXPECT_TRUE(unpackSequence(thread(), str("ab").get(), 2, out));
    EXPECT_EQ(text(out[0]) + text(out[1]), "'a''b'");
    EXPECT_FALSE(unpackSequence(thread(), tuple({number(1)}).get(), 2, out));
    EXPECT_EQ(takeError(), "ValueError: not enough values to unpack (expected 2, got 1)");
    EXPECT_FALSE(unpackSequence(thread(), str("abc").get(), 2, out));
    EXPECT_EQ(takeError(), "ValueError: too many values to unpack (expected 2)");
    EXPECT_FALSE(unpackSequence(thread(), number(5), 2, out));
    EXPECT_EQ(takeError(), "TypeError: cannot unpack non-iterable int object");
    EXPECT_TRUE(unpackExtended(thread(), str("abcd").get(), 1, 1, out));
    EXPECT_EQ(text(out[0]) + text(out[1]) + text(out[2]), "'a'['b', 'c']'d'");
    EXPECT_FALSE(unpackExtended(thread(), str("a").get(), 1, 1, out));
    EXPECT_EQ(takeError(), "ValueError: not enough values to unpack (expected at least 2, got 1)");
}

TEST_F(ProtocolTest, WhatCannotBeDone) {
    EXPECT_EQ(text(getItem(thread(), number(5), number(0))),
              "TypeError: 'int' object is not subscriptable");
    EXPECT_EQ(setItem(thread(), tuple({}).get(), number(0), number(0)), -1);
    EXPECT_EQ(takeError(), "TypeError: 'tuple' object does not support item assignment");
    EXPECT_EQ(lengthOf(thread(), number(5)), -1);
    EXPECT_EQ(takeError(), "TypeError: object of type 'int' has no len()");
    EXPECT_EQ(text(getIter(thread(), number(5))), "TypeError: 'int' object is not iterable");
    EXPECT_EQ(contains(thread(), number(5), number(5)), -1);
    EXPECT_EQ(takeError(), "TypeError: argument of type 'int' is not iterable");
    EXPECT_EQ(text(call(thread(), number(5), nullptr, 0)),
              "TypeError: 'int' object is not callable");
}

TEST_F(ProtocolTest, InstancesAndSubclasses) {
    const Value types[] = {Value::of(thread().types->str), Value::of(thread().types->int_)};
    const Ref either = tuple({types[0], types[1]});
    EXPECT_EQ(isInstance(thread(), thread().singletons->true_, types[1]), 1);
    EXPECT_EQ(isInstance(thread(), number(1), either.get()), 1);
    EXPECT_EQ(isInstance(thread(), real(1.0).get(), either.get()), 0);
    EXPECT_EQ(isInstance(thread(), number(1), number(1)), -1);
    EXPECT_EQ(takeError(),
              "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union");
    EXPECT_EQ(isSubclass(thread(), number(1), types[0]), -1);
    EXPECT_EQ(takeError(), "TypeError: issubclass() arg 1 must be a class");
}

TEST_F(ProtocolTest, DictViewsAreSets) {
    const Ref dict(Value::of(newDict(thread())));
    for (int64_t k = 0; k < 3; ++k) {
        ASSERT_EQ(dictSet(thread(), dict.as<Dict>(), number(k), number(10 * k)), 0);
    }
    const Ref keys(dictKeys(thread(), dict.get()));
    const Ref items(dictItems(thread(), dict.get()));
    EXPECT_EQ(text(keys), "dict_keys([0, 1, 2])");
    EXPECT_EQ(text(items), "dict_items([(0, 0), (1, 10), (2, 20)])");
    EXPECT_EQ(binary(BinaryOp::kAnd, keys, list({number(2), number(5)})), "{2}");
    EXPECT_EQ(binary(BinaryOp::kSubtract, keys, list({number(1)})), "{0, 2}");
    EXPECT_EQ(contains(thread(), items.get(), tuple({number(1), number(10)}).get()), 1);
    EXPECT_EQ(method(dict, "pop", {number(9)}), "KeyError: 9");
    EXPECT_EQ(method(dict, "update", {list({number(1)}).get()}),
              "TypeError: cannot convert dictionary update sequence element #0 to a sequence");
}

TEST_F(ProtocolTest, DictIteratorsNoticeChanges) {
    const Ref dict(Value::of(newDict(thread())));
    ASSERT_EQ(dictSet(thread(), dict.as<Dict>(), number(1), number(1)), 0);
    const Ref iterator(getIter(thread(), dict.get()));
    EXPECT_EQ(text(iterNext(thread(), iterator.get())), "1");
    ASSERT_EQ(dictSet(thread(), dict.as<Dict>(), number(2), number(2)), 0);
    EXPECT_EQ(text(iterNext(thread(), iterator.get())),
              "RuntimeError: dictionary changed size during iteration");
}

}  // namespace
}  // namespace tagproof
