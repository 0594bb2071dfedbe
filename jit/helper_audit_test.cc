// Helpers that do not do what their rows say, each found; entries that start with words that are no
// values; and code that is compiled to be audited: proven like the other, computing the same, every
// call counted.

#include "jit/helper_audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "jit/jit_test_support.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/float.h"
#include "objmodel/list.h"
#include "objmodel/managed_dict.h"
#include "objmodel/object.h"
#include "objmodel/ref.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "runtime/code.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"

// Leaves the caller's rbx changed; sets the direction flag.
asm(R"(
    .text
    .type tagproofClobbersRbx, @function
tagproofClobbersRbx:
    mov $1, %rbx
    mov $9, %rax
    ret
    .size tagproofClobbersRbx, .-tagproofClobbersRbx
    .type tagproofSetsDirection, @function
tagproofSetsDirection:
    std
    mov $9, %rax
    ret
    .size tagproofSetsDirection, .-tagproofSetsDirection
)");
extern "C" uint64_t tagproofClobbersRbx(tagproof::Thread*, uint64_t);
extern "C" uint64_t tagproofSetsDirection(tagproof::Thread*, uint64_t);

namespace tagproof {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Function = uint64_t (*)(Thread*, uint64_t);

class HelperAuditTest : public JitTest {
  protected:
    HelperAuditTest() : JitTest(interpreted()) {
        run("class C:\n    def __init__(self): self.x = [1]\n"
            "class D:\n    pass\n"
            "c = C()\ndef f(): return 1");
    }

    // What is found when `function` is called with the value as a helper of such a row.
    std::vector<std::string> findings(Function function,
                                      HelperEffect effect,
                                      HelperResult result = HelperResult::kValueOrNull,
                                      PendingRule pending = PendingRule::kAsResult,
                                      std::string_view value = "c",
                                      std::string_view arguments = "tv") {
        HelperAudit audit(vm().heap());
        const AuditRow row{
            {"helper", reinterpret_cast<uint64_t>(function), arguments, result, effect}, pending};
        CallWords words;
        words.words[0] = reinterpret_cast<uint64_t>(&thread());
        words.words[1] = value.empty() ? word_ : global(value).bits;
        last_ = audit.call(row, words);
        clearPending(thread());
        return audit.findings();
    }

    uint64_t word_ = 0;  // the argument where no global is named
    uint64_t last_ = 0;  // the last result

