// set and frozenset: order, algebra, messages, and code of the program that runs in between.
// Orders, hashes and messages are those of CPython 3.11.

#include "objmodel/set.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/str.h"

namespace tagproof {
namespace {

class SetTest : public HeapTest {
  protected:
    [[nodiscard]] Ref list(std::initializer_list<int64_t> numbers) {
        std::vector<Value> items;
        for (const int64_t item : numbers) items.push_back(number(item));
        return Ref(Value::of(makeList(thread(), items.data(), items.size())));
    }
    [[nodiscard]] Ref make(Type* type, std::initializer_list<int64_t> numbers) {
        const Ref items = list(numbers);
        const Value argument = items.get();
        return Ref(tagproof::call(thread(), Value::of(type), &argument, 1));
    }
    [[nodiscard]] Ref set(std::initializer_list<int64_t> numbers) {
        return make(thread().types->set, numbers);
    }
    [[nodiscard]] Ref frozen(std::initializer_list<int64_t> numbers) {
        return make(thread().types->frozenset, numbers);
    }
    // repr of a new reference, or the pending error.
    [[nodiscard]] std::string textOf(Value owned) {
        const Ref result(owned);
        return result ? reprText(result.get()) : takeError();
    }
    [[nodiscard]] std::string call(const Ref& self,
                                   std::string_view method,
                                   std::initializer_list<Value> args = {}) {
        return textOf(callMethod(thread(), self.get(), name(method), args.begin(), args.size()));
    }
    [[nodiscard]] std::string apply(const Ref& left, BinaryOp op, const Ref& right) {
        return textOf(binaryOp(thread(), op, left.get(), right.get()));
    }
    [[nodiscard]] std::string compare(const Ref& left, CompareOp op, const Ref& right) {
        return textOf(richCompare(thread(), left.get(), right.get(), op));
    }
    // Instances hash to 1; their __eq__ is `equal`, whose self is `self`.
    [[nodiscard]] Type* makeKeyClass(NativeCode equal, const Ref& self);
};

Value hashToOne(Thread&, Value, const Value*, size_t) { return Value::fixnum(1); }

Type* SetTest::makeKeyClass(NativeCode equal, const Ref& self) {
    Type* const type = makeClass("Key");
    const NativeSignature hash{.code = hashToOne, .min_args = 0, .max_args = 0};
    const NativeSignature compare{.code = equal, .min_args = 1, .max_args = 1};
    const Ref hash_method(newNativeFunction(thread(), "__hash__", hash));
    const Ref equal_method(newNativeFunction(thread(), "__eq__", compare, self.get()));
    const Value owner = Value::of(type);
    EXPECT_EQ(setAttr(thread(), owner, name("__eq__"), equal_method.get()), 0);
    EXPECT_EQ(setAttr(thread(), owner, name("__hash__"), hash_method.get()), 0);
    return type;
}

// --- order
// -----------------------------------------------------------------------------------------

TEST_F(SetTest, OrderFollowsTheTable) {
    EXPECT_EQ(reprText(set({47, 31, 15}).get()), "{31, 15, 47}");
    EXPECT_EQ(reprText(set({15, 31, 47}).get()), "{31, 47, 15}");
    EXPECT_EQ(reprText(set({79, 63, 47, 31, 15}).get()), "{47, 15, 79, 63, 31}");
}

TEST_F(SetTest, RemovedEntriesAreUsedAgain) {
    const Ref numbers = set({0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39});
    const Ref more = set({100, 200});
    EXPECT_EQ(call(numbers, "update", {more.get()}), "None");
    EXPECT_EQ(reprText(numbers.get()),
              "{0, 33, 3, 36, 100, 6, 39, 200, 9, 12, 15, 18, 21, 24, 27, 30}");
    for (const int64_t item : {0, 3, 6, 9}) {
        EXPECT_EQ(call(numbers, "discard", {number(item)}), "None");
    }
    EXPECT_EQ(call(numbers, "add", {number(161)}), "None");
    EXPECT_EQ(call(numbers, "add", {number(64)}), "None");
    EXPECT_EQ(reprText(numbers.get()),
              "{33, 161, 36, 100, 39, 200, 64, 12, 15, 18, 21, 24, 27, 30}");
}

TEST_F(SetTest, PopGoesOnWhereItStopped) {
    const Ref numbers = set({1, 2, 3});
    EXPECT_EQ(call(numbers, "pop"), "1");
    EXPECT_EQ(call(numbers, "add", {number(0)}), "None");
    EXPECT_EQ(call(numbers, "pop"), "2");
    EXPECT_EQ(call(numbers, "pop"), "3");
    EXPECT_EQ(call(numbers, "pop"), "0");
    EXPECT_EQ(call(numbers, "pop"), "KeyError: 'pop from an empty set'");
}

TEST_F(SetTest, GrowsAndShrinks) {
    const Ref numbers(Value::of(makeSet(thread())));
    for (int64_t k = 0; k < 100000; ++k) {
        ASSERT_TRUE(setAdd(thread(), numbers.as<Set>(), number(k * 7)));
    }
    EXPECT_EQ(lengthOf(thread(), numbers.get()), 100000);
    for (int64_t k = 0; k < 100000; ++k) {
        ASSERT_EQ(setDiscard(thread(), numbers.as<Set>(), number(k * 7)), 1);
    }
    EXPECT_EQ(setContains(thread(), numbers.as<Set>(), number(7)), 0);
    EXPECT_EQ(reprText(numbers.get()), "set()");
}

// --- algebra
// ---------------------------------------------------------------------------------------

TEST_F(SetTest, Operators) {
    const Ref a = set({1, 2, 3, 40, 50});
    const Ref b = frozen({3, 40, 8});
    EXPECT_EQ(apply(a, BinaryOp::kOr, b), "{1, 2, 3, 50, 40, 8}");
    EXPECT_EQ(apply(a, BinaryOp::kAnd, b), "{40, 3}");
    EXPECT_EQ(apply(a, BinaryOp::kSubtract, b), "{1, 2, 50}");
    EXPECT_EQ(apply(a, BinaryOp::kXor, b), "{1, 2, 8, 50}");
    EXPECT_EQ(apply(b, BinaryOp::kSubtract, a), "frozenset({8})");
    EXPECT_EQ(apply(a, BinaryOp::kOr, list({1})),
              "TypeError: unsupported operand type(s) for |: 'set' and 'list'");
}

TEST_F(SetTest, InPlaceOperators) {
    const Ref a = set({1, 2, 3});
    const Ref changed(inPlaceOp(thread(), BinaryOp::kOr, a.get(), set({4}).get()));
    EXPECT_EQ(changed.get(), a.get());
    const Ref kept = frozen({1, 2, 3});
    const Ref fresh(inPlaceOp(thread(), BinaryOp::kAnd, kept.get(), set({2}).get()));
    EXPECT_NE(fresh.get(), kept.get());
    EXPECT_EQ(reprText(a.get()), "{1, 2, 3, 4}");
    EXPECT_EQ(reprText(fresh.get()), "frozenset({2})");
}

TEST_F(SetTest, MethodsTakeAnyIterables) {
    const Ref a = set({1, 2, 3, 4});
    const Ref some = list({2, 3, 9});
    const Ref others = list({3, 4});
    EXPECT_EQ(call(a, "union", {some.get(), others.get()}), "{1, 2, 3, 4, 9}");
    EXPECT_EQ(call(a, "intersection", {some.get(), others.get()}), "{3}");
    EXPECT_EQ(call(a, "difference", {some.get(), others.get()}), "{1}");
    EXPECT_EQ(call(a, "symmetric_difference", {some.get()}), "{1, 4, 9}");
    EXPECT_EQ(call(a, "issuperset", {others.get()}), "True");
    EXPECT_EQ(call(a, "issubset", {others.get()}), "False");
    EXPECT_EQ(call(a, "isdisjoint", {some.get()}), "False");
    EXPECT_EQ(call(a, "union", {number(1)}), "TypeError: 'int' object is not iterable");
    EXPECT_EQ(call(a, "intersection_update", {some.get(), number(1)}),
              "TypeError: 'int' object is not iterable");
    EXPECT_EQ(reprText(a.get()), "{1, 2, 3, 4}");
}

TEST_F(SetTest, ComparisonsAreSubsetTests) {
    const Ref small = set({1, 2});
    const Ref big = frozen({1, 2, 3});
    EXPECT_EQ(compare(small, CompareOp::kLt, big), "True");
    EXPECT_EQ(compare(small, CompareOp::kGe, big), "False");
    EXPECT_EQ(compare(big, CompareOp::kGt, small), "True");
    EXPECT_EQ(compare(big, CompareOp::kEq, set({3, 2, 1})), "True");
    EXPECT_EQ(compare(small, CompareOp::kNe, list({1, 2})), "True");
    EXPECT_EQ(compare(small, CompareOp::kLt, list({1})),
              "TypeError: '<' not supported between instances of 'set' and 'list'");
}

TEST_F(SetTest, HashOfFrozensets) {
    EXPECT_EQ(hashOf(thread(), frozen({}).get()), 133146708735736);
    EXPECT_EQ(hashOf(thread(), frozen({1, 2, 3}).get()), -272375401224217160);
    EXPECT_EQ(hashOf(thread(), set({}).get()), -1);
    EXPECT_EQ(takeError(), "TypeError: unhashable type: 'set'");
}

TEST_F(SetTest, SetsStandForTheirFrozensets) {
    const Ref outer(Value::of(makeSet(thread())));
    EXPECT_TRUE(setAdd(thread(), outer.as<Set>(), frozen({1, 2}).get()));
    EXPECT_EQ(contains(thread(), outer.get(), set({1, 2}).get()), 1);
    EXPECT_EQ(contains(thread(), outer.get(), list({1}).get()), -1);
    EXPECT_EQ(takeError(), "TypeError: unhashable type: 'list'");
    EXPECT_EQ(call(outer, "remove", {set({3}).get()}), "KeyError: {3}");
    EXPECT_EQ(call(outer, "remove", {set({1, 2}).get()}), "None");
    EXPECT_EQ(call(outer, "add", {set({3}).get()}), "TypeError: unhashable type: 'set'");
}

// --- types
// -----------------------------------------------------------------------------------------

TEST_F(SetTest, SubclassesGivePlainResults) {
    const Ref special = make(makeClass("S", {thread().types->set}), {1});
    EXPECT_EQ(reprText(special.get()), "S({1})");
    EXPECT_EQ(call(special, "copy"), "{1}");
    EXPECT_EQ(apply(special, BinaryOp::kOr, set({2})), "{1, 2}");
    EXPECT_EQ(call(special, "__init__", {number(1), number(2)}),
              "TypeError: S expected at most 1 argument, got 2");
    EXPECT_EQ(reprText(make(makeClass("F", {thread().types->frozenset}), {}).get()), "F()");
}

TEST_F(SetTest, ExactFrozensetsAreNotCopied) {
    const Ref original = frozen({1});
    const Value argument = original.get();
    const Ref same(tagproof::call(thread(), Value::of(thread().types->frozenset), &argument, 1));
    EXPECT_EQ(same.get(), original.get());
}

TEST_F(SetTest, ReprOfASetInsideItself) {
    Type* const type = makeClass("Holder");
    const Ref holder = newObject(type);
    const Ref items(Value::of(makeSet(thread())));
    EXPECT_TRUE(setAdd(thread(), items.as<Set>(), holder.get()));
    const NativeCode show = [](Thread& on, Value self, const Value*, size_t) {
        return reprOf(on, self);
    };
    const NativeSignature signature{.code = show, .min_args = 0, .max_args = 0};
    const Ref method(newNativeFunction(thread(), "__repr__", signature, items.get()));
    EXPECT_EQ(setAttr(thread(), Value::of(type), name("__repr__"), method.get()), 0);
    EXPECT_EQ(reprText(items.get()), "{set(...)}");
    setClear(thread(), items.as<Set>());
}

TEST_F(SetTest, IterationNoticesChanges) {
    const Ref numbers = set({1, 2});
    const Ref iterator(getIter(thread(), numbers.get()));
    EXPECT_EQ(call(iterator, "__length_hint__"), "2");
    EXPECT_EQ(textOf(iterNext(thread(), iterator.get())), "1");
    EXPECT_EQ(call(numbers, "add", {number(3)}), "None");
    const char* const message = "RuntimeError: Set changed size during iteration";
    EXPECT_EQ(textOf(iterNext(thread(), iterator.get())), message);
    EXPECT_EQ(call(numbers, "discard", {number(3)}), "None");
    EXPECT_EQ(textOf(iterNext(thread(), iterator.get())), message);
}

// --- code of the program in between
// ----------------------------------------------------------------

TEST_F(SetTest, EqualityMayClearTheSet) {
    const Ref keys(Value::of(makeSet(thread())));
    const NativeCode equal = [](Thread& on, Value self, const Value*, size_t) {
        setClear(on, self.as<Set>());
        return boolValue(on, false);
    };
    Type* const type = makeKeyClass(equal, keys);
    EXPECT_TRUE(setAdd(thread(), keys.as<Set>(), newObject(type).get()));
    EXPECT_TRUE(setAdd(thread(), keys.as<Set>(), newObject(type).get()));
    EXPECT_EQ(lengthOf(thread(), keys.get()), 1);
    setClear(thread(), keys.as<Set>());
}

TEST_F(SetTest, EqualityMayMakeTheTableGrow) {
    const Ref keys(Value::of(makeSet(thread())));
    const NativeCode equal = [](Thread& on, Value self, const Value*, size_t) {
        for (int64_t k = 100; k < 200; ++k) {
            EXPECT_TRUE(setAdd(on, self.as<Set>(), Value::fixnum(k)));
        }
        return boolValue(on, false);
    };
    Type* const type = makeKeyClass(equal, keys);
    EXPECT_TRUE(setAdd(thread(), keys.as<Set>(), newObject(type).get()));
    EXPECT_TRUE(setAdd(thread(), keys.as<Set>(), newObject(type).get()));
    EXPECT_EQ(lengthOf(thread(), keys.get()), 102);
    setClear(thread(), keys.as<Set>());
}

TEST_F(SetTest, KeysOfADictStayAliveWhileAdded) {
    const Ref dict(Value::of(newDict(thread())));
    const NativeCode equal = [](Thread& on, Value self, const Value*, size_t) {
        dictClear(on, self.as<Dict>());
        return boolValue(on, false);
    };
    Type* const type = makeKeyClass(equal, dict);
    const Ref keys(Value::of(makeSet(thread())));
    EXPECT_TRUE(setAdd(thread(), keys.as<Set>(), newObject(type).get()));
    EXPECT_EQ(dictSet(thread(), dict.as<Dict>(), newObject(type).get(), number(1)), 0);
    EXPECT_EQ(call(keys, "update", {dict.get()}), "None");
    EXPECT_EQ(lengthOf(thread(), keys.get()), 2);
}

TEST_F(SetTest, FailedGrowthLeavesTheSetUsable) {
    const Ref numbers = set({0, 1, 2, 3});
    heap().setMemoryLimit(1);
    for (int64_t k = 4; k < 40; ++k) {
        EXPECT_FALSE(setAdd(thread(), numbers.as<Set>(), number(k)));
        clearPending(thread());
    }
    heap().setMemoryLimit(0);
    EXPECT_EQ(reprText(numbers.get()), "{0, 1, 2, 3}");
}

}  // namespace
}  // namespace tagproof
