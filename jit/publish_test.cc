// What was proven is what runs: bytes are looked at where they will run, after the last view that
// could write them is gone, and nothing writes them afterwards.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "jit/jit_test_support.h"
#include "runtime/code.h"

namespace tagproof {
namespace {

// Types, loops, managers, methods, exceptions: many units, some given up, some brought back.
constexpr std::string_view kProgram = R"(
class Manager:
    def __init__(self):
        self.depth = 0
    def __enter__(self):
        self.depth += 1
        return self
    def __exit__(self, *rest):
        self.depth -= 1

class Point:
    def __init__(self, x):
        self.x = x
    def length(self):
        return self.x * 2

def work(manager, rounds):
    total = 0
    for i in range(rounds):
        with manager as entered:
            total += entered.depth
    return total

def lengths(points):
    total = 0
    for point in points:
        total += point.length()
    return total

def fails(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        return None

manager = Manager()
points = [Point(i) for i in range(50)]
def all():
    return work(manager, 60), lengths(points), fails(0), fails(3)
for i in range(6):
    result = all()
)";

constexpr std::string_view kResult = "(60, 2450, None, 3)";

struct Mapping {
    std::string line;
    bool is_code;
    bool writable;
    bool executable;
};

std::vector<Mapping> mappings() {
    std::vector<Mapping> result;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const size_t access = line.find(' ') + 1;
        result.push_back({line, line.find("tagproof-code") != line.npos, line[access + 1] == 'w',
                          line[access + 2] == 'x'});
    }
    return result;
}

// Whether the kernel could store a byte there for this process.
bool isWritable(const void* address) {
    const int zeros = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    const ssize_t done = read(zeros, const_cast<void*>(address), 1);
    const bool refused = done < 0 && errno == EFAULT;
    close(zeros);
    return !refused;
}

struct Published {
    const CompiledUnit* unit;
    std::vector<uint8_t> bytes;  // at publication
};

class PublishTest : public JitTest {
  protected:
    PublishTest() : JitTest(withListings()) {
        jit().setDumpSink(&PublishTest::proving, this);
        jit().setUnitSink(&PublishTest::published, this);
    }

    static JitOptions withListings() {
        JitOptions options;
        options.call_threshold = 3;  // the code has seen what it works on, and relies on it
        options.loop_threshold = 20;
        options.dump = "asm";
        return options;
    }

    // Called between proof and publication.
    static void proving(const char* what, const std::string&, void* context) {
        if (std::string_view(what) != "asm") return;
        auto& self = *static_cast<PublishTest*>(context);
        ++self.proven_;
        for (const Mapping& mapping : mappings()) {
            if (mapping.is_code && mapping.writable) ++self.writable_views_;
        }
    }
    static void published(const CompiledUnit& unit, void* context) {
        auto& self = *static_cast<PublishTest*>(context);
        self.all_.push_back({&unit, {unit.bytes.begin(), unit.bytes.end()}});
        EXPECT_EQ(codeHash(unit.bytes), unit.proven_hash);
    }

    [[nodiscard]] bool isUnchanged(const Published& one) const {
        return std::ranges::equal(one.unit->bytes, one.bytes) &&
               codeHash(one.unit->bytes) == one.unit->proven_hash;
    }

    size_t proven_ = 0;
    size_t writable_views_ = 0;
    std::vector<Published> all_;
};

TEST_F(PublishTest, NoViewIsWritableWhenTheVerifierLooks) {
    run(kProgram);
    EXPECT_EQ(reprOfGlobal("result"), kResult);
    EXPECT_EQ(proven_, all_.size());
    EXPECT_GE(proven_, 8U);
    EXPECT_EQ(writable_views_, 0U);
    EXPECT_EQ(jit().statistics().rejected, 0U);
}

TEST_F(PublishTest, NoMappingOfTheProcessIsWritableAndExecutable) {
    run(kProgram);
    size_t views = 0;
    for (const Mapping& mapping : mappings()) {
        EXPECT_FALSE(mapping.writable && mapping.executable) << mapping.line;
        if (!mapping.is_code) continue;
        ++views;
        EXPECT_NE(mapping.line.find(" r-xs "), std::string::npos) << mapping.line;
    }
    EXPECT_EQ(views, 1U);
}

// What a guest prints goes to a number: none of them may be that of code pages.
TEST_F(PublishTest, NoDescriptorLeadsToCode) {
    run(kProgram);
    size_t descriptors = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code error;
        const auto target = std::filesystem::read_symlink(entry.path(), error).string();
        EXPECT_EQ(target.find("tagproof-code"), std::string::npos) << entry.path();
        ++descriptors;
    }
    EXPECT_GE(descriptors, 3U);
}

