#pragma once
// The files of tools/tagproof/page, embedded by tools/cmake/EmbedText.cmake.

#include <string_view>

namespace tagproof::cli {

extern const std::string_view kPageCss;
extern const std::string_view kPageJs;

}  // namespace tagproof::cli
