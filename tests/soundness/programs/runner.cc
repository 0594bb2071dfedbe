#include "tests/soundness/programs/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <utility>

#include "jit/jit.h"
#include "objmodel/dict.h"
#include "objmodel/heap_check.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/module.h"
#include "runtime/vm.h"
#include "tests/soundness/programs/generator.h"

namespace tagproof::soundness {

namespace {

JitOptions interpreted() {
    JitOptions options;
    options.mode = JitMode::kOff;
    return options;
}

// The ways of compiling take turns, a block each.
JitOptions compiledAs(uint64_t block) {
    JitOptions options;
    options.call_threshold = static_cast<uint32_t>(2 + block % 3);
    options.loop_threshold = 3;
    switch (block % 4) {
        case 0:
            options.mode = JitMode::kAlways;
            break;
        case 1:
            options.deopt_stress = true;
            break;
        case 2:
            options.cpu = CpuLevel::kBaseline;
            break;
        default:
            break;
    }
    return options;
}

// A number that became a text may be doubled in loops: that ends with a MemoryError, in both alike.
constexpr size_t kMemoryLimit = size_t{256} << 20;

// The text without the digits of addresses, which are not the same in two Vms: an object that
// became a text says where it is.
std::string withoutAddresses(std::string text) {
    constexpr size_t kPrefix = 2;  // 0x, or 0X
    for (size_t at = 0; at + kPrefix < text.size(); ++at) {
        if (text[at] != '0' || (text[at + 1] | 0x20) != 'x') continue;
        for (at += kPrefix;
             at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at])) != 0; ++at)
            text[at] = '?';
    }
    return text;
}

class World {
  public:
    explicit World(const JitOptions& options) {
        VmOptions vm_options;
        vm_options.interrupts = false;
        vm_options.heap.memory_limit = kMemoryLimit;
        vm_ = Vm::create(vm_options);
        jit_ = Jit::attach(*vm_, options);
        static_cast<void>(vm_->execute(Generator::prelude(), "<prelude>"));
    }

    // The text of `result`, or that of what went wrong.
    std::string run(const std::string& source) {
        Thread& thread = vm_->thread();
        if (!vm_->execute(source, "<program>")) {
            vm_->printPending();
            return "exception";
        }
        const Ref key(Value::of(internStr(thread, "result")));
        const Value result = dictGetStr(moduleDict(vm_->mainModule()), key.as<Str>());
        return isStr(result) ? withoutAddresses(toUtf8(result.as<Str>())) : "no result";
    }

    [[nodiscard]] Vm& vm() { return *vm_; }
    [[nodiscard]] Jit& jit() { return *jit_; }

  private:
    std::unique_ptr<Vm> vm_;
    std::unique_ptr<Jit> jit_;  // goes before the Vm
};

// What differs first, with a little around it.
std::string firstDifference(const std::string& expected, const std::string& actual) {
    size_t at = 0;
    while (at < expected.size() && at < actual.size() && expected[at] == actual[at]) ++at;
    const size_t from = at < 40 ? 0 : at - 40;
    return fmt::format("interpreted ...{}\ncompiled    ...{}", expected.substr(from, 120),
                       actual.substr(from, 120));
}

class Block {
  public:
    Block(uint64_t block, Tally& tally)
        : tally_(tally), plain_(interpreted()), compiled_(compiledAs(block)) {}

    void run(uint64_t number) {
        const std::string source = Generator(number).program();
        const uint64_t units = compiled_.jit().statistics().functions_compiled;
        const size_t left = compiled_.jit().statistics().not_compiled.size();
        const std::string expected = plain_.run(source);
        const std::string actual = compiled_.run(source);
        const JitStatistics& now = compiled_.jit().statistics();
        ++tally_.programs;
        tally_.failing += expected.find("Error: ") != std::string::npos ? 1 : 0;
        tally_.idle += now.functions_compiled == units ? 1 : 0;
        if (expected != actual) {
            ++tally_.different;
            find(number, "computes something else", firstDifference(expected, actual), source);
        }
        for (size_t i = left; i < now.not_compiled.size(); ++i) {
            const NotCompiled& entry = now.not_compiled[i];
            if (entry.kind != CompileErrorKind::kVerifyFailed) {
                ++tally_.left_interpreted[entry.reason];
                continue;
            }
            ++tally_.rejected;
            find(number, entry.function + " was rejected", entry.reason, source);
        }
    }

    void end(uint64_t last) {
        const JitStatistics& statistics = compiled_.jit().statistics();
        tally_.units += statistics.functions_compiled;
        tally_.instructions += statistics.proof.instructions;
        tally_.code_bytes += statistics.code_bytes;
        tally_.exits_taken += statistics.totalDeopts();
        tally_.invalidations += statistics.invalidations;
        for (const auto& unit : compiled_.jit().units()) {
            if (codeHash(unit->bytes) == unit->proven_hash) continue;
            ++tally_.changed;
            find(last, unit->name + ": its bytes have changed", "", "");
        }
        for (World* world : {&plain_, &compiled_}) {
            for (const HeapViolation& violation : world->vm().checkHeap(false)) {
                ++tally_.heap_findings;
                find(last, "heap", toText(violation), "");
            }
        }
    }

  private:
    void find(uint64_t number,
              const std::string& what,
              const std::string& how,
              const std::string& source) {
        if (tally_.findings.size() >= Tally::kMaxFindings) return;
        tally_.findings.push_back(fmt::format("--seed {} --count 1, or {} {}: {}\n{}\n{}", number,
                                              number / kBlock * kBlock, kBlock, what, how, source));
    }

    Tally& tally_;
    World plain_;
    World compiled_;
};

}  // namespace

void Tally::add(const Tally& other) {
    programs += other.programs;
    units += other.units;
    instructions += other.instructions;
    code_bytes += other.code_bytes;
    exits_taken += other.exits_taken;
    invalidations += other.invalidations;
    failing += other.failing;
    idle += other.idle;
    rejected += other.rejected;
    different += other.different;
    changed += other.changed;
    heap_findings += other.heap_findings;
    for (const auto& [reason, count] : other.left_interpreted) left_interpreted[reason] += count;
    for (const std::string& finding : other.findings) {
        if (findings.size() < kMaxFindings) findings.push_back(finding);
    }
}

Tally runPrograms(uint64_t first, uint64_t count, Progress* progress) {
    Tally tally;
    uint64_t number = first;
    const uint64_t end = first + count;
    while (number < end) {
        const uint64_t block = number / kBlock;
        const uint64_t block_end = std::min(end, (block + 1) * kBlock);
        Block running(block, tally);
        for (; number < block_end; ++number) running.run(number);
        running.end(number - 1);
        if (progress != nullptr) progress->update(tally.programs);
    }
    return tally;
}

}  // namespace tagproof::soundness
