#include "tools/tagproof/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include "tools/tagproof/commands.h"

namespace tagproof::cli {

namespace {

using Arguments = std::vector<std::string>;

constexpr const char* kExamples =
    "Examples:\n"
    "  tagproof run script.py argument        run a program, JIT on\n"
    "  tagproof run --jit=off -c 'print(1)'   interpreter only\n"
    "  tagproof verify script.py              prove every function that gets compiled\n"
    "  tagproof disasm script.py --stage=hir --function=f --warm='f(1)'\n"
    "  tagproof bench stress                  the nested context manager stress test\n";

// Help with a usage line of our own: CLI11's does not know of the guest program.
class Usage : public CLI::Formatter {
  public:
    explicit Usage(std::string text) : text_(std::move(text)) {}
    std::string make_usage(const CLI::App* /*app*/, std::string /*name*/) const override {
        return "Usage: " + text_ + "\n";
    }

  private:
    std::string text_;
};

// --- values ------------------------------------------------------------------------------------

// "64M" -> bytes. Throws CLI::ValidationError.
uint64_t parseSize(const std::string& text) {
    static const std::map<char, int> kShifts = {{'k', 10}, {'m', 20}, {'g', 30}};
    size_t end = 0;
    uint64_t number = 0;
    try {
        number = std::stoull(text, &end, 0);
    } catch (const std::exception&) {
        throw CLI::ValidationError("SIZE", "'" + text + "' is no size");
    }
    const std::string unit = CLI::detail::to_lower(text.substr(end));
    if (unit.empty()) return number;
    const auto shift = kShifts.find(unit[0]);
    const bool is_known = unit.size() == 1 || unit == unit.substr(0, 1) + "b";
    if (shift == kShifts.end() || !is_known || number > (UINT64_MAX >> shift->second)) {
        throw CLI::ValidationError("SIZE", "'" + text + "' is no size: use k, m or g");
    }
    return number << shift->second;
}

// Throws CLI::ValidationError.
HeapCheck parseHeapCheck(const std::string& when) {
    HeapCheck check{.at_exit = true};
    if (when == "exit") return check;
    check.at_collections = when == "gc";
    if (check.at_collections) return check;
    const char* end = when.data() + when.size();
    const auto parsed = std::from_chars(when.data(), end, check.allocations);
    if (parsed.ec != std::errc() || parsed.ptr != end || check.allocations == 0) {
        throw CLI::ValidationError("--check-heap", "'" + when +
                                                       "' is neither exit nor gc nor a number of "
                                                       "allocations above 0");
    }
    return check;
}

// --- the guest program -------------------------------------------------------------------------

// True when `word` is an option of the command that takes the next word as its value.
bool takesNextWord(const CLI::App& command, const std::string& word) {
    if (word.find('=') != std::string::npos) return false;
    const CLI::Option* option = command.get_option_no_throw(word);
    return option != nullptr && option->get_items_expected_min() > 0;
}

// Splits `SCRIPT args...`, `-c CODE args...`, `-m MODULE args...` or `- args...` off the end of
// `arguments`: from there on nothing is an option of ours. False when there is none.
bool takeProgram(const CLI::App& command, Arguments& arguments, Program& program) {
    auto word = arguments.begin();
    while (word != arguments.end() && word->size() > 1 && word->front() == '-' && *word != "--" &&
           *word != "-c" && *word != "-m") {
        word += takesNextWord(command, *word) && word + 1 != arguments.end() ? 2 : 1;
    }
    if (word == arguments.end()) return false;
    auto first = word;  // what is cut off begins here
    if (*word == "-c" || *word == "-m") {
        program.kind = *word == "-c" ? ProgramKind::kCode : ProgramKind::kModule;
        ++word;
    } else {
        if (*word == "--") ++word;
        const bool is_stdin = word != arguments.end() && *word == "-" && word == first;
        program.kind = is_stdin ? ProgramKind::kStdin : ProgramKind::kFile;
    }
    if (word == arguments.end()) return false;
    program.text = *word;
    program.arguments.assign(word + 1, arguments.end());
    arguments.erase(first, arguments.end());
    return true;
}

// --- options -----------------------------------------------------------------------------------

void addGuestOptions(CLI::App& command, GuestOptions& options) {
    const std::map<std::string, JitMode> modes = {
        {"off", JitMode::kOff}, {"auto", JitMode::kAuto}, {"always", JitMode::kAlways}};
    command
        .add_option("--jit", options.jit.mode, "off, auto (hot code) or always (before first call)")
        ->transform(CLI::CheckedTransformer(modes))
        ->type_name("MODE");
    command.add_option_function<uint32_t>(
        "--jit-threshold",
        [&options](uint32_t count) {
            options.jit.call_threshold = count;
            options.jit.loop_threshold = count;
        },
        "calls and loop rounds before a compile");
    command.add_flag_function(
        "--deopt-stress{3}",
        [&options](int64_t interval) {
            if (interval < 1) throw CLI::ValidationError("--deopt-stress", "must be above 0");
            options.jit.deopt_stress = true;
            options.jit.stress_interval = static_cast<uint32_t>(interval);
        },
        "force each guard's K-th execution to fail, by default the third");
    command
        .add_option_function<std::string>(
            "--check-heap",
            [&options](const std::string& when) { options.check_heap = parseHeapCheck(when); },
            "check the heap at exit; gc: also at each gc.collect(); N: also every N allocations")
        ->type_name("exit|gc|N");
    command.add_option_function<std::string>(
        "--memory-limit",
        [&options](const std::string& text) { options.memory_limit = parseSize(text); },
        "MemoryError beyond this size (512m, 2g)");
    command.add_option_function<std::string>(
        "--heap-base", [&options](const std::string& text) { options.heap_base = parseSize(text); },
        "address of the object pools");
    const std::map<std::string, CpuLevel> levels = {{"native", CpuLevel::kNative},
                                                    {"baseline", CpuLevel::kBaseline}};
    command
        .add_option("--cpu", options.jit.cpu,
                    "native (AVX where the CPU has it) or baseline (SSE2 only)")
        ->transform(CLI::CheckedTransformer(levels))
        ->type_name("LEVEL");
    command.add_flag("--strict", options.jit.strict, "status 70 when a function is rejected");
}

void addDumpOptions(CLI::App& command, GuestOptions& options) {
    command.add_flag("--stats", options.stats, "print statistics at exit");
    command
        .add_option_function<std::vector<std::string>>(
            "--dump",
            [&options](const std::vector<std::string>& names) {
                for (const std::string& name : names) {
                    if (name == "bytecode") {
                        options.dump_bytecode = true;
                    } else {
                        options.jit.dump += (options.jit.dump.empty() ? "" : ",") + name;
                    }
                }
            },
            "bytecode, hir, hir-passes, asm (a list)")
        ->delimiter(',')
        ->check(CLI::IsMember({"bytecode", "hir", "hir-passes", "asm"}));
    command.add_option("--dump-after", options.jit.dump_after, "print HIR after this pass");
    command.add_flag("--explain-deopts", options.jit.explain_deopts,
                     "say where and why guards failed");
    command.add_flag("--perf-map", options.jit.perf_map,
                     "write /tmp/perf-PID.map: names for perf report");
    command.add_flag("--jitdump", options.jit.jit_dump,
                     "write ./jit-PID.dump: code and source lines for perf inject --jit");
}

// --- commands ----------------------------------------------------------------------------------

// One command line: the parser, and what it fills in.
class CommandLine {
  public:
    CommandLine();
    ParsedCommandLine parse(Arguments arguments);

