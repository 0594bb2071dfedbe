// The states and transitions of the managed-dict slot, and CPython's quirks.

#include "objmodel/managed_dict.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/protocol.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

class ManagedDictTest : public HeapTest {
  protected:
    void set(const Ref& object, std::string_view attribute, int64_t value) {
        ASSERT_EQ(managedSet(thread(), object.get().asObject(), name(attribute), number(value)), 0);
    }
    Value get(const Ref& object, std::string_view attribute) {
        return managedGet(thread(), object.get().asObject(), name(attribute));
    }
    int remove(const Ref& object, std::string_view attribute) {
        return managedDelete(thread(), object.get().asObject(), name(attribute));
    }
    static const ManagedDictSlot& slotOf(const Ref& object) {
        return object.get().asObject()->slot;
    }
    Dict* dictOf(const Ref& object) { return managedDict(thread(), object.get().asObject()); }

    // Attribute names in order, without a change of state.
    std::string order(const Ref& object) {
        std::string text;
        const ManagedDictSlot slot = slotOf(object);
        if (slot.isValues()) {
            const SharedKeys* const keys = object.get().asObject()->type->shared_keys;
            for (size_t k = 0; k < valuesUsed(slot.values()); ++k) {
                text += toUtf8(keys->names[valuesOrderAt(slot.values(), k)]) + " ";
            }
            return text;
        }
        size_t position = 0;
        Value key;
        Value value;
        while (slot.isDict() && dictNext(slot.dict(), &position, &key, &value)) {
            text += toUtf8(key.as<Str>()) + " ";
        }
        return text;
    }

    Type* class_ = makeClass("C");
};

TEST_F(ManagedDictTest, NewInstancesAreInValuesForm) {
    const Ref object = newObject(class_);
    EXPECT_TRUE(slotOf(object).isValues());
    EXPECT_EQ(slotOf(object).rawWord() + 1, reinterpret_cast<uintptr_t>(slotOf(object).values()));
    EXPECT_EQ(valuesBytes(slotOf(object).values())[layout::kValuesPrefixSize],
              valuesPrefixSize(class_->shared_keys->capacity()));
}

TEST_F(ManagedDictTest, TheTaggedWordIsTheAddressOfThePrefixByte) {
    const Ref object = newObject(class_);
    const auto* prefix = reinterpret_cast<const uint8_t*>(slotOf(object).rawWord());
    EXPECT_EQ(prefix, &valuesBytes(slotOf(object).values())[layout::kValuesPrefixSize]);
}

TEST_F(ManagedDictTest, StoresAndDeletesKeepValuesForm) {
    const Ref object = newObject(class_);
    set(object, "a", 1);
    set(object, "b", 2);
    set(object, "a", 3);
    EXPECT_EQ(get(object, "a"), number(3));
    EXPECT_EQ(order(object), "a b ");
    EXPECT_EQ(remove(object, "a"), 1);
    EXPECT_TRUE(get(object, "a").isNull());
    EXPECT_EQ(order(object), "b ");
    set(object, "a", 4);
    EXPECT_EQ(order(object), "b a ");
    EXPECT_TRUE(slotOf(object).isValues());
    expectSound();
}

TEST_F(ManagedDictTest, DeletingAnUnknownNameAddsItToTheSharedKeys) {
    const Ref object = newObject(class_);
    EXPECT_EQ(remove(object, "unknown"), 0);
    EXPECT_GE(findSharedKey(class_->shared_keys, name("unknown")), 0);
    EXPECT_EQ(order(object), "");
}

TEST_F(ManagedDictTest, AFailedLookupStaysInValuesForm) {
    const Ref object = newObject(class_);
    EXPECT_TRUE(getAttrOrNull(thread(), object.get(), name("missing")).isNull());
    EXPECT_TRUE(slotOf(object).isValues());
}

TEST_F(ManagedDictTest, EntriesPlusUsableNeverGrows) {
    uint32_t last = class_->shared_keys->capacity();
    std::vector<Ref> objects;
    for (int k = 0; k < 60; ++k) {
        objects.push_back(newObject(class_));
        if (k % 7 == 0) set(objects.back(), "n" + std::to_string(k), k);
        EXPECT_LE(class_->shared_keys->capacity(), last);
        last = class_->shared_keys->capacity();
    }
    expectSound();
}

TEST_F(ManagedDictTest, AnInstanceTakesRoomUntilOneNameIsLeft) {
    for (int k = 0; k < 40; ++k) {
        const Ref object = newObject(class_);
    }
    EXPECT_EQ(class_->shared_keys->usable, 1U);
    const Ref object = newObject(class_);
    set(object, "a", 1);
    EXPECT_TRUE(slotOf(object).isValues());
    set(object, "b", 2);
    EXPECT_TRUE(slotOf(object).isDict());
    EXPECT_EQ(order(object), "a b ");
}

TEST_F(ManagedDictTest, AskingForTheDictTakesTheBlockOver) {
    const Ref object = newObject(class_);
    set(object, "a", 1);
    Value* const values = slotOf(object).values();
    Dict* const dict = dictOf(object);
    EXPECT_TRUE(slotOf(object).isDict());
    EXPECT_TRUE(isSplit(dict));
    EXPECT_EQ(dict->values, values);
    EXPECT_EQ(dictOf(object), dict);
    set(object, "b", 2);
    EXPECT_TRUE(isSplit(dict));
    EXPECT_EQ(order(object), "a b ");
    expectSound();
}

