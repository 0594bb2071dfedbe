#pragma once
// JSON on standard output: indented, and valid whatever bytes a file name or a program put into it.

#include <cstdio>
#include <nlohmann/json.hpp>

#include "objmodel/print.h"

namespace tagproof::cli {

template <typename Json>
void printJson(const Json& json) {
    constexpr int kIndent = 2;
    printTo(stdout, "{}\n", json.dump(kIndent, ' ', false, Json::error_handler_t::replace));
}

}  // namespace tagproof::cli
