// Lists, tuples and slices: slice assignment, sorting, containers that contain or change
// themselves.

#include "objmodel/list.h"

#include <gtest/gtest.h>

#include "objmodel/call.h"
#include "objmodel/data_test_support.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/slice.h"

namespace tagproof {
namespace {

class ListTest : public DataTest {
  protected:
    Ref numbers(int64_t count) {
        Ref result(Value::of(makeList(thread())));
        for (int64_t k = 0; k < count; ++k) {
            EXPECT_TRUE(listAppend(thread(), result.as<List>(), number(k)));
        }
        return result;
    }
    Ref slice(Value start, Value stop, Value step) {
        return Ref(makeSlice(thread(), start, stop, step));
    }
    std::string assign(const Ref& target, const Ref& key, Value value) {
        if (setItem(thread(), target.get(), key.get(), value) < 0) return takeError();
        return text(target);
    }
    // A native function that changes the list `self` and gives back its argument.
    static Value appendToSelf(Thread& thread, Value self, const Value* args, size_t) {
        if (!listAppend(thread, self.as<List>(), args[0])) return Value::null();
        return newRef(args[0]);
    }
};

TEST_F(ListTest, SliceAssignment) {
    const Ref ab = list({number(70), number(71)});
    EXPECT_EQ(assign(numbers(5), slice(number(1), number(3), Value::null()), ab.get()),
              "[0, 70, 71, 3, 4]");
    EXPECT_EQ(assign(numbers(5), slice(number(4), number(1), Value::null()), ab.get()),
              "[0, 1, 2, 3, 70, 71, 4]");
    EXPECT_EQ(assign(numbers(5), slice(Value::null(), Value::null(), number(-3)), ab.get()),
              "[0, 71, 2, 3, 70]");
    EXPECT_EQ(assign(numbers(5), slice(Value::null(), Value::null(), number(2)), ab.get()),
              "ValueError: attempt to assign sequence of size 2 to extended slice of size 3");
    EXPECT_EQ(assign(numbers(5), slice(number(0), number(2), Value::null()), number(5)),
              "TypeError: can only assign an iterable");
    const Ref self = numbers(3);
    EXPECT_EQ(assign(self, slice(number(1), number(1), Value::null()), self.get()),
              "[0, 0, 1, 2, 1, 2]");
}

TEST_F(ListTest, SliceDeletion) {
    const auto remove = [&](int64_t start, int64_t stop, int64_t step) {
        return assign(numbers(8), slice(number(start), number(stop), number(step)), Value::null());
    };
    EXPECT_EQ(remove(1, 7, 2), "[0, 2, 4, 6, 7]");
    EXPECT_EQ(remove(7, 0, -3), "[0, 2, 3, 5, 6]");
    EXPECT_EQ(remove(2, 5, 1), "[0, 1, 5, 6, 7]");
}

TEST_F(ListTest, SortIsStableAlsoReversed) {
    const Ref pairs = list({});
    for (const auto& [key, item] : {std::pair{2, 0}, {1, 1}, {2, 2}, {1, 3}, {0, 4}}) {
        const Ref pair = tuple({number(key), number(item)});
        ASSERT_TRUE(listAppend(thread(), pairs.as<List>(), pair.get()));
    }
    const NativeSignature first{.code = [](Thread&, Value, const Value* args, size_t) -> Value {
                                    return newRef(args[0].as<Tuple>()->items()[0]);
                                },
                                .keyword_code = nullptr,
                                .min_args = 1,
                                .max_args = 1};
    const Ref key(newNativeFunction(thread(), "first", first));
    ASSERT_TRUE(listSort(thread(), pairs.as<List>(), key.get(), false));
    EXPECT_EQ(text(pairs), "[(0, 4), (1, 1), (1, 3), (2, 0), (2, 2)]");
    ASSERT_TRUE(listSort(thread(), pairs.as<List>(), key.get(), true));
    EXPECT_EQ(text(pairs), "[(2, 0), (2, 2), (1, 1), (1, 3), (0, 4)]");
}

TEST_F(ListTest, SortOfManyRuns) {
    const Ref many = list({});
    uint64_t state = 1;
    for (int k = 0; k < 3000; ++k) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const auto step = static_cast<int64_t>(state >> 40) % 50;
        ASSERT_TRUE(listAppend(thread(), many.as<List>(), number(k % 97 * step)));
    }
    ASSERT_TRUE(listSort(thread(), many.as<List>(), Value::null(), false));
    const auto* sorted = many.as<List>();
    for (uint64_t k = 1; k < sorted->size; ++k) {
        EXPECT_LE(sorted->items[k - 1].asFixnum(), sorted->items[k].asFixnum());
    }
}

TEST_F(ListTest, SortNoticesChanges) {
    const Ref target = numbers(3);
    const NativeSignature signature{
        .code = appendToSelf, .keyword_code = nullptr, .min_args = 1, .max_args = 1};
    const Ref key(newNativeFunction(thread(), "key", signature, target.get()));
    EXPECT_FALSE(listSort(thread(), target.as<List>(), key.get(), false));
    EXPECT_EQ(takeError(), "ValueError: list modified during sort");
    EXPECT_EQ(text(target), "[0, 1, 2]");
    const Ref mixed = list({number(1), str("a").get()});
    EXPECT_FALSE(listSort(thread(), mixed.as<List>(), Value::null(), false));
    EXPECT_EQ(takeError(), "TypeError: '<' not supported between instances of 'str' and 'int'");
    EXPECT_EQ(text(mixed), "[1, 'a']");
}

TEST_F(ListTest, ReprEndsInCycles) {
    const Ref outer = list({number(1)});
    ASSERT_TRUE(listAppend(thread(), outer.as<List>(), outer.get()));
    EXPECT_EQ(reprText(outer.get()), "[1, [...]]");
    listClear(thread(), outer.as<List>());
    const Ref pair = tuple({outer.get()});
    ASSERT_TRUE(listAppend(thread(), outer.as<List>(), pair.get()));
    EXPECT_EQ(reprText(pair.get()), "([(...)],)");
    listClear(thread(), outer.as<List>());
}

TEST_F(ListTest, DepthEndsInRecursionError) {
    Ref left = list({});
    Ref right = list({});
    for (int k = 0; k < 5000; ++k) {
        left = list({left.get()});
        right = list({right.get()});
    }
    EXPECT_EQ(text(reprOf(thread(), left.get())),
              "RecursionError: maximum recursion depth exceeded while getting the repr of an "
              "object");
    EXPECT_EQ(compareBool(thread(), left.get(), right.get(), CompareOp::kEq), -1);
    EXPECT_EQ(takeError(), "RecursionError: maximum recursion depth exceeded in comparison");
    EXPECT_EQ(thread().recursion_depth, 0u);
}

TEST_F(ListTest, ReferencesAreBalanced) {
    const Ref item = str("an item of its own");
    const Object* object = item.get().asObject();
    {
        const Ref items = list({item.get(), item.get()});
        const Ref twice(binaryOp(thread(), BinaryOp::kMultiply, items.get(), number(3)));
        const Ref first = slice(number(0), number(1), Value::null());
        ASSERT_EQ(setItem(thread(), items.get(), first.get(), twice.get()), 0);
        EXPECT_EQ(object->refcount, 1u + 7u + 6u);
    }
    EXPECT_EQ(object->refcount, 1u);
}

TEST_F(ListTest, TupleHashIsCPythons) {
    EXPECT_EQ(hashOf(thread(), tuple({}).get()), 5740354900026072187);
    EXPECT_EQ(hashOf(thread(), tuple({number(1), number(2), number(3)}).get()), 529344067295497451);
    EXPECT_EQ(hashOf(thread(), tuple({number(1), str("a").get()}).get()), 3906047847676358913);
    EXPECT_EQ(hashOf(thread(), tuple({list({}).get()}).get()), -1);
    EXPECT_EQ(takeError(), "TypeError: unhashable type: 'list'");
}

TEST_F(ListTest, SliceIndices) {
    const auto indices = [&](Value start, Value stop, Value step, int64_t length) {
        return method(slice(start, stop, step), "indices", {number(length)});
    };
    EXPECT_EQ(indices(Value::null(), number(5), Value::null(), 3), "(0, 3, 1)");
    EXPECT_EQ(indices(Value::null(), Value::null(), number(-1), 3), "(2, -1, -1)");
    EXPECT_EQ(indices(number(-100), number(100), number(7), 3), "(0, 3, 7)");
    EXPECT_EQ(indices(number(1), number(2), number(0), 3), "ValueError: slice step cannot be zero");
}

TEST_F(ListTest, HugeListsAreRefused) {
    EXPECT_EQ(binary(BinaryOp::kMultiply, list({number(0)}), integer("10000000000000")),
              "MemoryError: ");
    EXPECT_EQ(binary(BinaryOp::kMultiply, integer("100000000000000000000"), list({number(0)})),
              "OverflowError: cannot fit 'int' into an index-sized integer");
}

}  // namespace
}  // namespace tagproof
