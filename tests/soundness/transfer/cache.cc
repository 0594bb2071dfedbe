#include "tests/soundness/transfer/cache.h"

#include <unistd.h>
#include <z3.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "symbolic/digest.h"

namespace tagproof::soundness {
namespace {

constexpr const char* kPath = TAGPROOF_PROOF_CACHE;

}  // namespace

Cache::Cache() : key_(std::string(symbolic::kDigest) + " " + Z3_get_full_version()) {
    std::ifstream file(kPath);
    const auto all = nlohmann::json::parse(file, nullptr, false);
    if (!all.is_object() || all.value("key", "") != key_) return;
    for (const auto& [name, one] : all["proofs"].items()) {
        records_[name] = Record{.verdict = Verdict::kProven,
                                .method = one.value("method", ""),
                                .paths = one.value("paths", uint64_t{0}),
                                .queries = one.value("queries", uint64_t{0}),
                                .claims = one.value("claims", uint64_t{0}),
                                .seconds = one.value("seconds", 0.0),
                                .is_cached = true};
    }
}

std::optional<Record> Cache::find(const std::string& name) const {
    const auto found = records_.find(name);
    if (found == records_.end()) return std::nullopt;
    return found->second;
}

void Cache::add(const std::string& name, const Record& record) {
    records_[name] = record;
    nlohmann::json all;
    all["key"] = key_;
    for (const auto& [key, one] : records_) {
        all["proofs"][key] = {{"method", one.method},
                              {"paths", one.paths},
                              {"queries", one.queries},
                              {"claims", one.claims},
                              {"seconds", one.seconds}};
    }
    const std::string fresh = std::string(kPath) + "." + std::to_string(getpid());
    std::ofstream(fresh) << all.dump(1);
    std::filesystem::rename(fresh, kPath);
}

}  // namespace tagproof::soundness
