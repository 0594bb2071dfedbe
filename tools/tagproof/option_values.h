#pragma once
// The values that options take, as text -> data. Each throws BadValue, whose text says what was
// expected.

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "tools/tagproof/options.h"

namespace tagproof::cli {

class BadValue : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// "4096", "0x1000", "64m", "2GB" -> bytes.
[[nodiscard]] uint64_t parseSize(std::string_view text);

// A decimal number in [least, most].
[[nodiscard]] uint64_t parseCount(std::string_view text, uint64_t least, uint64_t most);

// "exit", "gc", or a number of allocations above 0.
[[nodiscard]] HeapCheck parseHeapCheck(std::string_view when);

// Adds the stages of a list such as "hir,asm" to what is dumped.
void addDumps(GuestOptions& options, std::string_view list);

// A pass of the compiler, or "build".
[[nodiscard]] std::string parsePass(std::string_view name);

// One of a few words.
template <typename T>
[[nodiscard]] T parseChoice(std::string_view text,
                            const std::initializer_list<std::pair<std::string_view, T>>& choices) {
    std::string names;
    for (const auto& [name, value] : choices) {
        if (name == text) return value;
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    throw BadValue("'" + std::string(text) + "' is none of " + names);
}

}  // namespace tagproof::cli