  private:
    static JitOptions interpreted() {
        JitOptions options;
        options.mode = JitMode::kOff;
        return options;
    }
};

uint64_t fixnum(Thread*, uint64_t) { return Value::fixnum(1).bits; }
// 1e100 has no immediate word.
uint64_t boxes(Thread* thread, uint64_t) { return makeFloat(*thread, 1e100).bits; }
uint64_t allocates(Thread* thread, uint64_t) { return Value::of(makeList(*thread)).bits; }
uint64_t frees(Thread* thread, uint64_t) {
    decref(makeFloat(*thread, 1e100));
    return Value::fixnum(1).bits;
}
uint64_t materialises(Thread* thread, uint64_t word) {
    return managedDict(*thread, Value{word}.asObject()) == nullptr ? 0 : Value::fixnum(1).bits;
}
uint64_t callsGuest(Thread* thread, uint64_t word) { return call(*thread, Value{word}, {}).bits; }
uint64_t null(Thread*, uint64_t) { return 0; }
uint64_t slotWord(Thread*, uint64_t word) { return Value{word}.asObject()->slot.rawWord(); }
uint64_t interiorPointer(Thread*, uint64_t word) { return word + 0x18; }
uint64_t raisesAndReturns(Thread* thread, uint64_t) {
    raiseText(*thread, ExceptionKind::kTypeError, "told");
    return Value::fixnum(1).bits;
}
uint64_t raises(Thread* thread, uint64_t) {
    raiseText(*thread, ExceptionKind::kTypeError, "told");
    return 0;
}
uint64_t negative(Thread*, uint64_t) { return 0xFFFFFFFF; }

TEST_F(HelperAuditTest, HonestHelpers) {
    using enum HelperEffect;
    EXPECT_THAT(findings(fixnum, kLeaf), IsEmpty());
    EXPECT_EQ(last_, Value::fixnum(1).bits);
    EXPECT_THAT(findings(boxes, kLeaf), IsEmpty());
    decref(Value{last_});
    EXPECT_THAT(findings(allocates, kAllocates), IsEmpty());
    decref(Value{last_});
    EXPECT_THAT(findings(frees, kAllocates), IsEmpty());
    EXPECT_THAT(findings(raises, kRunsGuest), IsEmpty());
    EXPECT_THAT(findings(callsGuest, kRunsGuest, HelperResult::kValue, PendingRule::kAsResult, "f"),
                IsEmpty());
    EXPECT_THAT(findings(null, kLeaf, HelperResult::kValueOrNull, PendingRule::kIfNull), IsEmpty());
}

TEST_F(HelperAuditTest, LeavesThatAreNone) {
    using enum HelperEffect;
    EXPECT_THAT(findings(allocates, kLeaf), ElementsAre("helper: allocates more than a float"));
    decref(Value{last_});
    EXPECT_THAT(findings(frees, kLeaf), ElementsAre("helper: frees memory"));
    EXPECT_THAT(findings(materialises, kLeaf),
                ElementsAre("helper: allocates more than a float",
                            "helper: changes type or slot of argument 1"));
}

TEST_F(HelperAuditTest, GuestCodeWhereNoneMayRun) {
    using enum HelperEffect;
    for (const HelperEffect effect : {kLeaf, kAllocates}) {
        EXPECT_THAT(
            findings(callsGuest, effect, HelperResult::kValueOrNull, PendingRule::kAsResult, "f"),
            testing::Contains("helper: runs guest code"));
    }
}

TEST_F(HelperAuditTest, ResultsThatAreNone) {
    using enum HelperResult;
    constexpr HelperEffect kEffect = HelperEffect::kRunsGuest;
    constexpr const char* kText = "helper: the result is not of its kind";
    EXPECT_THAT(findings(null, kEffect, kValue, PendingRule::kUnchecked), ElementsAre(kText));
    EXPECT_THAT(findings(slotWord, kEffect, kValueOrNull), ElementsAre(kText));
    EXPECT_THAT(findings(interiorPointer, kEffect, kValueOrNull), ElementsAre(kText));
    EXPECT_THAT(findings(fixnum, kEffect, kObjectOrNull), ElementsAre(kText));
}

TEST_F(HelperAuditTest, ExceptionsThatDoNotFitTheResult) {
    using enum HelperResult;
    constexpr HelperEffect kEffect = HelperEffect::kRunsGuest;
    constexpr const char* kPending = "helper: leaves an exception pending";
    constexpr const char* kMissing = "helper: leaves no exception pending";
    EXPECT_THAT(findings(raisesAndReturns, kEffect), ElementsAre(kPending));
    EXPECT_THAT(findings(raisesAndReturns, kEffect, kInt), ElementsAre(kPending));
    EXPECT_THAT(findings(raises, kEffect, kNone), ElementsAre(kPending));
    EXPECT_THAT(findings(null, kEffect), ElementsAre(kMissing));
    EXPECT_THAT(findings(negative, kEffect, kInt), ElementsAre(kMissing));
    EXPECT_THAT(findings(fixnum, kEffect, kInt, PendingRule::kAlways), ElementsAre(kMissing));
}

TEST_F(HelperAuditTest, RegistersThatAreNotKept) {
    EXPECT_THAT(findings(tagproofClobbersRbx, HelperEffect::kLeaf),
                ElementsAre("helper: does not preserve rbx"));
    EXPECT_THAT(findings(tagproofSetsDirection, HelperEffect::kLeaf),
                ElementsAre("helper: sets the direction flag"));
}

TEST_F(HelperAuditTest, ArgumentsOfAnotherKind) {
    constexpr const char* kText = "helper: argument 1 is not of kind v";
    const auto with = [&](uint64_t word, std::string_view arguments) {
        word_ = word;
        return findings(fixnum, HelperEffect::kRunsGuest, HelperResult::kValue,
                        PendingRule::kAsResult, "", arguments);
    };
    const uint64_t object = global("c").bits;
    EXPECT_THAT(with(0, "tv"), ElementsAre(kText));
    EXPECT_THAT(with(0, "tn"), IsEmpty());
    EXPECT_THAT(with(object, "tv"), IsEmpty());
    EXPECT_THAT(with(object + 0x18, "tv"), ElementsAre(kText));
    EXPECT_THAT(with(Value{object}.asObject()->slot.rawWord(), "tv"), ElementsAre(kText));
    EXPECT_THAT(with(object, "to"), ElementsAre("helper: argument 1 is not of kind o"));
}

TEST_F(HelperAuditTest, HandlesOfAnotherSort) {
    const auto with = [&](uint64_t word, std::string_view arguments) {
        word_ = word;
        return findings(fixnum, HelperEffect::kRunsGuest, HelperResult::kValue,
                        PendingRule::kAsResult, "", arguments);
    };
    const uint64_t type = global("C").bits;
    EXPECT_THAT(with(type, "tT"), IsEmpty());
    for (const std::string_view arguments : {"tN", "tD", "tG", "tS"}) {
        EXPECT_THAT(with(type, arguments), testing::SizeIs(1)) << arguments;
    }
    EXPECT_THAT(with(type + 16, "tT"), ElementsAre("helper: argument 1 is not of kind T"));
    EXPECT_THAT(with(0, "tT"), ElementsAre("helper: argument 1 is not of kind T"));
    const uint64_t code = reinterpret_cast<uint64_t>(global("f").as<tagproof::Function>()->code);
    EXPECT_THAT(with(code, "tG"), IsEmpty());
    EXPECT_THAT(with(Value::of(thread().singletons->names.init).bits, "tN"), IsEmpty());
}

// --- audited code --------------------------------------------------------------------------------

constexpr std::string_view kProgram = R"(
class C:
    def __init__(self, x):
        self.x = x
    def twice(self):
        return self.x + self.x

def f(values):
    total = ''
    for value in values:
        c = C(value)
        try:
            total += c.twice()
        except TypeError as error:
            total += type(error).__name__
        total += f'{c.x}'
    return total

result = [f(['a', 1, 2.5, None]) for i in range(5)][-1]
)";

