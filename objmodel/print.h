#pragma once
// Formatted text to a C stream that never fails loudly: {fmt}'s own print throws when the stream is
// a closed pipe or a full disk. What could not be written shows in ferror(), as for printf.

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace tagproof {

template <class... Args>
void printTo(std::FILE* file, fmt::format_string<Args...> text, Args&&... args) {
    const std::string formatted = fmt::format(text, std::forward<Args>(args)...);
    static_cast<void>(std::fwrite(formatted.data(), 1, formatted.size(), file));
}

}  // namespace tagproof
