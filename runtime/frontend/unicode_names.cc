#include "runtime/frontend/unicode_names.h"
namespace tagproof::frontend {
std::optional<std::uint32_t> findCodePointNamed(std::string_view) { return std::nullopt; }
}  // namespace tagproof::frontend
