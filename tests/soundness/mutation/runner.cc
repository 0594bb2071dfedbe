#include "tests/soundness/mutation/runner.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

#include "tests/soundness/mutation/active.h"

namespace tagproof::soundness {
namespace {

// Filters of the stages: tests that take no time, all encodings, tests that take longer than all
// others together.
constexpr const char* kStages[Runner::kStageCount] = {
    "-Decode.*:RandomBytes.*:Pressure/*:Limits.*:Hints.MutatedHintsNeverHideAFault",
    "Decode.*",
    "RandomBytes.*:Pressure/*:Limits.*:Hints.MutatedHintsNeverHideAFault",
};
constexpr rlim_t kMemory = rlim_t{4} << 30;  // of one process
constexpr unsigned kPatience = 300;          // seconds of the clock, should one sleep

struct Child {
    size_t index = 0;  // of its trial
    unsigned stage = 0;
    std::FILE* output = nullptr;  // owned
};

// In the child: never returns.
[[noreturn]] void become(const std::string& program,
                         unsigned mutant,
                         unsigned stage,
                         unsigned seconds,
                         std::FILE* output) {
    const std::string filter = fmt::format("--gtest_filter={}", kStages[stage]);
    setenv(mutation::kVariable, std::to_string(mutant).c_str(), 1);
    const rlimit time{seconds, seconds};
    const rlimit memory{kMemory, kMemory};
    const rlimit core{0, 0};
    setrlimit(RLIMIT_CPU, &time);
    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_CORE, &core);
    alarm(kPatience);
    dup2(fileno(output), STDOUT_FILENO);
    dup2(fileno(output), STDERR_FILENO);
    execl(program.c_str(), program.c_str(), filter.c_str(), "--gtest_fail_fast", "--gtest_brief=1",
          nullptr);
    _exit(2);
}

// The first failed test that the output names.
std::string failedTest(std::FILE* output) {
    std::rewind(output);
    char line[1024];
    while (std::fgets(line, sizeof line, output) != nullptr) {
        const std::string text = line;
        const std::string mark = "[  FAILED  ] ";
        if (text.rfind(mark, 0) != 0) continue;
        return text.substr(mark.size(), text.find_first_of(", \n", mark.size()) - mark.size());
    }
    return "?";
}

Fate fateOf(int status) {
    if (WIFEXITED(status)) return WEXITSTATUS(status) == 0 ? Fate::kSurvived : Fate::kTestFailed;
    const int signal = WTERMSIG(status);
    const bool is_time = signal == SIGXCPU || signal == SIGKILL || signal == SIGALRM;
    return is_time ? Fate::kTimeLimit : Fate::kCrashed;
}

// How a process ended.
struct End {
    size_t index = 0;  // of its trial
    unsigned stage = 0;
    Fate fate = Fate::kCrashed;
    std::string by;
    double seconds = 0;  // of the processor
};

double secondsOf(const rusage& usage) {
    const timeval& user = usage.ru_utime;
    const timeval& system = usage.ru_stime;
    return static_cast<double>(user.tv_sec + system.tv_sec) +
           static_cast<double>(user.tv_usec + system.tv_usec) / 1e6;
}

// Processes under way.
class Crew {
  public:
    explicit Crew(const std::string& program) : program_(program) {}

    void start(size_t index, unsigned mutant, unsigned stage, unsigned seconds) {
        std::FILE* output = std::tmpfile();
        std::fflush(nullptr);
        const pid_t pid = fork();
        if (pid == 0) become(program_, mutant, stage, seconds, output);
        children_[pid] = Child{index, stage, output};
    }

    // Waits for one to end; there must be one.
    [[nodiscard]] End wait() {
        int status = 0;
        rusage usage{};
        const pid_t pid = wait4(-1, &status, 0, &usage);
        const Child child = children_.at(pid);
        children_.erase(pid);
        End end{child.index, child.stage, fateOf(status), {}, secondsOf(usage)};
        if (end.fate == Fate::kTestFailed) end.by = failedTest(child.output);
        std::fclose(child.output);
        return end;
    }

    [[nodiscard]] size_t size() const { return children_.size(); }

  private:
    const std::string& program_;
    std::map<pid_t, Child> children_;
};

}  // namespace

Runner::Runner(std::string program) : program_(std::move(program)) {}

bool Runner::calibrate() {
    Crew crew(program_);
    for (unsigned stage = 0; stage < kStageCount; ++stage) {
        crew.start(0, 0, stage, kPatience);
        const End end = crew.wait();
        if (end.fate != Fate::kSurvived) return false;
        limits_[stage] = static_cast<unsigned>(std::ceil(4 * end.seconds)) + 2;
    }
    return true;
}

std::vector<Trial> Runner::run(const std::vector<Order>& orders,
                               unsigned jobs,
                               const std::function<void(size_t)>& progress) const {
    std::vector<Trial> trials(orders.size());
    Crew crew(program_);
    size_t next = 0;
    size_t done = 0;
    while (done < orders.size()) {
        while (next < orders.size() && crew.size() < jobs) {
            crew.start(next, orders[next].mutant, 0, limits_[0]);
            ++next;
        }
        const End end = crew.wait();
        const Order& order = orders[end.index];
        const unsigned next_stage = end.stage + 1;
        if (end.fate == Fate::kSurvived && next_stage < order.stages) {
            crew.start(end.index, order.mutant, next_stage, limits_[next_stage]);
            continue;
        }
        trials[end.index] = Trial{end.fate, end.by, end.stage};
        progress(++done);
    }
    return trials;
}

}  // namespace tagproof::soundness
