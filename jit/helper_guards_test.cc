// Helpers called as a wrong compiler would: with value words, which the verifier accepts, that are
// not what the helper takes. Each such call ends the process before the helper runs.

#include "jit/helper_guards.h"

#include <gtest/gtest.h>

#include <string>

#include "jit/jit_test_support.h"
#include "jit/watched_call.h"
#include "objmodel/dict.h"
#include "objmodel/ref.h"
#include "objmodel/singletons.h"
#include "objmodel/tuple.h"
#include "runtime/ops.h"

namespace tagproof {
namespace {

class HelperGuardsTest : public JitTest {
  protected:
    HelperGuardsTest() {
        run("l = [1]\nd = {}\ns = set()\nt = (1, 2)\n"
            "def f(): pass\n"
            "def outer():\n    x = 1\n    def inner(): return x\n    return inner\n"
            "inner = outer()\ncell = inner.__closure__[0]\n"
            "def gen(a): yield a\n"
            "code = f.__code__\ninner_code = inner.__code__\n"
            "native = len\nmethod = str.upper\nerror = ValueError()");
        clearPending(thread());
        for (Value& word : thread().args) word = Value::null();
    }

    // Calls the helper as emitted code does: words in registers, whatever its C++ type is.
    template <typename... Words>
    uint64_t call(Helper helper, Words... words) {
        const uint64_t registers[6] = {wordOf(&thread()), wordOf(words)...};
        uint64_t behind[7];
        return tagproofCallWatched(helperInfo(helper).address, registers, 0, behind);
    }
    template <typename... Words>
    void refused(Helper helper, const std::string& how, Words... words) {
        const std::string name(helperInfo(helper).name);
        EXPECT_DEATH(call(helper, words...), "compiled code calls " + name + " with " + how);
    }
    void arguments(size_t count) {
        for (size_t i = 0; i < count; ++i) thread().args[i] = Value::fixnum(1);
    }

    const Value one_ = Value::fixnum(1);
    static constexpr const char* kFirst = "a wrong argument 1";
    static constexpr const char* kSecond = "a wrong argument 2";
    static constexpr const char* kThird = "a wrong argument 3";
    static constexpr const char* kTogether = "arguments that do not go together";

  private:
    static uint64_t wordOf(Value value) { return value.bits; }
    static uint64_t wordOf(int number) { return static_cast<uint64_t>(number); }
    static uint64_t wordOf(const void* address) { return reinterpret_cast<uint64_t>(address); }
};

using HelperGuardsDeathTest = HelperGuardsTest;

TEST_F(HelperGuardsDeathTest, ValuesOfAnotherType) {
    refused(Helper::kStoreCell, kFirst, global("l"), one_);
    refused(Helper::kStoreCell, kFirst, one_, one_);
    refused(Helper::kLoadFreeCell, kFirst, global("l"), 0);
    refused(Helper::kListAppend, kFirst, global("t"), one_);
    refused(Helper::kListExtend, kFirst, global("s"), global("l"));
    refused(Helper::kListToTuple, kFirst, global("t"));
    refused(Helper::kSetAdd, kFirst, global("d"), one_);
    refused(Helper::kMapAdd, kFirst, global("s"), one_, one_);
    refused(Helper::kDictUpdate, kFirst, global("l"), global("d"));
    refused(Helper::kDictMerge, kFirst, global("l"), global("d"), one_);
    refused(Helper::kReraise, kFirst, global("l"));
    refused(Helper::kPushExcInfo, kFirst, one_);
    refused(Helper::kMatchKeys, kSecond, global("d"), global("l"));
    refused(Helper::kNewGenerator, kFirst, global("code"), 0);
    refused(Helper::kCallNative, kFirst, global("method"), 0);
    refused(Helper::kMakeFunction, kSecond, global("d").asObject(), global("f"), 0);
}

TEST_F(HelperGuardsDeathTest, CountsBeyondWhatIsThere) {
    arguments(3);
    refused(Helper::kBuildTuple, kFirst, 769);
    refused(Helper::kBuildTuple, kFirst, 4);
    refused(Helper::kBuildList, kFirst, -1);
    refused(Helper::kBuildMap, kFirst, 2);
    refused(Helper::kBuildMap, kFirst, 1 << 31);
    refused(Helper::kBuildString, kFirst, 257);
    refused(Helper::kCall, kThird, global("f"), 0, 4);
    refused(Helper::kUnpackSequence, kSecond, global("l"), 1000);
    refused(Helper::kUnpackEx, kTogether, global("l"), 200, 56);
}

TEST_F(HelperGuardsDeathTest, ArgumentsThatDoNotGoTogether) {
    arguments(2);
    refused(Helper::kLoadFreeCell, kTogether, global("f"), 0);
    refused(Helper::kLoadFreeCell, kTogether, global("inner"), 1);
    refused(Helper::kDeleteCell, kTogether, global("cell"), global("inner_code").asObject(), 1);
    refused(Helper::kCallNative, kTogether, global("native"), 2);
    refused(Helper::kCallNativeMethod, kTogether, global("method"), global("l"), 0);
    refused(Helper::kCallKw, kTogether, global("f"), 0, 1, global("t"));
    refused(Helper::kNewGenerator, kTogether, global("f"), 0);
    refused(Helper::kNewGenerator, kTogether, global("gen"), 2);
    refused(Helper::kMakeFunction, kTogether, global("d").asObject(), global("code"), 1);
    refused(Helper::kMakeFunction, kTogether, global("d").asObject(), global("inner_code"), 0);
    refused(Helper::kBinary, kTogether, one_, one_, 13);
    refused(Helper::kInplace, kTogether, one_, one_, 13);
    refused(Helper::kUnary, kTogether, one_, 3);
    refused(Helper::kCompare, kTogether, one_, one_, 6);
    refused(Helper::kTakePending, kTogether);
    refused(Helper::kAddTraceback, kTogether, global("code").asObject(), 9999, 0);
    refused(Helper::kImportName, kTogether, global("d").asObject(), global("d").asObject(), one_,
            global("l"));
    refused(Helper::kStoreFirst, kTogether, global("l"), 0, one_);
}

TEST_F(HelperGuardsTest, WhatFitsIsCalled) {
    arguments(2);
    EXPECT_EQ(call(Helper::kListAppend, global("l"), one_), 0U);
    EXPECT_EQ(reprOfGlobal("l"), "[1, 1]");
    const Ref tuple(Value{call(Helper::kBuildTuple, 2)});
    EXPECT_EQ(tuple.as<Tuple>()->size, 2U);
    thread().args[0] = global("l");
    EXPECT_EQ(call(Helper::kCallNative, global("native"), 1), Value::fixnum(2).bits);
    const Ref value(Value{call(Helper::kLoadFreeCell, global("inner"), 0)});
    EXPECT_TRUE(value);
}

// What takes any value is not looked at on the way.
TEST_F(HelperGuardsTest, OthersAreTheHelpersThemselves) {
    EXPECT_EQ(helperInfo(Helper::kGetItem).address, reinterpret_cast<uint64_t>(&opGetItem));
    EXPECT_NE(helperInfo(Helper::kListAppend).address, reinterpret_cast<uint64_t>(&opListAppend));
}

}  // namespace
}  // namespace tagproof
