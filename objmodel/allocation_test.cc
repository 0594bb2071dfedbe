// What an AllocationObserver sees and can refuse; the pattern in free cells.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <vector>

#include "objmodel/allocation_observer.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/managed_dict.h"
#include "objmodel/tuple.h"
#include "objmodel/values_block.h"

namespace tagproof {
namespace {

// A ledger: what is taken and not freed yet, with its size; and what it has refused.
struct Ledger {
    std::map<const void*, size_t> live;
    std::vector<AllocationKind> kinds;  // in order of allocation
    uint64_t unknown_frees = 0;
    uint64_t refuse_at = 0;  // so many more are let through, then one is refused; 0: none
    AllocationObserver observer{this, mayTake, taken, freed};

    static bool mayTake(void* context, AllocationKind, size_t) {
        auto* self = static_cast<Ledger*>(context);
        return self->refuse_at == 0 || --self->refuse_at != 0;
    }
    static void taken(void* context, AllocationKind kind, const void* address, size_t bytes) {
        auto* self = static_cast<Ledger*>(context);
        self->kinds.push_back(kind);
        if (kind != AllocationKind::kPages) self->live.emplace(address, bytes);
    }
    static void freed(void* context, AllocationKind, const void* address, size_t bytes) {
        auto* self = static_cast<Ledger*>(context);
        const auto place = self->live.find(address);
        const bool known = place != self->live.end() && place->second == bytes;
        if (known) {
            self->live.erase(place);
        } else {
            ++self->unknown_frees;
        }
    }
};

class AllocationTest : public HeapTest {
  protected:
    ~AllocationTest() override { heap().setAllocationObserver(nullptr); }

    void observe() { heap().setAllocationObserver(&ledger_.observer); }

