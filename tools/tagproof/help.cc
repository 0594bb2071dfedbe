#include "tools/tagproof/help.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace tagproof::cli {

namespace {

// Changed, added and dropped letters between two words (Levenshtein's distance).
size_t distance(const std::string& left, const std::string& right) {
    std::vector<size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 0; i < left.size(); ++i) {
        size_t diagonal = std::exchange(row[0], i + 1);
        for (size_t j = 0; j < right.size(); ++j) {
            const size_t changed = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

// The nearest of `names`, or "" when none is near.
std::string nearest(const std::string& word, const std::vector<std::string>& names) {
    std::string best;
    size_t best_distance = word.size() / 3 + 1;
    for (const std::string& name : names) {
        const size_t here = distance(word, name);
        if (here > best_distance) continue;
        best = name;
        best_distance = here;
    }
    return best;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::vector<std::string> commandsOf(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
    return names;
}

std::vector<std::string> optionsOf(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options({})) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

std::string didYouMean(const std::string& word, const std::vector<std::string>& names) {
    const std::string near = nearest(word, names);
    return near.empty() ? "" : "; perhaps " + near;
}

// A word that is no option and no command of `app`.
std::string unexpected(const CLI::App& app, const std::string& word) {
    if (word.starts_with("-")) {
        const std::string name = word.substr(0, word.find('='));
        return "there is no option " + name + didYouMean(name, optionsOf(app));
    }
    const std::vector<std::string> commands = commandsOf(app);
    if (commands.empty()) return "'" + word + "' is one argument too many";
    return "there is no command '" + word + "'" + didYouMean(word, commands) +
           ". Commands: " + joined(commands);
}

// CLI11's "--jit: 1 required off|auto missing" as "--jit needs a value: off|auto".
std::string missingValue(std::string text) {
    const std::string count = ": 1 required ";
    const std::string end = " missing";
    const size_t at = text.find(count);
    if (at == std::string::npos || !text.ends_with(end)) return text;
    text.replace(at, count.size(), " needs a value: ");
    return text.substr(0, text.size() - end.size());
}

std::string problem(const CLI::App& app, const CLI::App& command, const CLI::Error& error) {
    const std::vector<std::string> extras = app.remaining(true);
    const auto code = static_cast<CLI::ExitCodes>(error.get_exit_code());
    const bool names_no_command =
        code == CLI::ExitCodes::RequiredError && !commandsOf(command).empty();
    if (!extras.empty() && (names_no_command || code == CLI::ExitCodes::ExtrasError)) {
        return unexpected(command, extras.front());
    }
    if (names_no_command) return "no command is named. Commands: " + joined(commandsOf(command));
    return code == CLI::ExitCodes::ArgumentMismatch ? missingValue(error.what()) : error.what();
}

}  // namespace

std::string Help::make_usage(const CLI::App* /*app*/, std::string /*name*/) const {
    return "Usage: " + usage_ + "\n";
}

std::string Help::make_option_name(const CLI::Option* option, bool is_positional) const {
    const std::string name = CLI::Formatter::make_option_name(option, is_positional);
    return name.substr(0, name.find('{'));  // what a flag means without a value
}

std::string Help::make_option_opts(const CLI::Option* option) const {
    std::string type = option->get_type_name();
    if (option->get_positional() || type.empty() || type.starts_with("[")) return type;
    const bool is_long = !option->get_lnames().empty();
    return (is_long ? "=" : " ") + type;
}

std::string failureText(const CLI::App* app, const CLI::App* named, const CLI::Error& error) {
    const CLI::App* command = app;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
    if (command == app && named != nullptr) command = named;
    std::string name = command->get_name();
    for (const CLI::App* above = command->get_parent(); above != nullptr;
         above = above->get_parent()) {
        name.insert(0, above->get_name() + " ");
    }
    return name + ": " + problem(*app, *command, error) + "\nSee " + name + " --help\n";
}

}  // namespace tagproof::cli
