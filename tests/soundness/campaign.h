#pragma once
// What all campaigns of tests/soundness share: their command line, progress, and the way results
// are printed. A campaign is a program `soundness-NAME` whose run is determined by its seed and
// count; its exit status is 0 only if nothing contradicted the verifier.

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tagproof::soundness {

struct Options {
    uint64_t seed = 1;
    uint64_t count = 0;  // units of work, as the campaign defines them
    unsigned jobs = 1;   // processes or threads
    bool json = false;
};

// One line of the summary; `key` names it in JSON.
struct Figure {
    std::string key;
    std::string label;  // for people
    nlohmann::ordered_json value;
};

struct Outcome {
    bool ok = false;
    std::vector<Figure> figures;
    std::vector<std::string> findings;  // each one a failure, with how to reproduce it
};

struct Campaign {
    std::string name;
    std::string purpose;       // one sentence, for --help
    std::string unit;          // what --count counts: "encodings"
    uint64_t short_count = 0;  // of --short, the form of the test command
    uint64_t long_count = 0;   // without options: the figure to quote
    std::function<Outcome(const Options&)> run;
};

// Parses the command line, runs, prints. Returns the exit status: 0 nothing found, 1 findings,
// 2 bad usage or an environment that the campaign cannot run in.
int campaignMain(int argc, char** argv, const Campaign& campaign);

// Progress on standard error, at most once a second and only on a terminal.
class Progress {
  public:
    Progress(std::string what, uint64_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void update(uint64_t done);

  private:
    std::string what_;
    uint64_t total_;
    int64_t last_ms_;
    bool shown_ = false;
    bool terminal_;
};

}  // namespace tagproof::soundness
