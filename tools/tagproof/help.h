#pragma once
// How the command line explains itself: --help, and what is said of bad usage. Part of
// command_line.cc, with which alone it shares CLI11.

#include <CLI/CLI.hpp>
#include <string>

namespace tagproof::cli {

// Help with a usage line of our own, since CLI11's does not know of the guest program, and options
// written as they are typed: --jit=off|auto|always.
class Help : public CLI::Formatter {
  public:
    explicit Help(std::string usage) : usage_(std::move(usage)) {}
    std::string make_usage(const CLI::App* app, std::string name) const override;
    std::string make_option_name(const CLI::Option* option, bool is_positional) const override;
    std::string make_option_opts(const CLI::Option* option) const override;

  private:
    std::string usage_;
};

// What was wrong, what to write instead, and where to read more. `named` is the command that the
// command line names, or null: the parser may not have come so far.
[[nodiscard]] std::string failureText(const CLI::App* app,
                                      const CLI::App* named,
                                      const CLI::Error& error);

}  // namespace tagproof::cli
