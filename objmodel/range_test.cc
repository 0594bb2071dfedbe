// range and its iterators, at and beyond the limits of fixnums. Texts are those of CPython 3.11.

#include "objmodel/range.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/int.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/slice.h"
#include "objmodel/str.h"

namespace tagproof {
namespace {

constexpr int64_t kMax = Value::kMaxFixnum;

class RangeTest : public HeapTest {
  protected:
    // range() of a program.
    [[nodiscard]] Ref range(std::initializer_list<int64_t> numbers) {
        std::vector<Ref> owned;
        std::vector<Value> args;
        for (const int64_t each : numbers) {
            owned.emplace_back(makeInt(thread(), each));
            args.push_back(owned.back().get());
        }
        const Value type = Value::of(thread().types->range);
        return Ref(tagproof::call(thread(), type, args.data(), args.size()));
    }
    // 1 << exponent
    [[nodiscard]] Ref power(int64_t exponent) {
        return Ref(binaryOp(thread(), BinaryOp::kLeftShift, number(1), number(exponent)));
    }
    [[nodiscard]] std::string textOf(Value owned) {
        const Ref result(owned);
        return result ? reprText(result.get()) : takeError();
    }
    [[nodiscard]] std::string items(const Ref& iterable) {
        return textOf(Value::of(listFromIterable(thread(), iterable.get())));
    }
    [[nodiscard]] std::string call(const Ref& self,
                                   std::string_view method,
                                   std::initializer_list<Value> args = {}) {
        return textOf(callMethod(thread(), self.get(), name(method), args.begin(), args.size()));
    }
    [[nodiscard]] std::string item(const Ref& self, Value key) {
        return textOf(getItem(thread(), self.get(), key));
    }
    [[nodiscard]] std::string slice(const Ref& self, Value start, Value stop, Value step) {
        const Ref key(makeSlice(thread(), start, stop, step));
        return item(self, key.get());
    }
    [[nodiscard]] Type* iteratorType(const Ref& self) {
        const Ref iterator(getIter(thread(), self.get()));
        return iterator.get().asObject()->type;
    }
};

TEST_F(RangeTest, Construction) {
    EXPECT_EQ(reprText(range({5}).get()), "range(0, 5)");
    EXPECT_EQ(reprText(range({1, 5, 2}).get()), "range(1, 5, 2)");
    EXPECT_FALSE(range({1, 2, 0}));
    EXPECT_EQ(takeError(), "ValueError: range() arg 3 must not be zero");
    EXPECT_FALSE(range({}));
    EXPECT_EQ(takeError(), "TypeError: range expected at least 1 argument, got 0");
    EXPECT_FALSE(range({1, 2, 3, 4}));
    EXPECT_EQ(takeError(), "TypeError: range expected at most 3 arguments, got 4");
    const Value text = Value::of(name("a"));
    EXPECT_EQ(textOf(tagproof::call(thread(), Value::of(thread().types->range), &text, 1)),
              "TypeError: 'str' object cannot be interpreted as an integer");
    const Value truth = thread().singletons->true_;
    EXPECT_EQ(textOf(tagproof::call(thread(), Value::of(thread().types->range), &truth, 1)),
              "range(0, 1)");
}

TEST_F(RangeTest, Items) {
    EXPECT_EQ(items(range({3})), "[0, 1, 2]");
    EXPECT_EQ(items(range({10, 0, -4})), "[10, 6, 2]");
    EXPECT_EQ(items(range({3, 3})), "[]");
    const Ref backwards(callMethod(thread(), range({1, 8, 3}).get(), name("__reversed__"), {}, 0));
    EXPECT_EQ(items(backwards), "[7, 4, 1]");
    const Ref nothing(callMethod(thread(), range({0}).get(), name("__reversed__"), {}, 0));
    EXPECT_EQ(items(nothing), "[]");
}

TEST_F(RangeTest, FixnumsOnlyInTheIteratorOfEmittedCode) {
    EXPECT_EQ(iteratorType(range({kMax - 2, kMax})), thread().types->range_iterator);
    EXPECT_EQ(iteratorType(range({kMax - 1, kMax + 3})), thread().types->long_range_iterator);
    EXPECT_EQ(items(range({kMax - 1, kMax + 3})),
              "[1152921504606846974, 1152921504606846975, 1152921504606846976, "
              "1152921504606846977]");
    EXPECT_EQ(items(range({kMax, kMax - 2, -1})), "[1152921504606846975, 1152921504606846974]");
    EXPECT_EQ(items(range({-kMax, -kMax - 3, -1})),
              "[-1152921504606846975, -1152921504606846976, -1152921504606846977]");
}

TEST_F(RangeTest, StepsBeyondMachineIntegers) {
    const Ref huge = power(80);
    const Value args[] = {number(3), number(5), huge.get()};
    const Ref single(makeRange(thread(), args[0], args[1], args[2]));
    EXPECT_EQ(items(single), "[3]");
    EXPECT_EQ(reprText(single.get()), "range(3, 5, 1208925819614629174706176)");
    EXPECT_EQ(call(single, "index", {number(3)}), "0");
}

TEST_F(RangeTest, LengthBeyondMachineIntegers) {
    const Ref end = power(70);
    const Ref big(makeRange(thread(), number(0), end.get(), number(1)));
    EXPECT_EQ(lengthOf(thread(), big.get()), -1);
    EXPECT_EQ(takeError(), "OverflowError: Python int too large to convert to C ssize_t");
    EXPECT_EQ(isTrue(thread(), big.get()), 1);
    EXPECT_EQ(item(big, power(69).get()), "590295810358705651712");
    EXPECT_EQ(item(big, number(-1)), "1180591620717411303423");
    EXPECT_EQ(contains(thread(), big.get(), power(69).get()), 1);
}

TEST_F(RangeTest, ItemsByIndexAndSlice) {
    const Ref numbers = range({10, 30, 3});
    const Value none = thread().singletons->none;
    EXPECT_EQ(item(numbers, number(2)), "16");
    EXPECT_EQ(item(numbers, number(-1)), "28");
    EXPECT_EQ(item(numbers, number(7)), "IndexError: range object index out of range");
    EXPECT_EQ(item(numbers, Value::of(name("a"))),
              "TypeError: range indices must be integers or slices, not str");
    EXPECT_EQ(slice(numbers, number(1), number(-1), none), "range(13, 28, 3)");
    EXPECT_EQ(slice(numbers, none, none, number(-2)), "range(28, 7, -6)");
    EXPECT_EQ(slice(numbers, none, none, number(0)), "ValueError: slice step cannot be zero");
    EXPECT_EQ(slice(numbers, none, none, Value::of(name("a"))),
              "TypeError: slice indices must be integers or None or have an __index__ method");
    EXPECT_EQ(slice(range({3}), none, none, power(80).get()),
              "range(0, 3, 1208925819614629174706176)");
}

TEST_F(RangeTest, SearchingByNumberAndByEquality) {
    const Ref numbers = range({0, 20, 5});
    EXPECT_EQ(contains(thread(), numbers.get(), number(15)), 1);
    EXPECT_EQ(contains(thread(), numbers.get(), number(20)), 0);
    EXPECT_EQ(contains(thread(), numbers.get(), Value::immediateDouble(5.0)), 1);
    EXPECT_EQ(contains(thread(), numbers.get(), Value::of(name("a"))), 0);
    EXPECT_EQ(call(numbers, "index", {number(10)}), "2");
    EXPECT_EQ(call(numbers, "index", {Value::immediateDouble(15.0)}), "3");
    EXPECT_EQ(call(numbers, "index", {number(3)}), "ValueError: 3 is not in range");
    EXPECT_EQ(call(numbers, "index", {Value::of(name("a"))}),
              "ValueError: sequence.index(x): x not in sequence");
    EXPECT_EQ(call(numbers, "count", {number(5)}), "1");
    EXPECT_EQ(call(numbers, "count", {Value::immediateDouble(2.0)}), "0");
}

TEST_F(RangeTest, EqualityAndHashGoByItems) {
    const auto equal = [&](const Ref& left, const Ref& right) {
        const int result = compareBool(thread(), left.get(), right.get(), CompareOp::kEq);
        if (result == 1) {
            EXPECT_EQ(hashOf(thread(), left.get()), hashOf(thread(), right.get()));
        }
        return result == 1;
    };
    EXPECT_TRUE(equal(range({0}), range({5, 1})));
    EXPECT_TRUE(equal(range({1, 2}), range({1, 9, 8})));
    EXPECT_TRUE(equal(range({0, 4, 2}), range({0, 3, 2})));
    EXPECT_FALSE(equal(range({0, 4, 2}), range({0, 4})));
    EXPECT_FALSE(equal(range({0, 4}), range({1, 5})));
    const Ref unordered(richCompare(thread(), range({1}).get(), range({2}).get(), CompareOp::kLt));
    EXPECT_EQ(takeError(), "TypeError: '<' not supported between instances of 'range' and 'range'");
}

TEST_F(RangeTest, AttributesCannotBeChanged) {
    const Ref numbers = range({1, 9, 2});
    EXPECT_EQ(textOf(getAttr(thread(), numbers.get(), name("start"))), "1");
    EXPECT_EQ(textOf(getAttr(thread(), numbers.get(), name("stop"))), "9");
    EXPECT_EQ(textOf(getAttr(thread(), numbers.get(), name("step"))), "2");
    EXPECT_EQ(setAttr(thread(), numbers.get(), name("step"), number(1)), -1);
    EXPECT_EQ(takeError(), "AttributeError: readonly attribute");
    EXPECT_EQ(makeClass("R", {thread().types->range}), nullptr);
    EXPECT_EQ(takeError(), "TypeError: type 'range' is not an acceptable base type");
}

TEST_F(RangeTest, LengthHintCountsDown) {
    const Ref iterator(getIter(thread(), range({3}).get()));
    EXPECT_EQ(call(iterator, "__length_hint__"), "3");
    EXPECT_EQ(textOf(iterNext(thread(), iterator.get())), "0");
    EXPECT_EQ(call(iterator, "__length_hint__"), "2");
}

}  // namespace
}  // namespace tagproof
