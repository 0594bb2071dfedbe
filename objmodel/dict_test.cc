// The core of dict: order, growth, guest equality that changes the dict, cells, iteration.

#include "objmodel/dict.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/native_function.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

class DictTest : public HeapTest {
  protected:
    void set(std::string_view key, int64_t value) {
        ASSERT_EQ(dictSetStr(thread(), dict(), name(key), number(value)), 0);
    }
    std::string order(Dict* which) {
        std::string text;
        size_t position = 0;
        Value key;
        Value value;
        while (dictNext(which, &position, &key, &value)) {
            text += (isStr(key) ? toUtf8(key.as<Str>()) : std::to_string(key.asFixnum())) + "=" +
                    std::to_string(value.asFixnum()) + " ";
        }
        return text;
    }
    Dict* dict() { return dict_.as<Dict>(); }
    // A class whose instances are all equal, hash to `hash`, and run `code` when compared.
    Type* makeKeyClass(NativeCode equal, NativeCode hash, Value state) {
        const Ref name_space(Value::of(newDict(thread())));
        const Ref eq(newNativeFunction(thread(), "__eq__", {equal, nullptr, 0, -1}, state));
        const Ref hash_function(
            newNativeFunction(thread(), "__hash__", {hash, nullptr, 0, -1}, state));
        EXPECT_EQ(dictSetStr(thread(), name_space.as<Dict>(), name("__eq__"), eq.get()), 0);
        EXPECT_EQ(
            dictSetStr(thread(), name_space.as<Dict>(), name("__hash__"), hash_function.get()), 0);
        return makeClass("Key", {}, name_space.as<Dict>());
    }

    Ref dict_{Value::of(newDict(thread()))};
};

TEST_F(DictTest, KeepsInsertionOrder) {
    set("b", 1);
    set("a", 2);
    set("b", 3);
    EXPECT_EQ(order(dict()), "b=3 a=2 ");
    EXPECT_EQ(dictDeleteStr(thread(), dict(), name("b")), 1);
    EXPECT_EQ(dictDeleteStr(thread(), dict(), name("b")), 0);
    set("b", 4);
    EXPECT_EQ(order(dict()), "a=2 b=4 ");
}

TEST_F(DictTest, AgreesWithAModelUnderRandomChanges) {
    std::mt19937 random(7);
    std::map<int64_t, int64_t> model;
    for (int step = 0; step < 20000; ++step) {
        const auto key = static_cast<int64_t>(random() % 300) - 20;
        if (random() % 3 == 0) {
            EXPECT_EQ(dictDelete(thread(), dict(), number(key)),
                      static_cast<int>(model.erase(key)));
        } else {
            ASSERT_EQ(dictSet(thread(), dict(), number(key), number(step)), 0);
            model[key] = step;
        }
        ASSERT_EQ(dict()->used, model.size());
    }
    for (const auto& [key, value] : model) {
        EXPECT_EQ(dictGet(thread(), dict(), number(key)), number(value));
    }
}

TEST_F(DictTest, PushAndPopAtTheEndStaysSmall) {
    for (int k = 0; k < 10000; ++k) {
        ASSERT_EQ(dictSet(thread(), dict(), number(k * 8), number(k)), 0);
        Value key;
        Value value;
        ASSERT_TRUE(dictPopLast(thread(), dict(), &key, &value));
        EXPECT_EQ(key, number(k * 8));
        EXPECT_TRUE(dictGet(thread(), dict(), number(5)).isNull());
    }
    EXPECT_LE(dict()->table->log2_size, 4U);
}

TEST_F(DictTest, EqualNumbersAreOneKey) {
    ASSERT_EQ(dictSet(thread(), dict(), number(1), number(1)), 0);
    ASSERT_EQ(dictSet(thread(), dict(), Value::immediateDouble(1.0), number(2)), 0);
    ASSERT_EQ(dictSet(thread(), dict(), thread().singletons->true_, number(3)), 0);
    EXPECT_EQ(order(dict()), "1=3 ");
}

