#include "tools/tagproof/program_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

namespace tagproof::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

NotCompiled rejected(const std::string& listing) {
    Rejection rejection;
    rejection.verdict.violation_count = 2;
    verify::Violation one;
    one.offset = 0x1c;
    one.bytes = "80 66 18 fe";
    one.message = "one";
    verify::Violation two;
    two.offset = 0x2f;
    two.bytes = "88 46 18";
    two.message = "two";
    rejection.verdict.violations = {one, two};
    rejection.listing = listing;
    return {"g", "a.py:7", CompileErrorKind::kVerifyFailed, "2 violations",
            std::make_shared<Rejection>(std::move(rejection))};
}

ProgramReport sample(const std::string& listing) {
    ProgramReport report;
    report.proven.push_back({"f", "a.py:1", {}, listing});
    report.not_compiled.push_back(rejected(listing));
    report.not_compiled.push_back(
        {"h", "a.py:9", CompileErrorKind::kUnsupported, "generator", nullptr});
    return report;
}

TEST(ProgramReport, TextHasEveryFunctionAndEveryViolation) {
    const std::string text = programText(sample(""));
    EXPECT_THAT(text, HasSubstr("f: proven"));
    EXPECT_THAT(text, HasSubstr("g (a.py:7): REJECTED: 2 violations"));
    EXPECT_THAT(text, HasSubstr("+0x1c  80 66 18 fe"));
    EXPECT_THAT(text, HasSubstr("+0x2f  88 46 18"));
    EXPECT_THAT(text, HasSubstr("h (a.py:9): left interpreted: generator"));
    EXPECT_THAT(text, HasSubstr("1 proven, 1 rejected, 1 left interpreted\n"));
}

// A listing ends with the violations: they are not said twice.
TEST(ProgramReport, ListingsTakeThePlaceOfViolations) {
    const std::string text = programText(sample("LISTING"));
    EXPECT_THAT(text, HasSubstr("f: proven"));
    EXPECT_THAT(text, HasSubstr("LISTING"));
    EXPECT_THAT(text, Not(HasSubstr("80 66 18 fe")));
}

TEST(ProgramReport, Json) {
    const nlohmann::json json = programJson(sample("LISTING"));
    EXPECT_EQ(json["proven"], 1);
    EXPECT_EQ(json["rejected"], 1);
    ASSERT_EQ(json["functions"].size(), 2U);
    EXPECT_EQ(json["functions"][0]["place"], "a.py:1");
    EXPECT_TRUE(json["functions"][0]["proven"]);
    EXPECT_EQ(json["functions"][0]["listing"], "LISTING");
    EXPECT_FALSE(json["functions"][1]["proven"]);
    EXPECT_EQ(json["functions"][1]["violations"][1]["message"], "two");
    ASSERT_EQ(json["not_compiled"].size(), 2U);
    EXPECT_TRUE(json["not_compiled"][0]["rejected"]);
    EXPECT_EQ(json["not_compiled"][1]["reason"], "generator");
    EXPECT_FALSE(programJson(sample(""))["functions"][0].contains("listing"));
}

}  // namespace
}  // namespace tagproof::cli
