#pragma once
// What has been proven of the present text: the verifier's sources, the proofs' and z3's version
// are the key; another key, another cache.

#include <map>
#include <optional>
#include <string>

namespace tagproof::soundness {

// How a proof went. Only proofs that succeeded are kept.
struct Record {
    std::string method;
    uint64_t paths = 0;
    uint64_t queries = 0;
    uint64_t claims = 0;
    double seconds = 0;
    bool is_cached = false;
    std::string failure;  // empty: proven
};

class Cache {
  public:
    Cache();  // reads the build tree's file
    [[nodiscard]] std::optional<Record> find(const std::string& name) const;
    void add(const std::string& name, const Record& record);  // writes it

  private:
    std::string key_;
    std::map<std::string, Record> records_;
};

}  // namespace tagproof::soundness
