#include "tests/soundness/write_set/worker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "tests/soundness/meanings.h"
#include "tests/soundness/write_set/model.h"
#include "tests/soundness/write_set/spoils.h"

namespace tagproof::soundness {
namespace {

using verify::Instruction;

constexpr uint64_t kCasesPerMemory = 32;
constexpr uint64_t kCasesPerSpoil = 8;
constexpr uint64_t kCasesPerChain = 2;

std::string hex(std::span<const uint8_t> bytes) {
    std::string out;
    for (const uint8_t byte : bytes) out += fmt::format("{:02x}", byte);
    return out.empty() ? "-" : out;
}

uint32_t shapeOf(const TestCase& test) {
    const Fields& f = test.fields;
    if (!test.form.has_memory) return test.form.is_wide ? 1 : 0;
    const uint32_t base = !f.has_base ? 0 : (f.base & 7) == 4 ? 1 : (f.base & 7) == 5 ? 2 : 3;
    const uint32_t index = f.has_index ? 1U + f.scale_bits : 0;
    const uint32_t disp = f.disp_bytes == 4 ? 2 : f.disp_bytes;
    return 2 + ((base * 5 + index) * 3 + disp) * 2 + (test.form.is_wide ? 1 : 0);
}
static_assert(2 + 4 * 5 * 3 * 2 <= kShapesPerRow);

class Worker {
  public:
    Worker(uint64_t seed, Report& report)
        : report_(report), maker_(seed), forms_(findTemplates()), image_(kArenaBytes) {
        seen_.memory.resize(kArenaBytes);
        seen_.memory_before = image_;
        seen_.test = &test_;
        for (const auto& forms : forms_) {
            for (const Template& form : forms) {
                if (CaseMaker::isLink(form) && (!form.is_vex || has_avx_)) links_.push_back(form);
            }
        }
    }
    void runAll(uint64_t runs);

  private:
    bool one(const Contract& contract, const Template& form);
    void chain(const Contract& contract);
    void noteCase();
    void observe(const Contract& contract, const Instruction& record);
    void runOnce(const Contract& contract, RunResult& result);
    void noteChanges(const Contract& contract);
    void judge(const Contract& contract, const Instruction& record);
    void spoil(const Contract& contract, const Instruction& record);
    void find(std::string_view what, const Instruction& record);