  private:
    void addRun();
    void addVerify();
    void addDisasm();
    void addBench();
    void takeProgramOf(Arguments& arguments);
    Command command();

    CLI::App app_{"A Python-subset JIT whose emitted code is proven before it runs.", "tagproof"};
    CLI::App* run_ = nullptr;
    CLI::App* verify_ = nullptr;
    CLI::App* disasm_ = nullptr;
    CLI::App* stress_ = nullptr;
    bool has_program_ = false;
    RunOptions run_options_;
    VerifyOptions verify_options_;
    DisasmOptions disasm_options_;
    StressOptions stress_options_;
};

CommandLine::CommandLine() {
    app_.set_version_flag("--version", std::string("tagproof ") + TAGPROOF_VERSION);
    app_.require_subcommand(1);
    app_.footer(kExamples);
    addRun();
    addVerify();
    addDisasm();
    addBench();
}

void CommandLine::addRun() {
    run_ = app_.add_subcommand("run", "Run a program: SCRIPT, -c CODE, -m MODULE or - (stdin)");
    run_->formatter(std::make_shared<Usage>("tagproof run [OPTIONS] SCRIPT [ARGUMENTS]"));
    run_->footer(
        "Examples:\n"
        "  tagproof run --jit=always --check-heap=exit script.py\n"
        "  tagproof run --stats --explain-deopts script.py\n"
        "  echo 'print(1)' | tagproof run -\n"
        "Status: as python3, and 70 when --strict and a function was rejected, 71 when "
        "--check-heap "
        "found the heap damaged.");
    addGuestOptions(*run_, run_options_.guest);
    addDumpOptions(*run_, run_options_.guest);
}

void CommandLine::addVerify() {
    verify_ = app_.add_subcommand("verify", "Prove compiled functions, and show the proofs");
    verify_->formatter(
        std::make_shared<Usage>("tagproof verify [OPTIONS] SCRIPT [ARGUMENTS]\n"
                                "       tagproof verify --raw FILE --manifest FILE [OPTIONS]"));
    verify_->footer(
        "Examples:\n"
        "  tagproof verify script.py             its output goes to standard error\n"
        "  tagproof verify --raw code.bin --manifest manifest.json --json\n"
        "Status: 0 all proven, 1 something rejected, 2 bad usage or input.");
    verify_options_.guest.jit.mode = JitMode::kAlways;
    addGuestOptions(*verify_, verify_options_.guest);
    CLI::Option* raw = verify_->add_option("--raw", verify_options_.raw, "machine code to verify");
    verify_->add_flag("--hex", verify_options_.hex, "the machine code is hexadecimal text")
        ->needs(raw);
    CLI::Option* manifest = verify_->add_option("--manifest", verify_options_.manifest,
                                                "trusted tables and hints of --raw, as JSON");
    raw->needs(manifest);
    manifest->needs(raw);
    verify_->add_flag("--explain", verify_options_.explain,
                      "machine code with what is known at each line");
    verify_->add_flag("--json", verify_options_.json, "print JSON");
}

void CommandLine::addDisasm() {
    disasm_ = app_.add_subcommand("disasm", "Show bytecode, HIR or machine code");
    disasm_->formatter(std::make_shared<Usage>("tagproof disasm [OPTIONS] SCRIPT"));
    disasm_->footer(
        "Example:\n"
        "  tagproof disasm --stage=hir --after=simplify --warm='f(1)' script.py");
    const std::map<std::string, Stage> stages = {
        {"bytecode", Stage::kBytecode}, {"hir", Stage::kHir}, {"asm", Stage::kAsm}};
    disasm_->add_option("--stage", disasm_options_.stage, "bytecode, hir or asm")
        ->transform(CLI::CheckedTransformer(stages))
        ->type_name("STAGE")
        ->default_str("asm");
    disasm_->add_option("--after", disasm_options_.after, "HIR as it is after this pass");
    disasm_->add_option("--function", disasm_options_.function, "only this qualified name");
    disasm_->add_option("--warm", disasm_options_.warm, "evaluate before compiling; repeatable")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    const auto set_program = [this](ProgramKind kind) {
        return [this, kind](const std::string& text) {
            disasm_options_.program = Program{kind, text, {}};
            has_program_ = true;
        };
    };
    CLI::Option* code = disasm_->add_option_function<std::string>(
        "-c", set_program(ProgramKind::kCode), "source instead of SCRIPT");
    disasm_
        ->add_option_function<std::string>("SCRIPT", set_program(ProgramKind::kFile),
                                           "the program to show")
        ->excludes(code);
    addGuestOptions(*disasm_, disasm_options_.guest);
}

void CommandLine::addBench() {
    CLI::App* bench = app_.add_subcommand("bench", "Benchmarks that also check");
    bench->require_subcommand(1);
    stress_ = bench->add_subcommand("stress", "Nested context managers: speed, proofs, heap");
    stress_->footer(
        "Status: 0, 1 when results differ, a function is rejected or the heap is "
        "damaged, 2 bad usage.");
    stress_->add_option("--iterations", stress_options_.iterations, "of the long run")
        ->default_str("5000000");
    stress_->add_option("--script", stress_options_.script, "repro_stress.py to run")
        ->check(CLI::ExistingFile);
    stress_->add_flag("!--no-python3", stress_options_.oracle, "do not measure python3");
    stress_->add_flag("--json", stress_options_.json, "print JSON");
}

void CommandLine::takeProgramOf(Arguments& arguments) {
    if (arguments.empty()) return;
    const std::string name = arguments.front();
    arguments.erase(arguments.begin());
    if (name == "run") has_program_ = takeProgram(*run_, arguments, run_options_.program);
    if (name == "verify") has_program_ = takeProgram(*verify_, arguments, verify_options_.program);
    arguments.insert(arguments.begin(), name);
}

Command CommandLine::command() {
    if (stress_->parsed()) return stress_options_;
    const bool is_raw = verify_->parsed() && !verify_options_.raw.empty();
    if (has_program_ == is_raw) {
        throw CLI::RequiredError(is_raw ? "either --raw or SCRIPT, not both" : "SCRIPT");
    }
    if (verify_->parsed()) return verify_options_;
    if (disasm_->parsed()) return disasm_options_;
    return run_options_;
}

ParsedCommandLine CommandLine::parse(Arguments arguments) {
    try {
        takeProgramOf(arguments);
        std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
        app_.parse(std::move(arguments));
        return {command(), 0};
    } catch (const CLI::ParseError& error) {
        return {std::nullopt, app_.exit(error) == 0 ? 0 : kStatusUsage};
    }
}

}  // namespace

ParsedCommandLine parseCommandLine(const std::vector<std::string>& arguments) {
    return CommandLine().parse(arguments);
}

}  // namespace tagproof::cli
