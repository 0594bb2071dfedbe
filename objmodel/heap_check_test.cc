// One test per invariant: break it by hand, expect that it and nothing unrelated is reported, mend.

#include "objmodel/heap_check.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/list.h"
#include "objmodel/managed_dict.h"
#include "objmodel/native_function.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/values_block.h"
#include "objmodel/weakref.h"

namespace tagproof {
namespace {

class HeapCheckTest : public HeapTest {
  protected:
    HeapCheckTest() {
        for (const std::string_view attribute : {"a", "b"}) {
            EXPECT_EQ(managedSet(thread(), object(), name(attribute), number(1)), 0);
        }
    }

    Object* object() { return object_.get().asObject(); }
    Value* values() { return object()->slot.values(); }
    uint8_t& byteAt(ptrdiff_t offset) { return valuesBytes(values())[offset]; }
    Dict* dict() { return managedDict(thread(), object()); }

    // The rules broken now, each once: "I2 I4".
    std::string broken() {
        std::set<std::string> rules;
        for (const HeapViolation& violation : checkHeap(heap())) {
            EXPECT_FALSE(violation.text.empty());
            rules.insert(violation.rule);
        }
        std::string text;
        for (const std::string& rule : rules) text += (text.empty() ? "" : " ") + rule;
        return text;
    }
    // The same with the slot word changed for the moment.
    std::string brokenWithSlot(Object* which, uint64_t word) {
        const uint64_t sound = which->slot.rawWord();
        std::memcpy(static_cast<void*>(&which->slot), &word, sizeof(word));
        std::string rules = broken();
        std::memcpy(static_cast<void*>(&which->slot), &sound, sizeof(sound));
        return rules;
    }
    template <typename T>
    std::string brokenWith(T& place, T wrong) {
        const T sound = std::exchange(place, wrong);
        std::string rules = broken();
        place = sound;
        return rules;
    }

