// Functions that the compiler emits: Python programs are run in this process, with their output
// thrown away, and each unit is copied when it has been proven.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <string>

#include "jit/jit.h"
#include "jit/verify/check_tables.h"
#include "runtime/vm.h"
#include "tests/soundness/mutants/corpus.h"
#include "tests/soundness/mutants/relocate.h"

namespace tagproof::soundness {
namespace {

namespace fs = std::filesystem;

// Sends standard output and error to /dev/null while it lives.
class Silence {
  public:
    Silence() : null_(open("/dev/null", O_WRONLY | O_CLOEXEC)) {
        for (int k = 0; k < 2; ++k) {
            saved_[k] = dup(k + 1);
            dup2(null_, k + 1);
        }
    }
    ~Silence() {
        std::fflush(nullptr);
        for (int k = 0; k < 2; ++k) {
            dup2(saved_[k], k + 1);
            close(saved_[k]);
        }
        close(null_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

  private:
    int null_;
    int saved_[2];
};

std::vector<std::string> programs() {
    std::vector<std::string> paths;
    for (const char* folder : {"tests/conformance", "bench/programs"}) {
        if (!fs::is_directory(folder)) {
            throw std::runtime_error(std::string("no folder ") + folder +
                                     " here: run it in the project's own, as tools/soundness does");
        }
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            const fs::path& path = entry.path();
            const bool is_suite = path.filename().string().starts_with("run");
            if (path.extension() == ".py" && !is_suite) paths.push_back(path.string());
        }
    }
    std::ranges::sort(paths);
    return paths;
}

struct Recording {
    Corpus& corpus;
    std::set<Bytes>& seen;
    const std::string& path;
    JitOptions options;
};

void record(const CheckedUnit& checked, void* context) {
    const CompiledUnit& unit = checked.unit;
    const verify::Trusted& trusted = checked.trusted;
    auto& recording = *static_cast<Recording*>(context);
    if (!checked.verdict.ok) {
        recording.corpus.rejected.push_back(recording.path + ": " + unit.name);
        return;
    }
    const auto faults = verify::checkTables(trusted, reinterpret_cast<uint64_t>(unit.bytes.data()),
                                            unit.bytes.size());
    for (const verify::TableFault& fault : faults) {
        recording.corpus.rejected.push_back(recording.path + ": " + unit.name +
                                            ": tables: " + fault.place + ": " + fault.what);
    }
    ++recording.corpus.emitted;
    const AddressMap map(trusted);
    Bytes code = map.relocate(unit.bytes);
    if (!map.fits() || !recording.seen.insert(code).second) return;
    const auto moved = [&map](uint64_t address) { return map.moved(address); };
    add(recording.corpus, {recording.path + ": " + unit.name, std::move(code),
                           std::make_unique<OwnedTables>(trusted, moved)});
}

int runProgram(void* context) {
    auto& recording = *static_cast<Recording*>(context);
    VmOptions options;
    options.interrupts = false;
    const std::unique_ptr<Vm> vm = Vm::create(options);
    if (vm == nullptr) return 1;
    const std::unique_ptr<Jit> jit = Jit::attach(*vm, recording.options);
    if (jit == nullptr) return 1;
    jit->setCheckedSink(record, &recording);
    return vm->runFile(recording.path);
}

}  // namespace

void addEmitted(Corpus& corpus, unsigned share) {
    const std::vector<std::string> paths = programs();
    std::set<Bytes> seen;
    const Silence silence;
    for (size_t k = 0; k < paths.size(); k += share) {
        Recording recording{corpus, seen, paths[k], {}};
        recording.options.mode = JitMode::kAuto;
        recording.options.call_threshold = recording.options.loop_threshold = 2;
        recording.options.cpu = CpuLevel::kBaseline;  // the emulator has no AVX
        recording.options.deopt_stress = corpus.scripts % 4 == 3;
        static_cast<void>(runOnGuestStack(runProgram, &recording));
        ++corpus.scripts;
    }
}

}  // namespace tagproof::soundness