JitOptions audited(JitMode mode) {
    JitOptions options;
    options.mode = mode;
    options.call_threshold = 2;
    options.loop_threshold = 2;
    options.check_helpers = true;
    return options;
}

class AuditedTest : public JitTest {
  protected:
    AuditedTest() : JitTest(audited(JitMode::kAuto)) {}
};

TEST_F(AuditedTest, CodeIsProvenAndComputesTheSame) {
    run(kProgram);
    EXPECT_EQ(reprOfGlobal("result"), "'aaaTypeError1TypeError2.5TypeErrorNone'");
    EXPECT_EQ(jit().statistics().rejected, 0U);
    EXPECT_GE(jit().statistics().functions_compiled, 3U);
    ASSERT_NE(jit().helperAudit(), nullptr);
    EXPECT_THAT(jit().helperAudit()->findings(), IsEmpty());
    EXPECT_GT(jit().helperAudit()->callsOf(Helper::kFormatValue), 0U);
    EXPECT_GT(jit().helperAudit()->callsOf(Helper::kBinary), 0U);
    EXPECT_EQ(jit().helperAudit()->callsOf(Helper::kImportName), 0U);
}

// The words that an entry starts with, wrong one at a time.
class AuditedEntryTest : public AuditedTest {
  protected:
    AuditedEntryTest() {
        run("def f(a, b, c, d, e, g, h): return a\n"
            "result = [f(1, 2, 3, 4, 5, 6, 7) for i in range(9)]");
        clearPending(thread());
    }

    // Calls f's entry; the result's word.
    uint64_t enter(uint64_t fifth, uint64_t seventh) {
        thread().callee = global("f");
        thread().args[5] = Value::fixnum(6);
        thread().args[6] = Value{seventh};
        const Value one = Value::fixnum(1);
        const auto* code = global("f").as<tagproof::Function>()->code;
        return reinterpret_cast<Entry>(code->entry)(&thread(), one, one, one, one, Value{fifth})
            .bits;
    }
    [[nodiscard]] const std::vector<std::string>& found() {
        return jit().helperAudit()->findings();
    }
    const uint64_t two_ = Value::fixnum(2).bits;
};

TEST_F(AuditedEntryTest, ValuesAreWhatItTakes) {
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(enter(two_, two_), Value::fixnum(1).bits);
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(AuditedEntryTest, ArgumentsThatAreNoValues) {
    enter(0, two_);
    EXPECT_THAT(found(), ElementsAre("entry of f: argument 4 is no value"));
    enter(two_, reinterpret_cast<uint64_t>(&thread()));
    EXPECT_THAT(found(), ElementsAre("entry of f: argument 4 is no value",
                                     "entry of f: argument 6 is no value"));
}

TEST_F(AuditedEntryTest, CalleeThatIsNoFunction) {
    const auto* code = global("f").as<tagproof::Function>()->code;
    const auto entry = reinterpret_cast<Entry>(code->entry);
    const Value one = Value::fixnum(1);
    for (const Value callee : {Value::null(), one, global("result")}) {
        thread().callee = callee;
        EXPECT_TRUE(entry(&thread(), one, one, one, one, one).isNull());
        EXPECT_TRUE(pendingMatches(thread(), ExceptionKind::kSystemError));
        clearPending(thread());
    }
    EXPECT_THAT(found(), ElementsAre("entry: the thread's callee is no function with a unit"));
}

TEST(HelperAddressTest, CheckedOnesAreOthersAndDistinct) {
    std::set<uint64_t> addresses;
    for (const Helper helper : kAllHelpers) {
        EXPECT_EQ(helperAddress(helper, HelperCalls::kPlain), helperInfo(helper).address);
        EXPECT_TRUE(addresses.insert(helperAddress(helper, HelperCalls::kPlain)).second);
        EXPECT_TRUE(addresses.insert(helperAddress(helper, HelperCalls::kChecked)).second);
    }
}

}  // namespace
}  // namespace tagproof
