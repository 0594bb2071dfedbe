// Class creation, MRO, versions, attributes of classes, __slots__, __class__, super.

#include "objmodel/type.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/cell.h"
#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

class TypeTest : public HeapTest {
  protected:
    std::string mroOf(Type* type) {
        std::string text;
        for (const Value item : *type->mro) text += typeName(item.as<Type>()) + " ";
        return text;
    }
    void store(Type* type, std::string_view attribute, Value value) {
        ASSERT_EQ(setAttr(thread(), Value::of(type), name(attribute), value), 0);
    }
    Type* makeSlotted(std::string_view class_name,
                      std::initializer_list<Type*> bases,
                      std::initializer_list<std::string_view> words) {
        const Ref name_space(Value::of(newDict(thread())));
        std::vector<Value> names;
        for (const std::string_view word : words) names.push_back(Value::of(name(word)));
        const Ref tuple(Value::of(makeTuple(thread(), names.data(), names.size())));
        EXPECT_EQ(dictSetStr(thread(), name_space.as<Dict>(), name("__slots__"), tuple.get()), 0);
        return makeClass(class_name, bases, name_space.as<Dict>());
    }
};

TEST_F(TypeTest, DiamondMro) {
    Type* const a = makeClass("A");
    Type* const b = makeClass("B", {a});
    Type* const c = makeClass("C", {a});
    Type* const d = makeClass("D", {b, c});
    EXPECT_EQ(mroOf(d), "D B C A object ");
    EXPECT_TRUE(isSubtype(d, a));
    EXPECT_FALSE(isSubtype(a, d));
}

TEST_F(TypeTest, InconsistentMroIsRejected) {
    Type* const a = makeClass("A");
    Type* const b = makeClass("B", {a});
    EXPECT_EQ(makeClass("C", {a, b}), nullptr);
    EXPECT_EQ(
        takeError(),
        "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases A, B");
    EXPECT_EQ(makeClass("C", {a, a}), nullptr);
    EXPECT_EQ(takeError(), "TypeError: duplicate base class A");
}

TEST_F(TypeTest, BadBasesAreRejected) {
    const CoreTypes& types = *thread().types;
    EXPECT_EQ(makeClass("C", {types.bool_}), nullptr);
    EXPECT_EQ(takeError(), "TypeError: type 'bool' is not an acceptable base type");
    EXPECT_EQ(makeClass("C", {types.int_, types.str}), nullptr);
    EXPECT_EQ(takeError(), "TypeError: multiple bases have instance lay-out conflict");
}

TEST_F(TypeTest, PlainDataOverPlainDataKeepsTheVersion) {
    Type* const type = makeClass("C");
    Type* const derived = makeClass("D", {type});
    store(type, "x", number(1));
    Cell* const cell = findTypeAttribute(thread(), type, name("x")).cell;
    const uint32_t version = type->version_tag;
    const uint32_t derived_version = derived->version_tag;
    store(type, "x", number(2));
    EXPECT_EQ(cell->value, number(2));
    EXPECT_EQ(lookupTypeAttribute(thread(), derived, name("x")), number(2));
    EXPECT_EQ(type->version_tag, version);
    EXPECT_EQ(derived->version_tag, derived_version);
}

TEST_F(TypeTest, OtherChangesGiveNewVersionsToSubclassesToo) {
    Type* const type = makeClass("C");
    Type* const derived = makeClass("D", {type});
    std::vector<uint32_t> seen = {derived->version_tag};
    const auto changed = [&] {
        seen.push_back(derived->version_tag);
        return seen[seen.size() - 1] > seen[seen.size() - 2];
    };
    store(type, "x", number(1));
    EXPECT_TRUE(changed());
    const Ref function(newNativeFunction(thread(), "f", {}));
    const Ref method(newClassMethod(thread(), function.get()));
    store(type, "x", method.get());
    EXPECT_TRUE(changed());
    store(type, "x", number(3));
    EXPECT_TRUE(changed());
    ASSERT_EQ(delAttr(thread(), Value::of(type), name("x")), 0);
    EXPECT_TRUE(changed());
}

TEST_F(TypeTest, VersionsEndAndNeverWrap) {
    Type* const type = makeClass("C");
    heap().next_version = UINT32_MAX;
    store(type, "x", number(1));
    EXPECT_EQ(type->version_tag, UINT32_MAX);
    store(type, "y", number(1));
    EXPECT_EQ(type->version_tag, 0U);
    EXPECT_EQ(lookupTypeAttribute(thread(), type, name("y")), number(1));
    store(type, "z", number(1));
    EXPECT_EQ(type->version_tag, 0U);
    EXPECT_EQ(lookupTypeAttribute(thread(), type, name("z")), number(1));
}

TEST_F(TypeTest, TheHookHearsOfEachModifiedType) {
    Type* const type = makeClass("C");
    static_cast<void>(makeClass("D", {type}));
    const uint64_t before = heap().types_modified;
    store(type, "x", number(1));
    EXPECT_EQ(heap().types_modified, before + 2);
}