TEST_F(ManagedDictTest, TooManyAttributesMakeACombinedDict) {
    const Ref object = newObject(class_);
    std::string expected;
    for (int k = 0; k < 31; ++k) {
        set(object, "a" + std::to_string(k), k);
        expected += "a" + std::to_string(k) + " ";
    }
    ASSERT_TRUE(slotOf(object).isDict());
    EXPECT_FALSE(isSplit(slotOf(object).dict()));
    EXPECT_EQ(order(object), expected);
    EXPECT_EQ(get(object, "a30"), number(30));
    expectSound();
}

TEST_F(ManagedDictTest, AKeyThatIsNoStrUnsplits) {
    const Ref object = newObject(class_);
    set(object, "a", 1);
    Dict* const dict = dictOf(object);
    ASSERT_EQ(dictSet(thread(), dict, number(1), number(2)), 0);
    EXPECT_FALSE(isSplit(dict));
    EXPECT_EQ(get(object, "a"), number(1));
    expectSound();
}

TEST_F(ManagedDictTest, ReplacingTheDict) {
    const Ref object = newObject(class_);
    set(object, "a", 1);
    const Ref other(Value::of(newDict(thread())));
    ASSERT_EQ(managedReplaceDict(thread(), object.get().asObject(), other.as<Dict>()), 0);
    EXPECT_TRUE(get(object, "a").isNull());
    set(object, "b", 2);
    EXPECT_EQ(dictGetStr(other.as<Dict>(), name("b")), number(2));
    expectSound();
}

TEST_F(ManagedDictTest, DeletingTheDictEmptiesTheSlot) {
    const Ref object = newObject(class_);
    set(object, "a", 1);
    ASSERT_EQ(managedReplaceDict(thread(), object.get().asObject(), nullptr), 0);
    EXPECT_TRUE(slotOf(object).isEmpty());
    EXPECT_TRUE(get(object, "a").isNull());
    EXPECT_EQ(remove(object, "a"), 0);
    set(object, "a", 2);
    ASSERT_TRUE(slotOf(object).isDict());
    EXPECT_TRUE(isSplit(slotOf(object).dict()));
    expectSound();
}

TEST_F(ManagedDictTest, ASplitDictOutlivesItsInstanceAndClass) {
    Ref object = newObject(class_);
    set(object, "a", 1);
    const Ref dict = Ref::borrow(Value::of(dictOf(object)));
    object = Ref();
    EXPECT_EQ(dictGetStr(dict.as<Dict>(), name("a")), number(1));
    ASSERT_EQ(dictSetStr(thread(), dict.as<Dict>(), name("b"), number(2)), 0);
    expectSound();
}

TEST_F(ManagedDictTest, IntSubclassesStartEmptyAndMakeASplitDict) {
    Type* const type = makeClass("MyList", {thread().types->list});
    const Ref object = newObject(type);
    EXPECT_TRUE(slotOf(object).isEmpty());
    set(object, "a", 1);
    ASSERT_TRUE(slotOf(object).isDict());
    EXPECT_TRUE(isSplit(slotOf(object).dict()));
    expectSound();
}

TEST_F(ManagedDictTest, ChangingTheClassImpliesDictForm) {
    Type* const other = makeClass("Other");
    const Ref object = newObject(class_);
    set(object, "a", 1);
    ASSERT_EQ(setObjectType(thread(), object.get(), Value::of(other)), 0);
    EXPECT_TRUE(slotOf(object).isDict());
    EXPECT_EQ(get(object, "a"), number(1));
    set(object, "b", 2);
    EXPECT_EQ(order(object), "a b ");
    expectSound();
}

TEST_F(ManagedDictTest, OverwritingDropsTheOldValueLast) {
    const Ref object = newObject(class_);
    Ref inner = newObject(class_);
    Object* const watched = inner.get().asObject();
    ASSERT_EQ(managedSet(thread(), object.get().asObject(), name("a"), inner.get()), 0);
    EXPECT_EQ(watched->refcount, 2U);
    set(object, "a", 1);
    EXPECT_EQ(watched->refcount, 1U);
}

TEST_F(ManagedDictTest, ReleasingGivesBlockAndCellBack) {
    static_cast<void>(name("a"));
    const uint64_t blocks = heap().statistics().live_values_blocks;
    const uint64_t objects = heap().statistics().live_objects;
    Ref object = newObject(class_);
    set(object, "a", 1);
    EXPECT_EQ(heap().statistics().live_values_blocks, blocks + 1);
    object = Ref();
    EXPECT_EQ(heap().statistics().live_values_blocks, blocks);
    EXPECT_EQ(heap().statistics().live_objects, objects);
}

TEST_F(ManagedDictTest, ANameThatJoinsTheKeysOverAClassAttributeEndsTheVersion) {
    ASSERT_EQ(storeTypeAttribute(thread(), class_, name("x"), number(1)), 0);
    const Ref object = newObject(class_);
    const uint32_t version = class_->version_tag;
    set(object, "y", 1);
    EXPECT_EQ(class_->version_tag, version);
    set(object, "x", 2);
    EXPECT_NE(class_->version_tag, version);
}

TEST_F(ManagedDictTest, ANameThatJoinsTheKeysWhereGetattrIsAskedEndsTheVersion) {
    ASSERT_EQ(storeTypeAttribute(thread(), class_, name("__getattr__"), number(1)), 0);
    const Ref object = newObject(class_);
    const uint32_t version = class_->version_tag;
    set(object, "y", 1);
    EXPECT_NE(class_->version_tag, version);
}

}  // namespace
}  // namespace tagproof
