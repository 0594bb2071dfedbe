#include "tools/tagproof/proof_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "tools/tagproof/files.h"

namespace tagproof::cli {

namespace {

// A name that every file system takes.
std::string fileName(const std::string& function) {
    constexpr size_t kLongest = 100;
    std::string name = function.substr(0, kLongest);
    const auto is_plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
    };
    std::ranges::replace_if(
        name, [&](char c) { return !is_plain(c); }, '_');
    if (name.empty() || name.front() == '.') name = fmt::format("_{}", name);
    return name;
}

}  // namespace

void ProofExport::add(const FunctionProof& proof, std::span<const uint8_t> code) {
    std::string name = fileName(proof.function);
    const int taken = ++names_[name];
    if (taken > 1) name += fmt::format("-{}", taken);
    const std::string path = folder_ + "/" + name;
    constexpr int kIndent = 1;
    const nlohmann::ordered_json manifest = {{"address", fmt::format("{:#x}", proof.address)},
                                             {"trusted", proof.assumptions}};
    writeFile(path + ".bin", {reinterpret_cast<const char*>(code.data()), code.size()});
    writeFile(path + ".json",
              manifest.dump(kIndent, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

}  // namespace tagproof::cli