TEST_F(TypeTest, ADescriptorClassMadeLaterEndsEveryVersion) {
    // Plain data whose class gains __get__: what was cached as plain data no longer is.
    Type* const holder = makeClass("Holder");
    Type* const type = makeClass("C");
    const Ref instance = newObject(type);
    store(holder, "x", instance.get());
    const uint32_t version = holder->version_tag;
    const NativeCode get = [](Thread&, Value, const Value*, size_t) { return Value::fixnum(42); };
    const Ref function(newNativeFunction(thread(), "__get__", {get, nullptr, 0, -1}));
    store(type, "__get__", function.get());
    EXPECT_NE(holder->version_tag, version);
    EXPECT_EQ(getAttr(thread(), Value::of(holder), name("x")), number(42));
}

TEST_F(TypeTest, AttributeErrorsReadAsCPythons) {
    Type* const type = makeClass("C");
    const Ref object = newObject(type);
    EXPECT_TRUE(getAttr(thread(), object.get(), name("x")).isNull());
    auto* const error = thread().pending.as<ExceptionObject>();
    EXPECT_EQ(error->extras[kAttributeErrorName], Value::of(name("x")));
    EXPECT_EQ(error->extras[kAttributeErrorObject], object.get());
    EXPECT_EQ(takeError(), "AttributeError: 'C' object has no attribute 'x'");
    EXPECT_TRUE(getAttr(thread(), Value::of(type), name("x")).isNull());
    EXPECT_EQ(takeError(), "AttributeError: type object 'C' has no attribute 'x'");
    EXPECT_EQ(delAttr(thread(), object.get(), name("x")), -1);
    EXPECT_EQ(takeError(), "AttributeError: 'C' object has no attribute 'x'");
    EXPECT_EQ(setAttr(thread(), Value::of(thread().types->int_), name("x"), number(1)), -1);
    EXPECT_EQ(takeError(), "TypeError: cannot set 'x' attribute of immutable type 'int'");
    EXPECT_EQ(setAttr(thread(), number(1), name("real"), number(2)), -1);
    EXPECT_EQ(takeError(), "AttributeError: attribute 'real' of 'int' objects is not writable");
}

TEST_F(TypeTest, SlotsAreWordsBehindTheHead) {
    Type* const type = makeSlotted("C", {}, {"a", "b"});
    EXPECT_EQ(type->instance_size, 0x30U);
    const Ref object = newObject(type);
    EXPECT_TRUE(object.get().asObject()->slot.isEmpty());
    ASSERT_EQ(setAttr(thread(), object.get(), name("b"), number(7)), 0);
    EXPECT_EQ(getAttr(thread(), object.get(), name("b")), number(7));
    EXPECT_TRUE(getAttr(thread(), object.get(), name("a")).isNull());
    EXPECT_EQ(takeError(), "AttributeError: 'C' object has no attribute 'a'");
    EXPECT_EQ(setAttr(thread(), object.get(), name("c"), number(1)), -1);
    EXPECT_EQ(takeError(), "AttributeError: 'C' object has no attribute 'c'");
    EXPECT_EQ(delAttr(thread(), object.get(), name("a")), -1);
    EXPECT_EQ(takeError(), "AttributeError: a");
    Type* const derived = makeSlotted("D", {type}, {"c"});
    EXPECT_EQ(derived->slots_count, 3U);
    EXPECT_EQ(makeSlotted("E", {thread().types->tuple}, {"a"}), nullptr);
    EXPECT_EQ(takeError(), "TypeError: nonempty __slots__ not supported for subtype of 'tuple'");
}

TEST_F(TypeTest, SlotsWithADictStayInValuesForm) {
    Type* const type = makeSlotted("C", {}, {"a", "__dict__"});
    const Ref object = newObject(type);
    EXPECT_TRUE(object.get().asObject()->slot.isValues());
    ASSERT_EQ(setAttr(thread(), object.get(), name("a"), number(1)), 0);
    ASSERT_EQ(setAttr(thread(), object.get(), name("x"), number(2)), 0);
    EXPECT_TRUE(object.get().asObject()->slot.isValues());
    expectSound();
}

TEST_F(TypeTest, ClassAssignmentChecksLayouts) {
    Type* const plain = makeClass("C");
    Type* const slotted = makeSlotted("S", {}, {"a"});
    const Ref object = newObject(plain);
    EXPECT_EQ(setAttr(thread(), object.get(), name("__class__"), Value::of(slotted)), -1);
    EXPECT_EQ(takeError(), "TypeError: __class__ assignment: 'S' object layout differs from 'C'");
    EXPECT_EQ(setAttr(thread(), object.get(), name("__class__"), number(3)), -1);
    EXPECT_EQ(takeError(), "TypeError: __class__ must be set to a class, not 'int' object");
    EXPECT_EQ(setAttr(thread(), number(1), name("__class__"), Value::of(plain)), -1);
    EXPECT_EQ(takeError(),
              "TypeError: __class__ assignment only supported for mutable types or ModuleType "
              "subclasses");
}