TEST_F(PublishTest, EveryPageRefusesStores) {
    run(kProgram);
    EXPECT_TRUE(isWritable(&proven_));
    for (const auto& unit : jit().units()) {
        for (size_t at = 0; at < unit->bytes.size(); at += CodeCache::kPage) {
            EXPECT_FALSE(isWritable(unit->bytes.data() + at)) << unit->name;
        }
        EXPECT_FALSE(isWritable(&unit->bytes.back())) << unit->name;
    }
}

using PublishDeathTest = PublishTest;

TEST_F(PublishDeathTest, StoringToPublishedCodeFaults) {
    run(kProgram);
    auto* const code = const_cast<uint8_t*>(unit("work")->bytes.data());
    const auto store = [code] {
        static_cast<void>(std::signal(SIGSEGV, SIG_DFL));  // not the sanitizer's report
        *static_cast<volatile uint8_t*>(code) = 0xC3;
    };
    EXPECT_EXIT(store(), testing::KilledBySignal(SIGSEGV), "");
}

TEST_F(PublishTest, EntriesAreTheBytesThatWereProven) {
    run(kProgram);
    for (const auto& unit : jit().units()) {
        EXPECT_EQ(codeHash(unit->bytes), unit->proven_hash) << unit->name;
        if (unit->entry_kind != hir::EntryKind::kNormal) continue;
        EXPECT_EQ(reinterpret_cast<uint64_t>(unit->code->entry),
                  reinterpret_cast<uint64_t>(unit->bytes.data()))
            << unit->name;
    }
}

// A unit that is given up, and comes back, keeps its bytes: only its valid cell changes.
TEST_F(PublishTest, InvalidationWritesCellsOnly) {
    run(kProgram);
    const CompiledUnit* const lengths = unit("lengths");
    ASSERT_NE(lengths, nullptr);
    EXPECT_TRUE(lengths->isValid());
    run("saved = Point.length\nPoint.length = lambda self: 1");
    EXPECT_FALSE(lengths->isValid());
    EXPECT_GT(jit().statistics().invalidations, 0U);
    for (const Published& one : all_) EXPECT_TRUE(isUnchanged(one)) << one.unit->name;
    run("Point.length = saved");
    EXPECT_TRUE(lengths->isValid());
    EXPECT_GT(jit().statistics().revivals, 0U);
    for (const Published& one : all_) EXPECT_TRUE(isUnchanged(one)) << one.unit->name;
    run("result = all()");
    EXPECT_EQ(reprOfGlobal("result"), kResult);
}

TEST_F(PublishTest, RunningExitingAndCollectingLeaveTheBytes) {
    run(kProgram);
    run("import gc\npoints.append(Point(1.5))\npoints[0].other = 1\nfor i in range(20):\n"
        "    result = all()\n    gc.collect()\nPoint.__dict__\n");
    EXPECT_GT(jit().statistics().totalDeopts(), 0U);
    for (const auto& unit : jit().units()) {
        EXPECT_EQ(codeHash(unit->bytes), unit->proven_hash) << unit->name;
    }
}

TEST(CodeHashTest, EveryBitCounts) {
    std::set<uint64_t> hashes;
    for (size_t size = 1; size < 20; ++size) {
        std::vector<uint8_t> bytes(size, 0);
        EXPECT_TRUE(hashes.insert(codeHash(bytes)).second);
        for (size_t bit = 0; bit < 8 * size; ++bit) {
            bytes[bit / 8] = static_cast<uint8_t>(1U << (bit % 8));
            EXPECT_TRUE(hashes.insert(codeHash(bytes)).second) << size << ' ' << bit;
            bytes[bit / 8] = 0;
        }
    }
}

}  // namespace
}  // namespace tagproof
