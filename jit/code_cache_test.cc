// W^X of code memory, reuse of pages, and that nothing published ever changes.

#include "jit/code_cache.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <string>

namespace tagproof {
namespace {

struct Mapping {
    uint64_t begin;
    uint64_t end;
    std::string access;  // "r-xs"
};

// The process's views of code memory.
std::vector<Mapping> codeMappings() {
    std::vector<Mapping> result;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const bool is_code = line.find("tagproof-code") != line.npos ||
                             line.find("/dev/zero") != line.npos;  // shared anonymous pages
        if (!is_code) continue;
        Mapping mapping{};
        char access[5] = {};
        const int fields = std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64 " %4s", &mapping.begin,
                                       &mapping.end, access);
        EXPECT_EQ(fields, 3);
        mapping.access = access;
        result.push_back(mapping);
    }
    return result;
}

std::vector<uint8_t> bytes(size_t size, uint8_t fill) { return std::vector<uint8_t>(size, fill); }

class CodeCacheTest : public testing::TestWithParam<CodePages> {
  protected:
    CodeCacheTest() { EXPECT_TRUE(cache_.open(GetParam())); }

    CodeCache cache_;
};

TEST_P(CodeCacheTest, PublishedBytesRun) {
    const uint8_t code[] = {0xB8, 0x2A, 0x00, 0x00, 0x00, 0xC3};  // mov eax, 42; ret
    const std::span<const uint8_t> published = cache_.publish(code);
    ASSERT_EQ(published.size(), sizeof(code));
    EXPECT_EQ(reinterpret_cast<int (*)()>(const_cast<uint8_t*>(published.data()))(), 42);
}

TEST_P(CodeCacheTest, NoViewIsWritable) {
    static_cast<void>(cache_.publish(bytes(100, 0x90)));
    static_cast<void>(cache_.publish(bytes(5000, 0x90)));
    const std::vector<Mapping> mappings = codeMappings();
    const auto own = std::ranges::find(mappings, cache_.base(), &Mapping::begin);
    ASSERT_NE(own, mappings.end());
    EXPECT_EQ(own->access.substr(0, 3), "r-x");
    for (const Mapping& mapping : mappings) {
        EXPECT_EQ(mapping.access.find('w'), std::string::npos);
    }
}

TEST_P(CodeCacheTest, FunctionsOwnWholePagesThatTrapBehindTheCode) {
    const auto first = cache_.publish(bytes(10, 0x90));
    const auto second = cache_.publish(bytes(10, 0x91));
    EXPECT_EQ(reinterpret_cast<uint64_t>(first.data()) % CodeCache::kPage, 0U);
    EXPECT_EQ(second.data() - first.data(), static_cast<ptrdiff_t>(CodeCache::kPage));
    EXPECT_TRUE(std::all_of(first.data() + 10, second.data(), [](uint8_t b) { return b == 0xCC; }));
    EXPECT_EQ(cache_.pagesInUse(), 2U);
}

TEST_P(CodeCacheTest, LaterPublishingLeavesEarlierBytes) {
    struct Published {
        std::vector<uint8_t> original;
        std::span<const uint8_t> bytes;
    };
    std::vector<Published> all;
    for (size_t i = 0; i < 40; ++i) {
        if (i % 5 == 4) {
            cache_.release(all[i / 2].bytes);
            all.erase(all.begin() + static_cast<ptrdiff_t>(i / 2));
        }
        Published next{bytes(1 + i * 379, static_cast<uint8_t>(i)), {}};
        next.bytes = cache_.publish(next.original);
        all.push_back(std::move(next));
        for (const Published& one : all) {
            ASSERT_TRUE(std::ranges::equal(one.bytes, one.original)) << "after " << i;
        }
    }
}

TEST_P(CodeCacheTest, ReleasedPagesAreUsedAgain) {
    const auto first = cache_.publish(bytes(CodeCache::kPage * 2, 1));
    const auto second = cache_.publish(bytes(10, 2));
    const auto third = cache_.publish(bytes(CodeCache::kPage, 3));
    static_cast<void>(cache_.publish(bytes(10, 4)));
    cache_.release(first);
    cache_.release(third);
    cache_.release(second);  // joins both: four pages in a row
    EXPECT_EQ(cache_.pagesInUse(), 1U);
    const auto again = cache_.publish(bytes(CodeCache::kPage * 4, 5));
    EXPECT_EQ(again.data(), first.data());
    EXPECT_EQ(cache_.pagesInUse(), 5U);
}

TEST_P(CodeCacheTest, TooMuchIsRefused) {
    EXPECT_TRUE(cache_.publish(bytes(CodeCache::kReserved + 1, 0x90)).empty());
    EXPECT_TRUE(cache_.publish({}).empty());
    EXPECT_EQ(cache_.pagesInUse(), 0U);
    EXPECT_FALSE(cache_.publish(bytes(1, 0x90)).empty());
}

TEST_P(CodeCacheTest, CachesOfOneProcessHaveTheirOwnBases) {
    CodeCache other;
    ASSERT_TRUE(other.open());
    EXPECT_NE(other.base(), cache_.base());
    EXPECT_EQ(other.base() % CodeCache::kReserved, cache_.base() % CodeCache::kReserved);
}

INSTANTIATE_TEST_SUITE_P(Pages,
                         CodeCacheTest,
                         testing::Values(CodePages::kMemfd, CodePages::kAnonymous),
                         [](const auto& pages) {
                             return pages.param == CodePages::kMemfd ? "Memfd" : "Anonymous";
                         });

}  // namespace
}  // namespace tagproof