TEST_F(TypeTest, BasesCanBeReplaced) {
    Type* const a = makeClass("A");
    Type* const b = makeClass("B");
    Type* const c = makeClass("C", {a});
    Type* const d = makeClass("D", {c});
    store(b, "x", number(5));
    EXPECT_TRUE(lookupTypeAttribute(thread(), d, name("x")).isNull());
    const Value base = Value::of(b);
    const Ref bases(Value::of(makeTuple(thread(), &base, 1)));
    ASSERT_EQ(setAttr(thread(), Value::of(c), name("__bases__"), bases.get()), 0);
    EXPECT_EQ(lookupTypeAttribute(thread(), d, name("x")), number(5));
    EXPECT_EQ(mroOf(d), "D C B object ");
}

TEST_F(TypeTest, NewAndInitRejectArgumentsInCPythonsWords) {
    Type* const type = makeClass("C");
    const Value argument = number(1);
    EXPECT_TRUE(call(thread(), Value::of(type), &argument, 1).isNull());
    EXPECT_EQ(takeError(), "TypeError: C() takes no arguments");
    EXPECT_TRUE(call(thread(), Value::of(thread().types->type), nullptr, 0).isNull());
    EXPECT_EQ(takeError(), "TypeError: type() takes 1 or 3 arguments");
    EXPECT_TRUE(call(thread(), Value::of(thread().types->generator), nullptr, 0).isNull());
    EXPECT_EQ(takeError(), "TypeError: cannot create 'generator' instances");
}

TEST_F(TypeTest, SuperWalksBehindTheClass) {
    Type* const a = makeClass("A");
    Type* const b = makeClass("B", {a});
    store(a, "x", number(1));
    store(b, "x", number(2));
    const Ref object = newObject(b);
    EXPECT_EQ(getSuperAttr(thread(), b, object.get(), name("x")), number(1));
    EXPECT_TRUE(getSuperAttr(thread(), b, object.get(), name("y")).isNull());
    EXPECT_EQ(takeError(), "AttributeError: 'super' object has no attribute 'y'");
    EXPECT_TRUE(getSuperAttr(thread(), b, number(1), name("x")).isNull());
    EXPECT_EQ(takeError(),
              "TypeError: super(type, obj): obj must be an instance or subtype of type");
}

TEST_F(TypeTest, SlotWrappersOfBuiltInTypes) {
    const Value int_type = Value::of(thread().types->int_);
    const Ref add(getAttr(thread(), int_type, name("__add__")));
    EXPECT_EQ(reprText(add.get()), "<slot wrapper '__add__' of 'int' objects>");
    EXPECT_EQ(call(thread(), add.get(), {number(2), number(3)}), number(5));
    EXPECT_TRUE(call(thread(), add.get(), {number(2)}).isNull());
    EXPECT_EQ(takeError(), "TypeError: expected 1 argument, got 0");
    EXPECT_TRUE(call(thread(), add.get(), {thread().singletons->none, number(1)}).isNull());
    EXPECT_EQ(takeError(),
              "TypeError: descriptor '__add__' requires a 'int' object but received a 'NoneType'");
    const Ref bound(getAttr(thread(), number(2), name("__sub__")));
    EXPECT_EQ(call(thread(), bound.get(), {number(3)}), number(-1));
}

TEST_F(TypeTest, SubclassesOfBuiltInTypesKeepTheirSlots) {
    Type* const type = makeClass("MyList", {thread().types->list});
    EXPECT_EQ(type->slots.get_item, thread().types->list->slots.get_item);
    EXPECT_EQ(type->slots.dealloc, thread().types->list->slots.dealloc);
    const NativeCode item = [](Thread&, Value, const Value*, size_t) { return Value::fixnum(9); };
    const Ref function(newNativeFunction(thread(), "__getitem__", {item, nullptr, 0, -1}));
    store(type, "__getitem__", function.get());
    const Ref object = newObject(type);
    EXPECT_EQ(type->slots.get_item(thread(), object.get(), number(0)), number(9));
    ASSERT_EQ(delAttr(thread(), Value::of(type), name("__getitem__")), 0);
    EXPECT_EQ(type->slots.get_item, thread().types->list->slots.get_item);
}

TEST_F(TypeTest, EqualityWithoutHashMakesInstancesUnhashable) {
    const Ref name_space(Value::of(newDict(thread())));
    const Ref eq(newNativeFunction(thread(), "__eq__", {}));
    ASSERT_EQ(dictSetStr(thread(), name_space.as<Dict>(), name("__eq__"), eq.get()), 0);
    Type* const type = makeClass("C", {}, name_space.as<Dict>());
    EXPECT_EQ(type->slots.hash, nullptr);
    EXPECT_EQ(lookupTypeAttribute(thread(), type, name("__hash__")), thread().singletons->none);
}

}  // namespace
}  // namespace tagproof