    Type* class_ = makeClass("C");
    Ref object_ = newObject(class_);
};

TEST_F(HeapCheckTest, ASoundHeapHasNoViolations) { EXPECT_EQ(broken(), ""); }

TEST_F(HeapCheckTest, ItemsOfAListHaveRoomAndAreValues) {
    const Value items[] = {number(1), number(2), number(3)};
    const Ref list(Value::of(makeList(thread(), items, 3)));
    auto* const words = list.as<List>();
    const uint64_t room = words->capacity;
    ASSERT_EQ(broken(), "");
    EXPECT_EQ(brokenWith(words->size, room + 1), "items");
    EXPECT_EQ(brokenWith(words->capacity, uint64_t{2}), "items");
    EXPECT_EQ(brokenWith(words->capacity, room + 1000), "items");
    EXPECT_EQ(brokenWith(words->items, words->items + 1), "items");
    EXPECT_EQ(brokenWith(words->items[1], Value{layout::kTagNever}), "I7");
}

TEST_F(HeapCheckTest, ItemsOfATupleHaveRoomAndAreValues) {
    const Value items[] = {number(1), number(2), number(3)};
    const Ref tuple(Value::of(makeTuple(thread(), items, 3)));
    auto* const words = tuple.as<Tuple>();
    ASSERT_EQ(broken(), "");
    EXPECT_EQ(brokenWith(words->size, uint64_t{1000}), "items");
    EXPECT_EQ(brokenWith(words->items()[2], Value{uint64_t{0x1230}}), "I7");
}

TEST_F(HeapCheckTest, I1SlotWordIsNoDictAndNoValues) {
    const uint64_t word = object()->slot.rawWord();
    EXPECT_EQ(brokenWithSlot(object(), word - 1), "I1 I4");  // clear-lsb
    EXPECT_EQ(brokenWithSlot(object(), word - 2), "I1 I4");
    EXPECT_EQ(brokenWithSlot(object(), word + 1), "I1 I4");  // untag
    EXPECT_EQ(brokenWithSlot(object(), Value::of(class_).bits), "I1 I4");
    EXPECT_EQ(brokenWithSlot(object(), 0x1000), "I1 I4");
}

TEST_F(HeapCheckTest, I1SlotOfATypeWithoutManagedDict) {
    const Ref plain = newObject(thread().types->object);
    EXPECT_EQ(brokenWithSlot(plain.get().asObject(), 0x1001), "I1");
}

TEST_F(HeapCheckTest, I1FreedDict) {
    Dict* const freed = newDict(thread());
    const uint64_t word = Value::of(freed).bits;
    decref(&freed->head);
    EXPECT_EQ(brokenWithSlot(object(), word), "I1 I4");
}

TEST_F(HeapCheckTest, I2Prefix) {
    const uint8_t prefix = byteAt(layout::kValuesPrefixSize);
    EXPECT_EQ(brokenWith<uint8_t>(byteAt(layout::kValuesPrefixSize), prefix + 1), "I2");
}

TEST_F(HeapCheckTest, I2OrderAndUsedCount) {
    EXPECT_EQ(brokenWith<uint8_t>(byteAt(layout::kValuesUsed), 1), "I2");
    EXPECT_EQ(brokenWith<uint8_t>(byteAt(layout::kValuesUsed), 200), "I2");
    EXPECT_EQ(brokenWith<uint8_t>(byteAt(layout::kValuesOrder), 1), "I2");
    EXPECT_EQ(brokenWith<uint8_t>(byteAt(layout::kValuesOrder - 1), 99), "I2");
    EXPECT_EQ(brokenWith(values()[0], Value::null()), "I2");
    EXPECT_EQ(brokenWith(values()[5], number(1)), "I2");
}

TEST_F(HeapCheckTest, I3BlockTooSmall) {
    Value* const small = newValuesBlock(thread(), 1);
    const uint64_t word = std::bit_cast<uint64_t>(small) - 1;
    EXPECT_EQ(brokenWithSlot(object(), word), "I3 I4");
    freeValuesBlock(heap(), small);
}

TEST_F(HeapCheckTest, I4TwoOwnersOrNone) {
    const Ref other = newObject(class_);
    EXPECT_EQ(brokenWithSlot(other.get().asObject(), object()->slot.rawWord()), "I4");
    Value* const orphan = newValuesBlock(thread(), 3);
    EXPECT_EQ(broken(), "I4");
    freeValuesBlock(heap(), orphan);
}

TEST_F(HeapCheckTest, I5SplitExactlyWithKeysAndValues) {
    EXPECT_TRUE(isSplit(dict()));
    EXPECT_EQ(brokenWith<SharedKeys*>(dict()->keys, nullptr), "I4 I5");
    EXPECT_EQ(brokenWith<Value*>(dict()->values, nullptr), "I4 I5");
    Type* const other = makeClass("D");
    Type* const owner = dict()->keys->type;
    EXPECT_EQ(brokenWith(dict()->keys->type, other), "I5");
    EXPECT_EQ(dict()->keys->type, owner);
}

TEST_F(HeapCheckTest, I6SlotNotWrittenByTheEncodeHelpers) {
    EXPECT_EQ(brokenWithSlot(object(), object()->slot.rawWord() + 8), "I4 I6");
}

// What a count through the slot word does: the block seems to begin elsewhere.
TEST_F(HeapCheckTest, I6PrefixWrittenAgain) {
    uint8_t& prefix = byteAt(layout::kValuesPrefixSize);
    for (const int change : {-1, 1, 2, 8, 16}) {
        EXPECT_EQ(brokenWith<uint8_t>(prefix, static_cast<uint8_t>(prefix + change)), "I2");
    }
    EXPECT_EQ(brokenWith<uint8_t>(prefix, 0), "I6");  // as that of a free block
}

TEST_F(HeapCheckTest, I7BrokenListOfWeakReferences) {
    const Ref reference(newWeakRef(thread(), object_.get(), Value::null()));
    ASSERT_TRUE(reference);
    EXPECT_EQ(broken(), "");
    EXPECT_EQ(brokenWith<Object*>(reference.as<WeakRef>()->referent, &class_->head), "I7");
    EXPECT_EQ(brokenWith(reference.as<WeakRef>()->previous, reference.as<WeakRef>()), "I7");
}

TEST_F(HeapCheckTest, I7ValuesPointerAsRefcountTarget) {
    const Ref inner = newObject(class_);
    const uint64_t bits = inner.get().bits;
    // A count through the values pointer moves value 0: here by -1, to a tag that is no value's.
    EXPECT_EQ(brokenWith(values()[0], Value{bits - 1}), "I7");
    EXPECT_EQ(brokenWith(values()[0], Value{bits + 8}), "I7");
}

TEST_F(HeapCheckTest, I8CountsAgreeWithContents) {
    const Ref combined(Value::of(newDict(thread())));
    ASSERT_EQ(dictSet(thread(), combined.as<Dict>(), number(1), number(2)), 0);
    EXPECT_EQ(brokenWith<uint64_t>(combined.as<Dict>()->used, 2), "I8");
    EXPECT_EQ(brokenWith<uint64_t>(dict()->used, 3), "I8");
    int32_t* const index = combined.as<Dict>()->table->index();
    EXPECT_EQ(brokenWith<int32_t>(index[1], 4), "I8");
}

// I8 as it is meant: guest code that runs in the middle of an operation finds a sound heap.
TEST_F(HeapCheckTest, I8TheHeapIsSoundInsideFinalizers) {
    static constexpr NativeCode kCheck = [](Thread& running, Value self, const Value*, size_t) {
        const size_t violations = checkHeap(*running.heap).size();
        auto* log = self.as<Dict>();
        const auto runs = Value::fixnum(static_cast<int64_t>(log->used));
        EXPECT_EQ(dictSet(running, log, runs, Value::fixnum(static_cast<int64_t>(violations))), 0);
        return running.singletons->none;
    };
    const Ref log(Value::of(newDict(thread())));
    const Ref name_space(Value::of(newDict(thread())));
    const Ref function(newNativeFunction(thread(), "__del__", {kCheck, nullptr, 0, -1}, log.get()));
    ASSERT_EQ(dictSetStr(thread(), name_space.as<Dict>(), name("__del__"), function.get()), 0);
    Type* const type = makeClass("Watcher", {}, name_space.as<Dict>());
    const auto put = [&](Object* target) {
        const Ref watcher = newObject(type);
        ASSERT_EQ(managedSet(thread(), target, name("w"), watcher.get()), 0);
    };
    put(object());
    put(object());                                               // overwritten in a block
    EXPECT_EQ(managedDelete(thread(), object(), name("w")), 1);  // deleted from a block
    put(object());
    static_cast<void>(dict());
    put(object());  // overwritten in a split dict
    EXPECT_EQ(managedDelete(thread(), object(), name("w")), 1);
    put(object());
    ASSERT_EQ(dictUnsplit(thread(), dict()), 0);
    put(object());                                                  // in a combined dict
    EXPECT_EQ(managedReplaceDict(thread(), object(), nullptr), 0);  // with the dict
    put(object());
    object_ = newObject(class_);  // with the instance
    put(object());
    dictClear(thread(), dict());
    EXPECT_EQ(log.as<Dict>()->used, 8U);
    size_t position = 0;
    Value run;
    Value violations;
    while (dictNext(log.as<Dict>(), &position, &run, &violations)) {
        EXPECT_EQ(violations, number(0)) << "in finalizer " << run.asFixnum();
    }
}

TEST_F(HeapCheckTest, I9TypeChangedInValuesForm) {
    Type* const other = makeClass("D");
    EXPECT_EQ(brokenWith(object()->type, other), "I9");
    Type* const without = thread().types->simple_namespace;
    EXPECT_EQ(brokenWith(object()->type, without), "I4 I9");
}

TEST_F(HeapCheckTest, I10FreeCellWithSlotOrCount) {
    Object* const freed = newObject(class_).get().asObject();
    EXPECT_EQ(brokenWithSlot(freed, 0x1001), "I10");
    EXPECT_EQ(brokenWith<uint32_t>(freed->refcount, 1), "I10");
}

TEST_F(HeapCheckTest, I10FreeListLeadsAstray) {
    const Value freed = newObject(class_).get();
    char* const link = freed.as<char>() + kFreeLinkOfObject;
    char* sound = nullptr;
    std::memcpy(&sound, link, sizeof(sound));
    char* const wrong = freed.as<char>() + 8;
    std::memcpy(link, &wrong, sizeof(wrong));
    EXPECT_EQ(broken(), "I10");
    char* const itself = freed.as<char>();
    std::memcpy(link, &itself, sizeof(itself));
    EXPECT_EQ(broken(), "I10");
    std::memcpy(link, &sound, sizeof(sound));
}

TEST_F(HeapCheckTest, I10FreeListsGoRoundOrHoldTheLiving) {
    Ref first = newObject(class_);
    Ref second = newObject(class_);
    char* const cell = first.as<char>();
    char* const older = second.as<char>();
    second = Ref();
    first = Ref();  // free list: cell, older, ...
    char* sound = nullptr;
    std::memcpy(&sound, older + kFreeLinkOfObject, sizeof(sound));
    std::memcpy(older + kFreeLinkOfObject, &cell, sizeof(cell));
    EXPECT_EQ(broken(), "I10");
    char* const living = reinterpret_cast<char*>(object());
    std::memcpy(older + kFreeLinkOfObject, &living, sizeof(living));
    EXPECT_EQ(broken(), "I10");
    std::memcpy(older + kFreeLinkOfObject, &sound, sizeof(sound));
    EXPECT_EQ(broken(), "");
}

// The second half of the recorded fault: a block is given back at an address that it never had.
TEST_F(HeapCheckTest, I10TheAddressFreedIsNotTheAddressAllocated) {
    Value* const block = ValuesBlocks<TrustingCells>::take(heap(), 4);
    ++valuesBytes(block)[layout::kValuesPrefixSize];
    ValuesBlocks<TrustingCells>::free(heap(), block);
    EXPECT_EQ(broken(), "I10");
    Pool* const pool = heap().valuesPool(4);
    std::memcpy(&pool->free_list, pool->free_list, sizeof(char*));
    // Put back where it belongs.
    char* const start = reinterpret_cast<char*>(block) - valuesPrefixSize(4);
    std::memcpy(start, &pool->free_list, sizeof(char*));
    pool->free_list = start;
}

TEST_F(HeapCheckTest, PagesAgreeWithTheirPools) {
    Page* const page = Page::of(object());
    EXPECT_EQ(brokenWith<uint32_t>(page->index, page->index + 1), "pages");
    EXPECT_EQ(brokenWith<uint32_t>(page->run_pages, 0), "pages");
    EXPECT_EQ(brokenWith<uint32_t>(page->fresh, page->cell_count + 1), "pages");
    EXPECT_EQ(brokenWith<Heap*>(page->heap, nullptr), "pages");
    Pool other = *page->pool;
    EXPECT_EQ(brokenWith<Pool*>(page->pool, &other), "pages");
    EXPECT_EQ(brokenWith<uint64_t>(page->pool->taken, page->pool->taken + 1), "I10");
}

TEST_F(HeapCheckTest, FindingsNameRuleAddressAndType) {
    const uint64_t sound = object()->slot.rawWord();
    const uint64_t wrong = sound - 1;
    std::memcpy(static_cast<void*>(&object()->slot), &wrong, sizeof(wrong));
    const auto violations = checkHeap(heap());
    std::memcpy(static_cast<void*>(&object()->slot), &sound, sizeof(sound));
    ASSERT_EQ(violations.size(), 2U);
    EXPECT_EQ(violations[0].rule, "I1");
    EXPECT_EQ(violations[0].address, object_.get().bits);
    EXPECT_EQ(violations[0].type, "C");
    EXPECT_EQ(toText(violations[0]),
              fmt::format("I1 at {:#x} ('C'): slot {:#x} of a 'C' is no live "
                          "dict",
                          object_.get().bits, wrong));
    EXPECT_EQ(violations[1].type, "values block");
}

TEST_F(HeapCheckTest, CountsAreEqualWhenTheyMustBe) {
    HeapCheckOptions options;
    options.visit_roots = [](VisitFunction visit, void* visit_context, void* context) {
        const auto& roots = *static_cast<std::vector<Value>*>(context);
        for (const Value root : roots) visit(root, visit_context);
    };
    std::vector<Value> roots{object_.get(), Value::of(class_)};
    options.roots_context = &roots;
    const auto findings = [&](bool exact) {
        options.exact_counts = exact;
        return checkHeap(heap(), options).size();
    };
    const size_t others = findings(true);  // what other tests' helpers hold
    roots.pop_back();
    const size_t without = findings(true);
    EXPECT_EQ(without, others + 1);
    EXPECT_EQ(findings(false), 0U);
    roots.push_back(Value::of(class_));
    ++object()->refcount;
    EXPECT_EQ(findings(true), others + 1);
    EXPECT_EQ(findings(false), 0U);
    object()->refcount -= 2;
    roots.push_back(object_.get());
    EXPECT_GT(findings(false), 0U);
    ++object()->refcount;
}

TEST_F(HeapCheckTest, ReferencesToNoLiveObject) {
    HeapCheckOptions options;
    options.visit_roots = [](VisitFunction visit, void* visit_context, void* context) {
        visit(*static_cast<Value*>(context), visit_context);
    };
    Value dangling = newObject(class_).get();
    options.roots_context = &dangling;
    for (const Value wrong : {dangling, Value{0x1000}}) {
        dangling = wrong;
        const auto violations = checkHeap(heap(), options);
        ASSERT_EQ(violations.size(), 1U);
        EXPECT_EQ(violations[0].rule, "refcount");
        EXPECT_EQ(violations[0].text,
                  fmt::format("a root refers to {:#x}, where no live object is", wrong.bits));
    }
}

TEST_F(HeapCheckTest, CountsBelowTheReferencesFound) {
    HeapCheckOptions options;
    options.visit_roots = [](VisitFunction visit, void* visit_context, void* context) {
        visit(static_cast<const Ref*>(context)->get(), visit_context);
    };
    options.roots_context = &object_;
    EXPECT_TRUE(checkHeap(heap(), options).empty());
    const Ref second = Ref::borrow(object_.get());
    EXPECT_TRUE(checkHeap(heap(), options).empty());
    ASSERT_EQ(managedSet(thread(), object(), name("self"), object_.get()), 0);
    object()->refcount = 1;
    const auto violations = checkHeap(heap(), options);
    ASSERT_EQ(violations.size(), 1U);
    EXPECT_EQ(violations[0].rule, "refcount");
    EXPECT_EQ(violations[0].text, "count of a 'C' is 1, 2 references found");
    object()->refcount = 3;
    ASSERT_EQ(managedDelete(thread(), object(), name("self")), 1);
}

}  // namespace
}  // namespace tagproof
