#pragma once
// What has been proven of the present text: the verifier's sources, the proofs' and z3's version
// are the key; another key, another cache.

#include <map>
#include <optional>
#include <string>

namespace tagproof::soundness {

enum class Verdict : uint8_t {
    kProven,
    kRefuted,     // by a counterexample
    kUnfinished,  // not in its time
    kFailed,      // nothing was proven: no way through the function, or no answer at all
};

// How a proof went. Only proofs that succeeded are kept.
struct Record {
    Verdict verdict = Verdict::kFailed;
    std::string method;
    uint64_t paths = 0;
    uint64_t queries = 0;
    uint64_t claims = 0;
    double seconds = 0;
    bool is_cached = false;
    std::string failure = {};  // the counterexample or reason
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