TEST_F(DictTest, UninternedStringsAreFoundByText) {
    set("key", 1);
    const Ref text(Value::of(makeStr(thread(), "key")));
    EXPECT_EQ(dictGetStr(dict(), text.as<Str>()), number(1));
    EXPECT_EQ(dictGet(thread(), dict(), text.get()), number(1));
}

TEST_F(DictTest, UnhashableKeysRaise) {
    EXPECT_EQ(dictSet(thread(), dict(), dict_.get(), number(1)), -1);
    EXPECT_EQ(takeError(), "TypeError: unhashable type: 'dict'");
}

TEST_F(DictTest, EqualityThatClearsTheDictIsSurvived) {
    const NativeCode clear = [](Thread& running, Value self, const Value*, size_t) {
        dictClear(running, self.as<Dict>());
        return running.singletons->false_;
    };
    const NativeCode seven = [](Thread&, Value, const Value*, size_t) { return Value::fixnum(7); };
    Type* const type = makeKeyClass(clear, seven, dict_.get());
    const Ref first = newObject(type);
    const Ref second = newObject(type);
    ASSERT_EQ(dictSet(thread(), dict(), first.get(), number(1)), 0);
    ASSERT_EQ(dictSet(thread(), dict(), second.get(), number(2)), 0);
    EXPECT_EQ(dict()->used, 1U);
    dictClear(thread(), dict());
}

TEST_F(DictTest, EqualityThatGrowsTheDictIsSurvived) {
    const NativeCode grow = [](Thread& running, Value self, const Value*, size_t) {
        auto* target = self.as<Dict>();
        for (int64_t k = 1000; k < 1100; ++k) {
            EXPECT_EQ(dictSet(running, target, Value::fixnum(k), Value::fixnum(k)), 0);
        }
        return running.singletons->true_;
    };
    const NativeCode seven = [](Thread&, Value, const Value*, size_t) { return Value::fixnum(7); };
    Type* const type = makeKeyClass(grow, seven, dict_.get());
    const Ref first = newObject(type);
    const Ref second = newObject(type);
    ASSERT_EQ(dictSet(thread(), dict(), first.get(), number(1)), 0);
    EXPECT_EQ(dictGet(thread(), dict(), second.get()), number(1));
    EXPECT_EQ(dict()->used, 101U);
    dictClear(thread(), dict());
}

TEST_F(DictTest, AnExceptionInEqualityIsPassedOn) {
    const NativeCode fail = [](Thread& running, Value, const Value*, size_t) {
        return raise(running, ExceptionKind::kValueError, "no");
    };
    const NativeCode seven = [](Thread&, Value, const Value*, size_t) { return Value::fixnum(7); };
    Type* const type = makeKeyClass(fail, seven, Value::null());
    const Ref first = newObject(type);
    const Ref second = newObject(type);
    ASSERT_EQ(dictSet(thread(), dict(), first.get(), number(1)), 0);
    EXPECT_EQ(dictContains(thread(), dict(), second.get()), -1);
    EXPECT_EQ(takeError(), "ValueError: no");
}

TEST_F(DictTest, IteratingOverAChangedSizeRaises) {
    set("a", 1);
    set("b", 2);
    DictIterator iterator{newRef(dict()), 0, dict()->used, dict()->used};
    Value key;
    Value value;
    EXPECT_TRUE(dictIterate(thread(), &iterator, &key, &value));
    set("c", 3);
    EXPECT_FALSE(dictIterate(thread(), &iterator, &key, &value));
    EXPECT_EQ(takeError(), "RuntimeError: dictionary changed size during iteration");
    EXPECT_FALSE(dictIterate(thread(), &iterator, &key, &value));
    EXPECT_EQ(takeError(), "RuntimeError: dictionary changed size during iteration");
    decref(dict_.get());
}

