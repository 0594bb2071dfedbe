#include "runtime/native_depth.h"

#include "runtime/poll.h"
#include "runtime/vm_test_support.h"

namespace tagproof {
namespace {

class NativeDepthTest : public VmTest {
  protected:
    // Pretends that the stack below the caller holds about `frames` activations of compiled code.
    void leaveRoomFor(uint64_t frames) {
        const auto here = reinterpret_cast<uint64_t>(__builtin_frame_address(0));
        thread().stack_limit =
            here - frames * layout::kCompiledFrameBytes - kInterpreterReserve - 256;
    }
};

TEST_F(NativeDepthTest, AScopeSetsWhatTheStackHoldsAndRestoresIt) {
    setRecursionLimit(thread(), 1000000);
    const uint32_t before = thread().depth_limit;
    leaveRoomFor(100);
    {
        const NativeDepthScope scope(thread());
        EXPECT_NEAR(thread().depth_limit, thread().recursion_depth + 100, 1);
        EXPECT_EQ(thread().entry_limit, thread().depth_limit);
    }
    EXPECT_EQ(thread().depth_limit, before);
    EXPECT_EQ(thread().entry_limit, before);
}

TEST_F(NativeDepthTest, TheGuestsLimitIsNeverExceeded) {
    setRecursionLimit(thread(), 50);
    const NativeDepthScope scope(thread());
    EXPECT_EQ(thread().depth_limit, 50u);
}

TEST_F(NativeDepthTest, ALowerLimitHoldsAtOnceAndBehindTheScopes) {
    setRecursionLimit(thread(), 1000000);
    leaveRoomFor(100);
    {
        const NativeDepthScope scope(thread());
        setRecursionLimit(thread(), 40);
        EXPECT_EQ(thread().entry_limit, 40u);
        setRecursionLimit(thread(), 60);
        EXPECT_EQ(thread().entry_limit, 40u);
    }
    EXPECT_LE(thread().entry_limit, 60u);
}

TEST_F(NativeDepthTest, WithoutRoomCompiledCodeIsNotEntered) {
    EXPECT_TRUE(hasRoomForCompiled(thread()));
    leaveRoomFor(0);
    thread().stack_limit += 512;
    EXPECT_FALSE(hasRoomForCompiled(thread()));
}

TEST_F(NativeDepthTest, ARequestMakesEveryEntrySlowUntilItIsPolled) {
    requestPoll(thread(), kPollCompiler);
    EXPECT_EQ(thread().entry_limit, 0u);
    {
        setRecursionLimit(thread(), 1000000);
        leaveRoomFor(100);
        const NativeDepthScope scope(thread());
        EXPECT_EQ(thread().entry_limit, 0u);
        EXPECT_EQ(runPoll(thread()), 0);
        EXPECT_EQ(thread().entry_limit, thread().depth_limit);
    }
    EXPECT_EQ(thread().entry_limit, thread().depth_limit);
}

}  // namespace
}  // namespace tagproof
