#pragma once
// /tmp/perf-<pid>.map: the names by which `perf report` shows compiled code.

#include <cstdint>
#include <span>
#include <string_view>

namespace tagproof {

void appendToPerfMap(std::span<const uint8_t> code, std::string_view name);

}  // namespace tagproof
