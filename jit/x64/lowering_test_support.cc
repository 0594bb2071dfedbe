#include "jit/x64/lowering_test_support.h"

#include <algorithm>

#include "jit/trusted.h"
#include "jit/verify/infer/infer.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"

namespace tagproof::x64 {

namespace {

std::string describe(const verify::Verdict& verdict, const std::string& listing) {
    std::string text;
    for (const verify::Violation& violation : verdict.violations) {
        text += std::to_string(violation.offset) + " `" + violation.instruction +
                "`: " + std::string(verify::ruleName(violation.rule)) + ": " + violation.message +
                " [" + violation.state + "]\n";
    }
    return text + listing;
}

}  // namespace

LoweredTest::LoweredTest() { EXPECT_TRUE(cache_.open()); }

std::string LoweredTest::rejectionOf(const hir::Function& function, bool stress) {
    Unit& made = *units_.emplace_back(std::make_unique<Unit>());
    made.unit.code = function.code;
    made.unit.entry_kind = function.entry_kind;
    made.unit.valid = std::make_unique<uint8_t>(uint8_t{1});
    if (stress) {
        made.unit.stress_counters = std::make_unique<uint32_t[]>(function.instrCount());
        std::fill_n(made.unit.stress_counters.get(), function.instrCount(), 3U);
    }
    const Singletons& singletons = *thread().singletons;
    const LoweringRequest request{.first_exit_id = 0,
                                  .valid_cell = made.unit.valid.get(),
                                  .stress_counters = made.unit.stress_counters.get(),
                                  .use_avx = use_avx_,
                                  .wants_listing = true,
                                  .none = singletons.none,
                                  .true_value = singletons.true_,
                                  .false_value = singletons.false_};
    auto lowered = lower(function, request);
    if (!lowered.ok()) return lowered.error().message;
    made.code = std::move(lowered.value());
    made.unit.bytes = cache_.publish(made.code.bytes);
    const TrustedTables tables(thread(), function, made.unit, made.code.exits, nullptr);
    const auto address = reinterpret_cast<uint64_t>(made.unit.bytes.data());
    const verify::Verdict verdict =
        verify::inferAndVerify(made.unit.bytes, address, tables.trusted());
    return verdict.ok ? "" : describe(verdict, made.code.listing);
}

const uint8_t* LoweredTest::accepted(const hir::Function& function) {
    EXPECT_EQ(rejectionOf(function, false), "");
    return units_.back()->unit.bytes.data();
}

std::string sampleText(std::string_view sample) {
    std::string text = sample.starts_with("fun") ? std::string(sample) : hir::withArguments(sample);
    for (size_t at = text.find('$'); at != text.npos; at = text.find('$', at)) {
        text.replace(at, 1, "[pc 0: v0b v1b |]");
    }
    return text;
}

}  // namespace tagproof::x64
