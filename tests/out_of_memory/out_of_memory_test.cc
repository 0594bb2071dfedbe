// Out of memory, at every allocation: each scenario runs with its first allocation failing, then
// its second, until it passes without a failure. After each failure there must be a MemoryError (or
// the right result: what is merely an optimisation may fail in silence), a sound heap with exact
// reference counts, and a Vm that runs on.

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>

#include "jit/jit.h"
#include "objmodel/allocation_observer.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_check.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/module.h"
#include "runtime/vm.h"

namespace tagproof {
namespace {

constexpr std::string_view kFolder = "tests/out_of_memory/scenarios";

// The Vm is made anew after so many runs: what is made once, as interned strings, caches and
// compiled code, then fails to be made at other places.
constexpr uint64_t kRunsOfVm = 40;

// Which allocations fail: the one at `at`, and with `lasting` all that follow it.
struct Shortage {
    uint64_t at = 0;  // 0: none
    bool lasting = false;
    uint64_t allocations = 0;  // so far

    [[nodiscard]] bool hasStruck() const { return at != 0 && allocations >= at; }
    static bool mayTake(void* context, AllocationKind, size_t) {
        auto* self = static_cast<Shortage*>(context);
        ++self->allocations;
        return self->lasting ? !self->hasStruck() : self->allocations != self->at;
    }
};

class Guest {
  public:
    explicit Guest(JitMode mode) {
        VmOptions options;
        options.interrupts = false;
        options.path = {std::string(kFolder)};
        vm_ = Vm::create(options);
        JitOptions jit_options;
        jit_options.mode = mode;
        jit_ = Jit::attach(*vm_, jit_options);
    }

    // "" when the source ran, else the text of its exception.
    std::string run(const std::string& source, Shortage& shortage) {
        const AllocationObserver observer{&shortage, Shortage::mayTake, nullptr, nullptr};
        vm_->heap().setAllocationObserver(&observer);
        const bool done = vm_->execute(source, "<scenario>");
        vm_->heap().setAllocationObserver(nullptr);
        return done ? "" : takeError();
    }

    std::string result() {
        const Ref key(Value::of(internStr(thread(), "result")));
        const Value value = dictGetStr(moduleDict(vm_->mainModule()), key.as<Str>());
        if (value.isNull()) return "nothing";
        const Ref text(reprOf(thread(), value));
        return text ? toUtf8(text.as<Str>()) : takeError();
    }

    // What the checker finds, and what the run left behind in the thread.
    std::string findings() {
        std::string text;
        for (const HeapViolation& violation : vm_->checkHeap(true)) {
            text += toText(violation) + "\n";
        }
        if (hasPending(thread())) text += "an exception is pending\n";
        if (handledException(thread())) text += "an exception is being handled\n";
        if (thread().frame != nullptr) text += "a frame is left\n";
        if (thread().recursion_depth != 0) text += "activations are left\n";
        if (jit_->statistics().rejected != 0) text += "code was rejected\n";
        return text;
    }

  private:
    [[nodiscard]] Thread& thread() { return vm_->thread(); }

    std::string takeError() {
        const Ref exception(takePending(thread()));
        const Ref text(reprOf(thread(), exception.get()));
        return text ? toUtf8(text.as<Str>()) : "no text";
    }

    std::unique_ptr<Vm> vm_;
    std::unique_ptr<Jit> jit_;
};

using Case = std::tuple<const char*, JitMode, bool>;

class OutOfMemoryTest : public testing::TestWithParam<Case> {
  protected:
    OutOfMemoryTest() {
        std::ostringstream text;
        text << std::ifstream(std::string(kFolder) + "/" + std::get<0>(GetParam()) + ".py").rdbuf();
        source_ = text.str();
    }

    // Every allocation where a single one fails; where memory does not come back, and under a
    // sanitizer, a sample.
    [[nodiscard]] static uint64_t stride() {
        const uint64_t sanitized = TAGPROOF_ADDRESS_SANITIZER ? 13 : 1;
        return std::get<bool>(GetParam()) ? sanitized * 5 : sanitized;
    }

    void fresh() { guest_ = std::make_unique<Guest>(std::get<JitMode>(GetParam())); }

    // One run in which allocation `at` fails. True when it had so many.
    bool runFailingAt(uint64_t at) {
        Shortage shortage{at, std::get<bool>(GetParam()), 0};
        const std::string error = guest_->run(source_, shortage);
        SCOPED_TRACE("allocation " + std::to_string(at));
        if (error.empty()) {
            EXPECT_EQ(guest_->result(), expected_);
        } else {
            EXPECT_EQ(error, "MemoryError()");
        }
        EXPECT_EQ(guest_->findings(), "");
        return shortage.hasStruck();
    }

    std::string source_;
    std::string expected_;
    std::unique_ptr<Guest> guest_;
};

TEST_P(OutOfMemoryTest, EveryAllocationMayFail) {
    fresh();
    Shortage none;
    ASSERT_EQ(guest_->run(source_, none), "");
    expected_ = guest_->result();
    ASSERT_EQ(guest_->findings(), "");
    const char* const only = std::getenv("TAGPROOF_FAIL_AT");
    if (only != nullptr) {
        fresh();
        runFailingAt(std::strtoull(only, nullptr, 10));
        return;
    }
    uint64_t runs = 0;
    uint64_t at = 1;
    while (!HasFailure()) {
        if (runs++ % kRunsOfVm == 0) fresh();
        if (!runFailingAt(at)) break;
        at += stride();
    }
    RecordProperty("allocations", static_cast<int>(at));
    EXPECT_GT(at, 100U);
}

constexpr std::array kScenarios = {
    "byte_strings", "classes",   "collector", "containers", "exceptions", "finalizers",
    "generators",   "hot",       "imports",   "instances",  "managers",   "matching",
    "numbers",      "protocols", "sorting",   "strings",    "weakrefs"};

std::string nameOf(const testing::TestParamInfo<Case>& info) {
    const auto& [scenario, mode, lasting] = info.param;
    return std::string(scenario) + (mode == JitMode::kOff ? "_interpreted" : "_compiled") +
           (lasting ? "_for_good" : "_once");
}

INSTANTIATE_TEST_SUITE_P(Scenarios,
                         OutOfMemoryTest,
                         testing::Combine(testing::ValuesIn(kScenarios),
                                          testing::Values(JitMode::kOff, JitMode::kAlways),
                                          testing::Bool()),
                         nameOf);

}  // namespace
}  // namespace tagproof
