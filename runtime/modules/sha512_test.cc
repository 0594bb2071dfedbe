#include "runtime/modules/sha512.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace tagproof {
namespace {

std::string hexOf(std::string_view message) {
    std::string text;
    for (const uint8_t byte : sha512(message)) text += fmt::format("{:02x}", byte);
    return text;
}

// The examples of the standard.
TEST(Sha512, Examples) {
    EXPECT_EQ(hexOf("abc"),
              "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
              "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    EXPECT_EQ(hexOf(""),
              "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
              "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
}

// Lengths around the ends of blocks.
TEST(Sha512, Padding) {
    EXPECT_EQ(hexOf(std::string(111, 'a')).substr(0, 16), "fa9121c7b32b9e01");
    EXPECT_EQ(hexOf(std::string(112, 'a')).substr(0, 16), "c01d080efd492776");
    EXPECT_EQ(hexOf(std::string(128, 'a')).substr(0, 16), "b73d1929aa615934");
    EXPECT_EQ(hexOf(std::string(300, 'a')).substr(0, 16), "a6a77010dd9696c2");
}

}  // namespace
}  // namespace tagproof
