// Pages, pools, raw buffers, the memory limit.

#include "objmodel/heap.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "objmodel/error.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/managed_dict.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"

namespace tagproof {
namespace {

TEST_F(HeapTest, AddressesStartAtTheBase) {
    EXPECT_EQ(heap().base() % kPageSize, 0U);
    const Ref object = newObject(thread().types->object);
    EXPECT_TRUE(heap().isLiveObject(object.get().asObject()));
    EXPECT_EQ(&heapOf(object.get().asObject()), &heap());
}

TEST_F(HeapTest, FreeListIsLastInFirstOut) {
    Type* const type = makeClass("C");
    Ref first = newObject(type);
    Ref second = newObject(type);
    const Value second_address = second.get();
    const Value first_address = first.get();
    first = Ref();
    second = Ref();
    EXPECT_EQ(newObject(type).get(), second_address);
    Ref again = newObject(type);
    const Ref other = newObject(type);
    EXPECT_EQ(again.get(), second_address);
    EXPECT_EQ(other.get(), first_address);
}

TEST_F(HeapTest, PoolsAreApartByKindAndSize) {
    Pool* const plain = heap().poolFor(cellKind(CellFamily::kPlain, false), 32);
    Pool* const managed = heap().poolFor(cellKind(CellFamily::kPlain, true), 32);
    EXPECT_NE(plain, managed);
    EXPECT_EQ(plain, heap().poolFor(cellKind(CellFamily::kPlain, false), 25));
    EXPECT_NE(plain, heap().poolFor(cellKind(CellFamily::kPlain, false), 33));
    EXPECT_NE(plain, heap().poolFor(cellKind(CellFamily::kStr, false), 32));
}

TEST_F(HeapTest, SizeClassesHoldTheirSizes) {
    const uint16_t kind = cellKind(CellFamily::kTuple, false);
    for (size_t size = 32; size < 300000; size += 1 + size / 37) {
        const Pool* const pool = heap().poolFor(kind, size);
        ASSERT_GE(pool->cell_size, size);
        ASSERT_LE(pool->cell_size, size + size / 4 + 16);
        ASSERT_EQ(pool->cell_size % kCellAlignment, 0U);
    }
}

TEST_F(HeapTest, BigObjectsTakeRunsOfPages) {
    Tuple* const big = allocateTuple(thread(), 50000);
    ASSERT_NE(big, nullptr);
    EXPECT_TRUE(heap().isLiveObject(big));
    EXPECT_GT(Page::of(big)->run_pages, 1U);
    EXPECT_FALSE(heap().isLiveObject(reinterpret_cast<char*>(big) + kPageSize));
    const Value address = Value::of(big);
    decref(address);
    EXPECT_FALSE(heap().isLiveObject(big));
    Tuple* const again = allocateTuple(thread(), 50000);
    EXPECT_EQ(Value::of(again), address);
    decref(Value::of(again));
}

TEST_F(HeapTest, CellStartsAreExact) {
    const Ref object = newObject(makeClass("C"));
    const Pool* const pool = Page::of(object.get().asObject())->pool;
    char* const cell = object.as<char>();
    EXPECT_TRUE(pool->isCellStart(cell));
    for (int offset = 1; offset < 32; ++offset) EXPECT_FALSE(pool->isCellStart(cell + offset));
    EXPECT_FALSE(pool->isCellStart(nullptr));
}

TEST_F(HeapTest, FreeingWhatIsNoCellAborts) {
    const Ref object = newObject(makeClass("C"));
    Pool* const pool = Page::of(object.get().asObject())->pool;
    EXPECT_DEATH(freeCell<CheckedCells>(*pool, object.as<char>() + 8), "not a cell of its pool");
}

TEST_F(HeapTest, AnOverwrittenFreeListAborts) {
    Type* const type = makeClass("C");
    const Value address = newObject(type).get();
    const uint64_t wrong = address.bits + 8;
    EXPECT_DEATH(
        {
            std::memcpy(address.as<char>() + kFreeLinkOfObject, &wrong, sizeof(wrong));
            const Ref first = newObject(type);
            const Ref second = newObject(type);
        },
        "free list of a pool was overwritten");
}

TEST_F(HeapTest, AWrongPrefixByteAbortsWhenTheBlockIsFreed) {
    EXPECT_DEATH(
        {
            const Ref object = newObject(makeClass("C"));
            ++valuesBytes(object.get().asObject()->slot.values())[layout::kValuesPrefixSize];
        },
        "prefix byte 33");
}

TEST_F(HeapTest, TrustingCellsBelieveThePrefix) {
    // The second half of the recorded fault: the next block comes out one byte lower.
    Value* const values = ValuesBlocks<TrustingCells>::take(heap(), 4);
    ++valuesBytes(values)[layout::kValuesPrefixSize];
    ValuesBlocks<TrustingCells>::free(heap(), values);
    Pool* const pool = heap().valuesPool(4);
    char* const block = reinterpret_cast<char*>(values) - valuesPrefixSize(4);
    EXPECT_EQ(pool->free_list, block - 1);
    pool->free_list = block;
    *reinterpret_cast<char**>(block) = nullptr;
}

TEST_F(HeapTest, RawBuffersAreAccounted) {
    const uint64_t before = heap().statistics().raw_bytes;
    void* buffer = allocateRaw(thread(), 1000);
    EXPECT_EQ(heap().statistics().raw_bytes, before + 1000);
    buffer = reallocateRaw(thread(), buffer, 1000, 5000);
    EXPECT_EQ(heap().statistics().raw_bytes, before + 5000);
    freeRaw(thread(), buffer, 5000);
    EXPECT_EQ(heap().statistics().raw_bytes, before);
    freeRaw(thread(), nullptr, 0);
}

TEST_F(HeapTest, TheLimitRaisesMemoryError) {
    heap().setMemoryLimit(heap().statistics().page_bytes + heap().statistics().raw_bytes + 100000);
    EXPECT_EQ(allocateRaw(thread(), 1 << 20), nullptr);
    EXPECT_TRUE(pendingMatches(thread(), ExceptionKind::kMemoryError));
    EXPECT_EQ(takeError(), "MemoryError: ");
    std::vector<Ref> kept;
    Type* const type = thread().types->object;
    while (Ref object = newObject(type)) kept.push_back(std::move(object));
    EXPECT_EQ(takeError(), "MemoryError: ");
    kept.clear();
    EXPECT_TRUE(newObject(type));
}

TEST_F(HeapTest, AnAllocationHookRunsOnceAtItsCount) {
    heap().setAllocationHook(
        AllocationBudget::kCheckpoint, [](Thread& running) { running.poll = 1; }, 3);
    Type* const type = thread().types->object;
    const Ref first = newObject(type);
    const Ref second = newObject(type);
    EXPECT_EQ(thread().poll, 0U);
    const Ref third = newObject(type);
    EXPECT_EQ(thread().poll, 1U);
}

TEST(Heap, TwoHeapsOfAProcessAreApart) {
    const auto first = Heap::create({});
    const auto second = Heap::create({});
    ASSERT_NE(first, nullptr);
    ASSERT_NE(second, nullptr);
    EXPECT_NE(first->base(), second->base());
}

TEST(Heap, TheBaseCanBeChosen) {
    constexpr uint64_t kBase = 0x5480'8000'0000;
    const auto heap = Heap::create({.base = kBase});
    ASSERT_NE(heap, nullptr);
#if !defined(__SANITIZE_THREAD__)
    EXPECT_EQ(heap->base(), kBase);
#endif
}

}  // namespace
}  // namespace tagproof
