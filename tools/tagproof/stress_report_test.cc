#include "tools/tagproof/stress_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tagproof::cli {
namespace {

using testing::HasSubstr;

StressReport goodReport() {
    StressReport report;
    report.interpreted = {"interpreted", 100, 0xabcd, 50000, 0};
    report.compiled = {"compiled", 100, 0xabcd, 1000, 0};
    report.soak = {"long run", 1000, 0xabcd, 10000, 0};
    report.oracle = StressRun{"python3", 100, 0xabcd, 40000, 0};
    report.functions = 3;
    report.deopts = {{"wrong type", 2}};
    report.compiled.interpreted_calls = 30;
    report.soak.interpreted_calls = 7;
    return report;
}

TEST(StressReport, IsGoodOnlyWhenNothingIsWrong) {
    EXPECT_TRUE(goodReport().ok());
    StressReport report = goodReport();
    report.compiled.checksum = 1;
    EXPECT_FALSE(report.ok());
    report = goodReport();
    report.oracle->checksum = 1;
    EXPECT_FALSE(report.ok());
    report = goodReport();
    report.soak.wrong = 1;
    EXPECT_FALSE(report.ok());
    report = goodReport();
    report.rejected = {"f: slot-store"};
    EXPECT_FALSE(report.ok());
    report = goodReport();
    report.heap_findings = {"I1: slot"};
    EXPECT_FALSE(report.ok());
    report = goodReport();
    report.functions = 0;
    EXPECT_FALSE(report.ok());
}

TEST(StressReport, TextSaysWhatHappened) {
    const std::string text = stressText(goodReport());
    EXPECT_THAT(text, HasSubstr("wrong type"));
    EXPECT_THAT(text, HasSubstr("500.0 ns per iteration  x 0.02"));
    EXPECT_THAT(text, HasSubstr("interpreted after force_compile   37 calls\n"));
    EXPECT_THAT(text, HasSubstr("\nok\n"));
}

TEST(StressReport, JsonHasTheVerdictAndTheRuns) {
    const nlohmann::json json = stressJson(goodReport());
    EXPECT_TRUE(json["ok"]);
    EXPECT_EQ(json["runs"].size(), 5U);
    EXPECT_EQ(json["deopts"]["wrong type"], 2);
    EXPECT_EQ(json["runs"][1]["checksum"], "0000abcd");
    EXPECT_EQ(json["interpreted_calls_after_force_compile"], 37);
    EXPECT_EQ(json["interpreted_calls_steady"], 0);
}

}  // namespace
}  // namespace tagproof::cli
