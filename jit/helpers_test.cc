// The helper table against what its readers can take.

#include "jit/helpers.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "jit/verify/verify.h"

namespace tagproof {
namespace {

const HelperInfo& info(size_t number) { return helperInfo(static_cast<Helper>(number)); }

TEST(HelpersTest, ArgumentsFitRegistersAndHaveKnownKinds) {
    for (size_t i = 0; i < kHelperCount; ++i) {
        SCOPED_TRACE(info(i).name);
        const std::string_view arguments = info(i).arguments;
        EXPECT_LE(arguments.size(), verify::kMaxArgs);
        EXPECT_EQ(arguments.find_first_not_of("tvnocid"), arguments.npos);
        EXPECT_NE(info(i).address, 0U);
    }
}

// The lowering passes the thread first and numbers behind it.
TEST(HelpersTest, ThreadComesFirstAndOnce) {
    for (size_t i = 0; i < kHelperCount; ++i) {
        SCOPED_TRACE(info(i).name);
        const size_t thread = info(i).arguments.find('t');
        EXPECT_TRUE(thread == 0 || thread == std::string_view::npos);
        EXPECT_EQ(info(i).arguments.rfind('t'), thread);
    }
}

// The verifier finds a helper by its address alone.
TEST(HelpersTest, AddressesAndNamesAreDistinct) {
    std::set<uint64_t> addresses;
    std::set<std::string_view> names;
    for (size_t i = 0; i < kHelperCount; ++i) {
        EXPECT_TRUE(addresses.insert(info(i).address).second) << info(i).name;
        EXPECT_TRUE(names.insert(info(i).name).second) << info(i).name;
    }
}

// A number in a double register has no kind for the verifier but "last".
TEST(HelpersTest, DoublesComeLast) {
    for (size_t i = 0; i < kHelperCount; ++i) {
        const size_t number = info(i).arguments.find('d');
        if (number == std::string_view::npos) continue;
        EXPECT_EQ(number + 1, info(i).arguments.size()) << info(i).name;
    }
}

}  // namespace
}  // namespace tagproof