    Report& report_;
    Native native_;
    CaseMaker maker_;
    std::vector<std::vector<Template>> forms_;
    const bool has_avx_ = __builtin_cpu_supports("avx") != 0;
    std::vector<Template> links_;  // of chains
    std::vector<uint8_t> image_;   // the arena before the run
    TestCase test_;
    Observation seen_;
    Model model_;
    verify::Program program_;
};

void Worker::find(std::string_view what, const Instruction& record) {
    std::string line = fmt::format("{} ({}): {} after {}, flags {:x} -> {:x}, signal {}", what,
                                   verify::rowName(record.row), hex(test_.bytes), hex(test_.before),
                                   test_.cpu.flags, seen_.first.state.flags, seen_.first.signal);
    for (unsigned reg = 0; reg < 16; ++reg) {
        const uint64_t now = seen_.first.state.reg[reg];
        line += fmt::format(" r{}={:x}", reg, test_.cpu.reg[reg]);
        if (now != test_.cpu.reg[reg]) line += fmt::format("->{:x}", now);
    }
    const size_t used = std::strlen(report_.findings);
    if (used + line.size() + 2 > kFindingBytes) return;
    std::memcpy(report_.findings + used, line.data(), line.size());
    report_.findings[used + line.size()] = '\n';
    report_.findings[used + line.size() + 1] = 0;
}

void Worker::runOnce(const Contract& contract, RunResult& result) {
    const auto arena = Native::arena();
    std::memcpy(arena.data(), image_.data(), image_.size());
    result = Native::run(test_.cpu);
    noteChanges(contract);
}

void Worker::noteChanges(const Contract& contract) {
    const auto arena = Native::arena();
    for (size_t k = 0; k < image_.size(); k += 64) {
        if (std::memcmp(arena.data() + k, image_.data() + k, 64) == 0) continue;
        for (size_t i = k; i < k + 64; ++i) {
            if (arena[i] != image_[i]) seen_.changed.push_back(contract.at(i));
        }
    }
}

// Runs the case, and once more with other bytes around the place that the record says is written.
void Worker::observe(const Contract& contract, const Instruction& record) {
    std::vector<uint8_t> code = test_.before;
    code.insert(code.end(), test_.bytes.begin(), test_.bytes.end());
    Native::place(code, test_.second_exit);
    seen_.changed.clear();
    seen_.arena = contract.at(0);
    runOnce(contract, seen_.first);
    std::memcpy(seen_.memory.data(), Native::arena().data(), kArenaBytes);
    const Range range = writtenRange(record, test_.cpu);
    const uint64_t start = range.address - contract.at(0);
    std::vector<uint8_t> around;
    const bool is_inside = range.bytes != 0 && start >= 64 && start + 64 < kArenaBytes;
    constexpr size_t kAround = 96;
    uint8_t* at = image_.data() + (is_inside ? start - 32 : 0);
    if (is_inside) {
        around.assign(at, at + kAround);
        const uint64_t poke = test_.poke_at;
        for (size_t k = 0; k < kAround; ++k) {
            const auto offset = static_cast<uint64_t>(at - image_.data()) + k;
            const bool is_poke = poke != 0 && offset - poke < 8;
            if (!is_poke) at[k] = static_cast<uint8_t>(~at[k]);
        }
    }
    runOnce(contract, seen_.second);
    if (is_inside) std::memcpy(at, around.data(), kAround);
    std::sort(seen_.changed.begin(), seen_.changed.end());
    seen_.changed.erase(std::unique(seen_.changed.begin(), seen_.changed.end()),
                        seen_.changed.end());
    report_.runs += 2;
    ++report_.row_runs[record.row];
    report_.shapes[record.row * kShapesPerRow + shapeOf(test_)] = 1;
}

void Worker::judge(const Contract& contract, const Instruction& record) {
    const std::string_view wrong = contradiction(record, seen_);
    if (!wrong.empty()) {
        find(wrong, record);
        const auto is = [&](const char* word) {
            return wrong.find(word) != std::string_view::npos;
        };
        ++(is("write")      ? report_.outside_writes
           : is("fault")    ? report_.faults
           : is("register") ? report_.outside_registers
                            : report_.others);
        return;
    }
    if (test_.has_address && addressOf(record, test_.cpu) != test_.address) {
        find("the record's address is not the one that was encoded", record);
        ++report_.others;
    }
    const std::string_view differs = model_.contradiction(contract, {&record, 1}, seen_);
    if (!differs.empty()) {
        find(differs, record);
        ++report_.contradictions;
    } else if (model_.accepted()) {
        ++report_.modelled;
        ++report_.row_modelled[record.row];
    }
}

void Worker::spoil(const Contract& contract, const Instruction& record) {
    const bool accepted = model_.accepted();
    const auto note = [&](const char* name, bool is_noticed) {
        ++report_.spoiled;
        if (is_noticed) return;
        ++report_.spoils_missed;
        find(fmt::format("not noticed: {}", name), record);
    };
    for (const Spoil& wrong : recordSpoils()) {
        Instruction spoiled = record;
        if (wrong.apply(spoiled, seen_)) note(wrong.name, !contradiction(spoiled, seen_).empty());
    }
    if (!accepted) return;
    for (const Spoil& wrong : modelSpoils()) {
        Instruction spoiled = record;
        if (!wrong.apply(spoiled, seen_)) continue;
        note(wrong.name, !model_.contradiction(contract, {&spoiled, 1}, seen_).empty());
    }
}

// For the parent, should this process die.
void Worker::noteCase() {
    const std::string text = hex(test_.before) + " " + hex(test_.bytes);
    std::memcpy(report_.current, text.c_str(), std::min(text.size() + 1, sizeof report_.current));
}

// Several instructions: what the transfer functions make of each other's results.
void Worker::chain(const Contract& contract) {
    maker_.makeChain(contract, links_, test_);
    verify::decode(test_.bytes, 0, program_);
    for (const Instruction& record : program_.instructions) {
        if (record.family != verify::Family::kFault) continue;
        ++report_.discarded;
        return;
    }
    noteCase();
    Native::place(test_.bytes, 0);
    seen_.changed.clear();
    runOnce(contract, seen_.first);
    std::memcpy(seen_.memory.data(), Native::arena().data(), kArenaBytes);
    ++report_.runs;
    ++report_.chains;
    const Instruction& last = program_.instructions.back();
    if (seen_.first.signal != 0) {
        ++report_.faults;
        find("unexpected fault in a chain", last);
        return;
    }
    const auto wrong = model_.contradiction(contract, program_.instructions, seen_);
    if (!wrong.empty()) {
        ++report_.contradictions;
        find(wrong, last);
    } else if (model_.accepted()) {
        ++report_.chains_modelled;
    }
}

bool Worker::one(const Contract& contract, const Template& form) {
    if (!maker_.make(contract, form, test_)) return false;
    verify::decode(test_.bytes, 0, program_);
    const Instruction record = program_.instructions.front();
    if (record.row != form.row || record.length != test_.bytes.size()) {
        ++report_.discarded;
        return false;
    }
    noteCase();
    uint64_t saved = 0;
    if (test_.poke_at != 0) {
        std::memcpy(&saved, image_.data() + test_.poke_at, sizeof saved);
        std::memcpy(image_.data() + test_.poke_at, &test_.poke, sizeof saved);
    }
    observe(contract, record);
    judge(contract, record);
    if (report_.runs / 2 % kCasesPerSpoil == 0) spoil(contract, record);
    if (test_.poke_at != 0) std::memcpy(image_.data() + test_.poke_at, &saved, sizeof saved);
    return true;
}

void Worker::runAll(uint64_t runs) {
    const Contract low(kArenaLow);
    const Contract high(kArenaHigh);
    const Contract* contract = &low;
    uint64_t cases = 0;
    for (uint32_t row = 0; report_.runs < runs; row = (row + 1) % verify::rowCount()) {
        if (cases++ % kCasesPerMemory == 0) {
            contract = contract == &low ? &high : &low;
            maker_.newMemory(*contract, image_);
        }
        const auto& forms = forms_[row];
        if (forms.empty()) continue;
        const Template& form = forms[maker_.random()() % forms.size()];
        if (form.is_vex && !has_avx_) continue;
        if (cases % kCasesPerChain == 0) chain(*contract);
        for (unsigned attempt = 0; attempt < 8 && !one(*contract, form); ++attempt) {
        }
    }
    report_.words = model_.words_compared;
    report_.conditions = model_.conditions_assumed;
}

}  // namespace

void work(uint64_t seed, uint64_t runs, Report& report) { Worker(seed, report).runAll(runs); }

}  // namespace tagproof::soundness
