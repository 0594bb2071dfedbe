#include "tools/tagproof/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>

#include "tools/tagproof/commands.h"
#include "tools/tagproof/help.h"
#include "tools/tagproof/option_values.h"

namespace tagproof::cli {

namespace {

using Arguments = std::vector<std::string>;

constexpr const char* kExamples =
    "Examples:\n"
    "  tagproof                               an interactive session, on a terminal\n"
    "  tagproof run script.py argument        run a program, JIT on\n"
    "  tagproof run --jit=off -c 'print(1)'   interpreter only\n"
    "  tagproof verify script.py              prove every function that gets compiled\n"
    "  tagproof disasm script.py --stage=hir --function=f --warm='f(1)'\n"
    "  tagproof bench stress                  the nested context manager stress test\n"
    "Each command has a --help of its own.";

constexpr const char* kRunHelp =
    "Examples:\n"
    "  tagproof run --jit=always --check-heap=exit script.py\n"
    "  tagproof run --stats --explain-deopts script.py\n"
    "  tagproof run --dump=bytecode,hir -c 'print(1)'\n"
    "  tagproof run --check-heap=1000 --deopt-stress --jit=always -m package.module\n"
    "  echo 'print(1)' | tagproof run -\n"
    "  tagproof run -i script.py              then look at what it left behind\n"
    "  perf record -k mono tagproof run --jitdump script.py    then: perf inject --jit\n"
    "Exit status: as python3 (1 uncaught exception, 2 cannot open the script, 130 Ctrl-C,\n"
    "sys.exit(n) n); 70 with --strict when a function was rejected; 71 when --check-heap found\n"
    "the heap damaged; 72 when --check-helpers found something; 2 bad usage.";

constexpr const char* kVerifyHelp =
    "Runs the program, whose output goes to standard error, and reports on all code that was\n"
    "compiled. Options may stand behind SCRIPT too; what is behind -- is the program's.\n"
    "Examples:\n"
    "  tagproof verify script.py\n"
    "  tagproof verify script.py --explain           with the state before each instruction\n"
    "  tagproof verify script.py --html=proofs.html  the same as a page with search\n"
    "  tagproof verify --json --jit=auto script.py -- --option-of-script\n"
    "  tagproof verify script.py --function=f --export=folder\n"
    "  tagproof verify --raw folder/f.bin --manifest folder/f.json\n"
    "Exit status: 0 all proven; 1 something rejected; 2 bad usage or input, or the program\n"
    "failed, or the report could not be written; 71 when --check-heap found the heap damaged; 72\n"
    "when --check-helpers found something.";

constexpr const char* kDisasmHelp =
    "Runs the program and the --warm expressions in the interpreter, then compiles what the\n"
    "program defined with what the interpreter has learnt. Bytecode is shown without running.\n"
    "Examples:\n"
    "  tagproof disasm script.py --function=f --warm='f(1)' --warm='f(2)'\n"
    "  tagproof disasm script.py --stage=hir --after=build\n"
    "  tagproof disasm --stage=bytecode -c 'print(1)'\n"
    "  tagproof disasm --json - < script.py\n"
    "Exit status: 0; 1 when the program fails or has no such function; 2 bad usage or input.";

constexpr const char* kStressHelp =
    "Runs repro_stress.py interpreted, then with its function compiled, then for long; every\n"
    "checksum must agree with the interpreter's and python3's.\n"
    "Examples:\n"
    "  tagproof bench stress\n"
    "  tagproof bench stress --iterations=500000 --no-python3 --json\n"
    "Exit status: 0; 1 when results differ, a function is rejected or the heap is damaged; 2 bad\n"
    "usage.";

constexpr uint64_t kMostIterations = 1'000'000'000'000;

// --- the guest program -------------------------------------------------------------------------

// True when `word` is an option of the command that takes the next word as its value.
bool takesNextWord(const CLI::App& command, const std::string& word) {
    if (word.find('=') != std::string::npos) return false;
    const CLI::Option* option = command.get_option_no_throw(word);
    return option != nullptr && option->get_items_expected_min() > 0;
}

// The first word that is no option of the command, nor the value of one.
Arguments::iterator firstProgramWord(const CLI::App& command, Arguments& arguments) {
    const auto is_option = [](const std::string& word) {
        return word.size() > 1 && word.front() == '-' && word != "--" && word != "-c" &&
               word != "-m";
    };
    auto word = arguments.begin();
    while (word != arguments.end() && is_option(*word)) {
        word += takesNextWord(command, *word) && word + 1 != arguments.end() ? 2 : 1;
    }
    return word;
}

// Splits `SCRIPT args...`, `-c CODE args...`, `-m MODULE args...` or `- args...` off the end of
// `arguments`: from there on nothing is an option of ours. False when there is none.
bool takeProgram(const CLI::App& command, Arguments& arguments, Program& program) {
    auto word = firstProgramWord(command, arguments);
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
    if (word == arguments.end() && word != first && word[-1] != "--") {
        throw CLI::ValidationError(word[-1],
                                   "needs " + std::string(word[-1] == "-c" ? "CODE" : "a MODULE"));
    }
    if (word == arguments.end()) return false;
    program.text = *word;
    program.arguments.assign(word + 1, arguments.end());
    arguments.erase(first, arguments.end());
    return true;
}

// Takes options of the command from behind the program's name; the rest, and what is behind a "--",
// stays the program's.
void takeOptionsBehind(const CLI::App& command, Arguments& arguments, Program& program) {
    Arguments rest;
    auto word = program.arguments.begin();
    for (; word != program.arguments.end() && *word != "--"; ++word) {
        const std::string name = word->substr(0, word->find('='));
        const bool is_ours = name.starts_with("--") && command.get_option_no_throw(name) != nullptr;
        (is_ours ? arguments : rest).push_back(*word);
        if (is_ours && takesNextWord(command, *word) && word + 1 != program.arguments.end()) {
            arguments.push_back(*++word);
        }
    }
    if (word != program.arguments.end()) rest.insert(rest.end(), word + 1, program.arguments.end());
    program.arguments = std::move(rest);
}

void checkFlagValue(const CLI::Option& flag, const std::string& name, const std::string& value) {
    if (flag.get_type_name().empty()) throw CLI::ValidationError(name, "takes no value");
    try {
        static_cast<void>(parseCount(value, 1, UINT32_MAX));
    } catch (const BadValue& error) {
        throw CLI::ValidationError(name, error.what());
    }
}

// CLI11 has no errors of its own for the values of flags, and takes the next word when the value of
// an option is empty.
void checkValues(const CLI::App& command, const Arguments& arguments) {
    for (auto word = arguments.begin(); word != arguments.end(); ++word) {
        const size_t equals = word->find('=');
        const std::string name = word->substr(0, equals);
        const CLI::Option* option = command.get_option_no_throw(name);
        if (option == nullptr || !name.starts_with("--")) continue;
        const bool has_value = equals != std::string::npos;
        if (option->get_items_expected_max() == 0) {
            if (has_value) checkFlagValue(*option, name, word->substr(equals + 1));
            continue;
        }
        const bool is_empty =
            has_value ? equals + 1 == word->size() : word + 1 != arguments.end() && word[1].empty();
        if (is_empty) {
            throw CLI::ValidationError(name + " needs a value: " + option->get_type_name());
        }
    }
}

// --- options -----------------------------------------------------------------------------------

// An option with a value, shown as --name=type. `parse` throws BadValue.
template <typename Parse>
CLI::Option* addValue(CLI::App& command,
                      const std::string& name,
                      const char* type,
                      const std::string& text,
                      Parse parse) {
    const auto take = [name, parse](const std::string& value) {
        try {
            parse(value);
        } catch (const BadValue& error) {
            throw CLI::ValidationError(name, error.what());
        }
    };
    return command.add_option_function<std::string>(name, take, text)->type_name(type);
}

// How code is made, for every command that compiles.
void addCodeOptions(CLI::App& command, GuestOptions& options) {
    const auto set_interval = [&options](int64_t interval) {
        options.jit.deopt_stress = true;
        options.jit.stress_interval = static_cast<uint32_t>(interval);
    };
    command
        .add_flag_function("--deopt-stress{3}", set_interval,
                           "force each guard's K-th execution to fail, by default the third")
        ->type_name("[=K]");
    addValue(command, "--cpu", "native|baseline",
             "native, the default: AVX where the CPU has it; baseline: SSE2 only",
             [&options](const std::string& text) {
                 options.jit.cpu = parseChoice<CpuLevel>(
                     text, {{"native", CpuLevel::kNative}, {"baseline", CpuLevel::kBaseline}});
             });
    addValue(command, "--memory-limit", "SIZE", "MemoryError beyond this size: 64m, 2g",
             [&options](const std::string& text) { options.memory_limit = parseSize(text); });
    addValue(command, "--heap-base", "ADDRESS",
             "where objects lie, to repeat a run at its addresses; default 0x550000000000",
             [&options](const std::string& text) { options.heap_base = parseSize(text); });
}

void addGuestOptions(CLI::App& command, GuestOptions& options) {
    const std::string is_default =
        options.jit.mode == JitMode::kAlways ? "; default: always" : "; default: auto";
    addValue(command, "--jit", "off|auto|always",
             "auto: hot code; always: before the first call" + is_default,
             [&options](const std::string& text) {
                 options.jit.mode = parseChoice<JitMode>(text, {{"off", JitMode::kOff},
                                                                {"auto", JitMode::kAuto},
                                                                {"always", JitMode::kAlways}});
             });
    addValue(command, "--jit-threshold", "N",
             "calls and loop rounds before auto compiles; default 1000 and 2000",
             [&options](const std::string& text) {
                 const auto count = static_cast<uint32_t>(parseCount(text, 0, UINT32_MAX));
                 options.jit.call_threshold = count;
                 options.jit.loop_threshold = count;
             });
    addCodeOptions(command, options);
    addValue(command, "--check-heap", "exit|gc|N",
             "check the heap's invariants at exit; gc: around each collection too; N: at the first "
             "poll after every N allocations too",
             [&options](const std::string& when) { options.check_heap = parseHeapCheck(when); });
    addValue(
        command, "--check-helpers", "FILE",
        "watch each helper that compiled code calls keep what the verifier believes of it, and "
        "each call of compiled code bring the values it believes in; "
        "how often each was called is added to FILE, a line of JSON",
        [&options](const std::string& file) {
            options.jit.check_helpers = true;
            options.helper_counts = file;
        });
    command.add_flag("--strict", options.jit.strict, "a rejected function is a failure");
}

void addDumpOptions(CLI::App& command, GuestOptions& options) {
    command.add_flag("--stats", options.stats, "print what happened, counted, at exit");
    command.add_flag("--stats-json", options.stats_json,
                     "the same as JSON, with the proofs' counts");
    addValue(command, "--dump", "STAGE,...", "print bytecode, hir, hir-passes, asm as it is made",
             [&options](const std::string& list) { addDumps(options, list); });
    addValue(command, "--dump-after", "PASS", "print HIR after this pass; build: before all",
             [&options](const std::string& name) { options.jit.dump_after = parsePass(name); });
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
    explicit CommandLine(bool at_terminal);
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
    const CLI::App* named_ = nullptr;  // the command whose words are looked at; null: none
    const bool at_terminal_;
    bool has_program_ = false;
    RunOptions run_options_;
    VerifyOptions verify_options_;
    DisasmOptions disasm_options_;
    StressOptions stress_options_;
};

CommandLine::CommandLine(bool at_terminal) : at_terminal_(at_terminal) {
    app_.set_version_flag("--version", std::string("tagproof ") + TAGPROOF_VERSION);
    app_.require_subcommand(1);
    app_.failure_message([this](const CLI::App* app, const CLI::Error& error) {
        return failureText(app, named_, error);
    });
    app_.formatter(std::make_shared<Help>("tagproof COMMAND [OPTIONS] ..."));
    addRun();
    addVerify();
    addDisasm();
    addBench();
    app_.footer(kExamples);  // behind the commands, which would inherit it
}

void CommandLine::addRun() {
    run_ = app_.add_subcommand("run", "Run a program: SCRIPT, -c CODE, -m MODULE or - (stdin)");
    run_->formatter(std::make_shared<Help>(
        "tagproof run [OPTIONS] SCRIPT [ARGUMENTS]\n"
        "       tagproof run [OPTIONS] (-c CODE | -m MODULE | -) [ARGUMENTS]\n"
        "       tagproof run [OPTIONS]    an interactive session, on a terminal or with -i"));
    run_->footer(kRunHelp);
    addGuestOptions(*run_, run_options_.guest);
    run_->add_flag("-i", run_options_.program.then_session,
                   "an interactive session, after the program if one is named");
    run_->add_flag("-q", run_options_.quiet, "a session prints no first line");
    addDumpOptions(*run_, run_options_.guest);
}

void CommandLine::addVerify() {
    verify_ = app_.add_subcommand("verify", "Prove compiled functions, and show the proofs");
    verify_->formatter(std::make_shared<Help>(
        "tagproof verify [OPTIONS] SCRIPT [OPTIONS] [ARGUMENTS] [-- ARGUMENTS]\n"
        "       tagproof verify [OPTIONS] (-c CODE | -m MODULE | -) [ARGUMENTS]\n"
        "       tagproof verify [OPTIONS] --raw FILE --manifest FILE"));
    verify_->footer(kVerifyHelp);
    verify_options_.guest.jit.mode = JitMode::kAlways;
    addGuestOptions(*verify_, verify_options_.guest);
    std::vector<CLI::Option*> guest_options = verify_->get_options();
    std::erase(guest_options, verify_->get_help_ptr());
    verify_->get_option("--strict")
        ->description("a rejected function is a failure even if --function leaves it out");
    CLI::Option* raw =
        verify_->add_option("--raw", verify_options_.raw,
                            "verify machine code of any origin, - is standard input; "
                            "needs --manifest");
    raw->type_name("FILE");
    // There is no program that the others could be about.
    for (CLI::Option* option : guest_options) raw->excludes(option);
    verify_->add_flag("--hex", verify_options_.hex, "the machine code is hexadecimal text")
        ->needs(raw);
    CLI::Option* manifest =
        verify_->add_option("--manifest", verify_options_.manifest,
                            "trusted tables and hints of --raw, as JSON (manifest.md)");
    manifest->type_name("FILE");
    raw->needs(manifest);
    manifest->needs(raw);
    verify_->add_flag("--explain", verify_options_.explain,
                      "show the code with what is known before each instruction");
    verify_
        ->add_option("--function", verify_options_.function, "report on this qualified name only")
        ->type_name("NAME")
        ->excludes(raw);
    verify_->add_flag("--json", verify_options_.json, "print JSON");
    verify_->add_option("--html", verify_options_.html, "write the report to FILE as one page")
        ->type_name("FILE");
    verify_
        ->add_option("--export", verify_options_.export_to,
                     "write each function's code and manifest into FOLDER, for --raw")
        ->type_name("FOLDER")
        ->excludes(raw);
}

void CommandLine::addDisasm() {
    disasm_ = app_.add_subcommand("disasm", "Show bytecode, HIR or machine code");
    disasm_->formatter(std::make_shared<Help>("tagproof disasm [OPTIONS] (SCRIPT | - | -c CODE)"));
    disasm_->footer(kDisasmHelp);
    DisasmOptions& options = disasm_options_;
    addValue(*disasm_, "--stage", "bytecode|hir|asm", "what to show; default: asm",
             [&options](const std::string& text) {
                 options.stage = parseChoice<Stage>(
                     text,
                     {{"bytecode", Stage::kBytecode}, {"hir", Stage::kHir}, {"asm", Stage::kAsm}});
             });
    addValue(*disasm_, "--after", "PASS", "HIR as it is after this pass; build: before all",
             [&options](const std::string& name) { options.after = parsePass(name); });
    disasm_->add_option("--function", options.function, "only this qualified name")
        ->type_name("NAME");
    disasm_->add_option("--warm", options.warm, "evaluate before compiling; repeatable")
        ->type_name("CODE")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    const auto set_program = [this](ProgramKind kind) {
        return [this, kind](const std::string& text) {
            disasm_options_.program = Program{text == "-" ? ProgramKind::kStdin : kind, text, {}};
            has_program_ = true;
        };
    };
    CLI::Option* code = disasm_->add_option_function<std::string>(
        "-c", set_program(ProgramKind::kCode), "source instead of SCRIPT");
    code->type_name("CODE");
    disasm_
        ->add_option_function<std::string>("SCRIPT", set_program(ProgramKind::kFile),
                                           "the program to show; - for standard input")
        ->type_name("")
        ->excludes(code);
    addCodeOptions(*disasm_, disasm_options_.guest);
    disasm_->add_flag("--json", options.json, "print JSON");
}

void CommandLine::addBench() {
    CLI::App* bench = app_.add_subcommand("bench", "Benchmarks that also check");
    bench->require_subcommand(1);
    bench->formatter(std::make_shared<Help>("tagproof bench COMMAND [OPTIONS]"));
    bench->footer("Example:\n  tagproof bench stress --iterations=500000");
    stress_ = bench->add_subcommand("stress", "Nested context managers: speed, proofs, heap");
    stress_->formatter(std::make_shared<Help>("tagproof bench stress [OPTIONS]"));
    stress_->footer(kStressHelp);
    StressOptions& options = stress_options_;
    addValue(*stress_, "--iterations", "N", "of the long run; default 5000000",
             [&options](const std::string& text) {
                 options.iterations = parseCount(text, 1, kMostIterations);
             });
    stress_
        ->add_option("--script", options.script, "repro_stress.py to run; default: the installed")
        ->type_name("FILE");
    stress_->add_flag("!--no-python3", options.oracle, "do not measure python3");
    stress_->add_flag("--json", options.json, "print JSON");
}

void CommandLine::takeProgramOf(Arguments& arguments) {
    if (arguments.empty()) return;
    const std::string name = arguments.front();
    arguments.erase(arguments.begin());
    for (const CLI::App* command : {run_, verify_, disasm_, stress_}) {
        const CLI::App* first = command == stress_ ? command->get_parent() : command;
        if (first->get_name() == name) named_ = command;
    }
    if (name == "run") has_program_ = takeProgram(*run_, arguments, run_options_.program);
    if (name == "verify") {
        has_program_ = takeProgram(*verify_, arguments, verify_options_.program);
        takeOptionsBehind(*verify_, arguments, verify_options_.program);
    }
    if (named_ != nullptr) checkValues(*named_, arguments);
    arguments.insert(arguments.begin(), name);
}

Command CommandLine::command() {
    if (stress_->parsed()) return stress_options_;
    const bool is_raw = verify_->parsed() && !verify_options_.raw.empty();
    if (has_program_ && is_raw) {
        throw CLI::ValidationError("--raw and SCRIPT exclude each other: name one");
    }
    if (!has_program_ && run_->parsed() && (at_terminal_ || run_options_.program.then_session)) {
        run_options_.program = Program{ProgramKind::kSession, "", {}, false};
        return run_options_;
    }
    if (!has_program_ && !is_raw) {
        throw CLI::ValidationError(disasm_->parsed()
                                       ? "no program is named: SCRIPT, -c CODE, or - for stdin"
                                       : "no program is named: SCRIPT, -c CODE, -m MODULE, or - "
                                         "for stdin");
    }
    if (verify_->parsed()) return verify_options_;
    if (disasm_->parsed()) return disasm_options_;
    return run_options_;
}

ParsedCommandLine CommandLine::parse(Arguments arguments) {
    try {
        if (arguments.empty() && at_terminal_) arguments.emplace_back("run");
        takeProgramOf(arguments);
        std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
        app_.parse(std::move(arguments));
        return {command(), 0};
    } catch (const CLI::ParseError& error) {
        return {std::nullopt, app_.exit(error) == 0 ? 0 : kStatusUsage};
    }
}

}  // namespace

ParsedCommandLine parseCommandLine(const std::vector<std::string>& arguments, bool at_terminal) {
    return CommandLine(at_terminal).parse(arguments);
}

}  // namespace tagproof::cli