    Type* class_ = makeClass("C");
    Ledger ledger_;
};

TEST_F(AllocationTest, AnObserverSeesInstancesTheirValuesAndBuffers) {
    observe();
    {
        const Ref object = newObject(class_);
        Value* const values = object.get().asObject()->slot.values();
        EXPECT_EQ(ledger_.live.count(object.as<char>()), 1U);
        EXPECT_EQ(ledger_.live.count(valuesBlockStart(values)), 1U);
        void* buffer = allocateRaw(thread(), 100);
        EXPECT_EQ(ledger_.live.at(buffer), 100U);
        buffer = reallocateRaw(thread(), buffer, 100, 100000);
        EXPECT_EQ(ledger_.live.at(buffer), 100000U);
        freeRaw(thread(), buffer, 100000);
        const Ref big(Value::of(allocateTuple(thread(), 50000)));
        EXPECT_EQ(ledger_.live.count(big.as<char>()), 1U);
        EXPECT_EQ(ledger_.live.size(), 3U);
    }
    EXPECT_TRUE(ledger_.live.empty());
    EXPECT_EQ(ledger_.unknown_frees, 0U);
    EXPECT_THAT(ledger_.kinds, testing::Contains(AllocationKind::kPages));
}

TEST_F(AllocationTest, AddressesAreTheSameWithAnObserver) {
    const auto addresses = [&] {
        std::vector<const void*> found;
        std::vector<Ref> kept;
        for (int k = 0; k < 5; ++k) {
            kept.push_back(newObject(thread().types->object));
            found.push_back(kept.back().as<char>());
            found.push_back(newValuesBlock(thread(), 3));
        }
        for (size_t k = 1; k < found.size(); k += 2) {
            auto* values = static_cast<Value*>(const_cast<void*>(found[k]));
            freeValuesBlock(heap(), values);
        }
        return found;
    };
    static_cast<void>(addresses());
    static_cast<void>(addresses());
    const std::vector<const void*> without = addresses();
    static_cast<void>(addresses());
    observe();
    EXPECT_EQ(addresses(), without);
    heap().setAllocationObserver(nullptr);
    static_cast<void>(addresses());
    EXPECT_EQ(addresses(), without);
}

TEST_F(AllocationTest, WhatAnObserverRefusesIsAMemoryError) {
    observe();
    ledger_.refuse_at = 1;
    EXPECT_EQ(newObject(class_).get(), Value::null());
    EXPECT_EQ(takeError(), "MemoryError: ");
    ledger_.refuse_at = 2;  // the values block
    EXPECT_EQ(newObject(class_).get(), Value::null());
    EXPECT_EQ(takeError(), "MemoryError: ");
    EXPECT_TRUE(ledger_.live.empty());
    ledger_.refuse_at = 1;
    EXPECT_EQ(allocateRaw(thread(), 10), nullptr);
    EXPECT_EQ(takeError(), "MemoryError: ");
    void* const buffer = allocateRaw(thread(), 10);
    ledger_.refuse_at = 1;
    EXPECT_EQ(reallocateRaw(thread(), buffer, 10, 20), nullptr);
    EXPECT_EQ(takeError(), "MemoryError: ");
    freeRaw(thread(), buffer, 10);
    ledger_.refuse_at = 0;
    EXPECT_TRUE(newObject(class_));
}

TEST_F(AllocationTest, ASplitDictThatCannotBeMadeLeavesTheValues) {
    const Ref object = newObject(class_);
    ASSERT_EQ(managedSet(thread(), object.get().asObject(), name("a"), number(1)), 0);
    observe();
    ledger_.refuse_at = 1;
    EXPECT_EQ(managedDict(thread(), object.get().asObject()), nullptr);
    EXPECT_EQ(takeError(), "MemoryError: ");
    EXPECT_TRUE(object.get().asObject()->slot.isValues());
    expectSound();
}

#if TAGPROOF_POISON && !TAGPROOF_ADDRESS_SANITIZER
// Of what was freed, the word at an offset.
uint64_t wordAt(const void* cell, size_t offset) {
    uint64_t word = 0;
    std::memcpy(&word, static_cast<const char*>(cell) + offset, sizeof(word));
    return word;
}

TEST_F(AllocationTest, FreeCellsHoldNoValue) {
    const Value dict = Value::of(newDict(thread()));
    decref(dict);
    EXPECT_EQ(wordAt(dict.asObject(), sizeof(Object)), kPoison);
    EXPECT_EQ(Value{kPoison}.tag(), layout::kTagNever);
    Value* const values = newValuesBlock(thread(), 3);
    freeValuesBlock(heap(), values);
    for (size_t k = 0; k < 3; ++k) EXPECT_EQ(values[k].bits, kPoison);
}

TEST_F(AllocationTest, AWriteToAFreeCellIsReportedWhenItIsTaken) {
    EXPECT_DEATH(
        {
            Dict* const dict = newDict(thread());
            decref(Value::of(dict));
            dict->used = 1;
            static_cast<void>(newDict(thread()));
        },
        "a free cell was written to \\(address 0x.*, objects of");
    EXPECT_DEATH(
        {
            Value* const values = newValuesBlock(thread(), 3);
            freeValuesBlock(heap(), values);
            values[1] = number(1);
            static_cast<void>(newValuesBlock(thread(), 3));
        },
        "a free cell was written to \\(address 0x.*, values blocks of");
}
#endif

#if TAGPROOF_ADDRESS_SANITIZER
TEST_F(AllocationTest, AReadOfAFreeCellIsReportedAtOnce) {
    Dict* const dict = newDict(thread());
    decref(Value::of(dict));
    EXPECT_DEATH(static_cast<void>(*static_cast<volatile uint64_t*>(&dict->used)),
                 "use-after-poison");
    Value* const values = newValuesBlock(thread(), 3);
    freeValuesBlock(heap(), values);
    EXPECT_DEATH(values[1] = number(1), "use-after-poison");
}
#endif

}  // namespace
}  // namespace tagproof
