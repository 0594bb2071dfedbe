#include "runtime/output.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <string>

namespace tagproof {
namespace {

TEST(OutputTest, BuffersBlocksAndFlushesLines) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    OutputStream block(ends[1], Buffering::kBlock);
    EXPECT_EQ(block.write("held back\n"), 0);
    ASSERT_EQ(::fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    char text[64];
    EXPECT_EQ(::read(ends[0], text, sizeof(text)), -1);
    EXPECT_EQ(block.flush(), 0);
    EXPECT_EQ(::read(ends[0], text, sizeof(text)), 10);
    OutputStream line(ends[1], Buffering::kLine);
    EXPECT_EQ(line.write("no newline"), 0);
    EXPECT_EQ(::read(ends[0], text, sizeof(text)), -1);
    EXPECT_EQ(line.write("\n"), 0);
    EXPECT_EQ(::read(ends[0], text, sizeof(text)), 11);
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST(OutputTest, AFullDiskIsReported) {
    const int full = ::open("/dev/full", O_WRONLY);
    ASSERT_GE(full, 0);
    OutputStream stream(full, Buffering::kBlock);
    EXPECT_EQ(stream.write("text"), 0);
    EXPECT_EQ(stream.flush(), ENOSPC);
    EXPECT_EQ(stream.write(std::string(10000, 'x')), ENOSPC);
    ::close(full);
}

TEST(OutputTest, AClosedDescriptorIsReported) {
    OutputStream stream(-1, Buffering::kLine);
    EXPECT_EQ(stream.write("text\n"), EBADF);
}

}  // namespace
}  // namespace tagproof
