#include "objmodel/check.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace tagproof {

void checkFailed(const char* file, int line, std::string_view text) {
    const std::string message = fmt::format("{}:{}: check failed: {}\n", file, line, text);
    std::fwrite(message.data(), 1, message.size(), stderr);
    std::fflush(stderr);
    std::abort();
}

}  // namespace tagproof
