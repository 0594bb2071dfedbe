// The helper table against what its readers can take.

#include "jit/helpers.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "jit/verify/verify.h"

namespace tagproof {
namespace {

TEST(HelpersTest, ArgumentsFitRegistersAndHaveKnownKinds) {
    for (const Helper helper : kAllHelpers) {
        const HelperInfo& info = helperInfo(helper);
        SCOPED_TRACE(info.name);
        const std::string_view arguments = info.arguments;
        EXPECT_LE(arguments.size(), verify::kMaxArgs);
        EXPECT_EQ(arguments.find_first_not_of("tvnocidlsmufbwxgekpzNDGTSAMPLOB"), arguments.npos);
        EXPECT_NE(info.address, 0U);
    }
}

// The lowering passes the thread first and numbers behind it.
TEST(HelpersTest, ThreadComesFirstAndOnce) {
    for (const Helper helper : kAllHelpers) {
        const HelperInfo& info = helperInfo(helper);
        SCOPED_TRACE(info.name);
        const size_t thread = info.arguments.find('t');
        EXPECT_TRUE(thread == 0 || thread == std::string_view::npos);
        EXPECT_EQ(info.arguments.rfind('t'), thread);
    }
}

// The verifier finds a helper by its address alone.
TEST(HelpersTest, AddressesAndNamesAreDistinct) {
    std::set<uint64_t> addresses;
    std::set<std::string_view> names;
    for (const Helper helper : kAllHelpers) {
        const HelperInfo& info = helperInfo(helper);
        EXPECT_TRUE(addresses.insert(info.address).second) << info.name;
        EXPECT_TRUE(names.insert(info.name).second) << info.name;
    }
}

// A number in a double register has no kind for the verifier but "last".
TEST(HelpersTest, DoublesComeLast) {
    for (const Helper helper : kAllHelpers) {
        const HelperInfo& info = helperInfo(helper);
        const size_t number = info.arguments.find('d');
        if (number == std::string_view::npos) continue;
        EXPECT_EQ(number + 1, info.arguments.size()) << info.name;
    }
}

}  // namespace
}  // namespace tagproof
