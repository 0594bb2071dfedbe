// Characters by name, for \N{...} escapes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tagproof::frontend {

// The code point with the given name or alias, in any case; nothing when there is none.
[[nodiscard]] std::optional<std::uint32_t> findCodePointNamed(std::string_view name);

}  // namespace tagproof::frontend
