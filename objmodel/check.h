#pragma once
// Checks of our own invariants: a failure is a bug of the runtime, never of the program it runs, so
// it prints where and what, and aborts. TAGPROOF_CHECK stands in every build, TAGPROOF_DCHECK in
// debug builds.

#include <string_view>

namespace tagproof {

// Prints `file:line: check failed: text` on standard error and aborts.
[[noreturn]] void checkFailed(const char* file, int line, std::string_view text);

}  // namespace tagproof

#define TAGPROOF_CHECK(condition, text) \
    (static_cast<bool>(condition) ? void() : ::tagproof::checkFailed(__FILE__, __LINE__, text))

#ifdef NDEBUG
#define TAGPROOF_DCHECK(condition, text) void()
#else
#define TAGPROOF_DCHECK(condition, text) TAGPROOF_CHECK(condition, text)
#endif