TEST_F(DictTest, IteratingOverExchangedKeysRaises) {
    set("a", 1);
    DictIterator iterator{newRef(dict()), 0, dict()->used, dict()->used};
    Value key;
    Value value;
    EXPECT_TRUE(dictIterate(thread(), &iterator, &key, &value));
    ASSERT_EQ(dictDeleteStr(thread(), dict(), name("a")), 1);
    set("b", 2);
    EXPECT_FALSE(dictIterate(thread(), &iterator, &key, &value));
    EXPECT_EQ(takeError(), "RuntimeError: dictionary keys changed during iteration");
    EXPECT_EQ(iterator.dict, nullptr);
}

TEST_F(DictTest, PreviousWalksBackwards) {
    set("a", 1);
    set("b", 2);
    set("c", 3);
    ASSERT_EQ(dictDeleteStr(thread(), dict(), name("b")), 1);
    size_t position = dictEndPosition(dict());
    Value key;
    Value value;
    EXPECT_TRUE(dictPrevious(dict(), &position, &key, &value));
    EXPECT_EQ(value, number(3));
    EXPECT_TRUE(dictPrevious(dict(), &position, &key, &value));
    EXPECT_EQ(value, number(1));
    EXPECT_FALSE(dictPrevious(dict(), &position, &key, &value));
}

TEST_F(DictTest, CellsKeepTheirAddress) {
    const Ref cells(Value::of(newDictOfCells(thread())));
    auto* space = cells.as<Dict>();
    Cell* const cell = dictEnsureCell(thread(), space, name("x"));
    EXPECT_EQ(space->used, 0U);
    EXPECT_EQ(order(space), "");
    ASSERT_EQ(dictSetStr(thread(), space, name("y"), number(1)), 0);
    ASSERT_EQ(dictSetStr(thread(), space, name("x"), number(2)), 0);
    EXPECT_EQ(cell->value, number(2));
    EXPECT_EQ(order(space), "y=1 x=2 ");
    ASSERT_EQ(dictDeleteStr(thread(), space, name("y")), 1);
    EXPECT_EQ(dictDeleteStr(thread(), space, name("y")), 0);
    EXPECT_EQ(order(space), "x=2 ");
    for (int k = 0; k < 50; ++k) {
        ASSERT_EQ(dictSetStr(thread(), space, name("n" + std::to_string(k)), number(k)), 0);
    }
    EXPECT_EQ(dictFindCell(space, name("x")), cell);
    ASSERT_EQ(dictSetStr(thread(), space, name("y"), number(3)), 0);
    EXPECT_EQ(space->used, 52U);
    EXPECT_TRUE(order(space).ends_with("n49=49 y=3 "));
    dictClear(thread(), space);
    EXPECT_EQ(space->used, 0U);
    EXPECT_TRUE(cell->value.isNull());
    EXPECT_EQ(dictFindCell(space, name("x")), cell);
    expectSound();
}

TEST_F(DictTest, CopyAndMerge) {
    set("a", 1);
    set("b", 2);
    const Ref copy(Value::of(dictCopy(thread(), dict())));
    set("a", 9);
    EXPECT_EQ(order(copy.as<Dict>()), "a=1 b=2 ");
    ASSERT_EQ(dictMerge(thread(), copy.as<Dict>(), dict(), false), 0);
    EXPECT_EQ(order(copy.as<Dict>()), "a=1 b=2 ");
    ASSERT_EQ(dictMerge(thread(), copy.as<Dict>(), dict(), true), 0);
    EXPECT_EQ(order(copy.as<Dict>()), "a=9 b=2 ");
}

TEST_F(DictTest, SetDefaultAndPop) {
    EXPECT_EQ(dictSetDefault(thread(), dict(), number(1), number(5)), number(5));
    EXPECT_EQ(dictSetDefault(thread(), dict(), number(1), number(6)), number(5));
    EXPECT_EQ(dictPop(thread(), dict(), number(1)), number(5));
    EXPECT_TRUE(dictPop(thread(), dict(), number(1)).isNull());
}

}  // namespace
}  // namespace tagproof
